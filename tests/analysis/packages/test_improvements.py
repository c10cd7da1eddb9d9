"""The best that few changes can do for all, and what is left on the table after agreement."""

from __future__ import annotations

from random import Random

from detente.analysis.packages import (
    EXACT,
    Outcome,
    Package,
    Problem,
    improvement,
    improvements,
    post_settlement,
)
from detente.analysis.packages.conditions import all_met, rules_of
from tests.analysis.packages.every_package import drawn, large, outcomes

SEEDS = range(150)


def standing_in(problem: Problem, seed: int) -> Package:
    draw = Random(seed)
    return tuple(draw.randrange(len(issue.options)) for issue in problem.domain.issues)


def better(problem: Problem, standing: Package) -> list[Outcome]:
    base, rules = problem.outcome(standing).points, rules_of(problem)
    return [
        of
        for of in outcomes(problem)
        if all_met(rules, problem, of)
        and of.points != base
        and all(a >= b for a, b in zip(of.points, base, strict=True))
    ]


def test_the_best_for_all_that_changes_at_most_k_issues() -> None:
    none_yet = 0
    for seed in SEEDS:
        problem = drawn(seed)
        standing = standing_in(problem, seed)
        base = problem.outcome(standing).points

        def rank(of: Outcome, base: tuple[int, ...] = base) -> tuple[int, int]:
            return min(a - b for a, b in zip(of.points, base, strict=True)), sum(of.points)

        found = improvements(problem, standing)
        assert [each.changes for each in found] == list(range(1, len(standing) + 1))
        for each in found:
            among = [of for of in better(problem, standing) if changed(standing, of) <= (each.changes or 0)]
            assert each.certainty == EXACT
            assert (each.outcome in among) if among else (each.outcome is None), seed
            assert each.outcome is None or rank(each.outcome) == max(map(rank, among)), seed
        none_yet += found[0].outcome is None and found[-1].outcome is not None
        assert improvement(problem, standing).outcome == found[-1].outcome
    assert none_yet > 0, "none by one change, but one by several: a finding"


def test_what_is_left_after_agreement_for_all_and_for_each() -> None:
    for seed in SEEDS:
        problem = drawn(seed)
        agreed = standing_in(problem, seed)
        found, among = post_settlement(problem, agreed), better(problem, agreed)
        assert found.agreed == problem.outcome(agreed)
        assert (found.together.outcome in among) if among else (found.together.outcome is None)
        for place, each in enumerate(found.for_each):
            most = max([of.points[place] for of in among], default=found.agreed.points[place])
            assert each.certainty == EXACT
            if most == found.agreed.points[place]:
                assert each.outcome is None
            else:
                assert each.outcome in among and each.outcome.points[place] == most, seed


def test_without_time_none_is_not_a_finding() -> None:
    found = improvement(large(), (0,) * 60, seconds=0)
    assert (found.outcome, found.certainty.kind) == (None, "unfinished")


def changed(standing: Package, outcome: Outcome) -> int:
    return sum(a != b for a, b in zip(standing, outcome.package, strict=True))
