"""Tails and limits of the binomial equal what whole sums give."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.binomial import at_least, limits


def summed(successes: int, trials: int, chance: float) -> float:
    return sum(
        comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes, trials + 1)
    )


@given(st.integers(1, 80), st.integers(0, 80), st.floats(0.001, 0.999))
def test_a_tail_is_the_sum_of_its_terms(trials: int, successes: int, chance: float) -> None:
    successes = min(successes, trials)
    assert at_least(successes, trials, chance) == pytest.approx(summed(successes, trials, chance), abs=1e-11)


@given(st.integers(1, 60), st.integers(0, 60))
def test_limits_are_where_the_tails_reach_their_level(trials: int, successes: int) -> None:
    successes = min(successes, trials)
    low, high = limits(successes, trials, 0.95)
    if successes:
        assert summed(successes, trials, low) == pytest.approx(0.025, abs=1e-9)
    if successes < trials:
        assert 1 - summed(successes + 1, trials, high) == pytest.approx(0.025, abs=1e-9)
    assert (low == 0) == (successes == 0) and (high == 1) == (successes == trials)


def test_large_counts_keep_their_tails() -> None:
    assert at_least(600, 1000, 0.5) == pytest.approx(summed(600, 1000, 0.5), rel=1e-9)
    assert 0.499 < at_least(500_000, 1_000_000, 0.5) < 0.501
