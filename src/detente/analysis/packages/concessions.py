"""Which single concession unlocks most, and what each condition costs each party.

A concession is one rule given up, or one reservation lowered by so many of its party's points, everything else being as
it is. Each is tried and the problem solved again, which is why both questions are work for the background, with a place
to tell progress; whoever wants to stop raises from there. Both answers say how many there are to try, so that it is
seen when time ran out before the last.

What a concession unlocks is how much more there is to share: the largest total of gains over the reservations as they
stand (joint gains: Raiffa 1982). That adds up points of different parties. What a condition costs does not: it
is the best that a party could have without the condition, less the best that it has with it, in its own points (the
bars of a tornado diagram: Howard 1988).

Neither is advice. A red line is not wrong for being expensive, and only who drew it knows what it is for.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from msgspec import Struct

from detente.analysis.packages.answers import EXACT, Certainty
from detente.analysis.packages.conditions import Condition, conditions_of, gains, place_of
from detente.analysis.packages.model import Model
from detente.analysis.packages.problem import Outcome, Problem

SECONDS: Final = 120.0
LOWERED: Final = 50
"""Points that a reservation is lowered by: a twentieth of the conventional budget."""
MORE: Final = Certainty("unfinished", why="It may unlock more than this: the time for it ran out.")
Progress = Callable[[int, int], None]
"""Told how many have been tried, and of how many."""


class Concession(Struct, frozen=True):
    """condition: the rule that is given up, or whose reservation is lowered. outcome: a package with the largest total
    of gains that there then is; None: there still is none. opens: there is none without the concession. gained: how
    much more there is to share; where it opens a zone, all that there is."""

    condition: Condition
    outcome: Outcome | None
    opens: bool
    gained: int
    certainty: Certainty


class Concessions(Struct, frozen=True):
    """tried: those that unlock most first, ties in order of conditions. of: how many there are to try. lowered: the
    points that reservations were lowered by."""

    tried: tuple[Concession, ...]
    of: int
    lowered: int


class Cost(Struct, frozen=True):
    """points: of each party, in the problem's order; 0 or more. None: not proved in time."""

    condition: Condition
    points: tuple[int | None, ...]


class Costs(Struct, frozen=True):
    """best: what each party has at best with all conditions; empty where there is no acceptable package, since then
    nothing is lost by any one condition. costs: in order of conditions. of: how many there are."""

    best: tuple[int, ...]
    costs: tuple[Cost, ...]
    of: int


def concessions(
    problem: Problem, *, lowered: int = LOWERED, seconds: float = SECONDS, progress: Progress | None = None
) -> Concessions:
    """Every concession by itself, as far as time goes: none is given more than a tenth of it."""
    until, conditions = monotonic() + seconds, conditions_of(problem)
    base = sum(problem.disagreement)
    now = Model(problem)
    before = now.largest(dict.fromkeys(now.points, 1.0), _at_most(until, seconds), step=1)
    had = sum(before.outcome.points) - base if before.outcome else 0
    tried: list[Concession] = []
    for condition in conditions:
        if monotonic() >= until or before.status == "stopped":
            break
        model = Model(problem, [other for other in conditions if other != condition])
        if condition.rule is None:
            place = place_of(problem, condition)
            model.at_least(place, problem.disagreement[place] - lowered)
        found = model.largest(dict.fromkeys(model.points, 1.0), _at_most(until, seconds), step=1)
        gained = sum(gains(problem, found.outcome)) - had if found.outcome else 0
        opens = before.outcome is None and found.outcome is not None
        tried.append(
            Concession(condition, found.outcome, opens, gained, MORE if found.status == "stopped" else EXACT)
        )
        if progress is not None:
            progress(len(tried), len(conditions))
    tried.sort(key=lambda each: (each.outcome is None, -each.gained))
    return Concessions(tuple(tried), len(conditions), lowered)


def costs(problem: Problem, *, seconds: float = SECONDS, progress: Progress | None = None) -> Costs:
    """What each condition costs each party, as far as time goes: no run is given more than a tenth of it."""
    until, conditions = monotonic() + seconds, conditions_of(problem)
    parties = range(len(problem.parties))
    best = [_best(problem, conditions, place, _at_most(until, seconds)) for place in parties]
    known = [points for points in best if points is not None]
    if len(known) < len(best):
        return Costs((), (), len(conditions))
    without_any = [_best(problem, (), place, _at_most(until, seconds)) for place in parties]
    found: list[Cost] = []
    for condition in conditions:
        if monotonic() >= until:
            break
        rest = tuple(other for other in conditions if other != condition)
        points: list[int | None] = []
        for place in parties:
            if without_any[place] == known[place]:
                points.append(0)
                continue
            could = _best(problem, rest, place, _at_most(until, seconds))
            points.append(None if could is None else could - known[place])
        found.append(Cost(condition, tuple(points)))
        if progress is not None:
            progress(len(found), len(conditions))
    return Costs(tuple(known), tuple(found), len(conditions))


def _best(problem: Problem, conditions: tuple[Condition, ...], place: int, until: float) -> int | None:
    """The most points that the party has under these conditions, where it was proved."""
    model = Model(problem, conditions)
    found = model.largest({model.points[place]: 1.0}, until, step=1)
    return found.outcome.points[place] if found.status == "optimal" and found.outcome else None


def _at_most(until: float, seconds: float) -> float:
    return min(until, monotonic() + seconds / 10)
