"""Demands and assurances: who puts them to whom, whose word it is, and that nothing said aloud counts unconfirmed."""

from __future__ import annotations

import pytest

from tests.simulator import Simulator, fake_leaf, seated, with_text


@pytest.fixture
def simulator() -> Simulator:
    return seated()


@pytest.fixture
def demand(simulator: Simulator) -> str:
    """Of A to B."""
    return simulator.must("A", "demand", of="B")


def test_a_demand_is_put_to_another_side_that_takes_part(simulator: Simulator) -> None:
    assert simulator.codes("A", "demand", of="A") == {"demand.own"}
    assert simulator.codes("A", "demand", of="C") == {"participation.side"}
    assert simulator.codes("M", "demand", of="A"), "mediators demand nothing"


def test_it_rests_on_exhibits_of_the_record_each_once(simulator: Simulator) -> None:
    exhibit = simulator.must("A", "describe_exhibit")
    assert simulator.codes("A", "demand", of="B", exhibits=(fake_leaf(1),)) == {"evidence.unknown"}
    assert simulator.codes("A", "demand", of="B", exhibits=(exhibit, exhibit)) == {"demand.twice"}
    assert not simulator.codes("A", "demand", of="B", exhibits=(exhibit,))


def test_the_words_that_would_meet_it_are_a_provision_of_the_last_edition() -> None:
    simulator = with_text()
    first = simulator.edition().provisions[0]
    assert simulator.codes("A", "demand", of="B", instrument="text") == {"demand.provision"}
    assert simulator.codes("A", "demand", of="B", instrument="text", provision="art_99") == {
        "demand.no_such_provision"
    }
    leaf = simulator.must("A", "demand", of="B", instrument="text", provision=first)
    assert simulator.state.demands[leaf].provision == ("text", first)


def test_who_made_it_withdraws_it_and_who_is_asked_declines_it(simulator: Simulator, demand: str) -> None:
    assert simulator.codes("A", "decline_demand", demand=demand) == {"demand.side"}
    assert simulator.codes("B", "withdraw_demand", demand=demand) == {"demand.side"}
    simulator.must("PB", "decline_demand", demand=demand)
    assert simulator.codes("B", "decline_demand", demand=demand) == {"demand.declined"}
    assert not simulator.codes("B", "assure", demand=demand), "what was declined can still be assured"
    simulator.must("PA", "withdraw_demand", demand=demand)
    for person, kind in (("B", "assure"), ("B", "decline_demand"), ("A", "withdraw_demand")):
        assert "demand.withdrawn" in simulator.codes(person, kind, demand=demand)


def test_only_the_side_that_was_asked_gives_its_word(simulator: Simulator, demand: str) -> None:
    assert simulator.codes("A", "assure", demand=demand) == {"assurance.not_asked"}
    leaf = simulator.must("B", "assure", demand=demand)
    given = simulator.state.assurances[leaf]
    assert (given.side, given.speaker, given.spoken, given.confirmed) == ("B", "B", False, given.index)


def test_an_assurance_can_be_given_on_no_demand(simulator: Simulator) -> None:
    assert not simulator.codes("A", "assure")


def test_its_side_takes_it_back_once_and_both_stay(simulator: Simulator, demand: str) -> None:
    leaf = simulator.must("B", "assure", demand=demand)
    assert simulator.codes("A", "withdraw_assurance", assurance=leaf) == {"assurance.side"}
    simulator.must("PB", "withdraw_assurance", assurance=leaf)
    assert simulator.codes("B", "withdraw_assurance", assurance=leaf) == {"assurance.not_given"}
    kept = simulator.state.assurances[leaf]
    assert kept.confirmed is not None and kept.withdrawn is not None


def test_what_was_said_aloud_counts_once_its_speaker_confirms_it(simulator: Simulator, demand: str) -> None:
    leaf = simulator.must("M", "read_back_assurance", speaker="B", demand=demand)
    assert simulator.state.assurances[leaf].confirmed is None
    assert simulator.codes("B", "withdraw_assurance", assurance=leaf) == {"assurance.not_given"}
    for person in ("PB", "A"):
        assert simulator.codes(person, "confirm_assurance", assurance=leaf) == {"assurance.speaker"}
    simulator.must("B", "confirm_assurance", assurance=leaf)
    assert simulator.state.assurances[leaf].confirmed is not None
    assert simulator.codes("B", "refuse_assurance", assurance=leaf) == {"assurance.answered"}


def test_its_speaker_can_contest_it_instead(simulator: Simulator, demand: str) -> None:
    leaf = simulator.must("A", "read_back_assurance", speaker="B", demand=demand)
    simulator.must("B", "refuse_assurance", assurance=leaf)
    found = simulator.state.assurances[leaf]
    assert found.refused is not None and found.confirmed is None


def test_only_words_of_somebody_else_on_a_side_are_read_back(simulator: Simulator, demand: str) -> None:
    assert simulator.codes("B", "read_back_assurance", speaker="B") == {"assurance.own"}
    assert simulator.codes("A", "read_back_assurance", speaker="M") == {"assurance.no_side"}
    assert simulator.codes("M", "read_back_assurance", speaker="A", demand=demand) == {"assurance.not_asked"}
    assert simulator.codes("M", "read_back_assurance", speaker="Z") == {"participation.person"}


def test_offers_follow_whose_word_is_missing(simulator: Simulator, demand: str) -> None:
    assert {"assure", "decline_demand"} <= set(simulator.offered("B"))
    assert "assure" not in simulator.offered("A") and "withdraw_demand" in simulator.offered("A")
    simulator.must("M", "read_back_assurance", speaker="PB", demand=demand)
    assert {"confirm_assurance", "refuse_assurance"} <= set(simulator.offered("PB"))
    assert "confirm_assurance" not in simulator.offered("B")
    simulator.must("B", "assure", demand=demand)
    assert "assure" not in simulator.offered("B") and "withdraw_assurance" in simulator.offered("PB")


def test_none_of_it_moves_a_text() -> None:
    simulator = with_text()
    before = simulator.ladder()
    demand = simulator.must("A", "demand", of="B")
    simulator.must("B", "assure", demand=demand)
    assert simulator.ladder() == before
