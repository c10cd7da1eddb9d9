"""Problems drawn at random, small enough to list every package; and the listing, which knows none of our methods."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random

from detente.analysis.packages import (
    Choice,
    Domain,
    Issue,
    Never,
    OnlyIf,
    Outcome,
    PairValue,
    Preferences,
    Problem,
    Rule,
)


def drawn(seed: int, parties: int, *, bound: bool, packages: int = 1_500) -> Problem:
    """bound: with rules and pair values. Points are negative or 0 at times, few at times so that many packages
    have the same, far apart at times; reservations lie below the least and above the most at times."""
    draw = Random(seed)
    options: list[int] = []
    while len(options) < 8 and (len(options) < 2 or draw.random() < 0.85):
        options.append(draw.randint(1, 5))
    while Domain(_issues(options)).size > packages:
        options.pop()
    domain = Domain(_issues(options))
    low, high = draw.choice([(0, 3), (0, 100), (-50, 50), (-900_000, 900_000), (0, 0), (-4, 0)])
    made = [_party(draw, name, options, low, high, bound) for name in range(parties)]
    rules = tuple(_rule(draw, options) for _ in range(draw.randint(0, 4))) if bound else ()
    return Problem.of(domain, *made, rules=rules)


def listed(problem: Problem) -> dict[tuple[int, ...], int]:
    """The points of the frontier, and how many packages have each, by comparing all packages with all others."""
    every = Counter(outcome.points for outcome in allowed(problem))
    return {
        points: many
        for points, many in every.items()
        if not any(other != points and all(map(int.__ge__, other, points)) for other in every)
    }


def allowed(problem: Problem) -> list[Outcome]:
    packages = product(*(range(len(issue.options)) for issue in problem.domain.issues))
    return [problem.outcome(package) for package in packages if problem.allows(package)]


def _issues(options: list[int]) -> tuple[Issue, ...]:
    return tuple(Issue(f"issue {at}", tuple(map(str, range(many)))) for at, many in enumerate(options))


def _party(draw: Random, name: int, options: list[int], low: int, high: int, bound: bool) -> Preferences:
    points = tuple(tuple(draw.randint(low, high) for _ in range(many)) for many in options)
    pairs = [_pair(draw, options, low, high) for _ in range(draw.randint(0, 3))] if bound else []
    return Preferences(
        f"party {name}",
        points,
        reservation=draw.choice([low * len(options) - 1, (low + high) // 2, high * len(options) + 1, 0]),
        rules=tuple(_rule(draw, options) for _ in range(draw.randint(0, 2))) if bound else (),
        pairs=tuple(pairs),
    )


def _choice(draw: Random, options: list[int], issue: int) -> Choice:
    return Choice(issue, draw.randrange(options[issue]))


def _pair(draw: Random, options: list[int], low: int, high: int) -> PairValue:
    first, second = (_choice(draw, options, issue) for issue in draw.sample(range(len(options)), 2))
    return PairValue(first, second, draw.randint(low - 9, high + 9))


def _rule(draw: Random, options: list[int]) -> Rule:
    if draw.random() < 0.5:
        return OnlyIf(*(_choice(draw, options, draw.randrange(len(options))) for _ in range(2)))
    several = draw.sample(range(len(options)), draw.randint(1, min(3, len(options))))
    return Never(tuple(_choice(draw, options, issue) for issue in several))
