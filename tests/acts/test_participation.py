"""Participation: who is at the table, in which role, and who speaks for a side."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, seated, with_text


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"person": "A", "role": "delegate", "side": "A"}, {"participation.present"}),
        ({"person": "X", "role": "delegate"}, {"participation.side"}),
        ({"person": "X", "role": "delegate", "side": "Q"}, {"participation.side"}),
        ({"person": "X", "role": "observer", "office": "7(2)(a)"}, {"participation.office"}),
        ({"person": "X", "role": "keeper"}, {"participation.role"}),
        ({"person": "X", "role": "mediator", "side": "A"}, {"participation.side"}),
    ],
)
def test_who_cannot_be_admitted(fields: dict[str, Any], codes: set[str]) -> None:
    assert seated().codes("M", "admit", **fields) == codes


@pytest.mark.parametrize("person", ["A", "PA", "K"])
def test_only_those_who_mediate_admit(person: str) -> None:
    assert seated().codes(person, "admit", person="X", role="observer") == {"participation.role"}


@pytest.mark.parametrize(
    "fields",
    [
        {"person": "B", "role": "delegate", "side": "A"},
        {"person": "B", "role": "observer"},
    ],
)
def test_nobody_goes_by_the_letter_of_a_side_that_is_not_theirs(fields: dict[str, Any]) -> None:
    """Hidden fields for “B” would else be read by them."""
    assert Simulator().codes("M", "admit", **fields) == {"participation.id"}


def test_m_is_the_name_of_those_who_mediate() -> None:
    simulator = Simulator(convenor="S")
    simulator.keys["S"] = simulator.key_of("M")
    assert simulator.codes("S", "admit", person="M", role="observer") == {"participation.id"}
    assert simulator.codes("S", "admit", person="M", role="mediator") == set()


def test_whoever_has_left_acts_no_more_and_can_be_admitted_again() -> None:
    simulator = with_text()
    simulator.must("A", "leave", person="A")
    assert simulator.codes("A", "take_back", instrument="text") >= {"participation.left"}
    (refusal, *_) = simulator.step("A", "assent")
    assert refusal.instead == "A mediator can admit the person again."
    assert simulator.offered("A") == []
    simulator.must("M", "admit", person="A", role="delegate", side="A")
    simulator.steps("assent", "A")


def test_a_mandate_does_not_go_over_with_its_holder_to_another_side() -> None:
    """A's delegate goes over to B: the powers that PA granted commit B to nothing."""
    simulator = seated()
    simulator.admit("X", "delegate", "A")
    simulator.must("PA", "grant_mandate", holder="X", capacities=("assent", "sign"), terms="definitive")
    simulator.open()
    simulator.issue()
    simulator.must("X", "leave", person="X")
    simulator.must("M", "admit", person="X", role="delegate", side="B")
    leaf = simulator.must("X", "sign", instrument="text", languages=("en",))
    assert simulator.ladder() == ".."
    assert simulator.state.unauthorised[leaf].side == "B"
    assert simulator.state.unauthorised[leaf].why == "no mandate is in the record"


@pytest.mark.parametrize(
    ("author", "person", "codes"),
    [
        ("A", "B", {"participation.leave_other"}),
        ("PA", "A", {"participation.leave_other"}),
        ("M", "A", set()),
        ("M", "K", {"participation.leave_fixed"}),
        ("M", "M", {"participation.leave_fixed"}),
        ("A", "A", set()),
        ("M", "X", {"participation.person"}),
    ],
)
def test_who_can_record_that_somebody_left(author: str, person: str, codes: set[str]) -> None:
    assert seated().codes(author, "leave", person=person) == codes


def test_a_head_of_delegation_is_designated_by_its_own_side_or_recorded_by_a_mediator() -> None:
    simulator = seated()
    assert simulator.codes("PA", "designate_head", person="B") == {"participation.head"}
    assert simulator.codes("M", "designate_head", person="PB") == {"participation.head"}
    assert simulator.codes("A", "designate_head", person="A") == {"participation.role"}
    simulator.must("PA", "designate_head", person="A")
    simulator.must("M", "designate_head", person="B")
    assert dict(simulator.state.heads) == {"A": "A", "B": "B"}


def test_a_head_who_leaves_is_head_no_more() -> None:
    simulator = seated()
    simulator.must("PA", "designate_head", person="A")
    simulator.must("A", "leave", person="A")
    assert "A" not in simulator.state.heads


def test_being_head_gives_no_powers() -> None:
    simulator = seated()
    simulator.must("PA", "designate_head", person="A")
    simulator.open()
    simulator.issue()
    leaf = simulator.must("A", "assent", instrument="text", terms="ad_referendum")
    assert simulator.ladder() == ".."
    assert leaf in simulator.state.unauthorised


def test_contested_representation_lets_a_principal_continue_and_binds_nobody_before_it_is_decided() -> None:
    simulator = with_text()
    simulator.must("B", "contest_representation", side="A")
    simulator.steps("assent", "A", "B")
    simulator.steps("sign", "PA", "B")
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yynn")
    (missing,) = simulator.finality().binding.missing
    assert (missing.whose, missing.act, missing.subject) == ("M", "decide_credentials", "A")
    simulator.must("M", "decide_credentials", side="A", upheld=False)
    assert simulator.answers() == "yynn"
    simulator.must("M", "decide_credentials", side="A", upheld=True)
    assert simulator.answers() == "yyyn"


def test_credentials_are_decided_where_they_are_contested() -> None:
    simulator = seated()
    assert simulator.codes("M", "decide_credentials", side="A", upheld=True) == {
        "participation.not_contested"
    }
    assert simulator.codes("B", "contest_representation", side="Q") == {"participation.side"}
    assert simulator.codes("M", "contest_representation", side="A") == {"participation.role"}
    simulator.must("B", "contest_representation", side="A")
    assert simulator.codes("A", "decide_credentials", side="A", upheld=True) == {"participation.role"}


def test_a_contest_undoes_nothing_that_is_in_force() -> None:
    simulator = with_text()
    simulator.steps("sign", "A", "B")
    assert not simulator.mark("2025-11-01T00:00:00Z")
    simulator.must("A", "contest_representation", side="B")
    assert simulator.answers() == "yyyy"
