"""What stays under ranges: a region by draws, and what is proved of a package whatever the points are."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from detente.analysis.packages import (
    Choice,
    Domain,
    Issue,
    Outcome,
    Package,
    Preferences,
    Problem,
    Ranges,
    nash,
    robustness,
    whatever_the_points,
    within_per_cent,
)
from detente.analysis.packages.conditions import all_met, rules_of
from tests.analysis.packages.every_package import drawn, large, outcomes

DOMAIN = Domain((Issue("1", ("a", "b")), Issue("2", ("c", "d"))))


def test_ranges_by_per_cent_hold_the_points_and_go_no_further_than_said() -> None:
    own = Ranges(((0, 0), (0, 0)), ((9, 9), (9, 9)))
    a = Preferences("A", ((100, 7), (-50, 0)))
    b = Preferences("B", ((1, 2), (3, 4)), ranges=own)
    problem = within_per_cent(Problem.of(DOMAIN, a, b), 30)
    assert problem.parties[0].ranges == Ranges(((70, 5), (-65, 0)), ((130, 9), (-35, 0)))
    assert problem.parties[1].ranges == own


def test_a_region_counts_the_packages_picked_and_the_options_they_choose() -> None:
    a, b = Preferences("A", ((60, 40), (50, 0))), Preferences("B", ((40, 60), (50, 0)))
    problem = within_per_cent(Problem.of(DOMAIN, a, b), 30)
    region = robustness(problem, draws=40)
    assert (region.draws, region.asked, region.seed, region.without) == (40, 40, 1, 0)
    assert sum(winner.times for winner in region.winners) == 40
    assert {winner.outcome.package for winner in region.winners} == {(0, 0), (1, 0)}
    assert [winner.times for winner in region.winners] == sorted(region.options[0], reverse=True)
    assert region.options[1] == (40, 0), "both want c, in every draw"
    assert all(winner.efficient is not None and winner.efficient >= winner.times for winner in region.winners)
    assert region == robustness(problem, draws=40), "the seed is part of the answer"
    assert region != robustness(problem, draws=40, seed=2)


def test_without_ranges_every_draw_is_the_problem_itself() -> None:
    problem = next(problem for problem in map(drawn, range(9)) if nash(problem).outcomes)
    region = robustness(problem, draws=3)
    assert [(winner.outcome, winner.times) for winner in region.winners] == [(nash(problem).outcomes[0], 3)]
    assert region.winners[0].efficient == 3


def test_draws_in_which_nothing_is_acceptable_are_counted() -> None:
    ranges = Ranges(((0, 0), (0, 0)), ((10, 10), (10, 10)))
    a = Preferences("A", ((5, 5), (5, 5)), 15, ranges=ranges)
    region = robustness(Problem.of(DOMAIN, a, replace(a, party="B")), draws=30)
    assert 0 < region.without < 30
    assert region.without + sum(winner.times for winner in region.winners) == 30


def test_time_that_runs_out_is_said() -> None:
    region = robustness(large(), draws=5, seconds=0)
    assert region.draws < 5 and region.certainty.kind == "unfinished"


def test_what_is_proved_holds_for_all_points_within_the_ranges() -> None:
    answers = set()
    for seed in range(120):
        problem = within_per_cent(drawn(seed), 20)
        draw = Random(seed)
        package = tuple(draw.randrange(len(issue.options)) for issue in problem.domain.issues)
        verdict = whatever_the_points(problem, package)
        assert verdict.answer == expected(problem, package), seed
        if verdict.by is not None:
            assert all(low >= 0 for low, _ in differences(problem, verdict.by, package))
        answers.add(verdict.answer)
    assert answers == {"dominated", "efficient", "open"}


def expected(problem: Problem, package: Package) -> str:
    rivals = [
        differences(problem, of, package)
        for of in outcomes(problem)
        if of.package != package and all_met(rules_of(problem), problem, of)
    ]
    if any(all(low >= 0 for low, _ in of) and any(low > 0 for low, _ in of) for of in rivals):
        return "dominated"
    if any(all(high >= 0 for _, high in of) and any(high > 0 for _, high in of) for of in rivals):
        return "open"
    return "efficient"


def differences(problem: Problem, rival: Outcome, package: Package) -> list[tuple[int, int]]:
    """Of each party, the least and the most that the rival can be worth more than the package."""
    found = []
    for party in problem.parties:
        ranges = party.ranges
        assert ranges is not None
        pairs = sum(
            pair.points
            * (made(pair.first, pair.second, rival.package) - made(pair.first, pair.second, package))
            for pair in party.pairs
        )
        apart = [(at, a, b) for at, (a, b) in enumerate(zip(rival.package, package, strict=True)) if a != b]
        low = sum(ranges.low[at][a] - ranges.high[at][b] for at, a, b in apart) + pairs
        high = sum(ranges.high[at][a] - ranges.low[at][b] for at, a, b in apart) + pairs
        found.append((low, high))
    return found


def made(first: Choice, second: Choice, package: Package) -> bool:
    return first.made_in(package) and second.made_in(package)
