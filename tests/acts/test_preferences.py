"""Preferences: stated in the side's chamber with the mediators, estimated in the mediators' own, and nowhere else."""

from __future__ import annotations

from detente.state.packages import STANDS, OpenChoice, open_choices
from tests.simulator import Simulator, fake_leaf, with_text


def opened() -> tuple[Simulator, dict[str, str]]:
    """One bracket is open; and what an act on it names."""
    talks = with_text()
    talks.must("A", "propose_alternative", instrument="text", provision="art_1")
    edition = talks.instrument().edition
    assert edition is not None
    return talks, {"instrument": "text", "edition": edition.leaf}


def test_a_side_states_its_own_and_the_mediators_estimate_where_no_side_reads() -> None:
    talks, on = opened()
    own = talks.must("PA", "state_preferences", "mediators-A", **on)
    guess = talks.must("M", "estimate_preferences", "mediators", **on, side="B")
    (stated,) = talks.chambers["mediators-A"].preferences
    assert (stated.leaf, stated.by, stated.side, stated.estimate) == (own, "PA", "A", False)
    (estimated,) = talks.chambers["mediators"].preferences
    assert (estimated.leaf, estimated.by, estimated.side, estimated.estimate) == (guess, "M", "B", True)
    assert talks.codes("A", "state_preferences", "mediators-B", **on) >= {"log.audience"}
    assert talks.codes("A", "state_preferences", "side-A", **on) == {"log.kind"}
    assert talks.codes("M", "estimate_preferences", "mediators-A", **on, side="A") == {"log.kind"}
    assert talks.codes("M", "state_preferences", "mediators-A", **on) == {"participation.role"}


def test_a_later_one_stands_beside_the_earlier_one_and_moves_nothing_else() -> None:
    talks, on = opened()
    before = talks.state
    first, second = (talks.must("A", "state_preferences", "mediators-A", **on) for _ in range(2))
    assert [one.leaf for one in talks.chambers["mediators-A"].preferences] == [first, second]
    assert talks.state == before


def test_they_are_given_on_the_text_on_the_table_and_where_something_is_open() -> None:
    talks, on = opened()
    other = {"instrument": "text", "edition": fake_leaf(0)}
    assert talks.codes("A", "state_preferences", "mediators-A", **other) == {"preferences.edition"}
    talks.must("B", "support_alternative", **_alternative(talks))
    assert talks.codes("A", "state_preferences", "mediators-A", **on) == {"preferences.nothing_open"}
    assert talks.codes("M", "estimate_preferences", "mediators", **on, side="Z") >= {"participation.side"}
    unknown = {**on, "instrument": "other"}
    assert talks.codes("A", "state_preferences", "mediators-A", **unknown) == {"instrument.unknown"}


def _alternative(talks: Simulator) -> dict[str, str]:
    (alternative,) = talks.instrument().brackets["art_1"].live()
    return {"instrument": "text", "provision": "art_1", "alternative": alternative.leaf}


def test_to_leave_the_text_as_it_is_is_a_choice_where_the_edition_has_words_or_one_text_stands_alone() -> (
    None
):
    talks, _on = opened()
    (first,) = talks.instrument().brackets["art_1"].live()
    assert open_choices(talks.instrument()) == (OpenChoice("art_1", (first.leaf, STANDS)),)
    second = talks.must("B", "propose_alternative", instrument="text", provision="art_1")
    assert open_choices(talks.instrument()) == (OpenChoice("art_1", (first.leaf, second, STANDS)),)
    talks.issue("text")
    assert open_choices(talks.instrument()) == (OpenChoice("art_1", (first.leaf, second)),)
    talks.must("B", "withdraw_alternative", instrument="text", provision="art_1", alternative=second)
    assert open_choices(talks.instrument()) == (OpenChoice("art_1", (first.leaf, STANDS)),)


def test_a_provision_that_is_only_reserved_offers_no_choice() -> None:
    talks = with_text()
    talks.must("A", "reserve_provision", instrument="text", provision="art_1")
    assert open_choices(talks.instrument()) == ()
