"""What is better for all than a package that is already there: the text as it stands, or what has been agreed.

An improvement keeps every rule and gives nobody fewer points than the standing package, and somebody more. Reservations
are not asked: a package that falls short of one is improved on its way there. The best of several is the one with the
largest least gain over the standing package and, among those, the largest total; so where everybody can gain, everybody
does. Both compare points of different parties.

A mediator who works from one text asks what few changes would improve it: Fisher 1978, the single negotiating text;
Raiffa 1982. After agreement the same question, with any number of changes, is the post-settlement settlement:
Raiffa 1985.
"""

from __future__ import annotations

from time import monotonic
from typing import Final

from msgspec import Struct

from detente.analysis.packages.answers import EXACT, Certainty
from detente.analysis.packages.conditions import rules_of
from detente.analysis.packages.domain import Package
from detente.analysis.packages.model import HALF, Model
from detente.analysis.packages.optimum import UNFINISHED, largest_least
from detente.analysis.packages.problem import Outcome, Problem

SECONDS: Final = 30.0
_BETTER: Final = Certainty(
    "unfinished", why="It is an improvement; a better one is not excluded: the time given ran out."
)


class Improvement(Struct, frozen=True):
    """changes: how many issues it may change; None: any. outcome: None where there is no such improvement, which is a
    finding where the certainty is exact, or where none was found in time."""

    changes: int | None
    outcome: Outcome | None
    certainty: Certainty


class PostSettlement(Struct, frozen=True):
    """Packages better than an agreed one. together: the best for all. for_each: of each party, in the problem's order,
    the most that it could have without cost to another; its outcome is None where it could have no more."""

    agreed: Outcome
    together: Improvement
    for_each: tuple[Improvement, ...]


def improvements(
    problem: Problem, standing: Package, *, changes: int = 5, seconds: float = SECONDS
) -> tuple[Improvement, ...]:
    """The best improvement that changes at most k issues, for k of 1 to `changes`."""
    until = monotonic() + seconds
    most = min(changes, len(problem.domain.issues))
    return tuple(_improvement(problem, standing, k, until) for k in range(1, most + 1))


def improvement(
    problem: Problem, standing: Package, *, changes: int | None = None, seconds: float = SECONDS
) -> Improvement:
    """The best improvement, changing at most so many issues, or any number."""
    return _improvement(problem, standing, changes, monotonic() + seconds)


def post_settlement(problem: Problem, agreed: Package, *, seconds: float = SECONDS) -> PostSettlement:
    """What would be better than the agreed package: for all together, and for each without cost to another."""
    until, base = monotonic() + seconds, problem.outcome(agreed)
    together = _improvement(problem, agreed, None, until)
    if (
        together.outcome is None and together.certainty == EXACT
    ):  # who had more alone would be an improvement too
        return PostSettlement(base, together, (together,) * len(problem.parties))
    for_each = []
    for place in range(len(problem.parties)):
        model = _no_worse(problem, base)
        model.at_least(place, base.points[place] + 1)
        found = model.largest({model.points[place]: 1.0}, until, step=1)
        proved = found.status in ("optimal", "infeasible")
        for_each.append(Improvement(None, found.outcome, EXACT if proved else UNFINISHED))
    return PostSettlement(base, together, tuple(for_each))


def any_better(problem: Problem, package: Package, until: float) -> bool | None:
    """Whether some package that keeps every rule is an improvement; None where the time ran out."""
    base = problem.outcome(package)
    model = _no_worse(problem, base)
    model.row(dict.fromkeys(model.points, 1.0), sum(base.points) + 1 - HALF)
    found = model.largest({}, until)
    return None if found.status == "stopped" and found.outcome is None else found.outcome is not None


def _improvement(problem: Problem, standing: Package, changes: int | None, until: float) -> Improvement:
    base = problem.outcome(standing)
    model = _no_worse(problem, base)
    model.row(dict.fromkeys(model.points, 1.0), sum(base.points) + 1 - HALF)
    if changes is not None:
        kept = [options[option] for options, option in zip(model.chosen, standing, strict=True)]
        model.row(dict.fromkeys(kept, 1.0), len(standing) - changes - HALF)
    found = largest_least(model, base.points, until)
    if found.status in ("optimal", "infeasible"):
        return Improvement(changes, found.outcome, EXACT)
    return Improvement(changes, found.outcome, UNFINISHED if found.outcome is None else _BETTER)


def _no_worse(problem: Problem, base: Outcome) -> Model:
    """Packages that keep every rule and give nobody fewer points than the base."""
    model = Model(problem, rules_of(problem))
    for place, points in enumerate(base.points):
        model.at_least(place, points)
    return model
