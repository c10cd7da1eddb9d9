"""The smallest relaxations after which there is a deal: fewest rules given up, or fewest points off the reservations."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Final

from msgspec import Struct

from detente.analysis.packages.answers import EXACT, Certainty
from detente.analysis.packages.conditions import Condition, gains, rules_of
from detente.analysis.packages.model import HALF, Model
from detente.analysis.packages.problem import Outcome, Problem

_SMALLER: Final = Certainty(
    "unfinished", why="This opens a zone; something smaller is not excluded: the time given ran out."
)


class Relaxation(Struct, frozen=True):
    """What would have to be given up, and a package that there then is.

    rules: given up. points: off each party's reservation, in the problem's order. Their total is made as small as it
    can be, which adds up points of different parties. certainty: that nothing smaller would do.
    """

    rules: tuple[Condition, ...]
    points: tuple[int, ...]
    outcome: Outcome
    certainty: Certainty


def relaxations(problem: Problem, until: float) -> tuple[Relaxation, ...]:
    """By rules alone, then by points alone, as far as either can do it. Where neither can: the fewest rules that must
    be given up for any package to be left, and then the fewest points. Empty where time ran out."""
    alone = [
        _smallest(problem, until, rules=True, points=False),
        _smallest(problem, until, rules=False, points=True),
    ]
    both = [] if any(alone) else [_smallest(problem, until, rules=True, points=True)]
    return tuple(relaxation for relaxation in alone + both if relaxation is not None)


def _smallest(problem: Problem, until: float, *, rules: bool, points: bool) -> Relaxation | None:
    """rules, points: which may be given up. Rules first where both may be."""
    kept = [] if points else [Condition(party.party, None) for party in problem.parties]
    model = Model(problem, kept + ([] if rules else list(rules_of(problem))))
    given_up: dict[Condition, int] = {}
    if rules:
        for rule in rules_of(problem):
            given_up[rule] = model.column(0, 1, whole=True)
            model.require(rule, unless=given_up[rule])
    off = []
    if points:
        for column, least in zip(model.points, problem.disagreement, strict=True):
            off.append(model.column(0, inf))
            model.row({column: 1.0, off[-1]: 1.0}, least)
    outcome, proved = None, True
    for columns in filter(None, (list(given_up.values()), off)):
        found = model.largest(dict.fromkeys(columns, -1.0), until, step=1)
        proved = proved and found.status == "optimal"
        if found.outcome is None:
            break
        outcome = found.outcome
        model.row(dict.fromkeys(given_up.values(), 1.0), high=len(_broken(problem, given_up, outcome)) + HALF)
    if outcome is None:
        return None
    short = tuple(max(0, -gain) for gain in gains(problem, outcome))
    return Relaxation(_broken(problem, given_up, outcome), short, outcome, EXACT if proved else _SMALLER)


def _broken(problem: Problem, rules: Iterable[Condition], outcome: Outcome) -> tuple[Condition, ...]:
    return tuple(rule for rule in rules if not rule.met_by(problem, outcome))
