"""Totals that nobody can improve on, while issues are taken one at a time.

A total of the issues taken so far that is beaten by another of the same state stays beaten whatever follows. So only the
others are kept, and each is found in every package of the frontier: how many packages have a total is a sum, too.
That is the summing of nondominated pairs for two parties (Nemhauser and Ullmann, *Discrete dynamic programming and
capital allocation*, 1969), for any number of parties.

Every party but the last gives a total its cell, the last one its value, of which a cell keeps the largest. Where the
cells are few they are a table, and a total is beaten exactly when a larger value stands further on in the table. Where
they are many, totals of two and three parties are sorted, and of more compared with each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from math import prod
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.analysis.packages.elimination import Step

Integers = NDArray[np.int64]
TABLE = 1 << 24
"""Cells that a table may have at most: 128 MiB, three times at once."""
TOGETHER = 1 << 18
"""Candidates that are looked at together."""
_NOTHING = np.iinfo(np.int64).min
_MUCH = 1 << 62


class Totals(Struct, frozen=True):
    """points: [party, total], each once in its state; state: of each total; packages: how many choices in the issues
    taken so far have it, 64-bit integers as long as they suffice, then Python's own."""

    points: Integers
    state: NDArray[np.int32]
    packages: NDArray[Any]

    @classmethod
    def of_nothing(cls, parties: int) -> Totals:
        return cls(np.zeros((parties, 1), np.int64), np.zeros(1, np.int32), np.ones(1, np.int64))


class Trace(Struct, frozen=True):
    """Where each total comes from: the option last chosen, the first of the step's where there are several; and the
    place of the total before it."""

    option: NDArray[np.int32]
    before: NDArray[np.int32]


def advance(totals: Totals, step: Step) -> tuple[Totals, Trace]:
    """The totals after one more issue."""
    groups = _Groups(totals, step)
    if not groups.allowed:
        nothing = np.zeros(0, np.int32)
        return Totals(totals.points[:, :0], nothing, totals.packages[:0]), Trace(nothing, nothing)
    cells, values, place = (_by_table if groups.fit_a_table else _by_sorting)(groups)
    return _counted(groups, cells, values, place)


