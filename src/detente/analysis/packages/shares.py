"""The largest least share of ideal gains (Kalai and Smorodinsky 1975), proved in integers by a ladder.

The least share is always one of a party's: its gain, an integer, over its ideal gain. A first run narrows it down to
about one per cent. The fractions in between are the rungs of a ladder: a rung is reached where every party has the
integer gain that its share needs, and no rung without the one below it. How many rungs can be reached is an integer
again, which a bound of floating point tells apart from the next.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, isfinite
from typing import Final

from msgspec import Struct

from detente.analysis.packages.conditions import gains
from detente.analysis.packages.model import HALF, Model
from detente.analysis.packages.problem import Outcome, Problem

RUNGS: Final = 1_000
"""More fractions than this are thinned out, and the answer is within the distance of two rungs."""
NARROW: Final = 0.01


class Shared(Struct, frozen=True):
    """outcome: the package found, None where none was. share: its least share. gap: of the largest share that is still
    possible, by how much it may fall short; 0 where that is proved to be the largest."""

    outcome: Outcome | None
    share: Fraction
    gap: float


def least_share(problem: Problem, outcome: Outcome, ideal: tuple[int, ...]) -> Fraction:
    """Of those who can gain something; 1 where nobody can."""
    shares = [
        Fraction(gain, most) for gain, most in zip(gains(problem, outcome), ideal, strict=True) if most > 0
    ]
    return min(shares, default=Fraction(1))


def largest_share(problem: Problem, ideal: tuple[int, ...], until: float) -> Shared:
    """ideal: the most that each party gains in any acceptable package, of which there is one."""
    model, most = Model(problem), max(1, *ideal)
    share = model.column(0, most)  # in points of who can gain most
    for column, gain, least in zip(model.points, ideal, problem.disagreement, strict=True):
        if gain > 0:
            model.row({column: most / gain, share: -1.0}, most / gain * least)
    found = model.largest({share: 1.0}, until, step=NARROW * most)
    if found.outcome is None or not isfinite(found.bound):
        return Shared(found.outcome, Fraction(0), 1.0)
    low = least_share(problem, found.outcome, ideal)
    high = min(Fraction(1), Fraction(ceil(found.bound) + 1, most))
    apart = ceil((high - low) * sum(ideal) / RUNGS)
    rungs = _rungs(ideal, low, high, max(1, apart))
    outcome, bound = _climbed(problem, ideal, low, rungs, until)
    outcome = outcome or found.outcome
    reached = least_share(problem, outcome, ideal)
    if apart <= 1 and bound <= sum(rung <= reached for rung in rungs):
        return Shared(outcome, reached, 0.0)
    above = rungs[bound] if bound < len(rungs) else high
    return Shared(outcome, reached, float(1 - reached / above))


def _climbed(
    problem: Problem, ideal: tuple[int, ...], low: Fraction, rungs: list[Fraction], until: float
) -> tuple[Outcome | None, int]:
    """A package that reaches most rungs, if one was found, and how many can be reached at most."""
    model = Model(problem)
    reached = [model.column(0, 1, whole=True) for _ in rungs]
    for below, above in pairwise(reached):
        model.row({above: 1.0, below: -1.0}, high=0)
    for column, gain, least in zip(model.points, ideal, problem.disagreement, strict=True):
        needed = [ceil(rung * gain) for rung in (low, *rungs)]
        more = {
            rung: float(less - needs) for rung, (less, needs) in zip(reached, pairwise(needed), strict=True)
        }
        model.row({column: 1.0} | more, least + needed[0] - HALF)
    found = model.largest(dict.fromkeys(reached, 1.0), until, step=1)
    most = floor(found.bound + HALF / 10) if isfinite(found.bound) else len(rungs)
    return found.outcome, min(most, len(rungs))


def _rungs(ideal: tuple[int, ...], low: Fraction, high: Fraction, apart: int) -> list[Fraction]:
    """The fractions above `low`, up to `high`, that a share can be, or every so many of each party's."""
    return sorted({
        Fraction(reached, gain)
        for gain in ideal
        if gain > 0
        for reached in range(floor(low * gain) + 1, floor(high * gain) + 1, apart)
    })  # fmt: skip
