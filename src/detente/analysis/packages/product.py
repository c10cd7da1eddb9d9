"""The largest product of gains, as a sum of logarithms cut from above by chords (Nash 1950; Caragiannis et al. 2016).

A logarithm over integers lies under each chord between two neighbouring integers, and on it at both. So a few chords a
party bound the sum of logarithms from above, a run finds the best package under them, chords are added at the gains it
has, and so on until the bound is the package's own sum: two to six runs as a rule. The terms are scaled by 1,000, which
makes the solver's tolerances a thousandth of what they are.
"""

from __future__ import annotations

from math import exp, inf, log, log1p
from typing import Final

from msgspec import Struct

from detente.analysis.packages.conditions import gains
from detente.analysis.packages.model import HALF, Model
from detente.analysis.packages.problem import Outcome, Problem

SCALE: Final = 1_000.0
SPACING: Final = 1.05
"""Between the first chords, as a ratio: under them the sum of logarithms is right to a thousandth."""
RUNS: Final = 20
MARGIN: Final = 1e-10
"""Of the sum of logarithms, for what the solver's tolerances could add up to."""


class Product(Struct, frozen=True):
    """status: as of `Found`. outcome: the package with the largest product found. gap: by how much of the largest
    product still possible it may fall short, at most; 0 where the integers leave nothing between."""

    status: str
    outcome: Outcome | None
    gap: float


def largest_product(problem: Problem, until: float) -> Product:
    """Among the acceptable packages, those in which most parties gain, and of these the largest product of gains."""
    model = Model(problem)
    gaining = [model.column(0, 1, whole=True) for _ in problem.parties]
    for column, has_gain, least in zip(model.points, gaining, problem.disagreement, strict=True):
        model.row({column: 1.0, has_gain: -1.0}, least - HALF)
    found = model.largest(dict.fromkeys(gaining, 1.0), until, step=1)
    if found.status != "optimal" or found.outcome is None:
        return Product(found.status, found.outcome, 1.0)
    most = sum(gain > 0 for gain in gains(problem, found.outcome))
    model.row(dict.fromkeys(gaining, 1.0), most - HALF)
    return _Search(problem, model, gaining).run(found.outcome, until)


class _Search:
    """The logarithm of each party's gain, or of 1 where it is not among those who gain."""

    def __init__(self, problem: Problem, model: Model, gaining: list[int]) -> None:
        self._problem, self._model, self._gaining = problem, model, gaining
        self._chords: set[tuple[int, int]] = set()
        self._logs: list[int] = []
        for place, least in enumerate(problem.disagreement):
            most = max(1, model.most_possible(place) - least)
            self._logs.append(model.column(0, SCALE * log(most)))
            gain = 1
            while gain < most:
                self._chord(place, gain)
                gain = max(gain + 1, int(gain * SPACING))

    def run(self, first: Outcome, until: float) -> Product:
        best, bound = first, inf
        for _ in range(RUNS):
            found = self._model.largest(dict.fromkeys(self._logs, 1.0), until)
            bound = min(bound, found.bound / SCALE)
            if found.outcome is not None and self._sum(found.outcome) > self._sum(best):
                best = found.outcome
            if found.status != "optimal" or found.outcome is None or bound <= self._sum(best) + MARGIN:
                break
            reached = gains(self._problem, found.outcome)
            new = [self._chord(p, at) for p, gain in enumerate(reached) for at in (gain - 1, gain)]
            if not any(new):
                break
        return self._product(best, bound)

    def _product(self, best: Outcome, bound: float) -> Product:
        product = 1
        for gain in gains(self._problem, best):
            product *= max(1, gain)
        above = max(0.0, bound - self._sum(best)) + MARGIN
        if above < log1p(1 / product):
            return Product("optimal", best, 0.0)
        return Product("optimal" if above < 2 * MARGIN else "stopped", best, 1 - exp(-above))

    def _chord(self, place: int, gain: int) -> bool:
        """A bound through the logarithms of a gain and the next; whether it is new."""
        if gain < 1 or (place, gain) in self._chords:
            return False
        self._chords.add((place, gain))
        slope = SCALE * log1p(1 / gain)
        row = {self._logs[place]: 1.0, self._model.points[place]: -slope, self._gaining[place]: slope}
        self._model.row(row, high=SCALE * log(gain) - slope * (gain + self._problem.disagreement[place] - 1))
        return True

    def _sum(self, outcome: Outcome) -> float:
        return sum(log(max(1, gain)) for gain in gains(self._problem, outcome))
