"""How much a frontier may take, said before any of it is taken.

Everything here is a bound that holds for any points of the same spans, so that it tells nothing else about them; what is
really needed is mostly far less. The frontier itself cannot be longer than the table of all parties' points but the
widest one's, nor than the packages that there are.
"""

from __future__ import annotations

from math import isqrt, prod

from msgspec import Struct
from msgspec.structs import replace

from detente.analysis.packages.elimination import Order, order
from detente.analysis.packages.problem import Problem
from detente.analysis.packages.totals import TABLE, TOGETHER
from detente.codec.refusal import Refused, refuse

MOST = 200_000
"""Outcomes that a frontier shows unless told otherwise."""
MOST_BYTES = 2 << 30
MOST_WORK = 5_000_000_000
"""Candidates for totals and cells of tables that are looked at: a few minutes of one core at most."""
_CELLS = 1 << 58
_AT_LEAST = 2 << 20


class Size(Struct, frozen=True):
    """packages: how many there are, whatever the rules say.
    width: the most issues that rules and pairs keep open at once; states: the combinations to remember for them.
    cells: of the largest table, its states included; totals: kept at once; bytes: taken at once, with the answer; work:
    candidates and cells looked at. Each at most; Python integers, which may be astronomical.
    feasible: whether the whole frontier is worked out exactly rather than refused.
    """

    packages: int
    width: int
    states: int
    cells: int
    totals: int
    bytes: int
    work: int
    feasible: bool


def estimate(problem: Problem) -> Size:
    """Of the whole frontier of a problem, in a moment and without taking the memory that it speaks of."""
    return sized(problem, order(problem), leading(problem))


def without_rules(problem: Problem) -> Problem:
    parties = tuple(replace(party, rules=(), pairs=()) for party in problem.parties)
    return replace(problem, parties=parties, rules=())


def leading(problem: Problem) -> tuple[int, ...]:
    """The parties whose points are a total's cell, by their places: all but the one whose points lie widest apart."""
    spans = spread(problem)
    widest = max(range(len(spans)), key=lambda party: (spans[party], party))
    return tuple(party for party in range(len(spans)) if party != widest)


def spread(problem: Problem) -> tuple[int, ...]:
    """By how much the points of two packages can differ, at most, for each party."""
    return tuple(sum(of) for of in zip(*_spans(problem), strict=True))


def sized(problem: Problem, order: Order, leading: tuple[int, ...]) -> Size:
    """The same where issues are taken in this order, and these parties' points tell totals of a state apart."""
    issues, parties = problem.domain.issues, len(leading) + 1
    spans = _spans(problem, order)
    width = [0] * len(problem.parties)
    packages, states, totals = 1, 1, 1
    most_cells = most_totals = most_states = moment = moves = work = 0
    for at, issue in enumerate(order.issues):
        options = len(issues[issue].options)
        packages *= options
        width = [so_far + more for so_far, more in zip(width, spans[at], strict=True)]
        candidates, before, states = totals * options, states, min(order.states(at), packages)
        cells = states * prod(width[party] + 1 for party in leading)
        totals = min(packages, cells)
        compared = parties > 3 and cells > TABLE
        work += candidates + min(cells, TABLE) + 100 * before * order.classes[issue]
        work += candidates * totals if compared else 0
        at_once = min(candidates, TOGETHER + totals) if cells <= TABLE else candidates
        moment = max(moment, 32 * min(cells, TABLE) + 8 * (8 + parties) * at_once)
        moves += before * options * (4 + 8 * parties)
        most_cells, most_totals = max(most_cells, cells), max(most_totals, totals)
        most_states = max(most_states, states)
    kept = 2 * (isqrt(len(issues)) + 1) * most_totals * (8 * parties + 20)
    shown = min(most_totals, MOST) * (8 * len(issues) + 400)
    size = _AT_LEAST + moment + moves + kept + shown
    return Size(
        packages, order.width, most_states, most_cells, most_totals, size, work,
        size <= MOST_BYTES and work <= MOST_WORK and most_cells < _CELLS,
    )  # fmt: skip


def too_large(size: Size, *, by_rules: bool) -> Refused:
    """`packages.too_large`: whether rules and pairs are to blame, or points, and what to do about it."""
    amount = _amount(size.bytes)
    if by_rules:
        return refuse(
            "packages.too_large",
            f"Rules and pairs keep {size.width} issues open at once: the whole frontier could take {amount} of memory.",
            instead="Ask for single solutions, which need no frontier, or leave out rules and pairs of less weight.",
        )
    return refuse(
        "packages.too_large",
        f"The parties' points lie far apart: the whole frontier could take {amount} of memory.",
        instead="Give each party points that total about 1,000, or ask for single solutions, which need no frontier.",
    )


def _amount(size: int) -> str:
    """
    >>> _amount(5 << 30)
    '5.0 GB'
    """
    return f"{size / 2**30:,.1f} GB" if size < 1 << 50 else "more than a million GB"


def _spans(problem: Problem, order: Order | None = None) -> list[list[int]]:
    """[step][party] by how much the points of what is settled at that step may differ."""
    places = order.issues if order else tuple(range(len(problem.domain.issues)))
    when = {issue: at for at, issue in enumerate(places)}
    spans = [[max(p.points[issue]) - min(p.points[issue]) for p in problem.parties] for issue in places]
    for number, party in enumerate(problem.parties):
        for pair in party.pairs:
            spans[max(when[pair.first.issue], when[pair.second.issue])][number] += abs(pair.points)
    return spans
