"""What giving up one condition unlocks, and what each costs whom."""

from __future__ import annotations

import pytest

from detente.analysis.packages import (
    EXACT,
    Choice,
    Condition,
    Domain,
    Issue,
    Never,
    Outcome,
    Preferences,
    Problem,
    concessions,
    costs,
)
from detente.analysis.packages.conditions import all_met, conditions_of, gains
from tests.analysis.packages.every_package import acceptable, drawn, outcomes

SEEDS = range(80)
LOWERED = 20


def without(problem: Problem, condition: Condition, lowered: int | None = None) -> list[Outcome]:
    """The packages that meet every other condition and, of a reservation, so many points less."""
    rest = [other for other in conditions_of(problem) if other != condition]
    names = [party.party for party in problem.parties]
    return [
        of
        for of in outcomes(problem)
        if all_met(rest, problem, of)
        and (
            condition.rule is not None
            or lowered is None
            or gains(problem, of)[names.index(condition.party or "")] >= -lowered
        )
    ]


def test_what_each_concession_unlocks_is_the_most_that_there_then_is_to_share() -> None:
    opened = 0
    for seed in SEEDS:
        problem = drawn(seed)
        had = max([sum(gains(problem, of)) for of in acceptable(problem)], default=None)
        found = concessions(problem, lowered=LOWERED)
        assert found.of == len(found.tried) == len(conditions_of(problem)) and found.lowered == LOWERED
        for each in found.tried:
            among = without(problem, each.condition, LOWERED)
            assert each.certainty == EXACT
            if not among:
                assert each.outcome is None and not each.opens and each.gained == 0
                continue
            most = max(sum(gains(problem, of)) for of in among)
            assert each.outcome in among and sum(gains(problem, each.outcome)) == most, seed
            assert each.gained == most - (had or 0) and each.opens == (had is None)
            opened += each.opens
        ranks = [(each.outcome is None, -each.gained) for each in found.tried]
        assert ranks == sorted(ranks)
    assert opened > 0


def test_what_each_condition_costs_is_what_a_party_could_have_without_it() -> None:
    dear = 0
    for seed in SEEDS:
        problem = drawn(seed)
        among, found = acceptable(problem), costs(problem)
        if not among:
            assert not found.best and not found.costs
            continue
        best = tuple(map(max, zip(*(of.points for of in among), strict=True)))
        assert found.best == best and found.of == len(found.costs)
        for cost in found.costs:
            could = map(max, zip(*(of.points for of in without(problem, cost.condition)), strict=True))
            expected = tuple(most - now for most, now in zip(could, best, strict=True))
            assert cost.points == expected, seed
            dear += any(expected)
    assert dear > 0


def test_progress_is_told_and_whoever_stops_it_raises() -> None:
    domain = Domain((Issue("1", ("a", "b")),))
    red_line = Preferences("A", ((1, 0),), rules=(Never((Choice(0, 1),)),))
    problem = Problem.of(domain, red_line, Preferences("B", ((0, 9),)))
    told: list[tuple[int, int]] = []
    first = concessions(problem, progress=lambda done, of: told.append((done, of))).tried[0]
    assert (first.condition.party, first.gained) == ("A", 8) and told == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        concessions(problem, progress=stop)


def test_what_time_did_not_allow_is_seen_in_the_count() -> None:
    problem = drawn(1)
    assert not concessions(problem, seconds=0).tried and not costs(problem, seconds=0).costs
    assert concessions(problem, seconds=0).of == costs(problem, seconds=0).of == len(conditions_of(problem))
