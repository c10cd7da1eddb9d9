"""What five rules of choice pick from a frontier, compared in integers of any length: no rounding, no tolerance.

| rule | picks | compares points of different parties |
|---|---|---|
| nash | the largest product of gains (Nash 1950) | no |
| kalai_smorodinsky | the largest least share of what each could gain (1975), then the largest total | to break ties |
| egalitarian | the largest least gain (Kalai 1977), then the largest total | yes |
| leximin | gains from the least up, each as large as those before it allow (Sen 1970) | yes |
| utilitarian | the largest total of gains (Harsanyi 1955) | yes |

A gain is what a package is worth beyond the reservation as stated, even where every package is worth more, or none is.
All choose among the packages that leave nobody less than its reservation. A party that can gain nothing has no share.
Where no package gives everybody a gain, Nash takes the most parties that can have one together, and the product of
theirs (Caragiannis et al. 2016). These are the rules of `optimum`, which has no frontier to look at and counts no ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, Final

from detente.analysis.packages.answers import EXACT, Certainty, Frontier, Solution
from detente.analysis.packages.problem import Outcome, Problem

NAMES: Final = ("nash", "kalai_smorodinsky", "egalitarian", "leximin", "utilitarian")
Gains = tuple[int, ...]
_AMONG_THOSE_SHOWN = "The best of the packages shown; one that is not shown may be better by this rule."


def solutions_on(problem: Problem, frontier: Frontier, *, most: int = 20) -> tuple[Solution, ...]:
    """One solution for each of NAMES, in that order, each with at most so many outcomes; ties are packages, counted.

    Exact where the frontier is; else chosen among the outcomes shown, which the certainty says, and ties are not counted.
    Where no package leaves every party its reservation, a solution has no outcome and 0 ties.
    """
    counts: Sequence[int] = frontier.packages or (0,) * len(frontier.outcomes)
    acceptable = [
        (outcome, packages)
        for outcome, packages in zip(frontier.outcomes, counts, strict=True)
        if problem.acceptable(outcome)
    ]
    gains = [_gains(problem, outcome) for outcome, _ in acceptable]
    most_gained = tuple(map(max, zip(*gains, strict=True)))
    exact = frontier.certainty.kind == "exact" and frontier.packages is not None
    certainty = EXACT if exact else Certainty(frontier.certainty.kind, why=_AMONG_THOSE_SHOWN)
    return tuple(
        _picked(name, acceptable, [_RULES[name](of, most_gained) for of in gains], most, certainty)
        for name in NAMES
    )


def _picked(
    name: str,
    acceptable: Sequence[tuple[Outcome, int]],
    scores: Sequence[Any],
    most: int,
    certainty: Certainty,
) -> Solution:
    best = max(scores, default=None)
    picked = [one for one, score in zip(acceptable, scores, strict=True) if score == best]
    outcomes = sorted((outcome for outcome, _ in picked), key=lambda outcome: outcome.package)
    ties = sum(packages for _, packages in picked) if certainty == EXACT else None
    return Solution(name, tuple(outcomes[:most]), ties, certainty)


def _gains(problem: Problem, outcome: Outcome) -> Gains:
    return tuple(points - least for points, least in zip(outcome.points, problem.disagreement, strict=True))


def _product(gains: Gains) -> tuple[int, int]:
    """How many gain, and the product of their gains."""
    gained = [gain for gain in gains if gain]
    return len(gained), prod(gained)


def _least_share(gains: Gains, most_gained: Gains) -> int:
    """Over the product of what each could gain at best, so that shares are integers; who cannot gain is left out."""
    whole = prod(most for most in most_gained if most)
    return min(
        (gain * (whole // most) for gain, most in zip(gains, most_gained, strict=True) if most), default=0
    )


_RULES: Final[dict[str, Callable[[Gains, Gains], Any]]] = {
    "nash": lambda gains, _: _product(gains),
    "kalai_smorodinsky": lambda gains, most_gained: (_least_share(gains, most_gained), sum(gains)),
    "egalitarian": lambda gains, _: (min(gains), sum(gains)),
    "leximin": lambda gains, _: sorted(gains),
    "utilitarian": lambda gains, _: sum(gains),
}
