"""Assent: a yes to one edition, with its terms; enough of them adopt the text (VCLT 9)."""

from __future__ import annotations

import pytest

from tests.simulator import fake_leaf, seated, with_text


def test_a_text_is_adopted_by_assents_to_one_edition_and_bound_by_none() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    assert [(m.whose, m.act) for m in simulator.finality().adopted.missing] == [("B", "assent")]
    simulator.steps("assent", "B")
    assert (simulator.ladder(), simulator.answers()) == ("AA", "ynnn")


def test_an_assent_keeps_its_terms() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", terms="ad_referendum")
    simulator.steps("assent", "B", terms="definitive")
    assert [simulator.standing(s).path[-1].terms for s in "AB"] == ["ad_referendum", "definitive"]
    assert simulator.answers() == "ynnn"


def test_no_text_no_assent() -> None:
    simulator = seated()
    simulator.open()
    (refusal,) = simulator.step("PA", "assent")
    assert (refusal.code, refusal.instead) == ("ladder.no_edition", "A mediator can issue the first edition.")


@pytest.mark.parametrize("person", ["M", "K"])
def test_nobody_outside_the_sides_takes_a_step(person: str) -> None:
    simulator = with_text()
    for kind in ("assent", "initial", "sign", "sign_ad_referendum", "confirm_signature", "take_back"):
        assert {r.code for r in simulator.step(person, kind)} == {"participation.role"}


def test_an_assent_names_the_version_that_it_accepts() -> None:
    """A reads edition 1; edition 2 is issued before A's yes arrives: A has not accepted edition 2."""
    simulator = with_text()
    read = ("text", simulator.edition().leaf)
    simulator.issue()
    (refusal,) = simulator.step("A", "assent", on=read)
    assert refusal.code == "act.stale"
    assert simulator.edition().leaf in refusal.instead
    assert {r.code for r in simulator.step("A", "assent", on=None)} == {"act.stale"}
    assert {r.code for r in simulator.step("A", "assent", on=("annex", read[1]))} == {"act.stale"}
    assert {r.code for r in simulator.step("A", "assent", on=("text", fake_leaf(0)))} == {"act.stale"}


def test_another_side_s_step_makes_no_assent_stale() -> None:
    simulator = with_text()
    read = ("text", simulator.edition().leaf)
    simulator.steps("assent", "B")
    assert not simulator.step("A", "assent", on=read)


def test_a_second_assent_needs_a_later_edition() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    (refusal,) = simulator.step("A", "assent")
    assert refusal.code == "ladder.move"
    assert refusal.instead == "Open instead: initial, sign ad referendum, sign, take back a step."
    simulator.issue()
    simulator.steps("assent", "A")


def test_an_assent_on_a_closed_bracket_and_a_closed_rung_is_refused_for_both() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert {r.code for r in simulator.step("A", "assent")} == {"ladder.bracket_open", "ladder.move"}


def test_a_bracket_opened_after_an_assent_suspends_adoption_and_leaves_the_assent() -> None:
    simulator = with_text()
    simulator.steps("assent", "A")
    leaf = simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert (simulator.ladder(), simulator.answers()) == ("A.", "nnnn")
    simulator.must("B", "withdraw_alternative", instrument="text", provision="art_5", alternative=leaf)
    simulator.steps("assent", "B")
    assert simulator.answers() == "ynnn"
