"""Surges, and before and after: what is called one, what is not tested, and what the interval says."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.surge import ALPHA, BASELINE, change, dispersion, surges

QUIET = [3, 5, 4, 2, 4, 3] * 4


def test_a_month_far_above_the_months_before_it_is_a_surge_there_only() -> None:
    found, too_few = surges({"North": [*QUIET, 15], "South": [*QUIET, 5]})
    assert [(surge.place, surge.found) for surge in found] == [("North", True), ("South", False)]
    assert found[0].count == 15 and found[0].expected == pytest.approx(3.5) and not too_few


def test_fewer_than_before_is_no_surge() -> None:
    (found,), _ = surges({"North": [*QUIET, 0]})
    assert not found.found and found.p == 1


def test_the_same_month_is_none_where_reports_come_in_clusters() -> None:
    clustered = [0, 0, 0, 0, 0, 21] * 4
    assert sum(clustered) == sum(QUIET)
    (even,), _ = surges({"North": [*QUIET, 14]})
    (uneven,), _ = surges({"North": [*clustered, 14]})
    assert even.found and not uneven.found


def test_the_more_places_are_tested_the_more_each_needs() -> None:
    month = next(n for n in range(100) if surges({"North": [*QUIET, n]})[0][0].found)
    others = {f"South {n}": [*QUIET, 3] for n in range(40)}
    found, _ = surges({"North": [*QUIET, month], **others})
    assert found[0].p <= ALPHA and not any(surge.found for surge in found)


def test_a_place_of_which_little_is_reported_is_not_tested() -> None:
    found, too_few = surges({"North": [0] * (BASELINE - 1) + [5, 9], "South": [*QUIET, 3]})
    assert too_few == ("North",) and [surge.place for surge in found] == ["South"]


def test_even_counts_vary_no_less_than_by_chance() -> None:
    assert dispersion(np.array([4.0] * 12)) == 1
    assert dispersion(np.array([0.0] * 12)) == 1
    assert dispersion(np.array([0.0, 8.0] * 6)) > 4


def test_half_as_many_after_as_before() -> None:
    found = change([10, 9, 11, 10, 8, 12, 10, 10], [5, 4, 6, 5, 5, 5, 4])
    assert found is not None and found.months == 7
    assert (found.before, found.after) == (70, 34)
    assert found.ratio == pytest.approx(34 / 70) and found.low < 34 / 70 < (found.high or 0) < 1


def test_none_before_leaves_the_ratio_open_upwards() -> None:
    found = change([0] * 6, [1, 2, 0, 1, 0, 1])
    assert found is not None and found.ratio is None and found.high is None and found.low > 0


def test_nothing_on_either_side_says_nothing() -> None:
    found = change([0] * 6, [0] * 6)
    assert found is not None and found.ratio is None and (found.low, found.high) == (0, None)


def test_too_few_months_are_not_compared() -> None:
    assert change([3] * 40, [1] * 5) is None
