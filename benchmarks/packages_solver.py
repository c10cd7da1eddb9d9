"""What HiGHS proves of packages too many to list: 60 issues of 12 options, 6 parties, 60 rules.

    python -m benchmarks.packages_solver [--runs 3]

There is no peer that answers at this size, so the aim is absolute: the largest product of gains within 15 s, and nothing
better by more than 1e-9 of its logarithm. Points are drawn within a weight an issue, as delegates give them; rules are
half "only if" and half "never together". Each run is another problem; the medians are of all of them.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator
from math import log1p
from random import Random
from typing import Final

from benchmarks.figure import Figure, table, timed
from detente.analysis.packages import (
    Choice,
    Domain,
    Issue,
    Never,
    OnlyIf,
    Preferences,
    Problem,
    Solution,
    concessions,
    costs,
    egalitarian,
    improvements,
    kalai_smorodinsky,
    nash,
    utilitarian,
    zone,
)

ISSUES: Final = 60
OPTIONS: Final = 12
PARTIES: Final = 6
RULES: Final = 60
RESERVATION: Final = 300
SECONDS: Final = 15.0
GAP: Final = 1e-9


def measure(runs: int) -> Iterator[Figure]:
    problems = [drawn(seed) for seed in range(1, runs + 1)]
    shape = f"{ISSUES}x{OPTIONS}x{PARTIES}, {RULES} rules"
    found: list[Solution] = []
    taken = [timed(lambda p=problem: found.append(nash(p))) for problem in problems]  # type: ignore[misc]
    yield Figure(
        f"Nash, {shape}",
        statistics.median(taken),
        "s",
        runs,
        "15 s",
        SECONDS,
        "<= 15 s",
        max(taken) <= SECONDS,
    )
    gap = max(-log1p(-solution.certainty.gap) for solution in found)
    yield Figure("  its log gap at most, in billionths", gap / GAP, "", runs, aim="<= 1", met=gap <= GAP)
    for rule in (utilitarian, egalitarian, kalai_smorodinsky):
        yield from _proved(f"{rule.__name__}, proved exact", problems, rule)
    asked: dict[str, Callable[[Problem], object]] = {
        "zone and its width": zone,
        "improvements by 1 to 5 changes": lambda problem: improvements(problem, (0,) * ISSUES),
        "every concession tried": concessions,
        "what every condition costs each party": costs,
    }
    for what, question in asked.items():
        seconds = [timed(lambda p=problem, q=question: q(p)) for problem in problems]  # type: ignore[misc]
        yield Figure(what, statistics.median(seconds), "s", runs)


def drawn(seed: int) -> Problem:
    draw = Random(seed)
    domain = Domain(
        tuple(Issue(f"{at}", tuple(f"{option}" for option in range(OPTIONS))) for at in range(ISSUES))
    )
    rules = tuple(_rule(draw) for _ in range(RULES))
    return Problem.of(domain, *(_party(draw, f"P{at}") for at in range(PARTIES)), rules=rules)


def _party(draw: Random, name: str) -> Preferences:
    weights = [draw.random() for _ in range(ISSUES)]
    points = []
    for weight in weights:
        most = round(1_000 * weight / sum(weights))
        values = [draw.randint(0, most) for _ in range(OPTIONS)]
        values[draw.randrange(OPTIONS)] = most
        points.append(tuple(values))
    return Preferences(name, tuple(points), RESERVATION)


def _rule(draw: Random) -> OnlyIf | Never:
    first, second = (Choice(at, draw.randrange(OPTIONS)) for at in draw.sample(range(ISSUES), 2))
    return OnlyIf(first, second) if draw.random() < 0.5 else Never((first, second))


def _proved(what: str, problems: list[Problem], rule: Callable[..., Solution]) -> Iterator[Figure]:
    found: list[Solution] = []
    taken = [timed(lambda p=problem: found.append(rule(p, seconds=120))) for problem in problems]  # type: ignore[misc]
    exact = sum(solution.certainty.kind == "exact" for solution in found)
    yield Figure(f"{what}: {exact} of {len(problems)}", statistics.median(taken), "s", len(problems))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    print(table(measure(parser.parse_args().runs)))
