"""Adjusted winner and its two published examples. Their points are inputs from memory, not from a copy of the books."""

from fractions import Fraction
from random import Random

import pytest

from detente.analysis.packages import (
    Choice,
    Domain,
    Issue,
    Item,
    Never,
    Preferences,
    Problem,
    adjusted_winner,
    winnable,
)
from detente.codec.refusal import Refused

CAMP_DAVID = (
    Item("Sinai", 35, 55), Item("recognition", 10, 5), Item("West Bank and Gaza", 20, 10), Item("linkage", 10, 5),
    Item("Palestinian rights", 5, 20), Item("Jerusalem", 20, 5),
)  # fmt: skip
"""Points of Israel and of Egypt."""
PANAMA = (
    Item("defense", 22, 9), Item("use", 22, 15), Item("land and water", 15, 15), Item("expansion rights", 14, 3),
    Item("duration", 11, 15), Item("expansion routes", 6, 5), Item("jurisdiction", 2, 7), Item("US military", 2, 7),
    Item("Panama's defense role", 2, 13), Item("compensation", 4, 11),
)  # fmt: skip
"""Points of the United States and of Panama."""


def test_camp_david() -> None:
    division = adjusted_winner(CAMP_DAVID)
    assert division.points == Fraction(395, 6)
    assert division.divided is not None
    assert (division.divided.item.name, division.divided.first) == ("Sinai", Fraction(1, 6))
    assert [award.first for award in division.awards[1:]] == [1, 1, 1, 0, 1]


def test_panama_canal() -> None:
    division = adjusted_winner(PANAMA)
    assert (division.points, division.total) == (66, 100)
    assert division.divided is not None
    assert (division.divided.item.name, division.divided.first) == ("land and water", Fraction(2, 15))


def test_both_have_the_same_and_at_most_one_item_is_divided() -> None:
    draw = Random(7)
    for _ in range(300):
        items = tuple(
            Item(str(n), draw.randint(0, 40), draw.randint(0, 40)) for n in range(draw.randint(1, 8))
        )
        totals = sum(item.first for item in items), sum(item.second for item in items)
        if not min(totals):
            continue
        division = adjusted_winner(items)
        scale = [Fraction(division.total, total) for total in totals]
        first = sum(award.item.first * award.first for award in division.awards) * scale[0]
        second = sum(award.item.second * (1 - award.first) for award in division.awards) * scale[1]
        assert first == second == division.points
        assert division.points * 2 >= division.total, (
            "nobody envies: each has half of its own points, or more"
        )
        assert sum(0 < award.first < 1 for award in division.awards) <= 1


def test_it_is_the_same_for_the_two_the_other_way_round() -> None:
    turned = adjusted_winner(tuple(Item(item.name, item.second, item.first) for item in CAMP_DAVID))
    assert [1 - award.first for award in turned.awards] == [
        award.first for award in adjusted_winner(CAMP_DAVID).awards
    ]


def test_two_items_alike_are_two_items() -> None:
    division = adjusted_winner((Item("a", 5, 5), Item("a", 5, 5)))
    assert sorted(award.first for award in division.awards) == [0, 1]
    assert division.points == 5


def test_no_points_or_fewer_than_none_are_refused() -> None:
    for items in ((), (Item("a", 0, 5),), (Item("a", 5, -5), Item("b", 5, 10))):
        with pytest.raises(Refused, match=r"packages\.division"):
            adjusted_winner(items)


def test_an_issue_is_worth_what_ones_own_option_has_over_the_others() -> None:
    domain = Domain((Issue("1", ("a", "b", "c")), Issue("2", ("x", "y")), Issue("3", ("p", "q"))))
    a = Preferences("A", ((60, 10, 40), (0, 40), (5, 5)))
    b = Preferences("B", ((0, 30, 20), (3, 9), (8, 1)))
    assert winnable(Problem.of(domain, a, b)) == (Item("1", 50, 30),), "on 2 and 3 both can have their best"
    ruled = Problem.of(domain, a, b, rules=(Never((Choice(0, 0),)),))
    for problem in (ruled, Problem.of(domain, a, b, Preferences("C", a.points))):
        with pytest.raises(Refused, match=r"packages\.division"):
            winnable(problem)
