"""Each rule of choice picks from the frontier what its definition picks from the list of all packages."""

from fractions import Fraction
from math import prod

import pytest

from detente.analysis.packages import (
    Domain,
    Issue,
    Outcome,
    Preferences,
    Problem,
    Solution,
    frontier,
    sampled,
    solutions_on,
)
from tests.analysis.packages.drawn import allowed, drawn


def picked(problem: Problem, most: int = 20) -> dict[str, Solution]:
    return {solution.name: solution for solution in solutions_on(problem, frontier(problem), most=most)}


def gains(problem: Problem, outcome: Outcome) -> list[int]:
    return [points - least for points, least in zip(outcome.points, problem.disagreement, strict=True)]


@pytest.mark.parametrize("parties", [2, 3])
def test_solutions_are_those_of_their_definitions_over_all_packages(parties: int) -> None:
    for seed in range(60):
        problem = drawn(seed, parties, bound=seed % 2 == 0, packages=300)
        deals = [gains(problem, o) for o in allowed(problem) if problem.acceptable(o)]
        found = picked(problem)
        if not deals:
            assert all(not s.outcomes and s.ties == 0 for s in found.values())
            continue
        ideal = [max(of) for of in zip(*deals, strict=True)]

        def share(of: list[int], ideal: list[int] = ideal) -> Fraction:
            return min(
                (Fraction(g, best) for g, best in zip(of, ideal, strict=True) if best), default=Fraction()
            )

        definitions = {
            "nash": lambda of: (sum(g > 0 for g in of), prod(g for g in of if g)),
            "kalai_smorodinsky": lambda of: (share(of), sum(of)),
            "egalitarian": lambda of: (min(of), sum(of)),
            "leximin": sorted,
            "utilitarian": sum,
        }
        for name, score in definitions.items():
            best = max(map(score, deals))
            assert all(score(gains(problem, outcome)) == best for outcome in found[name].outcomes)
            assert found[name].ties == sum(score(of) == best for of in deals) > 0, name


def test_ties_are_counted_and_shown_in_the_order_of_their_packages_up_to_those_asked_for() -> None:
    domain = Domain((Issue("1", ("a", "b", "c")), Issue("2", ("x", "y"))))
    problem = Problem.of(domain, Preferences("A", ((0, 4, 2), (1, 1))), Preferences("B", ((4, 0, 2), (1, 1))))
    assert picked(problem)["utilitarian"].ties == 6
    assert [o.package for o in picked(problem)["utilitarian"].outcomes] == [(0, 0), (1, 0), (2, 0)]
    assert [o.package for o in picked(problem, most=1)["utilitarian"].outcomes] == [(0, 0)]
    assert (picked(problem)["nash"].ties, picked(problem)["nash"].outcomes[0].points) == (2, (3, 3))


def test_a_reservation_below_every_package_is_taken_as_stated() -> None:
    """NegMAS takes the least that a package is worth instead: 4 * 5 and not 10 * 0. Stated: 10 * 104 and not 4 * 109."""
    domain = Domain((Issue("1", ("a", "b")),))
    problem = Problem.of(domain, Preferences("A", ((4, 10),)), Preferences("B", ((9, 4),), reservation=-100))
    assert [o.points for o in picked(problem)["nash"].outcomes] == [(10, 4)]


def test_a_gain_of_one_is_a_gain() -> None:
    domain = Domain((Issue("1", ("a", "b")),))
    problem = Problem.of(domain, Preferences("A", ((1, 9),)), Preferences("B", ((1, 0),)))
    assert [o.points for o in picked(problem)["nash"].outcomes] == [(1, 1)]


def test_nobody_is_asked_below_its_reservation() -> None:
    domain = Domain((Issue("1", ("a", "b")),))
    problem = Problem.of(domain, Preferences("A", ((1, 9),), reservation=10), Preferences("B", ((9, 1),)))
    assert all((s.outcomes, s.ties, s.certainty.kind) == ((), 0, "exact") for s in picked(problem).values())


def test_of_samples_the_best_is_only_the_best_shown() -> None:
    problem = drawn(3, 4, bound=False)
    for solution in solutions_on(problem, sampled(problem)):
        assert (solution.certainty.kind, solution.ties) == ("sampled", None)
        assert solution.certainty.why
