"""How many packages all could sign, counted one by one where there are few enough; exact."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from detente.analysis.packages.domain import Choice, OnlyIf
from detente.analysis.packages.preferences import Preferences
from detente.analysis.packages.problem import Problem

MOST: Final = 4_000_000
"""Packages that are looked at: 36 MB at once, a tenth of a second a party."""
MOST_ISSUES: Final = 60
"""Dimensions of an array, less a few."""


def acceptable_packages(problem: Problem) -> int | None:
    """Packages that keep every rule and give everybody at least its reservation. None: too many to look at."""
    issues = problem.domain.issues
    if problem.domain.size > MOST or len(issues) > MOST_ISSUES:
        return None
    possible = np.ones([len(issue.options) for issue in issues], bool)
    for rule in problem.all_rules:
        if isinstance(rule, OnlyIf):
            kept = possible[_at(possible, rule.choice, rule.condition)].copy()
            possible[_at(possible, rule.choice)] = False
            possible[_at(possible, rule.choice, rule.condition)] = kept
        else:
            possible[_at(possible, *rule.choices)] = False
    for party in problem.parties:
        possible &= _worth(party, possible) >= party.disagreement
    return int(possible.sum())


def _at(array: np.ndarray[Any, Any], *choices: Choice) -> tuple[slice, ...]:
    """Where these choices are all made; nowhere, where two of them are of one issue and differ."""
    where = [slice(None)] * array.ndim
    for choice in choices:
        taken = where[choice.issue] in (slice(None), slice(choice.option, choice.option + 1))
        where[choice.issue] = slice(choice.option, choice.option + 1) if taken else slice(0, 0)
    return tuple(where)


def _worth(party: Preferences, like: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    points = np.zeros(like.shape, np.int64)
    for issue, of in enumerate(party.points):
        along = [1] * like.ndim
        along[issue] = len(of)
        points += np.array(of, np.int64).reshape(along)
    for pair in party.pairs:
        points[_at(like, pair.first, pair.second)] += pair.points
    return points
