"""Exact tails and limits of the binomial distribution, for counts that need not be whole.

Source: the tail of a binomial is a regularised incomplete beta function (NIST Digital Library of Mathematical Functions,
8.17.5), here by its continued fraction (8.17.22). Limits: Clopper and Pearson (1934).
"""

from __future__ import annotations

import math
from typing import Final

_CLOSE: Final = 1e-13
_TINY: Final = 1e-300
_MOST_TERMS: Final = 10_000


def at_least(successes: float, trials: float, chance: float) -> float:
    """The probability of so many successes or more.

    >>> round(at_least(3, 3, 0.5), 12), round(at_least(0, 3, 0.5), 12), round(at_least(9, 10, 0.5), 12)
    (0.125, 1.0, 0.0107421875)
    """
    if successes <= 0:
        return 1.0
    return incomplete_beta(successes, trials - successes + 1, chance)


def limits(successes: float, trials: float, confidence: float) -> tuple[float, float]:
    """Between which chances the one that made this count lies, by Clopper and Pearson.

    >>> [round(limit, 4) for limit in limits(0, 10, 0.95)]
    [0.0, 0.3085]
    """
    outside = (1 - confidence) / 2
    low = 0.0 if successes <= 0 else _where(successes, trials - successes + 1, outside)
    high = 1.0 if successes >= trials else _where(successes + 1, trials - successes, 1 - outside)
    return low, high


def _where(a: float, b: float, level: float) -> float:
    """The x at which the incomplete beta function reaches the level, by halving."""
    low, high = 0.0, 1.0
    while high - low > _CLOSE:
        middle = (low + high) / 2
        low, high = (middle, high) if incomplete_beta(a, b, middle) < level else (low, middle)
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b), regularised; a and b above 0."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(logarithm) / a / _continued_fraction(a, b, x)


def _continued_fraction(a: float, b: float, x: float) -> float:
    """By Lentz's method: what 1 / (1 + d1 / (1 + d2 / (1 + ...))) is divided by."""
    value, upper, lower = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        half, odd = divmod(term, 2)
        if odd:
            d = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            d = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        lower = 1 / _not_zero(1 + d * lower)
        upper = _not_zero(1 + d / upper)
        value *= upper * lower
        if abs(upper * lower - 1) < _CLOSE:
            break
    return value


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
