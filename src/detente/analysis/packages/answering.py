"""One question, every answer: what `detente packages` says of a problem, each part with how sure it is.

Exact methods answer where they fit into memory and time, HiGHS else; what neither can answer is said to be unanswered,
with the reason. Every part has a bound on its time, so that the whole ends. The same problem gives the same answer,
except where time ran out, which is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from detente.analysis.packages import optimum
from detente.analysis.packages.adjusted_winner import Division, adjusted_winner, winnable
from detente.analysis.packages.answers import Certainty, Frontier, Solution
from detente.analysis.packages.assessments import Assessment, assessments, with_proved
from detente.analysis.packages.concessions import Concessions, Costs, concessions, costs
from detente.analysis.packages.counting import acceptable_packages
from detente.analysis.packages.domain import Package
from detente.analysis.packages.frontier import frontier, sampled
from detente.analysis.packages.improvements import Improvement, improvements
from detente.analysis.packages.problem import Outcome, Problem
from detente.analysis.packages.robustness import DRAWS, Region, robustness
from detente.analysis.packages.size import Size, estimate
from detente.analysis.packages.solutions import solutions_on
from detente.analysis.packages.zone import Zone, zone
from detente.codec.refusal import Refusal, Refused

SECONDS: Final = 30.0
"""For each part, unless told otherwise."""
MOST_OUTCOMES: Final = 20_000
"""Of a frontier; more are spread over all of it."""
MOST_SAMPLED: Final = 100
LARGEST_WHOLE: Final = 3
"""Parties; of more, samples serve where the whole would take too long."""
WORK_A_SECOND: Final = 20_000_000
"""Candidates and cells that are looked at in a second on a slow machine; see `Size.work`, which is a bound."""
MOST_WINNERS: Final = 5
"""Of the packages that are picked most often under ranges."""
ENOUGH: Final = 3
"""Packages to look at; where rules of choice and improvements give fewer, some of the frontier stand with them."""
CHANGES: Final = 5
"""Issues that an improvement on the text as it stands may change: from 1 to this many."""

T = TypeVar("T")


class Unanswered(Struct, frozen=True):
    """part: `frontier`, `adjusted_winner`, `concessions`; why: free of values."""

    part: str
    why: tuple[Refusal, ...]


class Shortlisted(Struct, frozen=True):
    """A package worth looking at. number: from 1; chosen: by which rules of choice, or `improvement`, `robust`, `better`
    (for all than one before it), `frontier`; ties: how many packages are of the same worth to the first of its rules,
    itself included; None: not counted."""

    number: int
    outcome: Outcome
    chosen: tuple[str, ...]
    ties: int | None
    certainty: Certainty


class Answer(Struct, frozen=True):
    """standing: the text as it stands, or None. acceptable: how many packages keep every rule and give everybody at
    least its reservation; None, not counted. frontier, division, concessions, costs: None where they were not answered or
    do not apply; `unanswered` says which. robustness: of Nash's solution; None where nobody gave ranges. assessments: of
    the text as it stands and of every package of `suggested`: what is better, and what holds within the ranges."""

    problem: Problem
    standing: Package | None
    size: Size
    acceptable: int | None
    zone: Zone
    frontier: Frontier | None
    solutions: tuple[Solution, ...]
    division: Division | None
    improvements: tuple[Improvement, ...]
    concessions: Concessions | None
    costs: Costs | None
    robustness: Region | None
    unanswered: tuple[Unanswered, ...]
    assessments: tuple[Assessment, ...] = ()

    @property
    def shortlist(self) -> tuple[Shortlisted, ...]:
        """Numbered alike wherever they are shown: what rules of choice pick, improvements on the text as it stands, what
        holds most often under ranges, what is better than one of these, and then the rest of the frontier that everybody
        could sign."""
        found: dict[Package, Shortlisted] = {}
        for outcome, why, ties, certainty in _worth_a_look(self):
            before = found.get(outcome.package)
            found[outcome.package] = (
                Shortlisted(len(found) + 1, outcome, (why,), ties, certainty)
                if before is None
                else before
                if why in (*before.chosen, "better", "frontier")
                else Shortlisted(before.number, outcome, (*before.chosen, why), before.ties, before.certainty)
            )
        return tuple(found.values())

    @property
    def suggested(self) -> tuple[Shortlisted, ...]:
        """Those of the shortlist that are there for more than being on the frontier; or the first few of it."""
        shortlist = self.shortlist
        chosen = tuple(one for one in shortlist if one.chosen != ("frontier",))
        return chosen if len(chosen) >= ENOUGH else shortlist[:ENOUGH]

    def assessed(self, package: Package) -> Assessment | None:
        return next((one for one in self.assessments if one.package == package), None)


def answer(
    problem: Problem,
    standing: Package | None = None,
    *,
    seconds: float = SECONDS,
    progress: Callable[[str], object] = lambda _part: None,
) -> Answer:
    """Every answer about a problem that `Problem.of` has let through, and never more than was proved.

    standing: the text as it stands, from which improvements are counted. seconds: for each part. progress: told each part
    before it begins. Raises nothing: a part that cannot be answered says why (`Answer.unanswered`).
    """
    unanswered: list[Unanswered] = []

    def part(name: str, asked: Callable[[], T], otherwise: T) -> T:
        progress(name)
        try:
            return asked()
        except Refused as refused:
            unanswered.append(Unanswered(name, refused.refusals))
            return otherwise

    size = estimate(problem)
    progress("zone")
    found = zone(problem, seconds=seconds)
    whole = part("frontier", lambda: _frontier(problem, size, seconds), None)
    is_open = found.exists is not False
    reckoned = Answer(
        problem, standing, size, acceptable_packages(problem), found, whole,
        part("solutions", lambda: _solutions(problem, whole, seconds), ()) if is_open else (),
        part("division", lambda: adjusted_winner(winnable(problem)), None) if len(problem.parties) == 2 else None,
        part("improvements", lambda: _improvements(problem, standing, seconds), ()),
        part("concessions", lambda: concessions(problem, seconds=seconds), None),
        part("costs", lambda: costs(problem, seconds=seconds), None) if is_open else None,
        part("robustness", lambda: _robustness(problem, size, seconds), None) if is_open else None,
        tuple(unanswered),
    )  # fmt: skip
    progress("assessments")
    in_hand = (standing,) if standing is not None else ()
    looked_at = [*in_hand, *(one.outcome.package for one in reckoned.suggested)]
    judged = assessments(problem, looked_at, seconds=seconds)
    proved = None if whole is None else with_proved(problem, whole, judged)
    return replace(reckoned, frontier=proved, assessments=judged)


def _frontier(problem: Problem, size: Size, seconds: float) -> Frontier:
    """Raises Refused: `packages.too_large`, before memory is used or time spent."""
    is_long = size.feasible and size.work > seconds * WORK_A_SECOND
    if is_long and len(problem.parties) > LARGEST_WHOLE:
        return sampled(problem, most=MOST_SAMPLED)
    if is_long:
        raise Refused(
            Refusal("packages.too_long", "The whole frontier could take longer than was allowed for it.",
                    instead="Allow more seconds, or be content with single packages, which need no frontier.")
        )  # fmt: skip
    return frontier(problem, most=MOST_OUTCOMES if size.feasible else MOST_SAMPLED)


_RULES: Final = (
    optimum.nash, optimum.kalai_smorodinsky, optimum.egalitarian, optimum.leximin, optimum.utilitarian
)  # fmt: skip


def _solutions(problem: Problem, whole: Frontier | None, seconds: float) -> tuple[Solution, ...]:
    """On the frontier where all of it is known, which counts ties; else by HiGHS."""
    if whole is not None and whole.certainty.kind == "exact":
        return solutions_on(problem, whole)
    return tuple(rule(problem, seconds=seconds) for rule in _RULES)


def _improvements(problem: Problem, standing: Package | None, seconds: float) -> tuple[Improvement, ...]:
    return () if standing is None else improvements(problem, standing, changes=CHANGES, seconds=seconds)


def _robustness(problem: Problem, size: Size, seconds: float) -> Region | None:
    """Draw by draw on the frontier where there is time for so many, else by HiGHS."""
    if all(party.ranges is None for party in problem.parties):
        return None
    is_quick = size.feasible and size.work * DRAWS < seconds * WORK_A_SECOND
    return robustness(problem, seconds=seconds, choose=_nash_on_the_frontier if is_quick else optimum.nash)


def _nash_on_the_frontier(problem: Problem, *, seconds: float) -> Solution:
    del seconds  # it was asked before whether there is time
    return solutions_on(problem, frontier(problem))[0]


def _worth_a_look(answer: Answer) -> Iterator[tuple[Outcome, str, int | None, Certainty]]:
    for solution in answer.solutions:
        for outcome in solution.outcomes[:1]:
            yield outcome, solution.name, solution.ties, solution.certainty
    for improvement in answer.improvements:
        if improvement.outcome is not None:
            yield improvement.outcome, "improvement", None, improvement.certainty
    if answer.robustness is not None:
        for winner in answer.robustness.winners[:MOST_WINNERS]:
            yield winner.outcome, "robust", None, answer.robustness.certainty
    for one in answer.assessments:
        for outcome in one.better():
            yield outcome, "better", None, one.settlement.together.certainty
    if answer.frontier is not None:
        counts = answer.frontier.packages or (None,) * len(answer.frontier.outcomes)
        for outcome, count in zip(answer.frontier.outcomes, counts, strict=True):
            if answer.problem.acceptable(outcome):
                yield outcome, "frontier", count, answer.frontier.certainty
