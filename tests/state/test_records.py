"""Decision rules and brackets, by themselves."""

from __future__ import annotations

import pytest

from detente.state.instrument import Alternative, Bracket, DecisionRule, Standing, StepTaken
from detente.state.ladder import Step

GROUPS = (("A", "B"), ("C", "D"))


@pytest.mark.parametrize(
    ("rule", "yes", "met"),
    [
        (DecisionRule("unanimity"), "ABC", True),
        (DecisionRule("unanimity"), "AB", False),
        (DecisionRule("n_of_m", 2), "AC", True),
        (DecisionRule("n_of_m", 2), "A", False),
        (DecisionRule("n_of_m", 2), "AX", False),  # who is not a side of the text does not count
        (DecisionRule("n_of_m", 5), "ABC", True),  # a text with fewer sides needs all of them
        (DecisionRule("n_of_m", 5), "AB", False),
        (DecisionRule("groups", 1, GROUPS), "AC", True),
        (DecisionRule("groups", 1, GROUPS), "AB", False),
        (DecisionRule("groups", 2, GROUPS), "ABC", True),  # D is not a side: C is all there is of its group
        (DecisionRule("groups", 2, GROUPS), "AC", False),
        (DecisionRule("groups", 1, (("D",), ("E",))), "AB", False),  # no group negotiates: every side
        (DecisionRule("groups", 3, (("D",), ("E",))), "ABC", True),
        (DecisionRule("groups", 2, GROUPS), "ABCD", True),
    ],
)
def test_a_decision_rule_is_met_by_the_sides_it_names(rule: DecisionRule, yes: str, met: bool) -> None:
    assert rule.met_by(frozenset(yes), ("A", "B", "C")) is met


def alternative(leaf: str, *supporters: str, withdrawn: int | None = None) -> Alternative:
    return Alternative(leaf, 0, supporters[0], frozenset(supporters), withdrawn)


@pytest.mark.parametrize(
    ("bracket", "is_open"),
    [
        (Bracket("art_1"), False),
        (Bracket("art_1", (alternative("x", "A"),)), True),
        (Bracket("art_1", (alternative("x", "A"), alternative("y", "A", "B"))), False),
        (Bracket("art_1", (alternative("x", "A", withdrawn=4),)), False),
        (Bracket("art_1", (alternative("x", "A", "B", withdrawn=4), alternative("y", "A"))), True),
        (Bracket("art_1", (alternative("x", "A", "B"),), (("B", "leaf"),)), True),
        (Bracket("art_1", (), (("B", "leaf"),)), True),
    ],
)
def test_a_bracket_is_open_until_one_live_text_has_every_side(bracket: Bracket, is_open: bool) -> None:
    assert bracket.is_open(("A", "B")) is is_open


def taken(step: Step, edition: str, index: int) -> StepTaken:
    return StepTaken(step, edition, f"leaf {index}", index, "A", "definitive")


def test_a_step_counts_from_its_first_act_since_it_was_last_taken_back() -> None:
    path = (taken(Step.ASSENTED, "e1", 3), taken(Step.WITHDRAWN, "e1", 4), taken(Step.ASSENTED, "e1", 7),
            taken(Step.INITIALLED, "e1", 9), taken(Step.ASSENTED, "e2", 12))  # fmt: skip
    standing = Standing(Step.INITIALLED, "e1", path)
    both = frozenset((Step.ASSENTED, Step.INITIALLED))
    assert standing.taken("e1", both) == path[2]
    assert standing.taken("e1", frozenset((Step.INITIALLED,))) == path[3]
    assert standing.taken("e2", both) == path[4]
    assert standing.taken("e1", frozenset((Step.SIGNED,))) is None
