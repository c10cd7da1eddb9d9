"""Sessions and minutes: words stand beside the ladder, and their speaker answers for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, fake_leaf, seated, with_text

AT = "2025-10-27T{:02}:00:00Z"


def in_session(hour: int = 8) -> Simulator:
    simulator = with_text()
    simulator.must("M", "set_agenda", items=("border", "verification"))
    simulator.must("M", "open_session", number=1, at=AT.format(hour))
    return simulator


def oral(simulator: Simulator, sense: str = "oral_assent", **fields: Any) -> dict[str, Any]:
    said = {"speaker": "B", "sense": sense, "said_at": "2025-10-28T01:41:00Z", "instrument": "text"}
    return {**said, "edition": simulator.edition().leaf, **fields}


def test_an_oral_yes_takes_no_step_and_even_confirmed_words_take_none() -> None:
    simulator = in_session()
    leaf = simulator.must("M", "minute", **oral(simulator))
    assert (simulator.ladder(), simulator.answers()) == ("..", "nnnn")
    simulator.must("M", "ask_to_confirm", minute=leaf)
    simulator.must("B", "confirm_minute", minute=leaf)
    minute = simulator.state.minutes[leaf]
    assert (minute.session, minute.confirmed) == (1, simulator.state.size - 1)
    assert (simulator.ladder(), simulator.answers()) == ("..", "nnnn")


def test_only_the_speaker_answers_for_the_words_and_once() -> None:
    simulator = in_session()
    leaf = simulator.must("M", "minute", **oral(simulator))
    for person in ("A", "M", "PB"):
        assert simulator.codes(person, "confirm_minute", minute=leaf) == {"minute.speaker"}
        assert simulator.codes(person, "contest_minute", minute=leaf) == {"minute.speaker"}
    assert {"confirm_minute", "contest_minute"} <= set(simulator.offered("B"))
    simulator.must("B", "contest_minute", minute=leaf)
    assert simulator.codes("B", "confirm_minute", minute=leaf) == {"minute.answered"}
    assert "confirm_minute" not in simulator.offered("B")


@pytest.mark.parametrize("sense", ["oral_assent", "oral_withdrawal"])
def test_words_about_a_text_name_the_edition_that_they_were_about(sense: str) -> None:
    simulator = in_session()
    assert simulator.codes("M", "minute", **oral(simulator, sense, edition=None)) == {"minute.subject"}
    assert simulator.codes("M", "minute", **oral(simulator, sense, edition=fake_leaf(0))) == {
        "edition.unknown"
    }


def test_a_minute_is_of_somebody_in_the_record_and_by_those_who_mediate() -> None:
    simulator = in_session()
    assert simulator.codes("M", "minute", **oral(simulator, "statement", speaker="X")) == {
        "participation.person"
    }
    assert simulator.codes("M", "minute", **oral(simulator, said_at="2025-10-32T00:00:00Z")) == {
        "instant.malformed"
    }
    assert simulator.codes("A", "minute", **oral(simulator)) == {"participation.role"}
    assert simulator.codes("B", "confirm_minute", minute=fake_leaf(0)) == {"minute.unknown"}
    assert simulator.codes("M", "ask_to_confirm", minute=fake_leaf(0)) == {"minute.unknown"}


def test_a_minute_outside_a_session_belongs_to_none() -> None:
    simulator = with_text()
    leaf = simulator.must("M", "minute", **oral(simulator))
    assert simulator.state.minutes[leaf].session is None


def test_sessions_are_numbered_and_closed_in_order() -> None:
    simulator = seated()
    assert simulator.codes("M", "open_session", number=2, at=AT.format(8)) == {"session.number"}
    assert simulator.codes("M", "close_session", number=1, at=AT.format(8)) == {"session.none_open"}
    simulator.must("M", "open_session", number=1, at=AT.format(8))
    assert simulator.codes("M", "close_session", number=2, at=AT.format(9)) == {"session.number"}
    simulator.must("M", "close_session", number=1, at=AT.format(9))
    assert simulator.state.sessions[0].closed == AT.format(9)
    simulator.must("M", "open_session", number=2, at=AT.format(10))


@pytest.mark.parametrize("leaving", ["adjourn", "break_off", "conclude"])
def test_a_session_that_the_talks_are_left_in_is_closed_late_and_before_the_next(leaving: str) -> None:
    simulator = seated()
    simulator.must("M", "open_session", number=1, at=AT.format(8))
    simulator.must("M", leaving)
    phase = simulator.state.phase
    if leaving != "conclude":
        simulator.must("M", "resume")
        assert simulator.codes("M", "open_session", number=2, at=AT.format(10)) == {"session.unclosed"}
        assert "open_session" not in simulator.offered("M")
        phase = simulator.state.phase
    simulator.must("M", "close_session", number=1, at=AT.format(9))
    assert (simulator.state.sessions[0].closed, simulator.state.phase) == (AT.format(9), phase)
    assert "session.none_open" in simulator.codes("M", "close_session", number=1, at=AT.format(9))


def test_the_course_of_a_session_runs_forward_over_items_of_the_agenda() -> None:
    simulator = in_session()
    simulator.must("M", "take_up", item="border", at=AT.format(9))
    assert simulator.codes("M", "take_up", item="trade", at=AT.format(10)) == {"session.item"}
    assert simulator.codes("M", "take_up", item="off", at=AT.format(8)) == {"session.time_order"}
    assert simulator.codes("M", "take_up", item="off", at="2025-10-27T25:00:00Z") == {"instant.malformed"}
    simulator.must("M", "take_up", item="off", at=AT.format(11))
    simulator.must("M", "take_up", item="break", at=AT.format(12))
    assert simulator.codes("M", "close_session", number=1, at=AT.format(11)) == {"session.time_order"}
    assert simulator.state.sessions[0].course == (
        ("border", AT.format(9)), ("off", AT.format(11)), ("break", AT.format(12)),
    )  # fmt: skip


@pytest.mark.parametrize("items", [("border", "border"), ("off",), ("border", "break")])
def test_each_item_has_an_id_of_its_own(items: tuple[str, ...]) -> None:
    assert seated().codes("M", "set_agenda", items=items) == {"session.agenda"}
