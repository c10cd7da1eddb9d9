"""What a host does by itself while it is served: again and again, whatever fails, and no longer than it is served."""

from __future__ import annotations

import logging
import threading

import pytest

from detente.store.port import Unavailable
from detente.web.app import make_app
from detente.web.upkeep import kept_up
from tests.depositary.talks import NOW, Talks, open_host


def test_looks_are_taken_again_and_again_and_end_with_the_server() -> None:
    enough, taken = threading.Event(), []

    def look(now: int) -> None:
        taken.append(now)
        if len(taken) == 3:
            enough.set()

    with kept_up([look], pause=0):
        assert enough.wait(60)
    count = len(taken)
    assert count >= 3 and all(now > NOW for now in taken)
    assert not any(thread.name.startswith("upkeep") for thread in threading.enumerate())
    assert len(taken) == count


def test_a_look_that_fails_holds_up_no_other_and_is_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    enough, taken = threading.Event(), []

    def failing(_now: int) -> None:
        raise OSError("no line")

    def look(now: int) -> None:
        taken.append(now)
        if len(taken) == 2:
            enough.set()

    with caplog.at_level(logging.ERROR, "uvicorn.error"), kept_up([failing, look], pause=0):
        assert enough.wait(60)
    assert "Upkeep failed" in caplog.text and "no line" in caplog.text


def test_a_database_that_is_away_is_said_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    enough, taken = threading.Event(), []

    def look(now: int) -> None:
        taken.append(now)
        if len(taken) == 2:
            enough.set()
        raise Unavailable("it recovers")

    with caplog.at_level(logging.WARNING, "uvicorn.error"), kept_up([look], pause=0):
        assert enough.wait(60)
    assert (
        "cannot be read or written now" in caplog.text
        and "it recovers" not in caplog.text
        and "Traceback" not in caplog.text
    )


def test_a_served_host_signs_its_checkpoints_again() -> None:
    talks = Talks(open_host(), mldsa=True).convene()
    erasing, signing = make_app(talks.depositary).state.upkeep
    assert erasing == talks.depositary.erase_held_up
    for now in (NOW, NOW + 60):
        signing(now)
    head = talks.depositary.store.head(talks.origin)
    assert head is not None and head.signed_again
