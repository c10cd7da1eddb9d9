"""Would the answer be another if the points were a little different?

Points are what a tired delegate gave, or what mediators guessed. So the question is asked again with points drawn at
random between the lowest and the highest that the party gave (`Ranges`), or so many per cent about them, and what is
shown is a region: the packages picked in any draw, how often each, and for each issue which options they chose. One
package that wins in every fourth draw is no recommendation; an issue that every one of them settles alike is a finding.
Sensitivity to imprecise weights: Rios Insua and French 1991; Lahdelma, Hokkanen and Salminen 1998 (SMAA).

Some of it needs no draw. As issues add up and the ranges of options do not depend on each other, the worst and the best
difference between two packages is the sum of the worst and best over the issues in which they differ. So whether some
package is at least as good for all whatever the points are, or none can be, is a question of improvement with other
points, and is proved in integers (interval dominance: Weber 1987).

The seed is part of the answer: the same problem, seed and number of draws give the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from time import monotonic
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.analysis.packages.answers import EXACT, Certainty, Solution
from detente.analysis.packages.domain import Package
from detente.analysis.packages.improvements import any_better, improvement
from detente.analysis.packages.optimum import nash
from detente.analysis.packages.preferences import Points, Preferences, Ranges
from detente.analysis.packages.problem import Outcome, Problem

DRAWS: Final = 200
SEED: Final = 1
SECONDS: Final = 120.0
WATCHED: Final = 5
"""The packages picked most often of which it is also asked, in every draw, whether another is better for all."""


_OF_THE_DRAWS: Final = Certainty(
    "sampled", why="How often it is picked holds of the draws that were made, and of no others."
)
_NOT_ALL_DRAWS: Final = Certainty("unfinished", why="The time given ran out before all draws were answered.")


class Winner(Struct, frozen=True):
    """outcome: with the points as given. times: draws in which the package was picked. efficient: draws in which no
    package was better for all, of those in which it was asked; None where it was not."""

    outcome: Outcome
    times: int
    efficient: int | None


class Region(Struct, frozen=True):
    """What is picked under the ranges.

    draws: how many were made and answered; asked: how many were asked for. seed: of the draws. without: draws in which
    nothing was acceptable. winners: most often first, ties in order of packages. options: [issue][option], in how many
    draws the package picked chose it.
    """

    draws: int
    asked: int
    seed: int
    without: int
    winners: tuple[Winner, ...]
    options: tuple[tuple[int, ...], ...]
    certainty: Certainty


class Verdict(Struct, frozen=True):
    """What holds of a package whatever the points are within the ranges.

    answer: `dominated`: `by` is at least as good for all and better for one, always; `efficient`: nothing is, ever;
    `open`: it depends on the points; `unfinished`: not proved in time.
    """

    answer: Literal["dominated", "efficient", "open", "unfinished"]
    by: Outcome | None


def within_per_cent(problem: Problem, per_cent: int) -> Problem:
    """The same problem with ranges of so many per cent about each option's points, for every party that gave none.
    Rounded towards the points, so that nothing lies further off than said."""

    def about(party: Preferences) -> Preferences:
        low = tuple(tuple(p - abs(p) * per_cent // 100 for p in of) for of in party.points)
        high = tuple(tuple(p + abs(p) * per_cent // 100 for p in of) for of in party.points)
        return party if party.ranges is not None else replace(party, ranges=Ranges(low, high))

    return replace(problem, parties=tuple(about(party) for party in problem.parties))


def robustness(
    problem: Problem,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    seconds: float = SECONDS,
    choose: Callable[..., Solution] = nash,
    progress: Callable[[int, int], None] | None = None,
) -> Region:
    """What `choose(problem, seconds=...)` picks in each draw. Parties without ranges keep their points, and so do pairs
    and reservations given in points; a reservation that is a package is worth what its options are in the draw."""
    began, random = monotonic(), Random(seed)
    picked: list[tuple[Problem, Package]] = []
    without, certainty = 0, _OF_THE_DRAWS
    for _ in range(draws):
        drawn = _drawn(problem, random)
        solution = choose(drawn, seconds=max(0.0, began + seconds / 2 - monotonic()))
        if solution.certainty.kind == "unfinished":
            certainty = _NOT_ALL_DRAWS
            break
        if solution.outcomes:
            picked.append((drawn, solution.outcomes[0].package))
        else:
            without += 1
        if progress is not None:
            progress(len(picked) + without, draws)
    options = tuple(
        tuple(sum(package[at] == option for _, package in picked) for option in range(len(issue.options)))
        for at, issue in enumerate(problem.domain.issues)
    )
    winners = tuple(_winners(problem, picked, began + seconds))
    return Region(len(picked) + without, draws, seed, without, winners, options, certainty)


def _winners(problem: Problem, picked: list[tuple[Problem, Package]], until: float) -> Iterator[Winner]:
    """The packages that were picked, the most often first; of the first few in how many draws nothing is better."""
    times = sorted(Counter(package for _, package in picked).items(), key=lambda of: (-of[1], of[0]))
    problems = [drawn for drawn, _ in picked]
    for place, (package, count) in enumerate(times):
        efficient = _efficient(problems, package, until) if place < WATCHED else None
        yield Winner(problem.outcome(package), count, efficient)


def whatever_the_points(problem: Problem, package: Package, *, seconds: float = 30.0) -> Verdict:
    """What can be proved of a package for all points within the ranges at once, among those that keep every rule."""
    until = monotonic() + seconds
    at_worst = _compared(problem, package, lambda least, _most, _least_now, most_now: least - most_now)
    always = improvement(at_worst, package, seconds=seconds)
    if always.outcome is not None:
        return Verdict("dominated", problem.outcome(always.outcome.package))
    at_best = _compared(problem, package, lambda _least, most, least_now, _most_now: most - least_now)
    ever = improvement(at_best, package, seconds=max(0.0, until - monotonic()))
    if ever.outcome is None and ever.certainty == EXACT:
        return Verdict("efficient", None)
    return Verdict("open" if ever.outcome is not None and always.certainty == EXACT else "unfinished", None)


def _drawn(problem: Problem, random: Random) -> Problem:
    def points_of(party: Preferences) -> Points:
        low, high = _ranges(party)
        return tuple(
            tuple(random.randint(least, most) for least, most in zip(*of, strict=True))
            for of in zip(low, high, strict=True)
        )

    parties = tuple(replace(party, points=points_of(party), ranges=None) for party in problem.parties)
    return replace(problem, parties=parties)


def _efficient(problems: list[Problem], package: Package, until: float) -> int | None:
    """In how many of the problems nothing is better for all than the package; None where time ran out."""
    count = 0
    for problem in problems:
        better = any_better(problem, package, until)
        if better is None:
            return None
        count += not better
    return count


def _compared(problem: Problem, package: Package, difference: Callable[[int, int, int, int], int]) -> Problem:
    """The problem in which an option is worth its difference to the package's option of that issue, and that one 0.
    difference: of the option's least and most points, and the least and most of the package's."""

    def points_of(party: Preferences) -> Points:
        low, high = _ranges(party)
        return tuple(
            tuple(
                0 if option == now else difference(least[option], most[option], least[now], most[now])
                for option in range(len(least))
            )
            for least, most, now in zip(low, high, package, strict=True)
        )

    parties = tuple(replace(party, points=points_of(party), ranges=None) for party in problem.parties)
    return replace(problem, parties=parties)


def _ranges(party: Preferences) -> tuple[Points, Points]:
    return (party.points, party.points) if party.ranges is None else (party.ranges.low, party.ranges.high)
