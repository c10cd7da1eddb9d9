"""From what somebody answers to integer points: four ways to ask, one way to scale and to round.

Four ways to ask. Each gives an issue a weight, and each of its options a share, from 0 to 1 for the issue's best:

- `points`: points of each option. Weight: those of the best option; share: points, of those of the best.
- `ranges`: the lowest and the highest points of each option. The same, with the middle of each range.
- `swing`: how much it matters to go from the worst option to the best one, which is the weight; and where each option
  stands between the two, which is its share.
- `rank`: the order of the issues by their swings, which gives rank-order-centroid weights; and the order of the options,
  in equal steps from the last to the first.

Weights are divided so that the best package is worth the budget exactly: each issue's best option gets the whole points
of its share, and the points left over go to the largest remainders, the first issue of the text first (Hamilton's
method). Every other option gets its part of its issue's best, rounded to the nearest point, halves up. So no two options
of an issue change places, and rounding moves an issue's best by less than one point and another option by half a point
more at most. All of it in whole numbers: JavaScript and Python get the same points (vectors/preferences).

Swing weights: von Winterfeldt, Edwards, *Decision Analysis and Behavioral Research* (1986), ch. 8. Rank-order centroids:
Barron, Barrett, *Decision quality using ranked attribute weights*, Management Science 42 (1996): the weight of the k-th
of n is (1/k + 1/(k+1) + ... + 1/n) / n; issues of one rank share the mean of their places. Equal steps are what is to be
expected of options of which no more than the order is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import lcm
from typing import Literal

from msgspec import Struct

from detente.analysis.packages.preferences import BUDGET, Points, Ranges

Method = Literal["points", "ranges", "swing", "rank"]


class Answer(Struct, frozen=True):
    """What is answered of one issue. given: a number for each option, of `ranges` the lowest; high: of `ranges` the
    highest; weight: the swing, or the rank from 1; 0 where the method asks for none."""

    given: tuple[int, ...]
    high: tuple[int, ...] = ()
    weight: int = 0


class Scaled(Struct, frozen=True):
    """points: [issue][option], the best options of all issues adding up to the budget; ranges: of `ranges` only."""

    points: Points
    ranges: Ranges | None = None


class _Shares(Struct, frozen=True):
    """Of one issue: low, likely, high in units of which the best option has `best`; 0 where the options are equal."""

    low: tuple[int, ...]
    likely: tuple[int, ...]
    high: tuple[int, ...]
    best: int


def scaled(method: Method, answers: Sequence[Answer]) -> Scaled:
    """The points that follow. All are 0 where no option of any issue is worth more than another."""
    shares = [_shares(method, answer) for answer in answers]
    best = apportioned(
        [weight if s.best else 0 for weight, s in zip(_weights(method, answers), shares, strict=True)]
    )
    points = tuple(
        tuple(_nearest(most * one, s.best) for one in s.likely) for most, s in zip(best, shares, strict=True)
    )
    if method != "ranges":
        return Scaled(points)
    low = tuple(
        tuple(most * one // (s.best or 1) for one in s.low) for most, s in zip(best, shares, strict=True)
    )
    high = tuple(
        tuple(-(-most * one // (s.best or 1)) for one in s.high) for most, s in zip(best, shares, strict=True)
    )
    return Scaled(points, Ranges(low, high))


def apportioned(weights: Sequence[int], budget: int = BUDGET) -> tuple[int, ...]:
    """`budget` in whole numbers by these weights, the largest remainders rounded up; nothing where all weigh nothing.

    >>> apportioned((1, 1, 1), 1000)
    (334, 333, 333)
    """
    total = sum(weights)
    if total == 0:
        return (0,) * len(weights)
    whole = [budget * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(budget * weights[at] % total), at))
    for at in by_remainder[: budget - sum(whole)]:
        whole[at] += 1
    return tuple(whole)


def _nearest(part: int, of: int) -> int:
    """part / of, halves up."""
    return (2 * part + of) // (2 * of) if of else 0


def _weights(method: Method, answers: Sequence[Answer]) -> list[int]:
    if method == "swing":
        return [answer.weight for answer in answers]
    if method == "rank":
        return _centroids([answer.weight for answer in answers])
    return [_shares(method, answer).best for answer in answers]


def _shares(method: Method, answer: Answer) -> _Shares:
    given = answer.given
    if method == "ranges":
        likely = tuple(low + high for low, high in zip(given, answer.high, strict=True))
        low, high = tuple(2 * one for one in given), tuple(2 * one for one in answer.high)
        return _Shares(low, likely, high, max(likely))
    if method == "points":
        likely = given
    elif method == "swing":
        likely = tuple(one - min(given) for one in given)
    else:
        twice = [first + last for first, last in _ends(given)]
        likely = tuple(max(twice) - one for one in twice)
    return _Shares(likely, likely, likely, max(likely))


def _ends(ranks: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last place, from 1, of those that share each rank."""
    return [
        (1 + sum(other < rank for other in ranks), sum(other <= rank for other in ranks)) for rank in ranks
    ]


def _centroids(ranks: Sequence[int]) -> list[int]:
    """Rank-order-centroid weights, all multiplied by one number that makes them whole."""
    unit = lcm(*range(1, len(ranks) + 1)) ** 2 if ranks else 1

    def at(place: int) -> int:
        return sum(unit // k for k in range(place, len(ranks) + 1))

    def mean(parts: Iterable[int], count: int) -> int:
        return sum(parts) // count  # exact: the unit is a square of a multiple of the count

    return [mean(map(at, range(first, last + 1)), last - first + 1) for first, last in _ends(ranks)]
