"""What makes no sense is refused, all of it at once."""

import pytest

from detente.analysis.packages import (
    Choice,
    Domain,
    Issue,
    Never,
    OnlyIf,
    PairValue,
    Preferences,
    Problem,
    Ranges,
)
from detente.codec.refusal import Refused

TWO = Domain((Issue("1", ("withdraw", "stay")), Issue("2", ("monitors", "none", "joint"))))
A = Preferences("A", ((0, 400), (600, 0, 200)), reservation=500)
B = Preferences("B", ((700, 0), (0, 300, 100)), reservation=(0, 2))


def codes(*parties: Preferences, domain: Domain = TWO, rules: tuple[Never | OnlyIf, ...] = ()) -> list[str]:
    with pytest.raises(Refused) as refused:
        Problem.of(domain, *parties, rules=rules)
    return [refusal.code for refusal in refused.value.refusals]


def test_a_package_is_worth_the_sum_of_its_points_and_of_the_pairs_that_stand_in_it() -> None:
    both = Preferences("A", A.points, pairs=(PairValue(Choice(0, 1), Choice(1, 0), -150),))
    problem = Problem.of(TWO, both, B)
    assert problem.outcome((1, 0)).points == (850, 0)
    assert problem.outcome((1, 2)).points == (600, 100)


def test_a_reservation_is_the_points_of_its_package_or_those_stated() -> None:
    assert Problem.of(TWO, A, B).disagreement == (500, 800)


def test_a_deal_keeps_every_partys_rules_and_reservation() -> None:
    problem = Problem.of(TWO, A, Preferences("B", B.points, reservation=100, rules=(Never((Choice(1, 0),)),)))
    assert problem.acceptable(problem.outcome((1, 2)))
    assert not problem.acceptable(problem.outcome((1, 0))), "the red line of B"
    assert not problem.acceptable(problem.outcome((0, 2))), "less than A's reservation"


def test_one_only_if_another_allows_both_neither_and_the_other_alone() -> None:
    rule = OnlyIf(Choice(0, 0), Choice(1, 0))
    assert [rule.kept_by(package) for package in ((0, 0), (0, 1), (1, 0), (1, 1))] == [
        True,
        False,
        True,
        True,
    ]


def test_every_fault_is_told_at_once() -> None:
    twice = Domain((Issue("1", ("yes", "yes")), Issue("1", ()), Issue("3", ("a",))))
    odd = Preferences("A", ((1,),), reservation=(9, 9, 9), rules=(Never(()),))
    assert codes(odd, odd, domain=twice, rules=(OnlyIf(Choice(7, 0), Choice(0, 0)),)) == [
        "packages.domain", "packages.domain", "packages.domain", "packages.parties", "packages.rule",
        "packages.points", "packages.rule", "packages.reservation",
        "packages.points", "packages.rule", "packages.reservation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("party", "code"),
    [
        (Preferences("B", ((0, 1), (0, 0))), "packages.points"),
        (Preferences("B", ((0, 1), (0, 0, 10_000_000))), "packages.points"),
        (Preferences("B", B.points, ranges=Ranges(((701, 0), (0, 0, 0)), B.points)), "packages.points"),
        (Preferences("B", B.points, pairs=(PairValue(Choice(0, 0), Choice(0, 1), 5),)), "packages.points"),
        (Preferences("B", B.points, pairs=(PairValue(Choice(0, 0), Choice(1, 9), 5),)), "packages.rule"),
        (Preferences("B", B.points, reservation=9_000_000), "packages.reservation"),
        (Preferences("B", B.points, rules=(Never((Choice(0, 0), Choice(0, 1))),)), "packages.rule"),
    ],
)
def test_each_fault_of_a_partys_preferences_is_refused(party: Preferences, code: str) -> None:
    assert codes(A, party) == [code]


def test_one_party_alone_or_seven_are_refused() -> None:
    assert codes(A) == ["packages.parties"]
    assert codes(*(Preferences(str(n), A.points) for n in range(7))) == ["packages.parties"]


def test_a_domain_of_any_size_is_counted_and_never_listed() -> None:
    assert Domain(tuple(Issue(str(n), tuple("abcdefghijkl")) for n in range(60))).size == 12**60
