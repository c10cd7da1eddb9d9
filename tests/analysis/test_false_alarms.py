"""How often the tests are wrong, in records made by chance in which nothing changed. Seeded: the same every time.

A record is of twenty places; their counts are independent (Poisson), or come in clusters (negative binomial: the variance
twice or four times the mean).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.analysis.surge import ALPHA, BASELINE, CONFIDENCE, change, surges

RECORDS = 120
BY_CHANCE = 3 * (0.05 * 0.95 / RECORDS) ** 0.5
"""Three standard errors of a rate of one in twenty."""


def drawn(chance: np.random.Generator, mean: float, spread: int, *shape: int) -> Any:
    if spread == 1:
        return chance.poisson(mean, shape)
    return chance.negative_binomial(mean / (spread - 1), 1 / spread, shape)


@pytest.mark.parametrize("spread", [1, 2, 4])
@pytest.mark.parametrize("mean", [1.5, 8.0])
def test_any_place_is_called_a_surge_in_at_most_one_record_in_twenty(mean: float, spread: int) -> None:
    chance = np.random.default_rng([spread, int(mean)])
    alarms = 0
    for _ in range(RECORDS):
        places = drawn(chance, mean, spread, 20, BASELINE + 1)
        found, _ = surges({str(place): months for place, months in enumerate(places.tolist())})
        alarms += any(surge.found for surge in found)
    assert alarms / RECORDS <= ALPHA + BY_CHANCE


@pytest.mark.parametrize("spread", [1, 2])
def test_a_threefold_month_is_found_in_most_records(spread: int) -> None:
    """Without this, a test that calls nothing a surge would pass for one that is never wrong."""
    chance = np.random.default_rng(5)
    found = 0
    for _ in range(RECORDS):
        months = drawn(chance, 8.0, spread, BASELINE).tolist()
        surge = surges({"North": [*months, int(drawn(chance, 24.0, spread))]})[0]
        found += surge[0].found
    assert found / RECORDS > 0.7


@pytest.mark.parametrize("spread", [1, 2, 4])
@pytest.mark.parametrize("months", [6, 18])
def test_the_interval_holds_the_ratio_that_the_record_was_made_with(months: int, spread: int) -> None:
    chance = np.random.default_rng([spread, months])
    held = 0
    for _ in range(RECORDS):
        found = change(
            drawn(chance, 9.0, spread, months).tolist(), drawn(chance, 4.5, spread, months).tolist()
        )
        assert found is not None
        held += found.low <= 0.5 <= (found.high or np.inf)
    assert held / RECORDS >= CONFIDENCE - BY_CHANCE
