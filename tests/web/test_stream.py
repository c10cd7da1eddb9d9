"""The act stream: how large the record is, and nothing else, for as long as the server runs."""

from __future__ import annotations

import http.client
import re
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from detente.web import stream
from tests.depositary.talks import Talks
from tests.web.hosting import address, as_person, codes_of, front, on_a_socket

SECRET = "words that do not travel"


def opened(
    base: str, talks: Talks, **headers: str
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    connection.request("GET", address(talks, "events"), headers=headers)
    return connection, connection.getresponse()


def next_size(answer: http.client.HTTPResponse) -> int:
    """The size in the next message."""
    while line := answer.readline():
        if line.startswith(b"data: "):
            return int(line.removeprefix(b"data: "))
    raise AssertionError("the stream has ended")


@pytest.mark.parametrize("encoding", ["identity", "gzip, deflate, br"])
def test_it_says_the_size_now_and_whenever_it_grows(talks: Talks, encoding: str) -> None:
    with on_a_socket(talks.depositary) as base:
        connection, answer = opened(base, talks, **{"accept-encoding": encoding})
        assert answer.status == 200
        assert answer.getheader("content-type", "").partition(";")[0] == "text/event-stream"
        assert answer.getheader("cache-control") == "private, no-store"
        assert answer.getheader("content-encoding") is None
        assert next_size(answer) == talks.size
        for _ in range(2):
            talks.say("A")
            assert next_size(answer) == talks.size
        connection.close()


def test_it_says_nothing_but_sizes(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LIFE", 1.2)
    with on_a_socket(talks.depositary) as base:
        connection, answer = opened(base, talks)
        first = next_size(answer)
        talks.say("A", SECRET)
        rest = answer.read().decode()
        connection.close()
    assert re.fullmatch(r"\n(data: \d+\n\n)*", rest) and f"data: {first + 1}\n" in rest


def test_what_happens_in_a_chamber_is_not_told(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LIFE", 1.2)
    with on_a_socket(talks.depositary) as base:
        connection, answer = opened(base, talks, **as_person(talks, "B"))
        next_size(answer)
        talks.do("A", "note", {"text": SECRET}, chamber="side-A")
        assert answer.read() == b"\n"
        connection.close()


def test_streams_end_when_the_server_is_told_to_stop(talks: Talks) -> None:
    read: list[bytes] = []
    with on_a_socket(talks.depositary) as base:
        connection, answer = opened(base, talks)
        next_size(answer)
        reader = threading.Thread(target=lambda: read.append(answer.read()))
        reader.start()
    # The server has stopped within its grace, and whoever listened was not cut off.
    reader.join(30)
    assert read == [b"\n"]
    connection.close()


def test_a_closed_process_is_answered_like_a_missing_one(closed: Talks, tmp_path: Path) -> None:
    with front(closed.depositary) as client:
        answers = [client.get(f"/processes/{process}/events") for process in (closed.id, "a" * 26)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert codes_of(answers[0]) == ["log.unknown"]
        assert answers[0].text.replace(closed.id, "a" * 26) == answers[1].text
    with on_a_socket(closed.depositary) as base:
        connection, answer = opened(base, closed, **as_person(closed, "A"))
        assert answer.status == 200 and next_size(answer) == closed.size
        connection.close()
