"""Every answer at once: right on problems small enough to list, bounded in time and memory, the same each time."""

from __future__ import annotations

import pytest

from detente.analysis.packages import BUDGET, Domain, Issue, Never, Outcome, Preferences, Problem, Ranges
from detente.analysis.packages.answering import Answer, answer
from detente.analysis.packages.assessments import assessments, with_proved
from detente.analysis.packages.counting import acceptable_packages
from detente.analysis.packages.domain import Choice
from detente.analysis.packages.frontier import sampled
from tests.analysis.packages.drawn import allowed, drawn


def acceptable(problem: Problem) -> list[Outcome]:
    return [outcome for outcome in allowed(problem) if problem.acceptable(outcome)]


def large(issues: int, options: int, parties: int) -> Problem:
    domain = Domain(tuple(Issue(f"i{at}", tuple(map(str, range(options)))) for at in range(issues)))
    made = [
        Preferences(
            f"p{n}",
            tuple(
                tuple((at * 7 + n * 11 + o * (3 + n)) % 17 for o in range(options)) for at in range(issues)
            ),
        )
        for n in range(parties)
    ]
    return Problem.of(domain, *made)


@pytest.mark.parametrize("seed", range(120))
def test_what_all_could_sign_is_counted_as_listing_counts_it(seed: int) -> None:
    problem = drawn(seed, 2 + seed % 3, bound=seed % 2 == 1)
    assert acceptable_packages(problem) == len(acceptable(problem))


def test_two_conditions_on_one_issue_are_counted_too() -> None:
    domain = Domain((Issue("a", ("x", "y")), Issue("b", ("x", "y", "z"))))
    parties = [Preferences(name, ((0, 0), (0, 0, 0))) for name in "AB"]
    never = Never((Choice(0, 1), Choice(1, 2)))
    assert acceptable_packages(Problem.of(domain, *parties, rules=(never,))) == 5


@pytest.mark.parametrize("seed", range(12))
def test_the_whole_answer_agrees_with_listing(seed: int) -> None:
    problem = drawn(seed, 2 + seed % 2, bound=seed % 4 > 1, packages=200)
    standing = next(iter(allowed(problem)), None)
    found = answer(problem, standing.package if standing else None, seconds=20)
    signable = acceptable(problem)
    assert found.zone.exists is bool(signable) and found.acceptable == len(signable)
    chosen = [one for one in found.shortlist if not {"improvement", "better"} & set(one.chosen)]
    assert {one.outcome for one in chosen} <= set(signable)
    assert bool(found.shortlist) >= bool(signable)
    assert [one.number for one in found.shortlist] == list(range(1, len(found.shortlist) + 1))
    assert len({one.outcome.package for one in found.shortlist}) == len(found.shortlist)
    for one in found.improvements:
        if standing is not None and one.outcome is not None:
            assert all(now >= then for now, then in zip(one.outcome.points, standing.points, strict=True))
            assert one.outcome.points != standing.points
    for solution in found.solutions:
        assert solution.certainty.kind == "exact" and set(solution.outcomes) <= set(signable)
    assert answer(problem, standing.package if standing else None, seconds=20) == found


@pytest.mark.parametrize("seed", range(12))
def test_of_every_package_suggested_it_is_known_whether_something_is_better_for_all(seed: int) -> None:
    """As listing all packages says, and each better one has a number."""
    problem = drawn(seed, 2 + seed % 3, bound=seed % 4 > 1, packages=200)
    standing = next(iter(allowed(problem)), None)
    found = answer(problem, standing.package if standing else None, seconds=20)
    in_hand = [one.outcome for one in found.suggested] + ([standing] if standing else [])
    numbered = {one.outcome for one in found.shortlist}
    for outcome in in_hand:
        judged = found.assessed(outcome.package)
        better = [
            other
            for other in allowed(problem)
            if other.points != outcome.points and least_gain(other, outcome) >= 0
        ]
        assert judged is not None and judged.verdict is None
        assert judged.is_efficient is not bool(better) and set(judged.better()) <= numbered
        for other in judged.better():
            assert least_gain(other, outcome) == max(least_gain(one, outcome) for one in better)
        for place, alone in enumerate(judged.settlement.for_each):
            most = max((other.points[place] for other in better), default=outcome.points[place])
            could = alone.outcome.points[place] if alone.outcome else outcome.points[place]
            assert could == most


