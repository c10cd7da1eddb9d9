"""Confirmation of an unauthorised act (VCLT 8): by its own side's principal, from its own index on."""

from __future__ import annotations

import pytest

from tests.simulator import Simulator, seated, with_text


def beyond(kind: str = "assent", person: str = "A", *sides: str) -> tuple[Simulator, str]:
    """A text on the table and one step by a delegate without a mandate; its leaf."""
    simulator = seated(*sides)
    simulator.open()
    simulator.issue()
    simulator.steps(kind, person)
    return simulator, simulator.last


def test_a_confirmed_act_counts_from_the_confirmation() -> None:
    simulator, leaf = beyond()
    simulator.grant("B")
    simulator.steps("assent", "B")
    assert (simulator.ladder(), simulator.answers()) == (".A", "nnnn")
    assert "confirm_act" in simulator.offered("PA")
    index = simulator.state.size
    confirmation = simulator.must("PA", "confirm_act", original=leaf)
    assert (simulator.ladder(), simulator.answers()) == ("AA", "ynnn")
    step = simulator.standing("A").path[-1]
    assert (step.index, step.leaf, step.by) == (index, confirmation, "A")
    assert simulator.finality().adopted.since == index


@pytest.mark.parametrize(
    ("author", "codes"),
    [
        ("A", {"participation.role"}),
        ("M", {"participation.role"}),
        ("K", {"participation.role"}),
        ("B", {"participation.role"}),
        ("PB", {"confirmation.other_side"}),
        ("PA", set()),
    ],
)
def test_nobody_confirms_for_another_s_principal(author: str, codes: set[str]) -> None:
    simulator, leaf = beyond()
    assert simulator.codes(author, "confirm_act", original=leaf) == codes


def test_an_act_is_confirmed_once_and_only_if_it_was_unauthorised() -> None:
    simulator, leaf = beyond()
    simulator.must("PA", "confirm_act", original=leaf)
    assert simulator.codes("PA", "confirm_act", original=leaf) == {"confirmation.nothing"}
    authorised = with_text()
    authorised.steps("assent", "A")
    assert authorised.codes("PA", "confirm_act", original=authorised.last) == {"confirmation.nothing"}


def test_what_was_done_on_an_earlier_edition_is_not_confirmed_for_a_later_one() -> None:
    simulator, leaf = beyond()
    simulator.issue()
    assert simulator.codes("PA", "confirm_act", original=leaf) == {"confirmation.superseded"}
    assert "confirm_act" not in simulator.offered("PA")


def test_a_bracket_opened_since_stands_in_the_way_of_a_confirmation() -> None:
    simulator, leaf = beyond()
    simulator.must("B", "propose_alternative", instrument="text", provision="art_5")
    assert simulator.codes("PA", "confirm_act", original=leaf) == {"ladder.bracket_open"}


def test_a_confirmation_takes_the_step_of_the_act_and_no_other() -> None:
    """The delegate assented beyond its mandate; the confirmation is an assent, though the principal could sign."""
    simulator, leaf = beyond("assent")
    simulator.must("PA", "confirm_act", original=leaf)
    assert simulator.ladder() == "A."
    simulator, leaf = beyond("sign")
    simulator.must("PA", "confirm_act", original=leaf)
    assert simulator.ladder() == "B."


def test_a_confirmation_cannot_lead_back_down_the_ladder() -> None:
    simulator, leaf = beyond("assent")
    simulator.steps("initial", "PA")
    assert simulator.codes("PA", "confirm_act", original=leaf) == {"ladder.move"}
    assert "confirm_act" not in simulator.offered("PA")


def test_a_second_unauthorised_act_is_no_longer_open_once_the_first_is_confirmed() -> None:
    simulator, first = beyond("assent")
    simulator.steps("assent", "A")
    second = simulator.last
    simulator.must("PA", "confirm_act", original=first)
    assert simulator.codes("PA", "confirm_act", original=second) == {"ladder.move"}


def test_a_definitive_assent_beyond_an_ad_referendum_mandate_awaits_the_principal() -> None:
    simulator = seated()
    simulator.grant("A", terms="ad_referendum")
    simulator.open()
    simulator.issue()
    leaf = simulator.must("A", "assent", instrument="text", terms="definitive")
    assert simulator.ladder() == ".."
    simulator.must("PA", "confirm_act", original=leaf)
    assert simulator.standing("A").path[-1].terms == "definitive"


@pytest.mark.parametrize(
    ("kind", "leaving"), [("assent", "break_off"), ("sign", "break_off"), ("assent", "conclude")]
)
def test_no_confirmation_brings_about_what_the_talks_no_longer_admit(kind: str, leaving: str) -> None:
    simulator = with_text()
    simulator.admit("A2", "delegate", "A")
    simulator.step("A2", kind)
    beyond = simulator.last
    simulator.must("M", leaving)
    assert simulator.codes("PA", "confirm_act", original=beyond) == {"phase.closed"}
    assert "confirm_act" not in simulator.offered("PA")
