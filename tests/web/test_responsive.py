"""While a host reads a large file it answers everybody else.

The process that reads is held at its beginning until the test lets it go on: nothing here depends on how long anything
takes. What is bounded is how long a test waits before it fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from tests.depositary.talks import Talks
from tests.web.hosting import ACT, PAGE, address, as_person, on_a_socket

LARGE = b"".join(
    b"%d. %s\n\n" % (number, b"Each Side keeps the road open. " * 60) for number in range(1, 2_001)
)
AT_MOST = 60
"""Seconds for an answer that has to come; a test without it fails."""


class Held:
    """A stand-in for Python that says when it is begun and goes on when it is let go, or after a minute by itself."""

    def __init__(self, folder: Path) -> None:
        self._begun, self._gate, self.python = folder / "begun", folder / "gate", folder / "python"
        self.python.write_text(
            f"#!/bin/sh\ntouch '{self._begun}'\nleft=1200\n"
            f"while [ ! -e '{self._gate}' ] && [ $left -gt 0 ]; do sleep 0.05; left=$((left - 1)); done\n"
            f"exec '{sys.executable}' \"$@\"\n"
        )
        self.python.chmod(0o700)

    def is_begun(self) -> bool:
        return self._begun.exists()

    def let_go(self) -> None:
        self._gate.touch()


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held(tmp_path)
    monkeypatch.setattr(sys, "executable", str(held.python))
    yield held
    held.let_go()


@pytest.fixture
def base(talks: Talks) -> Iterator[str]:
    with on_a_socket(talks.depositary) as base:
        yield base


Send = Callable[[], httpx.Response]


def sending(base: str, talks: Talks, path: str, files: dict[str, Any], **fields: str) -> Send:
    headers = {**PAGE, **as_person(talks, "A")}
    return lambda: httpx.post(
        base + address(talks, path), files=files, data=fields, headers=headers, timeout=4 * AT_MOST
    )


def until(holds: Callable[[], bool]) -> None:
    waiting = Event()
    for _ in range(20 * AT_MOST):
        if holds():
            return
        waiting.wait(0.05)
    raise AssertionError("it has not come to that")


def others_are_answered(base: str, talks: Talks) -> None:
    with httpx.Client(base_url=base, timeout=AT_MOST) as client:
        for path in (
            "/",
            "/health",
            "/ready",
            address(talks),
            address(talks, "text"),
            address(talks, "status"),
        ):
            assert client.get(path, headers=PAGE).status_code == 200, path
        act = client.post(address(talks, "acts"), content=talks.raw_statement("B", "meanwhile"), headers=ACT)
        assert act.status_code == 201


def test_others_are_answered_while_a_large_file_is_read(talks: Talks, base: str, held: Held) -> None:
    send = sending(
        base, talks, "sign/file", {"file": ("draft.txt", LARGE)}, kind="table_text", instrument="road"
    )
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(send)
        until(held.is_begun)
        others_are_answered(base, talks)
        assert not sent.done()
        held.let_go()
        answer = sent.result(4 * AT_MOST)
    assert answer.status_code == 200 and "2000 provisions were read." in answer.text.replace(",", "")
