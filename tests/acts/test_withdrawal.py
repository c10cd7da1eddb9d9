"""Withdrawal: possible and visible, at every rung; never judged, never erased."""

from __future__ import annotations

import pytest

from detente.procedure.turn import turns
from tests.simulator import with_text


def test_a_step_taken_back_minutes_later_stays_visible_and_leaves_the_other_side_s() -> None:
    """The retreat: B assents, takes it back; A keeps its step; the text is no longer adopted."""
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"
    assent = simulator.standing("B").path[-1]
    simulator.must("B", "take_back", instrument="text")
    assert (simulator.ladder(), simulator.answers()) == ("AW", "nnnn")
    path = simulator.standing("B").path
    assert path[0] == assent
    assert (path[1].edition, path[1].by) == (assent.edition, "B")
    (missing,) = simulator.finality().adopted.missing
    assert (missing.whose, missing.act, missing.why) == ("B", "assent", "Its assent is taken back.")


@pytest.mark.parametrize(
    ("kind", "after"), [("assent", "W"), ("initial", "W"), ("sign_ad_referendum", "W"), ("sign", "N")]
)
def test_every_step_short_of_consent_can_be_taken_back(kind: str, after: str) -> None:
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps(kind, "A")
    assert "take_back" in simulator.offered("A")
    simulator.must("A", "take_back", instrument="text")
    assert simulator.standing("A").step == after


def test_nothing_is_taken_back_where_no_step_stands() -> None:
    simulator = with_text()
    (refusal,) = simulator.do("A", "take_back", instrument="text")
    assert refusal.code == "ladder.move"
    assert refusal.sentence == "A stands at “no step” and cannot take back a step from there."
    assert "take_back" not in simulator.offered("A")


def test_taking_back_is_admitted_however_late_and_without_naming_a_version() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    simulator.must("M", "break_off")
    simulator.must("A", "take_back", instrument="text", on=None)
    assert simulator.ladder() == "W."


def test_a_side_takes_back_its_own_step_only() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    simulator.steps("assent", "A")
    assert simulator.codes("B", "take_back", instrument="text") == {"ladder.move"}
    assert simulator.codes("C", "take_back", instrument="text") == {"instrument.side"}
    assert simulator.codes("M", "take_back", instrument="text") == {"participation.role"}


def test_consent_stands_and_its_withdrawal_is_noted_as_disputed() -> None:
    simulator = with_text()
    simulator.steps("sign", "A", "B")
    simulator.must("A", "take_back", instrument="text")
    simulator.must("A", "take_back", instrument="text")
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")
    assert simulator.standing("A").flags == ("withdrawal notified, effect disputed",)
    assert simulator.standing("B").flags == ()


def test_in_force_too_a_notice_ends_nothing_by_itself() -> None:
    simulator = with_text()
    simulator.steps("sign", "A", "B")
    assert not simulator.mark("2025-11-01T00:00:00Z")
    simulator.must("A", "take_back", instrument="text")
    assert (simulator.ladder(), simulator.answers()) == ("FF", "yyyy")
    assert simulator.codes("PA", "declare_no_intention", instrument="text") == {"ladder.move"}


def test_a_declaration_that_a_side_does_not_intend_to_become_a_party_is_the_principal_s() -> None:
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps("sign", "A")
    assert simulator.codes("A", "declare_no_intention", instrument="text") == {"participation.role"}
    simulator.must("PA", "declare_no_intention", instrument="text")
    assert simulator.ladder() == "N."
    assert simulator.codes("PA", "declare_no_intention", instrument="text") == {"ladder.move"}


def test_a_step_taken_back_can_be_taken_again() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    simulator.must("B", "take_back", instrument="text")
    simulator.steps("assent", "B")
    assert simulator.answers() == "ynnn"
    assert simulator.finality().adopted.since == simulator.state.size - 1


def test_a_contest_of_validity_stands_beside_the_ladder() -> None:
    simulator = with_text()
    simulator.steps("sign", "A", "B")
    leaf = simulator.must("PB", "contest_validity", instrument="text")
    assert simulator.instrument().validity_contested == (("B", leaf),)
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")
    assert simulator.codes("B", "contest_validity", instrument="text") == {"participation.role"}


@pytest.mark.parametrize("kind", ["assent", "initial", "sign_ad_referendum", "sign"])
def test_a_delegate_without_powers_takes_back_nothing_unless_its_principal_confirms(kind: str) -> None:
    """VCLT 8: else any delegate could undo what another was empowered to do."""
    simulator = with_text(terms={"consent": "ratification"})
    simulator.admit("A2", "delegate", "A")
    simulator.steps(kind, "A")
    before = simulator.ladder()
    assert "take_back" not in simulator.offered("A2")
    beyond = simulator.must("A2", "take_back", instrument="text")
    assert simulator.ladder() == before
    assert simulator.state.unauthorised[beyond].why == "no mandate is in the record"
    simulator.must("M", "break_off")
    simulator.must("PA", "confirm_act", original=beyond)
    assert simulator.ladder() == ("N." if kind == "sign" else "W.")


def test_a_side_that_does_not_intend_to_become_a_party_has_still_signed() -> None:
    """VCLT 10, 18(a): its signature authenticated the text, and no new edition is put in its place."""
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps("sign", "A", "B")
    for person in ("PA", "PB"):
        assert "declare_no_intention" in simulator.offered(person)
        simulator.must(person, "declare_no_intention", instrument="text")
    assert (simulator.ladder(), simulator.answers()) == ("NN", "yynn")
    assert simulator.codes("M", "issue", **simulator.issue_fields()) == {"edition.authentic_text"}
    assert [(m.whose, m.act, m.why) for m in simulator.finality().binding.missing] == [
        (p, "consent", "It has declared that it does not intend to become a party.") for p in ("PA", "PB")
    ]
    assert turns(simulator.state) == (), "nobody owes what the text no longer admits"


def test_a_side_that_does_not_intend_to_become_a_party_applies_nothing_provisionally() -> None:
    """VCLT 25(2)."""
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps("sign", "A", "B")
    for person in ("PA", "PB"):
        simulator.must(person, "apply_provisionally", instrument="text")
    simulator.must("PA", "declare_no_intention", instrument="text")
    assert simulator.instrument().provisional == ("B",)
