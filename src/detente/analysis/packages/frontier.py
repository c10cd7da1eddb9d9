"""Packages that no allowed package improves on for one party without costing another: the frontier, exactly.

Nothing is enumerated: issues are taken one at a time and only totals that nobody can improve on are kept (totals.py,
elimination.py). Where the whole frontier is too large, or would serve nobody, exact points of it are sampled: the
packages of the largest sum of points for many weights of the parties, each of them proved, none of them a guess.
Reservations are not asked here: what lies below them is a finding as well.

Packages are found by going back through the issues. The totals are kept at every seventh step or so, and what lies
between is worked out again, so that memory grows with the square root of the issues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, product
from math import isqrt

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from detente.analysis.packages.answers import EXACT, Certainty, Frontier
from detente.analysis.packages.elimination import Step, order, steps
from detente.analysis.packages.problem import Outcome, Problem
from detente.analysis.packages.size import MOST, estimate, leading, sized, spread, too_large, without_rules
from detente.analysis.packages.totals import Integers, Totals, Trace, advance

TRIES = 64
"""Weights of the parties that are tried for samples."""
LARGEST_SUM = 1 << 30
"""Of all parties' spans of points, so that points times weights stay within 64 bits."""
_SPREAD = Certainty(
    "sampled", why="There are more than were asked for; those shown are spread over all of them."
)
_SAMPLED = Certainty(
    "sampled", why="Each package shown is one that nobody can improve on; others of that kind are not shown."
)


def frontier(problem: Problem, *, most: int = MOST) -> Frontier:
    """The whole frontier, exact, with the packages of each combination of points counted; or `sampled`.

    For two and three parties it is whole, for four to six where their points are few enough, and else sampled. With
    more than `most` outcomes those shown are spread over all, each party's best among them. Where several packages have
    the same points one is shown, always the same; without rules and pairs it is the first in order.
    Without an allowed package it is empty. Raises Refused, before memory is used: `packages.too_large`.
    """
    size = estimate(problem)
    if size.feasible:
        return _whole(problem, most)
    if len(problem.parties) <= 3:
        raise too_large(size, by_rules=estimate(without_rules(problem)).feasible)
    return sampled(problem, most=most)


def sampled(problem: Problem, *, most: int = MOST) -> Frontier:
    """Exact points of the frontier, each the largest sum of points for some positive integer weights of the parties;
    with `most` as large as the parties each party's best is among them. Raises Refused: `packages.too_large`, where even
    one would be too much."""
    taking, spans = order(problem), spread(problem)
    size = sized(problem, taking, ())
    if not size.feasible or sum(spans) >= LARGEST_SUM:
        raise too_large(size, by_rules=not size.feasible)
    path = list(steps(problem, taking))
    found: set[Outcome] = set()
    for weights in _weights(spans):
        final, saved = _forward(weighed := _weighed(path, weights))
        if not len(final.state):
            return Frontier((), (), EXACT)
        (package,) = _packages(weighed, saved, np.zeros(1, np.int64)).tolist()
        found.add(problem.outcome(tuple(package)))
        if len(found) >= most:
            break
    return Frontier(tuple(sorted(found, key=_best_first)), None, _SAMPLED)


def _whole(problem: Problem, most: int) -> Frontier:
    lead = leading(problem)
    columns = (*lead, *(party for party in range(len(problem.parties)) if party not in lead))
    path = [replace(step, added=step.added[..., columns]) for step in steps(problem, order(problem))]
    final, saved = _forward(path)
    points = final.points[np.argsort(columns)].T
    ranked = np.lexsort(-points.T[::-1])
    shown = ranked[_spread(points[ranked], most)]
    packages = _packages(path, saved, shown)
    return Frontier(
        tuple(_outcomes(points[shown], packages)),
        tuple(map(int, final.packages[shown].tolist())),
        EXACT if len(shown) == len(ranked) else _SPREAD,
    )


def _outcomes(points: Integers, packages: NDArray[np.int32]) -> Iterator[Outcome]:
    """Some at a time, since as lists of Python's integers they take many times their size."""
    for first in range(0, len(points), 1_000):
        some = slice(first, first + 1_000)
        yield from map(Outcome, map(tuple, points[some].tolist()), map(tuple, packages[some].tolist()))


def _best_first(outcome: Outcome) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(-points for points in outcome.points), outcome.package


def _spread(points: Integers, most: int) -> Integers:
    """Places of at most so many rows: each column's first largest, and the others evenly spread."""
    if len(points) <= most:
        return np.arange(len(points))
    best = dict.fromkeys(map(int, points.argmax(axis=0)))
    evenly = dict.fromkeys(map(int, np.linspace(0, len(points) - 1, most)))
    return np.sort(np.array([*best, *(place for place in evenly if place not in best)][:most]))


def _forward(path: Sequence[Step]) -> tuple[Totals, list[Totals]]:
    """The totals after all steps; and those before each stretch of steps."""
    stretch = _stretch(path)
    totals = Totals.of_nothing(path[0].added.shape[2])
    saved = []
    for at, step in enumerate(path):
        if at % stretch == 0:
            saved.append(totals)
        totals, _ = advance(totals, step)
    return totals, saved


def _packages(path: Sequence[Step], saved: Sequence[Totals], wanted: Integers) -> NDArray[np.int32]:
    """[total, issue] a package of each of the final totals wanted, by their places."""
    places: Integers | NDArray[np.int32] = wanted
    packages = np.zeros((len(wanted), len(path)), np.int32)
    stretch = _stretch(path)
    for first in reversed(range(0, len(path), stretch)):
        totals, traces = saved[first // stretch], list[Trace]()
        for step in path[first : first + stretch]:
            totals, trace = advance(totals, step)
            traces.append(trace)
        for step, trace in zip(reversed(path[first : first + stretch]), reversed(traces), strict=True):
            packages[:, step.issue] = step.options[trace.option[places]]
            places = trace.before[places]
    return packages


def _stretch(path: Sequence[Step]) -> int:
    return isqrt(len(path) - 1) + 1


def _weighed(path: Sequence[Step], weights: tuple[int, ...]) -> list[Step]:
    """The same steps for a single party that has all parties' points, so many times each."""
    column = np.array(weights)[:, None]
    return [replace(step, added=(step.added - _least(step.added)) @ column) for step in path]


def _least(added: Integers) -> Integers:
    """Of each party. It makes no difference between packages, so weights need not bear it; 64 bits have to."""
    least: Integers = added.reshape(-1, added.shape[-1]).min(axis=0, initial=np.iinfo(np.int64).max)
    return least


def _weights(spans: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Positive weights: first those by which one point of a party outweighs all that the others could have; then shares
    of a whole, in ever finer parts, each party's points being measured by their span."""
    parties, widest = len(spans), max(spans)
    tried: set[tuple[int, ...]] = set()
    for party in range(parties):
        yield tuple(1 + sum(spans) - spans[party] if other == party else 1 for other in range(parties))
    for parts in count(1):
        for shares in product(range(parts + 1), repeat=parties):
            if sum(shares) == parts:
                weights = tuple(
                    1 + share * (1000 * max(1, widest) // max(1, span))
                    for share, span in zip(shares, spans, strict=True)
                )
                if weights not in tried:
                    yield weights
                    tried.add(weights)
                if len(tried) >= TRIES:
                    return
