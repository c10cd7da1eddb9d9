"""The host's own log: what a line tells, and that none holds a word of a record, at whatever level and whatever fails."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from detente.web import log_lines
from tests.depositary.talks import Talks
from tests.web.canaries import canaries_in, canary
from tests.web.hosting import ACT, PAGE, address, as_person, front, on_a_socket, post

SECRET = canary("log lines")


class Logged:
    def __init__(self) -> None:
        self.out = io.StringIO()

    @property
    def text(self) -> str:
        return self.out.getvalue()

    def lines(self, event: str = "") -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in found if event in ("", line["event"])]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    """As `detente serve --log json`, and at every level."""
    found, root, ours = Logged(), logging.getLogger(), logging.getLogger("detente")
    before = (root.handlers[:], root.level, ours.level, sys.excepthook, threading.excepthook)
    monkeypatch.setattr(sys, "stderr", found.out)
    log_lines.keep_log("json")
    root.setLevel(logging.DEBUG)
    yield found
    root.handlers[:], level, own, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    ours.setLevel(own)


def test_a_request_is_one_line(talks: Talks, logged: Logged) -> None:
    with front(talks.depositary) as client:
        answer = client.get(address(talks, "timeline?words=x"), headers=PAGE)
    (line,) = logged.lines("request")
    assert {**line, "at": "", "request": "", "ms": 0} == {
        "at": "", "level": "info", "event": "request", "request": "", "method": "GET",
        "route": "/processes/{process}/timeline", "process": talks.id, "status": 200, "ms": 0,
        "bytes": int(answer.headers["content-length"]),
    }  # fmt: skip
    assert line["at"].endswith("Z") and len(line["request"]) == 16 and line["ms"] > 0
    assert "detente-request" not in answer.headers


def test_an_act_is_a_line_and_of_a_chamber_nothing_but_that(talks: Talks, logged: Logged) -> None:
    size = talks.size
    with front(talks.depositary) as client:
        post(client, talks, talks.raw_statement("A"))
        post(client, talks, talks.raw("A", "note", {"text": "x"}, chamber="side-A"))
        post(client, talks, b"x")
    main, inside = logged.lines("act")
    assert (main["process"], main["kind"], main["index"]) == (talks.id, "register_statement", size)
    assert inside.keys() == {"at", "level", "event", "process"}
    assert [line.get("refused") for line in logged.lines("request")] == [None, None, ["envelope.no_tilde"]]
    assert "side-A" not in logged.text


def test_an_address_that_is_none_is_not_repeated(talks: Talks, logged: Logged) -> None:
    with front(talks.depositary) as client:
        for path in (f"/{SECRET}", f"/processes/{SECRET}/", f"/processes/{'a' * 27}/", f"/?as={SECRET}"):
            client.get(path)
        client.request(SECRET, "/")
    lines = logged.lines("request")
    assert [line["route"] for line in lines] == ["", *["/processes/{process}/"] * 2, "/", "/"]
    assert lines[-1]["method"] == "other" and all("process" not in line for line in lines)
    assert not canaries_in(logged.text.encode())


def test_nothing_that_is_sent_forges_a_line(talks: Talks, logged: Logged) -> None:
    forged = '\n{"event": "request", "status": 200}\r\n\x1b[2J'
    with front(talks.depositary) as client:
        client.post(address(talks, "acts"), content=forged.encode(), headers={**ACT, "user-agent": "x{}"})
        client.get(address(talks, "timeline"), params={"words": forged})
        logging.getLogger("detente.host").error("%s", forged)
    assert [line["event"] for line in logged.lines() if line["event"] != "library"] == [
        "request",
        "request",
        forged,
    ]
    assert "\x1b" not in logged.text


def test_a_fault_of_the_program_is_told_by_its_class_and_its_place(
    talks: Talks, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks.say("A", SECRET)

    def broken(_record: object) -> str:
        raise KeyError(SECRET) from ValueError(SECRET)

    monkeypatch.setattr("detente.web.endpoints.status_json", broken)
    with on_a_socket(talks.depositary) as base:
        answer = httpx.get(base + address(talks, "status"), headers=as_person(talks, "A"))
    (request,) = logged.lines("request")
    (fault,) = [line for line in logged.lines() if "error" in line]
    assert (answer.status_code, request["status"], request["refused"]) == (500, 500, ["host.failed"])
    # The number that the reader was given leads to both lines.
    assert answer.headers["detente-request"] == request["request"] == fault["request"]
    assert (fault["error"], fault["after"]) == ("builtins.KeyError", ["builtins.ValueError"])
    assert fault["where"][0].endswith(" broken") and any("web/endpoints.py:" in at for at in fault["where"])
    assert not canaries_in(logged.text.encode())


def test_what_libraries_say_is_told_by_their_name_alone(logged: Logged) -> None:
    async def forgotten() -> None:
        asyncio.get_running_loop().call_exception_handler({"message": SECRET, "exception": OSError(SECRET)})

    asyncio.run(forgotten())
    logging.getLogger("uvicorn.error").warning("%s", SECRET)
    logging.getLogger("psycopg").warning(SECRET)
    lines = logged.lines("library")
    assert {"asyncio", "uvicorn.error", "psycopg"} <= {line["logger"] for line in lines}
    assert not canaries_in(logged.text.encode())


def test_a_thread_that_ends_is_told_without_its_words(logged: Logged) -> None:
    def end() -> None:
        raise RuntimeError(SECRET)

    thread = threading.Thread(target=end)
    thread.start()
    thread.join()
    (line,) = logged.lines()
    assert line["error"] == "builtins.RuntimeError" and "end" in line["where"][0]
    assert not canaries_in(logged.text.encode())


def test_in_words_a_line_says_the_same(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", logged.out)
    log_lines.keep_log("words")
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("detente.host").exception("It failed.")
    logging.getLogger("detente.acts").info("An act was stored.")
    first, *places = logged.text.splitlines()
    assert " error: It failed. error=builtins.KeyError" in first
    assert len(places) == 1 and "test_host_log.py:" in places[0]
    assert not canaries_in(logged.text.encode())


def test_each_address_is_told_by_its_own_route(talks: Talks, logged: Logged) -> None:
    asked = {
        "log/tile/0/000.p/1": "log/tile/{path:path}",
        "log/side-A/tile/0/000.p/1": "log/{chamber}/tile/{path:path}",
        "log/side-A/checkpoint": "log/{chamber}/checkpoint",
        "log/checkpoint": "log/checkpoint",
        "": "",
        "acts/1/receipt": "acts/{number}/receipt",
    }
    with front(talks.depositary) as client:
        for path in asked:
            client.get(address(talks, path), headers=as_person(talks, "A"))
        client.get("/static/css/paper.css")
    routes = [line["route"] for line in logged.lines("request")]
    assert routes == [*(f"/processes/{{process}}/{route}" for route in asked.values()), "/static"]
