"""Is there a deal at all: a package that keeps every rule and gives nobody less than its reservation?

If there is, how far each party's points reach within it. If there is none, a contradiction: conditions that cannot all
be met, of which none can be left out (Chinneck and Dravnieks 1991, deletion filter); and the smallest relaxations after
which there is a package (elastic programming, Chinneck 2008).

A problem may have several contradictions. Which one is found depends on the order in which conditions are tried: first
the text's rules, then each party's reservation and rules, and whatever can be left out is. The answer blames nobody:
each member of it is as necessary as the others.

The zone of possible agreement: Raiffa 1982; here for more than one issue and more than two parties.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Final

from msgspec import Struct

from detente.analysis.packages.answers import EXACT, Certainty
from detente.analysis.packages.conditions import Condition, conditions_of
from detente.analysis.packages.model import Model
from detente.analysis.packages.problem import Outcome, Problem
from detente.analysis.packages.relaxations import Relaxation, relaxations

SECONDS: Final = 60.0


class Width(Struct, frozen=True):
    """What one party can have within the zone, in its own points. worst: at least its reservation."""

    party: str
    reservation: int
    worst: int
    best: int

    @property
    def span(self) -> int:
        """The most that it can gain over its reservation."""
        return self.best - self.reservation


class Zone(Struct, frozen=True):
    """exists: None where time ran out before it was known. outcome: a package within the zone, no better than others.

    widths: of each party, in the problem's order, where there is a zone. contradiction: conditions that cannot all be
    met, and relaxations: what would open a zone, where there is none. certainty: of the widths, or of the contradiction:
    where it is not exact, it is one, but a smaller part of it may contradict itself already.
    """

    exists: bool | None
    outcome: Outcome | None
    widths: tuple[Width, ...]
    contradiction: tuple[Condition, ...]
    relaxations: tuple[Relaxation, ...]
    certainty: Certainty


def zone(problem: Problem, *, seconds: float = SECONDS) -> Zone:
    """Whether there is a deal, how wide, or what stands against one. Raises nothing; see `Zone`."""
    until = monotonic() + seconds
    found = Model(problem).largest({}, until)
    if found.outcome is not None:
        widths, certainty = _widths(problem, until)
        return Zone(True, found.outcome, widths, (), (), certainty)
    if found.status == "infeasible":
        half = monotonic() + (until - monotonic()) / 2  # the rest is for what would open a zone
        contradiction, certainty = _contradiction(problem, half)
        return Zone(False, None, (), contradiction, relaxations(problem, until), certainty)
    why = "The time given ran out before it was known whether there is a package that all can accept."
    return Zone(None, None, (), (), (), Certainty("unfinished", why=why))


def _widths(problem: Problem, until: float) -> tuple[tuple[Width, ...], Certainty]:
    model, widths, certainty = Model(problem), [], EXACT
    for place, column in enumerate(model.points):
        party = problem.parties[place]
        best, worst = (model.largest({column: sign}, until, step=1) for sign in (1.0, -1.0))
        if best.outcome is None or worst.outcome is None:
            return (), Certainty(
                "unfinished", why="There is a zone; the time given ran out before its width was known."
            )
        if (best.status, worst.status) != ("optimal", "optimal"):
            certainty = Certainty("unfinished", why="The zone is at least as wide as this; it may be wider.")
        reach = worst.outcome.points[place], best.outcome.points[place]
        widths.append(Width(party.party, party.disagreement, *reach))
    return tuple(widths), certainty


def _contradiction(problem: Problem, until: float) -> tuple[tuple[Condition, ...], Certainty]:
    """Conditions are left out one at a time, for good where the rest still contradict each other."""
    kept, certainty = list(conditions_of(problem)), EXACT
    for condition in tuple(kept):
        rest = [other for other in kept if other != condition]
        status = _status(problem, rest, until)
        if status == "infeasible":
            kept = rest
        elif status == "stopped":
            certainty = Certainty(
                "unfinished",
                why="These contradict each other; the time given ran out before all could be tried.",
            )
    return tuple(kept), certainty


def _status(problem: Problem, conditions: Iterable[Condition], until: float) -> str:
    found = Model(problem, conditions).largest({}, until)
    return "optimal" if found.outcome is not None else found.status