class _Groups:
    """The candidates for totals after a step, some options at a time: their cells and values, and at which place among
    all candidates the first of them is, option by option. What a rule forbids is in a cell of its own, the last."""

    def __init__(self, totals: Totals, step: Step) -> None:
        self.totals, self.step = totals, step
        self.together = max(1, TOGETHER // max(1, len(totals.state)))
        reached = np.unique(totals.state)
        open_to = step.moves[:, reached] >= 0
        self.allowed = bool(open_to.any())
        if self.allowed:
            added = step.added[:, reached][open_to]
            self.low = totals.points.min(axis=1) + added.min(axis=0)
            high = totals.points.max(axis=1) + added.max(axis=0)
            self.shape = (step.states, *(int(span) for span in (high - self.low + 1)[:-1]))
            self.cells = prod(self.shape)
            self.strides = np.array([prod(self.shape[at + 1 :]) for at in range(len(self.shape))], np.int64)
            self._kept = list(self._made()) if len(step.moves) <= self.together else None

    @property
    def fit_a_table(self) -> bool:
        """Sorting is worth its trouble where cells are far more than candidates."""
        candidates = len(self.totals.state) * len(self.step.moves)
        worth = {2: 16, 3: 128}.get(len(self.shape), TABLE)
        return self.cells <= min(TABLE, worth * candidates + 4096)

    def __iter__(self) -> Iterator[tuple[Integers, Integers, int]]:
        return iter(self._kept) if self._kept is not None else self._made()

    def _made(self) -> Iterator[tuple[Integers, Integers, int]]:
        before = self.totals.points - self.low[:, None]
        cells_before = self.strides[1:] @ before[:-1]
        further = self.step.moves * self.strides[0] + self.step.added[..., :-1] @ self.strides[1:]
        further[self.step.moves < 0] = -_MUCH
        of_states = self.step.moves.shape[1] > 1
        for first in range(0, len(self.step.moves), self.together):
            options = slice(first, first + self.together)
            moved, more = further[options], self.step.added[options, :, -1]
            if of_states:
                moved, more = moved[:, self.totals.state], more[:, self.totals.state]
            cells = (cells_before + moved).ravel()
            cells[cells < 0] = self.cells
            yield cells, (before[-1] + more).ravel(), first * len(self.totals.state)


Places = NDArray[np.int32] | Integers
Found = tuple[Integers, Integers, Callable[[Integers], Places]]
"""The cells of the totals that stand, in order; their values; and a function from cells to their places among them,
-1 where none stands."""


def _by_table(groups: _Groups) -> Found:
    table = np.full(groups.cells + 1, _NOTHING)
    for cells, values, _ in groups:
        np.maximum.at(table, cells, values)
    standing = np.flatnonzero(_unbeaten(table[:-1].reshape(groups.shape)))
    places = np.full(groups.cells + 1, -1, np.int32)
    places[standing] = np.arange(len(standing), dtype=np.int32)
    return standing, table[standing], lambda cells: places[cells]


def _unbeaten(table: Integers) -> NDArray[np.bool_]:
    """Which cells hold more than every cell that is as far on along every axis but the first, and further along one."""
    best = table
    for axis in range(1, table.ndim):
        best = np.flip(np.maximum.accumulate(np.flip(best, axis), axis), axis)
    standing = table > _NOTHING
    for axis in range(1, table.ndim):
        here, further = ([slice(None)] * table.ndim for _ in range(2))
        here[axis], further[axis] = slice(None, -1), slice(1, None)
        standing[tuple(here)] &= table[tuple(here)] > best[tuple(further)]
    return standing


def _by_sorting(groups: _Groups) -> Found:
    cells, values = (np.concatenate(of) for of in zip(*((c, v) for c, v, _ in groups), strict=True))
    order = np.lexsort((values, cells))
    order = order[: np.searchsorted(cells, groups.cells, sorter=order)]
    last = np.append(cells[order][1:] != cells[order][:-1], True)  # the largest value of each cell
    cells, values = cells[order][last], values[order][last]
    standing = {2: _pairs, 3: _triples}.get(len(groups.shape), _compared)(groups, cells, values)
    cells, values = cells[standing], values[standing]

    def place(asked: Integers) -> Places:
        at = np.minimum(np.searchsorted(cells, asked), len(cells) - 1)
        return np.where(cells[at] == asked, at, -1)

    return cells, values, place


def _pairs(groups: _Groups, cells: Integers, values: Integers) -> NDArray[np.bool_]:
    """Two parties: a total stands if it has more than all that follow it in its state."""
    span = int(values.max()) + 1
    heights = (values - cells // groups.strides[0] * span)[::-1]  # each state lies below the one after it
    return np.append(True, heights[1:] > np.maximum.accumulate(heights)[:-1])[::-1]


def _triples(groups: _Groups, cells: Integers, values: Integers) -> NDArray[np.bool_]:
    """Three parties: from the first party's most down, a total stands if none of those before it has as much for both
    others. Of those the stairs are kept, for the second party upwards and so for the third downwards (Kung, Luccio and
    Preparata 1975)."""
    standing = np.zeros(len(cells), dtype=bool)
    state, _, second = np.unravel_index(cells, groups.shape)
    of, stairs, heights = -1, list[int](), list[int]()
    for at in reversed(range(len(cells))):
        if of != state[at]:
            of, stairs, heights = int(state[at]), [], []
        width, height = int(second[at]), int(values[at])
        step = bisect_left(stairs, width)
        if step < len(stairs) and heights[step] >= height:
            continue
        standing[at] = True
        first, last = step, step + (step < len(stairs) and stairs[step] == width)
        while first and heights[first - 1] <= height:
            first -= 1
        stairs[first:last], heights[first:last] = [width], [height]
    return standing


def _compared(groups: _Groups, cells: Integers, values: Integers) -> NDArray[np.bool_]:
    """Four parties and more, by comparing: nothing is beaten by what has a smaller sum."""
    state, *axes = np.unravel_index(cells, groups.shape)
    points = np.stack([*axes, values], axis=1)
    standing = np.zeros(len(cells), dtype=bool)
    for one in np.unique(state):
        mine = np.flatnonzero(state == one)
        left = mine[np.argsort(-points[mine].sum(axis=1), kind="stable")]
        while len(left):
            standing[left[0]] = True
            left = left[(points[left] > points[left[0]]).any(axis=1)]
    return standing


def _counted(
    groups: _Groups, cells: Integers, values: Integers, place: Callable[[Integers], Places]
) -> tuple[Totals, Trace]:
    before, many = groups.totals, len(groups.totals.state)
    packages = before.packages
    if packages.dtype != object and int(packages.max()) * many * len(groups.step.moves) >= _MUCH:
        packages = packages.astype(object)
    counts = np.zeros(len(cells), packages.dtype)
    came_from = np.full(len(cells), np.iinfo(np.int64).max)
    valued = np.append(values, _NOTHING)  # where no total stands, at -1
    for asked, worth, first in groups:
        at = place(asked)
        found = np.flatnonzero(valued[at] == worth)
        at, sources = at[found], found + first
        np.add.at(counts, at, packages[sources % many])
        np.minimum.at(came_from, at, sources)
    state, *axes = np.unravel_index(cells, groups.shape)
    points = np.stack([*axes, values]) + groups.low[:, None]
    option, place_before = np.divmod(came_from, many)
    return Totals(points, state.astype(np.int32), counts), Trace(
        option.astype(np.int32), place_before.astype(np.int32)
    )
