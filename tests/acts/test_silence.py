"""Silence: each side's own deadline, a break that is never refused for being late, and a lapse that only time gives."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codec.canonical_json import encode_canonical
from detente.procedure.turn import turns
from detente.state.answers import running_silence
from tests.simulator import Simulator, with_text

A_UNTIL, B_UNTIL = "2025-11-03T10:00:00Z", "2025-11-05T16:00:00Z"
UNTIL = (("A", A_UNTIL), ("B", B_UNTIL))
BEFORE, BETWEEN, AFTER = "2025-11-01T00:00:00Z", "2025-11-04T00:00:00Z", "2025-11-06T00:00:00Z"


def under_silence(*, counts: bool = True, terms: dict[str, Any] | None = None) -> Simulator:
    """Edition 1 under silence. counts: whether the sides have adopted rules by which silence adopts."""
    simulator = with_text(terms=terms or {})
    if counts:
        simulator.must("M", "table_rules", decision="unanimity", silence_adopts=True)
        for side in "AB":
            simulator.must(side, "adopt_rules")
    simulator.must("M", "place_silence", instrument="text", until=UNTIL)
    return simulator


def asked(simulator: Simulator) -> list[tuple[str, str | None]]:
    return [(t.whose, t.by) for t in turns(simulator.state) if t.act == "break_silence"]


def broken(simulator: Simulator) -> list[tuple[str, bool]]:
    silence = simulator.instrument().silence
    assert silence is not None
    return [(b.side, b.late) for b in silence.breaks]


# --- the lapse


def test_silence_lapses_for_each_side_at_its_own_deadline_and_then_adopts_as_the_rules_say() -> None:
    simulator = under_silence()
    assert not simulator.mark(BEFORE)
    assert asked(simulator) == [("A", A_UNTIL), ("B", B_UNTIL)]
    assert not simulator.mark(BETWEEN)
    assert (asked(simulator), simulator.answers()) == ([("B", B_UNTIL)], "nnnn")
    assert not simulator.mark(AFTER)
    assert (asked(simulator), simulator.answers()) == ([], "ynnn")
    assert simulator.finality().adopted.since == simulator.state.size - 1


def test_a_lapse_moves_nobody_on_the_ladder_and_binds_nobody() -> None:
    simulator = under_silence()
    assert not simulator.mark(AFTER)
    assert simulator.ladder() == ".."
    simulator.steps("initial", "A")
    assert simulator.answers() == "ynnn"
    assert {m.act for m in simulator.finality().binding.missing} == {"sign"}


def test_without_rules_that_say_so_a_lapse_gives_nothing() -> None:
    simulator = under_silence(counts=False)
    assert not simulator.mark(AFTER)
    silence = simulator.instrument().silence
    assert silence is not None and silence.lapsed_at == simulator.state.size - 1
    assert (simulator.answers(), simulator.ladder()) == ("nnnn", "..")
    assert [(m.whose, m.act) for m in simulator.finality().adopted.missing] == [
        ("A", "assent"),
        ("B", "assent"),
    ]


def test_rules_adopted_after_the_lapse_change_nothing_about_it() -> None:
    simulator = under_silence(counts=False)
    assert not simulator.mark(AFTER)
    simulator.must("M", "table_rules", decision="unanimity", silence_adopts=True)
    for side in "AB":
        simulator.must(side, "adopt_rules")
    assert simulator.answers() == "nnnn"


def test_later_rules_undo_no_adoption_by_silence() -> None:
    simulator = under_silence()
    assert not simulator.mark(AFTER)
    simulator.must("M", "table_rules", decision="unanimity")
    for side in "AB":
        simulator.must(side, "adopt_rules")
    assert simulator.answers() == "ynnn"


def test_silence_stands_beside_assents() -> None:
    simulator = under_silence()
    simulator.steps("assent", "A")
    assert asked(simulator) == [("B", B_UNTIL)]
    assert not simulator.mark(AFTER)
    assert (simulator.answers(), simulator.ladder()) == ("ynnn", "A.")


def test_a_side_that_takes_back_its_step_afterwards_is_no_longer_counted() -> None:
    simulator = under_silence()
    simulator.steps("assent", "A")
    assert not simulator.mark(AFTER)
    simulator.must("A", "take_back", instrument="text")
    assert (simulator.answers(), simulator.ladder()) == ("nnnn", "W.")
    simulator.steps("assent", "A")
    assert simulator.answers() == "ynnn"
    assert simulator.finality().adopted.since == simulator.state.size - 1


def test_where_adoption_makes_a_text_authentic_silence_does_not() -> None:
    simulator = under_silence(terms={"authentication": "adoption"})
    assert not simulator.mark(AFTER)
    assert simulator.answers() == "ynnn"
    assert [m.act for m in simulator.finality().authentic.missing] == ["assent", "assent"]
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "yynn"


def test_a_mark_that_is_not_cosigned_or_covers_an_earlier_record_only_lapses_nothing() -> None:
    simulator = under_silence()
    placed = simulator.instrument().silence
    assert placed is not None
    assert not simulator.mark()
    assert not simulator.mark(AFTER, size=placed.index)  # of a moment before anybody was asked
    assert running_silence(simulator.instrument())
    assert not simulator.mark("2025-11-06T00:00:01Z")
    assert simulator.answers() == "ynnn"


def test_a_bracket_opened_meanwhile_keeps_the_lapse_from_adopting() -> None:
    simulator = under_silence()
    alternative = simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert not simulator.mark(AFTER)
    simulator.must("B", "withdraw_alternative", instrument="text", provision="art_5", alternative=alternative)
    assert simulator.answers() == "nnnn"


def test_talks_broken_off_meanwhile_keep_the_lapse_from_adopting() -> None:
    simulator = under_silence()
    simulator.must("M", "break_off")
    assert not simulator.mark(AFTER)
    simulator.must("M", "resume")
    assert simulator.answers() == "nnnn"


def test_it_lapses_at_the_deadline_to_the_second() -> None:
    simulator = under_silence()
    assert not simulator.mark("2025-11-05T15:59:59Z")
    assert simulator.answers() == "nnnn"
    assert not simulator.mark(B_UNTIL)
    assert simulator.answers() == "ynnn"


def test_what_silence_adopted_is_no_longer_adopted_under_a_new_edition() -> None:
    simulator = under_silence()
    assert not simulator.mark(AFTER)
    simulator.issue()
    assert simulator.answers() == "nnnn"
    simulator.must("B", "break_silence", instrument="text")
    assert broken(simulator) == [("B", True)], "admitted, though its edition stands no longer"


def test_an_assent_given_afterwards_moves_no_date() -> None:
    simulator = under_silence()
    assert not simulator.mark(AFTER)
    lapsed = simulator.state.size - 1
    simulator.steps("assent", "A")
    assert simulator.finality().adopted.since == lapsed


def test_a_new_edition_ends_the_procedure() -> None:
    simulator = under_silence()
    simulator.issue()
    assert asked(simulator) == []
    assert not simulator.mark(AFTER)
    assert simulator.answers() == "nnnn"
    assert simulator.codes("M", "extend_silence", instrument="text", until=UNTIL) >= {"silence.none"}
    december = "2025-12-01T00:00:00Z"
    simulator.must("M", "place_silence", instrument="text", until=(("A", december), ("B", december)))


# --- breaking it


@pytest.mark.parametrize("person", ["B", "PB", "B2"])
def test_anybody_of_a_side_breaks_it_without_powers_or_a_reason(person: str) -> None:
    simulator = under_silence()
    simulator.admit("B2", "delegate", "B")
    assert "break_silence" in simulator.offered(person)
    simulator.must(person, "break_silence", instrument="text", on=None)
    assert broken(simulator) == [("B", False)]
    assert not simulator.mark(AFTER)
    assert (simulator.answers(), simulator.ladder()) == ("nnnn", "..")


def test_a_break_before_the_mark_is_in_time_whatever_the_clock_says() -> None:
    simulator = under_silence()
    simulator.must("B", "break_silence", instrument="text", iat=1_900_000_000)
    assert broken(simulator) == [("B", False)]


def test_a_break_after_the_lapse_is_recorded_and_changes_nothing() -> None:
    simulator = under_silence()
    assert not simulator.mark(AFTER)
    assert "break_silence" not in simulator.offered("B")
    simulator.must("B", "break_silence", instrument="text")
    assert (broken(simulator), simulator.answers()) == ([("B", True)], "ynnn")


def test_one_side_s_late_break_leaves_the_other_side_s_period_running() -> None:
    simulator = under_silence()
    assert not simulator.mark(BETWEEN)
    simulator.must("A", "break_silence", instrument="text")
    assert broken(simulator) == [("A", True)]
    assert asked(simulator) == [("B", B_UNTIL)]
    simulator.must("B", "break_silence", instrument="text")
    assert broken(simulator) == [("A", True), ("B", False)]
    assert asked(simulator) == []


def test_it_can_be_broken_when_the_talks_are_off_and_only_once_by_a_side() -> None:
    simulator = under_silence()
    simulator.must("M", "break_off")
    simulator.must("B", "break_silence", instrument="text")
    assert simulator.codes("PB", "break_silence", instrument="text") == {"silence.broken_already"}
    assert not simulator.codes("A", "break_silence", instrument="text")


def test_a_broken_silence_can_be_followed_by_another() -> None:
    simulator = under_silence()
    simulator.must("B", "break_silence", instrument="text")
    simulator.must("M", "place_silence", instrument="text", until=UNTIL)
    assert not simulator.mark(AFTER)
    assert simulator.answers() == "ynnn"


# --- extending it


def test_an_extension_moves_the_deadline_of_the_sides_it_names() -> None:
    simulator = under_silence()
    simulator.must("M", "extend_silence", instrument="text", until=(("A", "2025-11-09T00:00:00Z"),))
    assert asked(simulator) == [("A", "2025-11-09T00:00:00Z"), ("B", B_UNTIL)]
    assert not simulator.mark(AFTER)
    assert asked(simulator) == [("A", "2025-11-09T00:00:00Z")]
    simulator.must("A", "break_silence", instrument="text")
    assert broken(simulator) == [("A", False)]


def test_a_mark_of_a_moment_before_the_extension_lapses_nothing() -> None:
    simulator = under_silence()
    simulator.must("M", "extend_silence", instrument="text", until=(("A", "2025-11-05T00:00:00Z"),))
    assert not simulator.mark(AFTER, size=simulator.state.size - 1)
    assert len(asked(simulator)) == 2


@pytest.mark.parametrize(
    ("until", "codes"),
    [
        ((("A", A_UNTIL),), {"silence.not_later"}),
        ((), {"silence.not_later"}),
        ((("A", "2025-11-09T00:00:00Z"), ("A", "2025-11-10T00:00:00Z")), {"silence.not_later"}),
        ((("A", "2025-13-09T00:00:00Z"),), {"instant.malformed"}),
        ((("C", "2025-11-09T00:00:00Z"),), {"silence.sides"}),
    ],
)
def test_an_extension_that_extends_nothing_is_told_why(until: Any, codes: set[str]) -> None:
    assert under_silence().codes("M", "extend_silence", instrument="text", until=until) == codes


def test_a_period_that_has_lapsed_is_not_opened_again() -> None:
    simulator = under_silence()
    assert not simulator.mark(BETWEEN)
    later = (("A", "2025-11-09T00:00:00Z"), ("B", "2025-11-09T00:00:00Z"))
    assert simulator.codes("M", "extend_silence", instrument="text", until=later) == {"silence.sides"}
    simulator.must("B", "break_silence", instrument="text")
    assert simulator.codes("M", "extend_silence", instrument="text", until=later[1:]) == {"silence.none"}


# --- placing it


@pytest.mark.parametrize(
    ("until", "codes"),
    [
        ((("A", A_UNTIL),), {"silence.sides"}),
        ((*UNTIL, ("C", A_UNTIL)), {"silence.sides"}),
        ((("A", A_UNTIL), ("A", B_UNTIL)), {"silence.sides"}),
        ((("A", A_UNTIL), ("B", "2025-10-01T00:00:00Z")), {"silence.past"}),
        ((("A", A_UNTIL), ("B", "2025-02-30T00:00:00Z")), {"instant.malformed", "silence.past"}),
    ],
)
def test_every_side_has_a_deadline_of_its_own_ahead_of_it(until: Any, codes: set[str]) -> None:
    simulator = with_text()
    assert not simulator.mark(BEFORE)
    assert simulator.codes("M", "place_silence", instrument="text", until=until) == codes


def test_only_one_text_that_is_not_adopted_is_placed_under_silence_and_by_a_mediator() -> None:
    simulator = with_text()
    place = {"instrument": "text", "until": UNTIL}
    assert simulator.codes("A", "place_silence", **place) == {"participation.role"}
    assert simulator.codes("M", "place_silence", on=None, **place) == {"act.stale"}
    assert "instrument.unknown" in simulator.codes("M", "place_silence", instrument="annex", until=UNTIL)
    leaf = simulator.must("A", "propose_alternative", instrument="text", provision="art_5")
    assert simulator.codes("M", "place_silence", **place) == {"silence.bracketed"}
    simulator.must("A", "withdraw_alternative", instrument="text", provision="art_5", alternative=leaf)
    simulator.must("M", "place_silence", **place)
    assert simulator.codes("M", "place_silence", **place) == {"silence.running"}
    simulator.steps("assent", "A", "B")
    simulator.must("B", "break_silence", instrument="text")
    assert simulator.codes("M", "place_silence", **place) == {"silence.adopted"}


def test_a_record_without_a_clock_has_no_silence_procedure() -> None:
    simulator = with_text(quorum=0)
    assert simulator.codes("M", "place_silence", instrument="text", until=UNTIL) == {"silence.no_clock"}


def test_nothing_is_broken_that_was_not_placed() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    assert simulator.codes("A", "break_silence", instrument="text") == {"silence.none"}
    assert simulator.codes("C", "break_silence", instrument="text") == {"instrument.side", "silence.none"}
    assert simulator.codes("M", "break_silence", instrument="text") == {"participation.role"}


# --- what is asked


def test_while_silence_runs_the_sides_are_told_what_it_would_mean() -> None:
    (of_a, of_b) = (t.silence for t in turns(under_silence().state))
    assert of_a == of_b
    assert of_a.startswith("Silence adopts the text unless a side breaks it, as the rules of procedure say.")
    (found, _other) = (t.silence for t in turns(under_silence(counts=False).state))
    assert found.startswith("Silence is noted and gives nothing.")


def test_rules_written_before_silence_was_thought_of_keep_their_bytes() -> None:
    tabled = with_text().act("M", "table_rules", decision="unanimity")
    assert b"silence_adopts" not in encode_canonical(tabled.clear)
