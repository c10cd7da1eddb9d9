"""Entry into force: derived from consents and cosigned marks (VCLT 24); the keeper's note is declaratory."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, with_text

DAY = "2025-11-{:02}T00:00:00Z"


def bound(**terms: Any) -> Simulator:
    simulator = with_text(terms=terms)
    simulator.steps("sign", "A", "B")
    return simulator


def test_a_text_is_in_force_with_the_first_mark_that_covers_the_last_consent() -> None:
    simulator = bound()
    assert simulator.answers() == "yyyn"
    (missing,) = simulator.finality().in_force.missing
    assert (missing.whose, missing.act) == ("K", "mark_time")
    assert not simulator.mark(DAY.format(1))
    assert (simulator.ladder(), simulator.answers()) == ("FF", "yyyy")
    assert simulator.instrument().in_force_since == DAY.format(1)
    assert simulator.finality().in_force.since == simulator.state.size - 1


def test_a_time_that_was_cosigned_before_the_last_consent_brings_nothing_into_force() -> None:
    """The keeper carries an old checkpoint: it says nothing about a consent that it does not cover."""
    simulator = with_text()
    simulator.steps("sign", "A")
    before = simulator.state.size
    simulator.steps("sign", "B")
    assert not simulator.mark(DAY.format(1), size=before)
    assert simulator.answers() == "yyyn"
    assert simulator.instrument().bound_at is None
    assert not simulator.mark(DAY.format(2))
    assert simulator.instrument().in_force_since == DAY.format(2)


def test_an_uncosigned_mark_brings_nothing_into_force() -> None:
    simulator = bound()
    assert not simulator.mark()
    assert simulator.answers() == "yyyn"


def test_a_text_enters_into_force_on_its_date_and_not_before() -> None:
    simulator = bound(entry="date", entry_date=DAY.format(10))
    assert not simulator.mark(DAY.format(9))
    assert simulator.answers() == "yyyn"
    assert (
        simulator.finality().in_force.missing[0].why
        == f"The time is to be marked at or after {DAY.format(10)}."
    )
    assert not simulator.mark(DAY.format(12))
    assert (simulator.answers(), simulator.instrument().in_force_since) == ("yyyy", DAY.format(10))


def test_a_date_that_passed_before_the_last_consent_dates_nothing_back() -> None:
    simulator = with_text(terms={"entry": "date", "entry_date": DAY.format(10)})
    simulator.steps("sign", "A")
    assert not simulator.mark(DAY.format(12))
    simulator.steps("sign", "B")
    assert simulator.answers() == "yyyn"
    assert not simulator.mark(DAY.format(14))
    assert simulator.instrument().in_force_since == DAY.format(14)


def test_a_delay_runs_from_the_time_at_which_the_last_consent_is_proved() -> None:
    simulator = bound(entry="delay", entry_delay=7)
    assert not simulator.mark(DAY.format(1))
    assert simulator.answers() == "yyyn"
    assert not simulator.mark(DAY.format(7))
    assert simulator.answers() == "yyyn"
    assert not simulator.mark(DAY.format(8))
    assert (simulator.answers(), simulator.instrument().in_force_since) == ("yyyy", DAY.format(8))


def test_a_delay_beyond_the_last_instant_breaks_no_replay() -> None:
    simulator = bound(entry="delay", entry_delay=36_525)
    assert not simulator.mark("9990-01-01T00:00:00Z")
    assert simulator.answers() == "yyyn"


def test_the_note_is_the_keeper_s_declares_and_changes_no_date() -> None:
    simulator = bound()
    assert simulator.codes("K", "note_entry", instrument="text") == {"entry.condition_open"}
    assert not simulator.mark(DAY.format(1))
    assert simulator.codes("M", "note_entry", instrument="text") == {"participation.role"}
    assert not simulator.mark(DAY.format(20))
    assert "note_entry" in simulator.offered("K")
    simulator.must("K", "note_entry", instrument="text")
    assert simulator.instrument().in_force_since == DAY.format(1)
    assert simulator.codes("K", "note_entry", instrument="text") == {"entry.noted"}


def test_an_obstacle_removed_after_the_mark_brings_the_text_into_force_with_the_next_mark() -> None:
    simulator = with_text()
    simulator.must("B", "contest_representation", side="A")
    simulator.steps("sign", "PA", "B")
    assert not simulator.mark(DAY.format(1))
    assert simulator.answers() == "yynn"
    simulator.must("M", "decide_credentials", side="A", upheld=True)
    decided = simulator.state.size - 1
    assert (simulator.answers(), simulator.finality().binding.since) == ("yyyn", decided)
    assert not simulator.mark(DAY.format(2))
    assert simulator.answers() == "yyyy"
    assert simulator.instrument().in_force_since == DAY.format(2)


@pytest.mark.parametrize("person", ["PA", "PB"])
def test_provisional_application_is_agreed_and_ended_by_a_side_s_own_act(person: str) -> None:
    simulator = with_text()
    side = person[-1]
    assert simulator.codes(person, "apply_provisionally", instrument="text") == {"entry.not_authentic"}
    simulator.steps("initial", "A", "B")
    assert simulator.codes(side, "apply_provisionally", instrument="text") == {"participation.role"}
    assert simulator.codes(person, "end_provisional_application", instrument="text") == {"entry.provisional"}
    simulator.must(person, "apply_provisionally", instrument="text")
    assert simulator.instrument().provisional == (side,)
    assert simulator.codes(person, "apply_provisionally", instrument="text") == {"entry.provisional"}
    simulator.must(person, "end_provisional_application", instrument="text")
    assert simulator.instrument().provisional == ()
    assert simulator.answers() == "yynn"


def test_provisional_application_ends_with_entry_into_force_and_in_any_phase() -> None:
    """VCLT 25: it stands only pending entry into force, and a side ends it whatever becomes of the talks."""
    simulator = with_text()
    simulator.steps("initial", "A", "B")
    for person in ("PA", "PB"):
        simulator.must(person, "apply_provisionally", instrument="text")
    simulator.must("M", "break_off")
    simulator.must("PB", "end_provisional_application", instrument="text")
    simulator.must("M", "resume")
    simulator.steps("sign", "A", "B")
    assert not simulator.mark(DAY.format(1))
    assert (simulator.answers(), simulator.instrument().provisional) == ("yyyy", ())
    assert simulator.codes("PA", "apply_provisionally", instrument="text") == {"entry.in_force"}


def test_a_record_that_names_no_quorum_says_why_no_time_comes() -> None:
    simulator = with_text(quorum=0)
    simulator.steps("sign", "A", "B")
    assert not simulator.mark(DAY.format(1))
    (missing,) = simulator.finality().in_force.missing
    assert missing.why == "No time can be marked: the record names no cosigner whose word it takes."


def test_initials_that_count_as_signature_bind_from_themselves_on() -> None:
    simulator = with_text(terms={"initials_sign": True})
    simulator.steps("initial", "A", "B")
    assert (simulator.answers(), simulator.finality().binding.since) == ("yyyn", simulator.state.size - 1)
