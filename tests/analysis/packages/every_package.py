"""Small problems drawn by a seed, and every package of them: what the solver's answers are held to."""

from __future__ import annotations

from collections.abc import Iterator
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


def drawn(seed: int) -> Problem:
    """2 to 6 parties, 1 to 4 issues of 1 to 4 options; rules, pairs, red lines, points below 0, and reservations as
    points or packages, some out of reach."""
    draw = Random(seed)
    domain = Domain(
        tuple(
            Issue(f"{at}", tuple(f"{option}" for option in range(draw.randint(1, 4))))
            for at in range(draw.randint(1, 4))
        )
    )
    parties = [_party(draw, domain, f"P{at}") for at in range(draw.randint(2, 6))]
    return Problem.of(domain, *parties, rules=_rules(draw, domain, draw.choice((0, 0, 1, 3))))


def large(seed: int = 1) -> Problem:
    """60 issues of 12 options, 6 parties, 60 rules: more packages than could ever be tried."""
    draw = Random(seed)
    domain = Domain(tuple(Issue(f"{at}", tuple(f"{option}" for option in range(12))) for at in range(60)))
    parties = [
        Preferences(f"P{at}", tuple(tuple(draw.randint(0, 16) for _ in range(12)) for _ in range(60)), 500)
        for at in range(6)
    ]
    return Problem.of(domain, *parties, rules=_rules(draw, domain, 60))


def outcomes(problem: Problem) -> Iterator[Outcome]:
    """All of them, in order of their packages."""
    for package in product(*(range(len(issue.options)) for issue in problem.domain.issues)):
        yield problem.outcome(package)


def acceptable(problem: Problem) -> list[Outcome]:
    return [outcome for outcome in outcomes(problem) if problem.acceptable(outcome)]


def _party(draw: Random, domain: Domain, name: str) -> Preferences:
    top = draw.choice((3, 30, 300))
    points = tuple(tuple(draw.randint(-top // 5, top) for _ in issue.options) for issue in domain.issues)
    pairs = tuple(
        PairValue(*two, draw.randint(-top, top))
        for two in _choices(draw, domain, draw.choice((0, 0, 1, 2)), 2)
    )
    reservation = draw.choice((
        0,
        -top,
        sum(map(max, points)) * draw.randint(10, 90) // 100,
        tuple(draw.randrange(len(issue.options)) for issue in domain.issues),
    ))  # fmt: skip
    rules = _rules(draw, domain, draw.choice((0, 0, 0, 1, 2)))
    return Preferences(name, points, reservation, rules, pairs)


def _rules(draw: Random, domain: Domain, count: int) -> tuple[Rule, ...]:
    return tuple(
        Never(choices) if draw.random() < 0.5 else OnlyIf(_choice(draw, domain), _choice(draw, domain))
        for choices in _choices(draw, domain, count, draw.randint(1, 3))
    )


def _choices(draw: Random, domain: Domain, count: int, most: int) -> list[tuple[Choice, ...]]:
    """So many times, choices of different issues."""
    size = min(most, len(domain.issues))
    if most == 2 and size < 2:
        return []
    return [
        tuple(
            Choice(at, draw.randrange(len(domain.issues[at].options)))
            for at in draw.sample(range(len(domain.issues)), size)
        )
        for _ in range(count)
    ]


def _choice(draw: Random, domain: Domain) -> Choice:
    at = draw.randrange(len(domain.issues))
    return Choice(at, draw.randrange(len(domain.issues[at].options)))
