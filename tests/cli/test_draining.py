"""A host that is told to stop: what is under way is finished, what only listens is let go, and it ends."""

from __future__ import annotations

import http.client
import signal
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from detente.depositary.opening import open_data
from tests.cli.speaking import running, say, told_to_stop
from tests.depositary.talks import Talks
from tests.web.hosting import ACT, address


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[tuple[Talks, Path, bytes]]:
    """Talks in a data folder that nobody serves yet, and an act that may stand next."""
    depositary = open_data(tmp_path / "data", create=True)
    talks = Talks(depositary).convene().seat()
    raw = talks.raw_statement("A")
    depositary.close()
    yield talks, tmp_path / "data", raw


def test_an_act_under_way_gets_its_receipt_and_streams_end(stopped: tuple[Talks, Path, bytes]) -> None:
    talks, data, raw = stopped
    with running("serve", "--data", data, "--port", "0") as (process, base):
        found = urlsplit(base)
        stream = http.client.HTTPConnection(found.netloc, timeout=60)
        stream.request("GET", address(talks, "events"))
        listening = stream.getresponse()
        assert listening.readline() == b"retry: 1000\n"
        answers: list[httpx.Response] = []

        def send() -> None:
            with httpx.Client(timeout=60) as client:
                answers.append(
                    client.post(base.rstrip("/") + address(talks, "acts"), content=raw, headers=ACT)
                )

        with closing(sqlite3.connect(data / "record.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # the append waits for this one to end
            sending = threading.Thread(target=send)
            sending.start()
            wait_until_read(found.port or 0)
            process.send_signal(signal.SIGTERM)
            assert listening.read().endswith(b"\n\n")  # to its end, and not cut off
            assert not answers
            other.execute("ROLLBACK")
        sending.join(60)
        assert [answer.status_code for answer in answers] == [201]
        assert process.wait(60) == 0
    assert say("fsck", "--data", data).code == 0


def wait_until_read(port: int) -> None:
    """Until the server has read what was sent to it: its sockets' receive queues are empty."""
    ends = f":{port:04X}"
    for _ in range(6000):
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        inside = [row for row in rows if row[1].endswith(ends) and row[3] == "01"]
        if len(inside) >= 2 and all(row[4].endswith(":00000000") for row in inside):
            return
        threading.Event().wait(0.005)
    raise AssertionError("the server does not read")


def test_whoever_never_finishes_does_not_hold_it_up(stopped: tuple[Talks, Path, bytes]) -> None:
    talks, data, _raw = stopped
    with running("serve", "--data", data, "--port", "0") as (process, base):
        found = urlsplit(base)
        with socket.create_connection((found.hostname, found.port), timeout=60) as caller:
            head = f"POST {address(talks, 'acts')} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf"
            caller.sendall(head.encode())
            assert httpx.get(f"{base}health").status_code == 200
            answer = told_to_stop(process, signal.SIGTERM)
    assert answer.code == 0 and "Traceback" not in answer.err


def test_a_service_manager_is_told_when_it_is_served_and_when_it_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as told:
        told.bind(str(tmp_path / "notify"))
        told.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        with running("serve", "--data", tmp_path / "data", "--port", "0") as (process, base):
            assert told.recv(100) == b"READY=1"
            assert httpx.get(f"{base}ready").status_code == 200
            assert told_to_stop(process, signal.SIGTERM).code == 0
            assert told.recv(100) == b"STOPPING=1"
