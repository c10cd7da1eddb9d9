"""Figures of packages, placed: the frontier of each pair of parties, each axis on its own party's scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from detente.analysis.packages import Outcome, Preferences, Problem
from detente.views.packages import Dot, Plot
from detente.wording.counting import thousands
from detente.wording.language import gettext as _

MOST_DOTS: Final = 600
NEAR_ACROSS: Final = 8
NEAR_UP: Final = 8
"""Percent of a figure; packages nearer than that have their numbers in one place, where they can be read."""
FINEST: Final = 400
"""Steps across a figure: two dots within one are drawn as one."""


class _Axis(Struct, frozen=True):
    """The points of one party along a figure: of what is shown, and of its reservation where a package could be worth
    that. worthless, beyond: its reservation is less, or more, than what any package could be worth."""

    low: int
    high: int
    reserved: int
    worthless: bool
    beyond: bool

    def at(self, points: int) -> float:
        return 100 * (points - self.low) / max(1, self.high - self.low)

    @property
    def reservation(self) -> float | None:
        return None if self.worthless or self.beyond else self.at(self.reserved)


def plots(
    problem: Problem, outcomes: Sequence[Outcome], labelled: Mapping[str, Outcome], names: Sequence[str]
) -> tuple[Plot, ...]:
    """A figure for each pair of parties. labelled: packages by number; names: of the parties, in words."""
    shown = (*outcomes, *labelled.values())
    if not shown:
        return ()
    axes = [_axis([one.points[place] for one in shown], party) for place, party in enumerate(problem.parties)]
    return tuple(
        _plot(outcomes, labelled, (across, up), (axes[across], axes[up]), (names[across], names[up]))
        for across, up in combinations(range(len(axes)), 2)
    )


def _axis(points: list[int], party: Preferences) -> _Axis:
    low, high, reserved = min(points), max(points), party.disagreement
    pairs = [pair.points for pair in party.pairs]
    worthless = reserved < sum(map(min, party.points)) + sum(min(0, more) for more in pairs)
    beyond = reserved > sum(map(max, party.points)) + sum(max(0, more) for more in pairs)
    if not worthless and not beyond:
        low, high = min(low, reserved), max(high, reserved)
    return _Axis(low, max(high, low + 1), reserved, worthless, beyond)


def _plot(
    outcomes: Sequence[Outcome], labelled: Mapping[str, Outcome], pair: tuple[int, int], axes: tuple[_Axis, _Axis],
    names: tuple[str, str],
) -> Plot:  # fmt: skip
    across, up = axes
    is_zone = not across.beyond and not up.beyond
    places = [(one.points[pair[0]], one.points[pair[1]]) for one in outcomes]
    reserved_across, reserved_up = across.reservation, up.reservation
    return Plot(
        across=names[0], up=names[1],
        least_across=thousands(across.low), most_across=thousands(across.high),
        least_up=thousands(up.low), most_up=thousands(up.high),
        reserved_across="" if reserved_across is None else f"{reserved_across:.2f}",
        reserved_up="" if reserved_up is None else f"{100 - reserved_up:.2f}",
        zone_across=f"{across.reservation or 0:.2f}" if is_zone else "",
        zone_up=f"{100 - (up.reservation or 0):.2f}" if is_zone else "",
        outside=tuple(_outside(axes, names)),
        dots=tuple(_dot(place, axes) for place in _thinned(places, axes)),
        labelled=tuple(_numbered(labelled, pair, axes)),
        words=_(
            "What packages are worth: {across}, from {low} to {high} of its points, and {up}, from {lowest} to "
            "{highest} of its own", across=names[0], low=thousands(across.low), high=thousands(across.high),
            up=names[1], lowest=thousands(up.low), highest=thousands(up.high),
        ),
    )  # fmt: skip


def _outside(axes: tuple[_Axis, _Axis], names: tuple[str, str]) -> Iterator[str]:
    """Of a reservation that no package could be worth: on which side of the figure it lies."""
    sides = (
        (_("to the left of the figure"), _("to the right of the figure")),
        (_("below the figure"), _("above the figure")),
    )
    for axis, name, (lower, upper) in zip(axes, names, sides, strict=True):
        said = {"party": name, "points": thousands(axis.reserved)}
        if axis.worthless:
            yield _(
                "{party} has {points} points without a deal, less than any package could give it: {side}.",
                side=lower, **said,
            )  # fmt: skip
        if axis.beyond:
            yield _(
                "{party} has {points} points without a deal, more than any package could give it: {side}.",
                side=upper, **said,
            )  # fmt: skip


def _numbered(
    labelled: Mapping[str, Outcome], pair: tuple[int, int], axes: tuple[_Axis, _Axis]
) -> Iterator[Dot]:
    """Packages with their numbers. Where several lie so close that numbers would cover each other, the first has all."""
    places = {number: (one.points[pair[0]], one.points[pair[1]]) for number, one in labelled.items()}
    numbers: dict[tuple[int, int], list[str]] = {}
    for number, place in places.items():
        near = next((other for other in numbers if _is_near(place, other, axes)), place)
        numbers.setdefault(near, []).append(number)
    for place in dict.fromkeys(places.values()):
        yield _dot(place, axes, ", ".join(numbers.get(place, ())))


def _is_near(one: tuple[int, int], other: tuple[int, int], axes: tuple[_Axis, _Axis]) -> bool:
    """Whether the number of one would cover that of the other."""
    across, up = (abs(axis.at(a) - axis.at(b)) for axis, a, b in zip(axes, one, other, strict=True))
    return across < NEAR_ACROSS and up < NEAR_UP


def _dot(place: tuple[int, int], axes: tuple[_Axis, _Axis], label: str = "") -> Dot:
    return Dot(
        across=f"{axes[0].at(place[0]):.2f}",
        down=f"{100 - axes[1].at(place[1]):.2f}",
        words=_("{across} and {up} points", across=thousands(place[0]), up=thousands(place[1])),
        label=label,
    )


def _thinned(places: list[tuple[int, int]], axes: tuple[_Axis, _Axis]) -> list[tuple[int, int]]:
    """Those that can be told apart in the figure: the first in each cell of a grid just coarse enough."""
    steps = FINEST
    while True:
        cells: dict[tuple[int, int], tuple[int, int]] = {}
        for place in places:
            cell = round(axes[0].at(place[0]) * steps / 100), round(axes[1].at(place[1]) * steps / 100)
            cells.setdefault(cell, place)
        if len(cells) <= MOST_DOTS or steps <= 10:
            return list(cells.values())
        steps //= 2
