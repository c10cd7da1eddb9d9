"""Observance over HTTP: what its reader may read is reckoned, and what an address may ask."""

from __future__ import annotations

import csv
import io
import threading
import time
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from anyio import to_thread
from immutables import Map
from msgspec.structs import replace
from starlette.requests import Request

from detente.codec.refusal import Refused, refuse
from detente.procedure.disclosure import VisibleState
from detente.store.files import SealedFiles
from detente.web import comparing, observance
from detente.web.fragments import AT_LEAST
from tests.analysis.incident_files import incident, written
from tests.depositary.talks import Talks
from tests.views.istanbul import same_night
from tests.views.observed import ObservedRecord, observed
from tests.web.hosting import PAGE, address

FRAGMENT = {**PAGE, AT_LEAST: "0"}


class Table:
    """A host's files with one batch, the record that names it, and requests for its page."""

    def __init__(self, folder: Path) -> None:
        rows = [incident(n, f"2019-0{3 + n % 6}-10", lat=6.0, lon=20.0 + n, place="=Ford") for n in range(6)]
        content = written(folder / "new.parquet", rows).read_bytes()
        digest = sha256(content).digest()
        self.files = SealedFiles(folder / "files")
        with self.files.arriving("case", digest, ()) as file:
            file.write(content)
            file.keep()
        self.digest = urlsafe_b64encode(digest).rstrip(b"=").decode()

    def record(self, viewer: str | None = "A") -> ObservedRecord:
        record = observed(same_night(), viewer)
        plain, digest = type(record).visible, self.digest

        class Named(ObservedRecord):
            origin = "detente/case"

            @property
            def visible(self) -> VisibleState:
                found = plain.fget(self)  # type: ignore[attr-defined]
                batches = {leaf: replace(batch, file=digest) for leaf, batch in found.state.batches.items()}
                return VisibleState(replace(found.state, batches=Map(batches)), found.viewer)

        record.__class__ = Named
        return record

    def request(self, query: str = "", **path: str) -> Request:
        app = SimpleNamespace(state=SimpleNamespace(depositary=SimpleNamespace(files=self.files)))
        scope = {
            "type": "http",
            "query_string": query.encode(),
            "path_params": path,
            "app": app,
            "headers": [],
        }
        return Request(scope)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def test_the_page_counts_the_batch_and_what_may_bear_on_the_commitment(table: Table) -> None:
    page = observance.page(table.request(), table.record(), ())  # type: ignore[arg-type]
    assert page.headline.startswith("6 reports")
    assert [(one.candidates, one.doubtful) for one in page.commitments] == [("3", "0")]
    assert len(page.candidates) == 3 and page.map is not None
    assert all(one.answers.endswith(".") and not one.answers.endswith("..") for one in page.candidates)


def test_an_address_chooses_kinds_names_and_month(table: Table) -> None:
    query = "kinds=clash&kinds=nonsense&names_A=Group+B,+Group+C&month=2019-05"
    found, _ = observance._reckoned(table.request(query), table.record())  # type: ignore[arg-type]
    assert found.asked.kinds == ("clash",)
    assert found.asked.names == (("A", ("Group B", "Group C")),)
    assert found.asked.month == 2019 * 12 + 4
    assert found.total == 0
    assert observance._reckoned(table.request("month=soon"), table.record())[0].asked.month is None  # type: ignore[arg-type]


def test_a_file_that_is_not_here_is_said(table: Table) -> None:
    table.digest = "A" * 43
    found, _ = observance._reckoned(table.request(), table.record())  # type: ignore[arg-type]
    assert (found.total, found.asked.missing) == (0, 1)


def test_a_batch_that_the_reader_may_not_read_is_not_reckoned(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observance, "may_open", lambda *_given: False)
    page = observance.page(table.request(), table.record(None), ())  # type: ignore[arg-type]
    assert (
        not page.candidates and page.months is None and "says nothing of whether any happened" in page.empty
    )


def test_without_what_it_takes_the_page_says_so(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observance, "find_spec", lambda _name: None)
    page = observance.page(table.request(), table.record(), ())  # type: ignore[arg-type]
    assert "extra" in page.empty


def test_however_many_ask_what_takes_long_to_count_other_pages_are_answered(
    talks: Talks, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pages, as what changes of them, and as files; as many threads answer here as ask."""
    counts, ends = threading.Semaphore(0), threading.Event()

    def wait(*_: object) -> Any:
        counts.release()
        assert ends.wait(60)
        raise refuse("observance.file", "It was waited for.")

    monkeypatch.setattr(observance, "_reckoned", wait)
    monkeypatch.setattr(comparing, "_compared", wait)
    client.get(address(talks), headers=FRAGMENT)  # the log is folded
    client.portal.call(lambda: setattr(to_thread.current_default_thread_limiter(), "total_tokens", 4))
    asked = [("observance/pairs", PAGE), *((f"observance?month=2019-0{n}", PAGE) for n in range(1, 4)),
             *((f"observance?month=2019-0{n}", FRAGMENT) for n in range(1, 4)), ("observance/map.svg", PAGE)]  # fmt: skip
    with ThreadPoolExecutor(len(asked) + 1) as visitors:
        sent = [visitors.submit(client.get, address(talks, path), headers=headers) for path, headers in asked]
        try:
            assert counts.acquire(timeout=30)
            time.sleep(0.5)  # the others have come to where they wait
            for headers in (PAGE, FRAGMENT):
                page = visitors.submit(client.get, address(talks, "text"), headers=headers)
                assert page.result(10).status_code == 200
        finally:
            ends.set()
        assert {one.result(30).status_code for one in sent} == {422}


@pytest.mark.parametrize("name", ["months.svg", "places.svg", "map.svg"])
def test_a_figure_is_a_document_of_its_own(table: Table, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from xml.etree import ElementTree

    monkeypatch.setattr(observance, "record_of", lambda _request: table.record())
    answer = observance.download(table.request(file=name))
    drawn = ElementTree.fromstring(bytes(answer.body))
    assert answer.media_type == "image/svg+xml" and drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "alleged until" in "".join(drawn.itertext())


def test_tables_hold_every_count_and_no_formula(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observance, "record_of", lambda _request: table.record())
    months = rows_of(observance.download(table.request(file="months.csv")))
    assert (
        months[0] == ["place", "month", "reports", "incidents"]
        and sum(int(row[2]) for row in months[1:]) == 6
    )
    candidates = rows_of(observance.download(table.request(file="candidates.csv")))
    assert len(candidates) == 4 and candidates[1][5].startswith("'=Ford")
    with pytest.raises(Refused):
        observance.download(table.request(file="other.csv"))


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bytes(answer.body).decode())))
