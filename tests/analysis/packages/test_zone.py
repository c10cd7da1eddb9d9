"""Whether there is a deal, how wide the zone is, what stands against it, and what would open one."""

from __future__ import annotations

from detente.analysis.packages import (
    EXACT,
    Choice,
    Condition,
    Domain,
    Issue,
    Never,
    OnlyIf,
    Outcome,
    Preferences,
    Problem,
    Relaxation,
    zone,
)
from detente.analysis.packages.conditions import all_met, conditions_of, gains, rules_of
from tests.analysis.packages.every_package import acceptable, drawn, large, outcomes

SEEDS = range(250)
HOPELESS = [seed for seed in SEEDS if not acceptable(drawn(seed))]


def test_a_zone_is_as_wide_as_its_packages() -> None:
    for seed in set(SEEDS) - set(HOPELESS):
        problem = drawn(seed)
        found, among = zone(problem), acceptable(problem)
        assert found.exists and found.outcome in among and found.certainty == EXACT
        assert not found.contradiction and not found.relaxations
        for width, points in zip(found.widths, zip(*(of.points for of in among), strict=True), strict=True):
            assert (width.worst, width.best) == (min(points), max(points)), seed


def test_without_a_zone_conditions_contradict_each_other_and_none_can_be_left_out() -> None:
    for seed in HOPELESS:
        problem = drawn(seed)
        found = zone(problem)
        assert found.exists is False and found.outcome is None and not found.widths
        assert found.certainty == EXACT and found.contradiction
        assert not any(all_met(found.contradiction, problem, of) for of in outcomes(problem)), seed
        for left_out in found.contradiction:
            rest = [condition for condition in found.contradiction if condition != left_out]
            assert any(all_met(rest, problem, of) for of in outcomes(problem)), seed


def test_the_smallest_relaxations_are_the_smallest() -> None:
    kinds = set()
    for seed in HOPELESS:
        problem = drawn(seed)
        rules, every = rules_of(problem), list(outcomes(problem))
        reserved = [condition for condition in conditions_of(problem) if condition.rule is None]
        for relaxation in zone(problem).relaxations:
            assert relaxation.certainty == EXACT
            assert relaxation.rules == tuple(
                rule for rule in rules if not rule.met_by(problem, relaxation.outcome)
            )
            assert relaxation.points == shortfall(problem, relaxation.outcome)
            if not sum(relaxation.points):
                among = [of for of in every if all_met(reserved, problem, of)]
                assert len(relaxation.rules) == min(broken(problem, of) for of in among), seed
            elif not relaxation.rules:
                among = [of for of in every if all_met(rules, problem, of)]
                assert sum(relaxation.points) == min(sum(shortfall(problem, of)) for of in among), seed
            else:
                least = min((broken(problem, of), sum(shortfall(problem, of))) for of in every)
                assert (len(relaxation.rules), sum(relaxation.points)) == least, seed
            kinds.add((bool(relaxation.rules), bool(sum(relaxation.points))))
        assert zone(problem).relaxations
    assert kinds == {(True, False), (False, True), (True, True)}


def test_conditions_are_named_by_whose_they_are() -> None:
    domain = Domain((Issue("troops", ("out", "stay")), Issue("monitors", ("yes", "no"))))
    line, bond = Never((Choice(0, 1),)), OnlyIf(Choice(0, 0), Choice(1, 0))
    a = Preferences("A", ((10, 0), (0, 5)), rules=(line,))
    b = Preferences("B", ((0, 10), (0, 5)), reservation=5)
    found = zone(Problem.of(domain, a, b, rules=(bond,)))
    assert found.contradiction == (
        Condition(None, bond),
        Condition("A", line),
        Condition("B", None),
    )
    by_rules, by_points = found.relaxations
    assert len(by_rules.rules) == 1 and by_rules.points == (0, 0)
    assert by_points == Relaxation((), (0, 5), Outcome((10, 0), (0, 0)), EXACT)


def test_a_reservation_counts_as_it_is_stated_even_where_no_package_is_worth_less_or_as_much() -> None:
    domain = Domain((Issue("1", ("a", "b")),))
    low = Problem.of(domain, Preferences("A", ((5, 9),), -100), Preferences("B", ((5, 1),), 1))
    assert [(width.reservation, width.worst, width.span) for width in zone(low).widths] == [
        (-100, 5, 109),
        (1, 1, 4),
    ]
    high = Problem.of(domain, Preferences("A", ((5, 9),), 100), Preferences("B", ((5, 1),), 1))
    assert zone(high).contradiction == (Condition("A", None),)


def test_without_time_nothing_is_claimed() -> None:
    found = zone(large(), seconds=0)
    assert found.exists is None and found.certainty.kind == "unfinished" and found.certainty.why


def shortfall(problem: Problem, outcome: Outcome) -> tuple[int, ...]:
    return tuple(max(0, -gain) for gain in gains(problem, outcome))


def broken(problem: Problem, outcome: Outcome) -> int:
    return sum(not rule.met_by(problem, outcome) for rule in rules_of(problem))
