"""Rules of procedure: tabled by anyone at the table, in effect when every side has adopted them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, seated, with_text


def adopt(simulator: Simulator, **fields: Any) -> None:
    simulator.must("M", "table_rules", **fields)
    for side in simulator.state.convened.sides:
        simulator.must(side, "adopt_rules")


def test_rules_are_in_effect_once_the_last_side_has_adopted_them() -> None:
    simulator = seated()
    leaf = simulator.must("A", "table_rules", decision="unanimity")
    simulator.must("A", "adopt_rules")
    assert simulator.state.rules is None
    simulator.must("PB", "adopt_rules")
    assert simulator.state.rules and simulator.state.rules.leaf == leaf
    assert simulator.state.tabled_rules is None


def test_mediators_adopt_nothing() -> None:
    simulator = seated()
    simulator.must("M", "table_rules", decision="unanimity")
    assert simulator.codes("M", "adopt_rules") == {"participation.role"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"decision": "n_of_m", "n": 0}, {"rules.decision"}),
        ({"decision": "n_of_m", "n": 3}, {"rules.decision"}),
        ({"decision": "groups", "n": 1}, {"rules.decision"}),
        ({"decision": "groups", "n": 2, "groups": (("A", "B"), ("A",))}, {"rules.decision"}),
        ({"decision": "groups", "n": 2, "groups": (("A", "A"),)}, {"rules.decision"}),
        ({"decision": "groups", "n": 1, "groups": (("A", "M"),)}, {"rules.side"}),
    ],
)
def test_a_decision_that_could_never_be_reached_is_refused(fields: dict[str, Any], codes: set[str]) -> None:
    assert seated().codes("M", "table_rules", **fields) == codes


def test_a_side_adopts_what_is_tabled_and_once() -> None:
    simulator = seated()
    assert "rules.none_tabled" in simulator.codes("A", "adopt_rules")
    simulator.must("M", "table_rules", decision="unanimity")
    simulator.must("A", "adopt_rules")
    assert simulator.codes("PA", "adopt_rules") == {"rules.already_adopted"}


def test_adopting_names_the_rules_adopted() -> None:
    """B tables others before A's answer arrives: A has not adopted B's."""
    simulator = seated()
    read = ("rules", simulator.must("M", "table_rules", decision="unanimity"))
    simulator.must("B", "table_rules", decision="n_of_m", n=1)
    assert simulator.codes("A", "adopt_rules", on=read) == {"act.stale"}


def test_without_rules_a_text_needs_every_side() -> None:
    simulator = with_text("A", "B", "C")
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "nnnn"
    simulator.steps("assent", "C")
    assert simulator.answers() == "ynnn"


def test_two_of_three_adopt_and_bind_nobody() -> None:
    """A rule for adoption is no rule for consent: C is bound by nothing it has not done."""
    simulator = with_text("A", "B", "C", terms={"authentication": "adoption"})
    adopt(simulator, decision="n_of_m", n=2)
    simulator.steps("assent", "A")
    assert simulator.answers() == "nnnn"
    simulator.steps("assent", "B")
    assert simulator.answers() == "yynn"
    simulator.steps("sign", "A", "B")
    assert simulator.answers() == "yynn"
    assert [m.whose for m in simulator.finality().binding.missing] == ["C"]
    simulator.steps("sign", "C")
    assert simulator.answers() == "yyyn"


def test_an_assent_taken_back_no_longer_counts_towards_the_rule() -> None:
    simulator = with_text("A", "B", "C")
    adopt(simulator, decision="n_of_m", n=2)
    simulator.steps("assent", "A", "B")
    simulator.must("B", "take_back", instrument="text")
    assert simulator.answers() == "nnnn"
    simulator.steps("assent", "C")
    assert simulator.answers() == "ynnn"


def test_sufficient_consensus_asks_each_group() -> None:
    simulator = with_text("A", "B", "C", "D")
    adopt(simulator, decision="groups", n=1, groups=(("A", "B"), ("C", "D")))
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "nnnn"
    simulator.steps("assent", "D")
    assert simulator.answers() == "ynnn"


def test_rules_of_another_number_of_sides_do_not_shut_out_a_smaller_text() -> None:
    simulator = seated("A", "B", "C")
    adopt(simulator, decision="n_of_m", n=3)
    for side in "AB":
        simulator.grant(side)
    simulator.open(sides=("A", "B"))
    simulator.issue()
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_later_rules_replace_earlier_ones_only_when_every_side_has_adopted_them() -> None:
    simulator = with_text("A", "B", "C")
    adopt(simulator, decision="n_of_m", n=2)
    simulator.must("C", "table_rules", decision="unanimity")
    simulator.must("C", "adopt_rules")
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"
    simulator.must("A", "adopt_rules")
    simulator.must("B", "adopt_rules")
    assert simulator.answers() == "ynnn", "what was adopted stays adopted under the rule that adopted it"
    simulator.issue()
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "nnnn", "the next edition is adopted by the rule in effect"


def test_a_lower_rule_adopts_what_has_enough_assents_from_its_own_adoption_on() -> None:
    simulator = with_text("A", "B", "C")
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "nnnn"
    adopt(simulator, decision="n_of_m", n=2)
    assert (simulator.answers(), simulator.finality().adopted.since) == ("ynnn", simulator.state.size - 1)


def test_later_rules_do_not_undo_a_text_in_force() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    simulator.steps("sign", "A", "B")
    assert not simulator.mark("2025-11-01T00:00:00Z")
    adopt(simulator, decision="groups", n=1, groups=(("A",), ("C",)))
    assert simulator.answers() == "yyyy"


def test_sufficient_consensus_asks_only_the_groups_that_negotiate_the_text() -> None:
    simulator = seated("A", "B", "C")
    adopt(simulator, decision="groups", n=1, groups=(("A",), ("C",)))
    for side in "AB":
        simulator.grant(side)
    simulator.open(sides=("A", "B"))
    simulator.open("b", sides=("B",))
    for name in ("text", "b"):
        simulator.issue(name)
        assert simulator.answers(name) == "nnnn"
    simulator.steps("assent", "A")
    assert simulator.answers() == "ynnn"
    simulator.steps("assent", "B", name="b")
    assert simulator.answers("b") == "ynnn", "no group negotiates it: then every side is asked"
