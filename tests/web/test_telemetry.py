"""Spans and counts through OpenTelemetry: what is told of a request and of an act, and nothing where nobody collects."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from detente.depositary import telemetry
from tests.depositary.talks import Talks
from tests.web.canaries import canaries_in, canary
from tests.web.collected import Collected
from tests.web.hosting import ACT, PAGE, address, as_person, post


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collected]:
    found = Collected()
    monkeypatch.setattr(telemetry, "_instruments", found.instruments)
    yield found
    found.meters.shutdown()


def test_an_act_is_a_request_an_admission_a_signature_and_an_append(
    talks: Talks, client: Any, collected: Collected
) -> None:
    assert post(client, talks, talks.raw_statement("A")).status_code == 201
    (request,) = collected.spans("POST")
    assert dict(request.attributes or {}) | {"detente.request": "x"} == {
        "http.request.method": "POST", "http.route": "/processes/{process}/acts", "http.response.status_code": 201,
        "detente.request": "x",
    }  # fmt: skip
    for step in ("admit", "sign", "append"):
        (span,) = collected.spans(step)
        assert span.parent is not None and request.context is not None
        assert span.context is not None and span.context.trace_id == request.context.trace_id
    assert {point.attributes["step"]: point.count for point in collected.points("detente.step.duration")} == {
        "admit": 1, "sign": 1, "append": 1
    }  # fmt: skip
    ((kind, count),) = [(p.attributes["kind"], p.value) for p in collected.points("detente.acts")]
    assert (kind, count) == ("register_statement", 1)
    (answered,) = collected.points("http.server.request.duration")
    assert answered.attributes["http.route"] == "/processes/{process}/acts" and answered.count == 1


def test_an_act_that_was_stored_before_is_not_counted_again(
    talks: Talks, client: Any, collected: Collected
) -> None:
    raw = talks.raw_statement("A")
    for _ in range(3):
        assert post(client, talks, raw).status_code == 201
    assert [point.value for point in collected.points("detente.acts")] == [1]


def test_refusals_are_counted_by_their_code(talks: Talks, client: Any, collected: Collected) -> None:
    for raw in (b"x", talks.raw("A", "assent", instrument="road", terms="definitive", on=None)):
        assert post(client, talks, raw).status_code >= 400
    codes = {point.attributes["code"]: point.value for point in collected.points("detente.refusals")}
    assert codes and all("." in code for code in codes)
    (admission,) = collected.spans("admit")
    assert (admission.attributes or {})["error.type"] in codes
    assert {(span.attributes or {})["error.type"].partition(".")[0] for span in collected.spans("POST")}


def test_of_a_chamber_it_is_told_only_that_it_acts(talks: Talks, client: Any, collected: Collected) -> None:
    raw = talks.raw("A", "note", {"text": "x"}, chamber="side-A")
    assert post(client, talks, raw).status_code == 201
    ((kind, count),) = [(p.attributes["kind"], p.value) for p in collected.points("detente.acts")]
    assert (kind, count) == ("of a chamber", 1)
    assert b"side-A" not in collected.everything() and b"note" not in collected.everything()


def test_live_pages_are_counted_while_they_are_connected(collected: Collected) -> None:
    with telemetry.viewer(), telemetry.viewer():
        assert [point.value for point in collected.points("detente.viewers")] == [2]
    assert [point.value for point in collected.points("detente.viewers")] == [0]


def test_a_stream_is_a_live_page(
    talks: Talks, client: Any, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.web.stream.LIFE", 0.1)
    assert client.get(address(talks, "events")).status_code == 200
    assert [point.value for point in collected.points("detente.viewers")] == [0]


def test_nothing_of_a_record_is_told_also_where_the_program_fails(
    talks: Talks, client: Any, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, reader = canary("telemetry"), as_person(talks, "A")
    talks.say("A", words)
    for path in (
        "",
        f"?as={words}",
        f"acts/{words}",
        f"feeds/{words}/acts.atom",
        f"timeline?words={words}",
        "copy",
    ):
        client.get(address(talks, path), headers={**reader, **PAGE})
    client.post(address(talks, "acts"), content=words.encode(), headers=ACT)
    client.request(words.upper(), f"/{words}/")

    def broken(*_page: object, **_rest: object) -> str:
        raise RuntimeError(words)

    monkeypatch.setattr("detente.web.page_routes.render", broken)
    with pytest.raises(RuntimeError):
        client.get(address(talks), headers={**reader, **PAGE})
    assert {(span.attributes or {})["error.type"] for span in collected.spans("GET")
            if (span.attributes or {}).get("http.response.status_code") == 500} == {"RuntimeError"}  # fmt: skip
    everything = collected.everything()
    assert len(collected.spans("GET")) > 6 and collected.spans("other")
    assert not canaries_in(everything) and b"Detente " not in everything


def test_without_the_extra_a_host_works_and_counts_nothing() -> None:
    program = """
import sys
sys.modules["opentelemetry"] = None
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import front, post
from detente.depositary import telemetry
talks = Talks(open_host()).convene().seat()
with front(talks.depositary) as client:
    assert post(client, talks, talks.raw_statement("A")).status_code == 201
assert telemetry._instruments is None
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr


def test_a_served_host_uses_the_providers_that_the_operator_has_set() -> None:
    program = """
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
spans, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
from tests.depositary.talks import open_host
from tests.web.hosting import front
with front(open_host()) as client:
    trace.set_tracer_provider(provider)
    client.get("/")
assert [span.name for span in spans.get_finished_spans()] == ["GET"]
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