def least_gain(one: Outcome, other: Outcome) -> int:
    return min(now - then for now, then in zip(one.points, other.points, strict=True))


def test_where_only_samples_are_known_compromises_that_were_proved_stand_among_them() -> None:
    """Of four parties whose points lie far apart no weights find what gives everybody something."""
    domain = Domain((Issue("who", ("A", "B", "C", "D", "all")),))
    parties = [
        Preferences(name, ((*(900_000 * (at == place) for at in range(4)), 200_000),))
        for place, name in enumerate("ABCD")
    ]
    whole = sampled(problem := Problem.of(domain, *parties))
    assert (4,) not in {outcome.package for outcome in whole.outcomes}
    found = with_proved(problem, whole, assessments(problem, [(4,)]))
    assert Outcome((200_000,) * 4, (4,)) in found.outcomes and found.certainty.kind == "sampled"
    assert set(whole.outcomes) < set(found.outcomes)


def test_ranges_may_say_more_than_the_points_do() -> None:
    """B's points of the package are a little less than of another; whether they are is not certain."""
    domain = Domain((Issue("a", ("x", "y", "z")),))
    first = Preferences("A", ((100, 100, 0),))
    second = Preferences("B", ((50, 60, 0),), ranges=Ranges(((40, 50, 0),), ((60, 70, 0),)))
    problem = Problem.of(domain, first, second)
    found = answer(problem, (0,), seconds=10)
    verdicts = {one.package: one.verdict and one.verdict.answer for one in found.assessments}
    assert verdicts[(0,)] == "open"
    (worst,) = assessments(problem, [(2,)])[:1]
    assert worst.verdict is not None and worst.verdict.answer == "dominated" and list(worst.better())


def told(found: Answer) -> set[str]:
    return {one.part for one in found.unanswered}


def test_what_is_too_large_is_said_and_the_rest_is_answered() -> None:
    """Ten to the 40 packages of three parties whose points lie far apart: no frontier, and still packages to look at."""
    problem = large(40, 10, 3)
    spread = [
        Preferences(p.party, tuple(tuple(x * 10_007 for x in of) for of in p.points)) for p in problem.parties
    ]
    found = answer(Problem.of(problem.domain, *spread), seconds=2)
    assert "frontier" in told(found) and found.frontier is None and found.acceptable is None
    (why,) = next(one.why for one in found.unanswered if one.part == "frontier")
    assert why.code in ("packages.too_large", "packages.too_long") and why.instead
    assert found.zone.exists and found.shortlist


def test_time_that_runs_out_is_an_answer() -> None:
    found = answer(large(60, 12, 6), seconds=0.1)
    assert all(s.certainty.kind in ("exact", "within", "unfinished", "sampled") for s in found.solutions)
    assert found.zone.exists is not False


def test_robustness_is_asked_where_ranges_are_given_and_nowhere_else() -> None:
    plain = large(4, 3, 2)
    assert answer(plain, seconds=5).robustness is None
    party = plain.parties[0]
    ranges = Ranges(
        tuple(tuple(x - 2 for x in of) for of in party.points),
        tuple(tuple(x + 2 for x in of) for of in party.points),
    )
    ranged = Preferences(party.party, party.points, ranges=ranges)
    found = answer(Problem.of(plain.domain, ranged, plain.parties[1]), seconds=20).robustness
    assert found is not None and found.draws == found.asked and found.winners
    assert sum(winner.times for winner in found.winners) + found.without == found.draws


def test_each_part_is_told_before_it_begins() -> None:
    parts: list[str] = []
    answer(large(3, 3, 2), seconds=5, progress=parts.append)
    assert parts[:2] == ["zone", "frontier"] and len(parts) == len(set(parts)) > 5
    assert BUDGET == 1_000
