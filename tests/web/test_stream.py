"""The act stream: how large the record is, and nothing else, for as long as the server runs."""

from __future__ import annotations

import http.client
import re
import threading
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from detente.web import stream
from tests.depositary.talks import Talks
from tests.web.hosting import address, as_person, codes_of, front, on_a_socket

SECRET = "words that do not travel"
AGAIN = stream.AGAIN.decode()


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
    assert re.fullmatch(rf"\n(data: \d+\n\n)*{AGAIN}", rest) and f"data: {first + 1}\n" in rest


def test_what_happens_in_a_chamber_is_told_to_its_members_as_a_number_and_to_nobody_else(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LIFE", 2.2)
    talks.do("A", "note", {"text": SECRET}, chamber="side-A")
    with on_a_socket(talks.depositary) as base:
        listening = {who: opened(base, talks, **as_person(talks, who)) for who in ("A", "B", "M", None)}
        for _connection, answer in listening.values():
            next_size(answer)
        talks.do("A", "note", {"text": SECRET}, chamber="side-A")
        heard = {who: answer.read().decode() for who, (_connection, answer) in listening.items()}
        for connection, _answer in listening.values():
            connection.close()
    assert {heard[who] for who in ("B", "M", None)} == {f"\n{AGAIN}"}
    told = re.findall(r"event: inside\ndata: (\d+)\n\n", heard["A"])
    assert told and told[-1] == "2" and set(told) <= {"1", "2"}
    assert re.sub(r"event: inside\ndata: \d+\n\n", "", heard["A"]) == f"\n{AGAIN}"


def test_everybody_who_listens_hears_the_same_sizes(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they then ask for is made once for all of them."""
    monkeypatch.setattr(stream, "LIFE", 2.2)
    with on_a_socket(talks.depositary) as base:
        listening = [opened(base, talks) for _ in range(5)]
        first = [next_size(answer) for _connection, answer in listening]
        for _ in range(20):
            talks.say("A")
        heard = [re.findall(rb"data: (\d+)", answer.read()) for _connection, answer in listening]
        for connection, _answer in listening:
            connection.close()
    assert len(set(first)) == 1 and heard == [heard[0]] * 5
    assert int(heard[0][-1]) == talks.size and len(heard[0]) <= 5


def test_an_act_received_here_is_told_without_waiting_for_the_next_look(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LOOK", 3600)
    monkeypatch.setattr(stream, "LIFE", 3600)
    monkeypatch.setattr(stream, "APART", 0)
    with on_a_socket(talks.depositary) as base:
        connection, answer = opened(base, talks)
        assert next_size(answer) == talks.size
        with httpx.Client(base_url=base) as client:
            assert client.post(address(talks, "acts"), content=talks.raw_statement("A")).status_code == 201
        assert next_size(answer) == talks.size
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
