"""What there is to say of a package that somebody holds in hand: chosen, drafted or agreed.

Is there anything that all would rather have (post-settlement settlement: Raiffa 1985), and does the answer hold wherever
within their ranges the points lie? Both are asked of every package that is put before a mediator, so that none of them
looks better than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from detente.analysis.packages.answers import EXACT, Frontier
from detente.analysis.packages.domain import Package
from detente.analysis.packages.improvements import SECONDS, PostSettlement, post_settlement
from detente.analysis.packages.problem import Outcome, Problem
from detente.analysis.packages.robustness import Verdict, whatever_the_points


class Assessment(Struct, frozen=True):
    """settlement: what is better than the package; reservations are not asked. verdict: whether that holds whatever the
    points are within the ranges; None where nobody gave any."""

    settlement: PostSettlement
    verdict: Verdict | None

    @property
    def package(self) -> Package:
        return self.settlement.agreed.package

    @property
    def is_efficient(self) -> bool:
        """Whether it was proved that nothing is better for all."""
        together = self.settlement.together
        return together.outcome is None and together.certainty == EXACT

    def better(self) -> Iterator[Outcome]:
        """Packages to go on to: better for all as the points are given, and wherever they lie within the ranges."""
        if self.settlement.together.outcome is not None:
            yield self.settlement.together.outcome
        if self.verdict is not None and self.verdict.by is not None:
            yield self.verdict.by


def assessments(
    problem: Problem, packages: Iterable[Package], *, seconds: float = SECONDS
) -> tuple[Assessment, ...]:
    """Of each package once, in order, and then of those that are better than one of them.

    The time is for all of them, each having its share of what is left; what it does not suffice for says so.
    """
    until = monotonic() + seconds
    first = tuple(_assessed(problem, list(dict.fromkeys(packages)), until - seconds / 3))
    known = {one.package for one in first}
    then = dict.fromkeys(better.package for one in first for better in one.better())
    return first + tuple(_assessed(problem, [package for package in then if package not in known], until))


def with_proved(problem: Problem, whole: Frontier, found: Iterable[Assessment]) -> Frontier:
    """A sampled frontier and what was proved to stand on it: compromises, which no weights of the parties find."""
    if whole.certainty.kind != "sampled" or whole.packages is not None:
        return whole
    known = {outcome.points: outcome for outcome in whole.outcomes}
    for one in found:
        if one.is_efficient and problem.allows(one.package):
            known.setdefault(one.settlement.agreed.points, one.settlement.agreed)
    best_first = sorted(known.values(), key=lambda of: tuple(-points for points in of.points))
    return replace(whole, outcomes=tuple(best_first))


def _assessed(problem: Problem, packages: list[Package], until: float) -> Iterator[Assessment]:
    has_ranges = any(party.ranges is not None for party in problem.parties)
    for at, package in enumerate(packages):
        share = max(0.0, until - monotonic()) / (len(packages) - at)
        seconds = share / 2 if has_ranges else share
        settlement = post_settlement(problem, package, seconds=seconds)
        verdict = whatever_the_points(problem, package, seconds=seconds) if has_ranges else None
        yield Assessment(settlement, verdict)
