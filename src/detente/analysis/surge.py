"""Whether a month has more incidents than the months before it, and whether the months after a date have fewer.

Both compare counts of reports by month. Given the sum of two stretches, one's share is binomial where both have one rate,
so the test and the interval are exact for independent reports. Reports come in clusters, so counts vary more
than that; they are divided by how much more (the variance over the mean of the months compared, its upper limit at 90 %
so that a few even months do not hide it, and never below 1): the quasi-Poisson way (McCullagh and Nelder, 1989, 9.2).

- *Surge*: the month against the `BASELINE` months before it, one-sided, place by place. Places are tested together by
  Holm's method (1979): where nothing has changed anywhere, the chance that any place is called a surge is at most
  `ALPHA`. A place is not tested where the months before it hold fewer than `FEWEST` reports: no rate can be told.
- *Before and after*: the months after the month of a date against as many before it, as a ratio of rates with its
  interval of `CONFIDENCE`. The month itself counts on neither side.

Assumed: months of a stretch are alike but for chance (no season, no trend), and reports were made in the same way
throughout. Neither can be seen from the counts. tests/analysis/test_false_alarms.py measures how often each is wrong, in
records made by chance that do and do not cluster.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from detente.analysis.areas import Floats
from detente.analysis.binomial import at_least, limits
from detente.procedure.reckoned import Change, Surge

ALPHA: Final = 0.05
CONFIDENCE: Final = 0.95
BASELINE: Final = 24
FEWEST: Final = 24
SHORTEST: Final = 6
"""Months that each side of a comparison needs."""
_ONE_TENTH: Final = -1.2815515655446004
"""The normal deviate below which a tenth lies."""


def surges(counts: Mapping[str, Sequence[int]]) -> tuple[tuple[Surge, ...], tuple[str, ...]]:
    """What is tested, the least likely first; and the places with too few reports. counts: of each place `BASELINE`
    months, and then the one that is tested."""
    tested, too_few = [], []
    for place, months in counts.items():
        assert len(months) == BASELINE + 1
        before, count = np.asarray(months[:-1], dtype=float), months[-1]
        earlier = float(before.sum())
        if earlier < FEWEST:
            too_few.append(place)
            continue
        spread = dispersion(before)
        p = at_least(count / spread, (count + earlier) / spread, 1 / (BASELINE + 1))
        tested.append((p, place, count, float(before.mean())))
    tested.sort()
    found, holds = [], True
    for rank, (p, place, count, expected) in enumerate(tested):
        holds = holds and p <= ALPHA / (len(tested) - rank)
        found.append(Surge(place, count, expected, p, holds))
    return tuple(found), tuple(sorted(too_few))


def change(before: Sequence[int], after: Sequence[int]) -> Change | None:
    """The latest months before a date and the first after it, as many of each; None where they are fewer than
    `SHORTEST`."""
    months = min(len(before), len(after))
    if months < SHORTEST:
        return None
    earlier = np.asarray(before[-months:], dtype=float)
    later = np.asarray(after[:months], dtype=float)
    x, y = float(later.sum()), float(earlier.sum())
    spread = dispersion(earlier, later)
    low, high = limits(x / spread, (x + y) / spread, CONFIDENCE) if x + y else (0.0, 1.0)
    return Change(
        months=months, before=int(y), after=int(x), ratio=x / y if y else None,
        low=low / (1 - low), high=high / (1 - high) if high < 1 else None,
    )  # fmt: skip


def dispersion(*stretches: Floats) -> float:
    """The upper limit, at 90 %, of the variance of counts over the mean of their stretch; at least 1: chance alone."""
    free = sum(len(months) - 1 for months in stretches)
    squares = sum(
        ((months - months.mean()) ** 2).sum() / months.mean() for months in stretches if months.any()
    )
    # A chi-square's tenth, by Wilson and Hilferty (1931).
    tenth = free * (1 - 2 / (9 * free) + _ONE_TENTH * math.sqrt(2 / (9 * free))) ** 3
    return max(1.0, float(squares) / tenth)
