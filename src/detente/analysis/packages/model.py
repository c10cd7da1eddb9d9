"""A problem as linear rows over whole columns, for HiGHS: one column an option, 1 where the package chooses it.

HiGHS reckons in floating point, points are integers. So each bound on points is set half a point below the integer it
stands for, which cuts off no package and lets none in; and what comes back is a package, whose points, rules and
reservations are reckoned again in integers before anybody sees it. What HiGHS alone says is how good any package could
be at most (`Found.bound`), and that there is none.

A pair of choices has a column for their product (McCormick 1976): at most either of them, at least their sum less 1.

One thread and one seed: the same problem gives the same package. HiGHS counts the time of all runs of one solver
together (its issue 1477), so each run is given what has been used so far and what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from time import monotonic
from typing import Final, Literal

import highspy
import numpy as np
from msgspec import Struct

from detente.analysis.packages.conditions import Condition, all_met, conditions_of, place_of
from detente.analysis.packages.domain import Choice, OnlyIf
from detente.analysis.packages.problem import Outcome, Problem

HALF: Final = 0.5
"""Points below a bound that is an integer: no package lies there."""
_SETTINGS: Final = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
}
Expression = Mapping[int, float]
"""What stands before each column, by the column's place."""


class _Silent(highspy.Highs):
    """HiGHS greets on standard output when callbacks are set; none is used here, and output may be read by programs."""

    def enableCallbacks(self) -> None:  # noqa: N802
        pass


class Found(Struct, frozen=True):
    """What a run came to.

    status: `optimal`: nothing is better by the step that was asked for; `infeasible`: no package meets the conditions;
    `stopped`: time ran out, or the solver gave up. outcome: the best package found, checked in integers, if any.
    bound: no package has more of what was maximised.
    """

    status: Literal["optimal", "infeasible", "stopped"]
    outcome: Outcome | None
    bound: float


class Model:
    """Packages that meet the conditions, all those of the problem unless told, and room for more rows.

    points: of each party, the column of what the package is worth to it.
    """

    def __init__(self, problem: Problem, conditions: Iterable[Condition] | None = None) -> None:
        self._problem = problem
        self._rules: list[Condition] = []
        self._floors: list[float] = [-inf] * len(problem.parties)
        self._solver = _Silent()  # type: ignore[no-untyped-call]
        for name, value in _SETTINGS.items():
            self._solver.setOptionValue(name, value)
        self._columns = 0
        self.chosen = [
            [self.column(0, 1, whole=True) for _ in issue.options] for issue in problem.domain.issues
        ]
        for options in self.chosen:
            self.row(dict.fromkeys(options, 1.0), 1, 1)
        self._pairs: dict[tuple[Choice, Choice], int] = {}
        self.points = [self._points_of(place) for place in range(len(problem.parties))]
        for condition in conditions_of(problem) if conditions is None else conditions:
            self.require(condition)

    def column(self, low: float, high: float, *, whole: bool = False) -> int:
        """The place of a new column."""
        self._solver.addCol(0.0, low, high, 0, np.array([], np.int32), np.array([], np.float64))
        if whole:
            self._solver.changeColIntegrality(self._columns, highspy.HighsVarType.kInteger)
        self._columns += 1
        return self._columns - 1

    def row(self, expression: Expression, low: float = -inf, high: float = inf) -> None:
        """low <= expression <= high."""
        places = np.fromiter(expression.keys(), np.int32)
        self._solver.addRow(low, high, len(places), places, np.fromiter(expression.values(), np.float64))

    def require(self, condition: Condition, *, unless: int | None = None) -> None:
        """The condition is met; a rule, also where the column `unless` is 1 instead."""
        rule = condition.rule
        if rule is None:
            place = place_of(self._problem, condition)
            self.at_least(place, self._problem.parties[place].disagreement)
            return
        if unless is None:
            self._rules.append(condition)
        counted: defaultdict[int, float] = defaultdict(float)
        if isinstance(rule, OnlyIf):
            counted[self._column_of(rule.choice)] += 1
            counted[self._column_of(rule.condition)] -= 1
        else:
            for choice in rule.choices:
                counted[self._column_of(choice)] += 1
        if unless is not None:
            counted[unless] = -1
        self.row(counted, high=0 if isinstance(rule, OnlyIf) else len(rule.choices) - 1)

    def at_least(self, place: int, points: int) -> None:
        """The party at that place has at least so many points."""
        self.row({self.points[place]: 1.0}, points - HALF)
        self._floors[place] = max(self._floors[place], points)

    def most_possible(self, place: int) -> int:
        """What no package is worth more than to the party: its best options and pairs, each taken alone."""
        party = self._problem.parties[place]
        return sum(map(max, party.points)) + sum(max(0, pair.points) for pair in party.pairs)

    def largest(self, objective: Expression, until: float, *, step: float = 0.0) -> Found:
        """The package with the largest objective, by the instant `until` of the monotonic clock.

        step: by how much two values of the objective differ at least (1 where they are integers): the search ends
        once nothing can be better by so much. 0: it goes on as far as floating point reaches.
        """
        solver = self._solver
        costs = np.zeros(self._columns)
        for place, value in objective.items():
            costs[place] = value
        solver.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), costs)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        solver.setOptionValue("mip_abs_gap", 0.9 * step)
        solver.setOptionValue("time_limit", solver.getRunTime() + max(0.0, until - monotonic()))
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Found("infeasible", None, -inf)
        outcome = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            outcome = self._outcome(np.asarray(solver.getSolution().col_value))
        if status == highspy.HighsModelStatus.kOptimal and outcome is not None:
            return Found("optimal", outcome, info.mip_dual_bound)
        return Found("stopped", outcome, info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else inf)

    def _outcome(self, values: np.ndarray) -> Outcome | None:
        """The package that the columns say, if in integers it keeps the rules and gives nobody less than it must."""
        package = tuple(int(np.argmax(values[options])) for options in self.chosen)
        outcome = self._problem.outcome(package)
        enough = all(has >= least for has, least in zip(outcome.points, self._floors, strict=True))
        return outcome if enough and all_met(self._rules, self._problem, outcome) else None

    def _points_of(self, place: int) -> int:
        party = self._problem.parties[place]
        worth: defaultdict[int, float] = defaultdict(float)
        for options, points in zip(self.chosen, party.points, strict=True):
            worth |= zip(options, map(float, points), strict=True)
        for pair in party.pairs:
            worth[self._both(pair.first, pair.second)] += pair.points
        column = self.column(self._least_possible(place), self.most_possible(place))
        self.row(worth | {column: -1.0}, 0, 0)
        return column

    def _both(self, first: Choice, second: Choice) -> int:
        """The column that is 1 where both choices are made."""
        key = (min(first, second), max(first, second))
        if key not in self._pairs:
            both, one, other = self.column(0, 1), self._column_of(first), self._column_of(second)
            self.row({both: 1.0, one: -1.0}, high=0)
            self.row({both: 1.0, other: -1.0}, high=0)
            self.row({both: 1.0, one: -1.0, other: -1.0}, -1)
            self._pairs[key] = both
        return self._pairs[key]

    def _column_of(self, choice: Choice) -> int:
        return self.chosen[choice.issue][choice.option]

    def _least_possible(self, place: int) -> int:
        party = self._problem.parties[place]
        return sum(map(min, party.points)) + sum(min(0, pair.points) for pair in party.pairs)
