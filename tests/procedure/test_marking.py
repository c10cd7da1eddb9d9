"""The keeper marks the time where something waits for it, and not because time passes."""

from __future__ import annotations

from typing import Any

import pytest

from detente.procedure.marking import is_mark_due
from tests.simulator import Simulator, seated, with_text

DAY = "2025-11-{:02}T00:00:00Z"
SECOND = "2025-11-01T00:00:01Z"


def due(simulator: Simulator, time: str, covered: int | None = None) -> bool:
    return is_mark_due(simulator.state, time, simulator.state.size if covered is None else covered)


def marked(simulator: Simulator, day: int = 1) -> Simulator:
    assert not simulator.mark(DAY.format(day))
    return simulator


def test_the_first_time_is_marked_and_then_none_for_its_own_sake() -> None:
    simulator = seated()
    assert due(simulator, DAY.format(1))
    marked(simulator)
    assert not due(simulator, SECOND)
    assert not due(simulator, DAY.format(28))  # nobody has acted since


def test_time_never_runs_back() -> None:
    simulator = marked(seated(), 2)
    simulator.must("M", "register_statement", claims=(("other", ""),))
    for time in (DAY.format(1), DAY.format(2)):
        assert not due(simulator, time)


def test_while_people_act_the_time_is_marked_once_an_hour() -> None:
    simulator = marked(seated())
    simulator.must("M", "register_statement", claims=(("other", ""),))
    assert not due(simulator, "2025-11-01T00:59:59Z")
    assert due(simulator, "2025-11-01T01:00:00Z")


def test_a_binding_text_waits_for_a_time_that_covers_the_last_consent() -> None:
    simulator = marked(with_text())
    simulator.steps("sign", "A")
    assert not due(simulator, SECOND)
    before = simulator.state.size
    simulator.steps("sign", "B")
    assert not due(simulator, SECOND, covered=before)
    assert due(simulator, SECOND)
    assert not simulator.mark(SECOND)
    assert simulator.answers() == "yyyy"
    assert not due(simulator, "2025-11-01T00:00:02Z")


@pytest.mark.parametrize(
    "terms", [{"entry": "date", "entry_date": DAY.format(9)}, {"entry": "delay", "entry_delay": 8}]
)
def test_a_text_that_enters_into_force_later_waits_for_that_day(terms: dict[str, Any]) -> None:
    simulator = with_text(terms=terms)
    simulator.steps("sign", "A", "B")
    marked(simulator)
    assert not due(simulator, DAY.format(8))
    assert due(simulator, DAY.format(9))


def test_a_mandate_waits_for_its_beginning_and_its_end() -> None:
    simulator = marked(with_text())
    simulator.must("PA", "grant_mandate", holder="A", capacities=("sign",), terms="definitive",
                  valid_from="2025-11-01T00:20:00Z", valid_until="2025-11-01T00:40:00Z")  # fmt: skip
    for minute, is_due in ((19, False), (20, True), (30, True)):
        assert due(simulator, f"2025-11-01T00:{minute}:00Z") is is_due
    assert not simulator.mark("2025-11-01T00:21:00Z")
    for minute, is_due in ((22, False), (39, False), (41, True)):
        assert due(simulator, f"2025-11-01T00:{minute}:00Z") is is_due


def test_a_referral_waits_for_the_day_of_its_reply() -> None:
    simulator = marked(with_text())
    simulator.must("A", "announce_referral", instrument="text", edition=simulator.edition().leaf,
                  reply_by="2025-11-01T00:30:00Z")  # fmt: skip
    assert not due(simulator, "2025-11-01T00:29:00Z")
    assert due(simulator, "2025-11-01T00:31:00Z")


def test_a_notice_of_breach_waits_for_its_receipt_and_for_the_end_of_its_period() -> None:
    simulator = with_text()
    simulator.steps("sign", "A", "B")
    marked(simulator)
    by = "2025-11-01T00:30:00Z"
    simulator.must("PA", "notify_breach", instrument="text", of="B", measure="suspend", provisions=("art_1",),
                  objections_by=by, urgent=True)  # fmt: skip
    assert not due(simulator, SECOND, covered=simulator.state.size - 1), "it does not cover the notice"
    assert due(simulator, SECOND)
    assert not simulator.mark(SECOND)
    assert not due(simulator, "2025-11-01T00:29:59Z")
    assert due(simulator, by)
    assert not simulator.mark(by)
    assert not due(simulator, "2025-11-01T00:30:01Z")


def test_silence_waits_for_its_end() -> None:
    simulator = marked(with_text())
    until = "2025-11-01T00:30:00Z"
    simulator.must("M", "place_silence", instrument="text", until=(("A", until), ("B", until)))
    assert simulator.instrument().silence is not None
    assert not due(simulator, "2025-11-01T00:29:59Z")
    assert due(simulator, until)
    assert not simulator.mark(until)
    assert not due(simulator, "2025-11-01T00:30:01Z")
