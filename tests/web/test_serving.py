"""What only a real socket shows: many clients at once, bodies without end, callers who leave, addresses as sent."""

from __future__ import annotations

import http.client
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from detente.depositary.certifying import certify_copy
from detente.procedure.disclosure import Viewer
from detente.proofs.verification import verify_copy
from detente.signing.envelope import LARGEST_SUBMISSION
from detente.web.serving import bind
from tests.depositary.talks import NOW, Talks, everything
from tests.web.chained import statements
from tests.web.hosting import ACT, PAGE, address, codes_of, on_a_socket
from tests.web.test_door import checked


@pytest.fixture
def base(talks: Talks) -> Iterator[str]:
    with on_a_socket(talks.depositary) as base:
        yield base


def send_all(base: str, talks: Talks, acts: list[bytes]) -> list[httpx.Response]:
    """One client's acts, one after another on one connection."""
    with httpx.Client(base_url=base) as client:
        return [client.post(address(talks, "acts"), content=raw, headers=ACT) for raw in acts]


def test_clients_at_once_are_all_receipted_and_the_logs_chain(talks: Talks, base: str) -> None:
    other = Talks(talks.depositary, label="others").convene().seat()
    work = [
        (where, statements(where, by, 12, f"by {by}")) for where in (talks, other) for by in ("A", "B", "M")
    ]
    sizes = {where.origin: where.size for where in (talks, other)}
    with ThreadPoolExecutor(len(work)) as pool:
        answers = list(pool.map(lambda one: send_all(base, *one), work))
    for where in (talks, other):
        receipts = [
            answer.json()
            for (process, _acts), own in zip(work, answers, strict=True)
            for answer in own
            if process is where and answer.status_code == 201
        ]
        start = sizes[where.origin]
        assert (
            sorted(r["index"] for r in receipts) == list(range(start, start + 36))
            and where.size == start + 36
        )
        assert all(checked(where, receipt).index == receipt["index"] for receipt in receipts)
        copy = BytesIO()
        certify_copy(where.depositary, where.origin, Viewer("M"), NOW, copy)
        copy.seek(0)
        verified = verify_copy(copy)
        assert verified.size == where.size and not verified.state.irregular


def test_the_same_act_sent_by_several_at_once_stands_once(talks: Talks, base: str) -> None:
    raw, size = talks.raw_statement("A"), talks.size
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _n: send_all(base, talks, [raw])[0], range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert {(a.json()["index"], a.json()["leaf"]) for a in answers} == {(size, answers[0].json()["leaf"])}
    assert talks.size == size + 1


def test_two_acts_for_one_place_leave_one_of_them_out(talks: Talks, base: str) -> None:
    rivals = [talks.raw_statement("A", text) for text in ("one", "two")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda raw: send_all(base, talks, [raw])[0], rivals))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert talks.say("A", "afterwards").index == talks.size - 1


@pytest.mark.parametrize("streamed", [False, True])
def test_who_sends_too_much_hears_why(talks: Talks, base: str, streamed: bool) -> None:
    raw, before = b"x" * (3 * LARGEST_SUBMISSION), everything(talks.depositary)
    parts = (raw[at : at + 50_000] for at in range(0, len(raw), 50_000))
    answer = httpx.post(
        base + address(talks, "acts"), content=parts if streamed else raw, headers=ACT, timeout=60
    )
    assert (answer.status_code, codes_of(answer)) == (413, ["envelope.size"])
    assert everything(talks.depositary) == before


def test_a_body_without_end_is_not_read_to_its_end(talks: Talks, base: str) -> None:
    found = urlsplit(base)
    with socket.create_connection((found.hostname, found.port), timeout=60) as caller:
        head = f"POST {address(talks, 'acts')} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller.sendall(head.encode())
        with pytest.raises(OSError):  # the host hangs up
            while True:
                caller.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
    assert httpx.get(base + "/").status_code == 200


def test_who_leaves_amid_an_act_changes_nothing(
    talks: Talks, base: str, caplog: pytest.LogCaptureFixture
) -> None:
    found, before = urlsplit(base), everything(talks.depositary)
    raw = talks.raw_statement("A")
    with caplog.at_level(logging.WARNING):
        for sent in (b"", raw[:100], raw[:-1]):
            with socket.create_connection((found.hostname, found.port), timeout=60) as caller:
                head = (
                    f"POST {address(talks, 'acts')} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(raw)}\r\n\r\n"
                )
                caller.sendall(head.encode() + sent)
        assert send_all(base, talks, [talks.raw_statement("B")])[0].status_code == 201
    assert "Traceback" not in caplog.text and "Exception" not in caplog.text
    assert len(everything(talks.depositary)[0][2]) == len(before[0][2]) + 1


AS_SENT = (
    "/processes/{id}/log/tile/../checkpoint", "/processes/{id}/log/tile/0/../0/000.p/3",
    "/processes/{id}/log/tile/0/000.p/3/../3", "/processes/../{id}/status", "/processes/{id}/./status",
    "/processes/{id}//status", "//processes/{id}/status",  
    "/processes/{id}%2Fside-A/status",
    "/static/../app.py", "/static/css/../../app.py", "/processes/{id}/status%0a", "/processes/{id}%00/status",
    "/processes/%ff%fe/status", "/processes/{id}/acts/1%0a", "/processes/{id}/acts/-1", "/processes/{id}/acts/1e3",
    "/processes/{id}/acts/%D9%A1", "/processes/" + "x" * 20_000 + "/status", "/processes/{id}/acts/" + "9" * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("path", AS_SENT)
def test_an_address_in_another_spelling_is_none(talks: Talks, base: str, path: str) -> None:
    found = urlsplit(base)
    connection = http.client.HTTPConnection(found.hostname or "", found.port or 0, timeout=60)
    connection.putrequest("GET", path.format(id=talks.id), skip_accept_encoding=True)
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("content-type")) == (404, "application/json")
    assert b'{"errors":[{"code":"' in answer.read()
    connection.close()


def test_pages_are_served_to_a_browser_and_the_server_says_nothing_of_itself(talks: Talks, base: str) -> None:
    answer = httpx.get(base + address(talks), headers=PAGE)
    assert answer.status_code == 200 and "Talks on a road" in answer.text
    assert "server" not in answer.headers
    assert httpx.head(base + address(talks)).status_code == 200


def test_a_copy_that_is_sent_verifies(talks: Talks, base: str, tmp_path: Path) -> None:
    answer = httpx.get(base + address(talks, "copy"), headers={"range": "bytes=0-10"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{talks.id[:8]}.detente"'
    assert verify_copy(BytesIO(answer.content)).size == talks.size


def test_an_address_that_is_taken_is_not_bound_again(base: str) -> None:
    port = urlsplit(base).port
    assert port
    with pytest.raises(OSError):
        bind("127.0.0.1", port)
    # Also where the first has not begun to serve.
    with closing(bind("127.0.0.1", 0)) as waiting, pytest.raises(OSError):
        bind("127.0.0.1", waiting.getsockname()[1])
