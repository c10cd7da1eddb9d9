"""In which order the commitments come, as each side reads the text; and what cannot be so.

Each side's orderings, and the mediators', are drawn apart: a reading is nobody else's. Found, and said before anybody
adopts the text: an order that goes round in a circle, or that no dates can keep (`Conflict`); two sides that read
opposite orders from the same text (`Rival`); a commitment that waits for something which nobody has undertaken
(`Waiting`).

Each commitment is done, or begins to be kept, at one moment. An ordering and a period bound the distance between two
such moments; that all bounds can hold at once is the question of a negative cycle in a graph (Bellman-Ford), and the
cycle says which orderings and periods are at odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from detente.acts.sequences import standing_orderings
from detente.codec.instant import unix_from_instant
from detente.state.records import State
from detente.state.undertakings import Commitment, Ordering

_DAY: Final = 86_400
_ZERO: Final = ""
"""The moment from which dates are counted, as a node beside the commitments."""


class Conflict(Struct, frozen=True):
    """Orderings of one group that cannot all be kept. periods: leaves of commitments whose dates take part; none where
    the orderings alone go round in a circle."""

    group: str
    orderings: tuple[Ordering, ...]
    periods: tuple[str, ...] = ()


class Rival(Struct, frozen=True):
    """Two commitments that two groups read in other orders. by_first: the orderings by which `groups[0]` reads `first`
    before `second`; by_second: those by which `groups[1]` reads otherwise."""

    first: str
    second: str
    groups: tuple[str, str]
    by_first: tuple[Ordering, ...]
    by_second: tuple[Ordering, ...]


class Waiting(Struct, frozen=True):
    """A commitment that comes after something which nobody owes. trigger: that, a leaf."""

    ordering: Ordering
    commitment: str
    trigger: str


class Order(Struct, frozen=True):
    """One group's reading. steps: leaves of commitments, those of one step together; none while it has a conflict."""

    group: str
    orderings: tuple[Ordering, ...]
    steps: tuple[tuple[str, ...], ...]


class Sequences(Struct, frozen=True):
    """Everything about the orders of one instrument. orders: by group, in the order in which they first ordered."""

    orders: tuple[Order, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    rivals: tuple[Rival, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    @property
    def troubled(self) -> bool:
        return bool(self.conflicts or self.rivals or self.waiting)


def sequences(state: State, instrument: str) -> Sequences:
    orderings = tuple(o for o in standing_orderings(state) if o.instrument == instrument)
    groups = tuple(dict.fromkeys(o.group for o in orderings))
    by_group = {group: tuple(o for o in orderings if o.group == group) for group in groups}
    conflicts = tuple(c for group in groups for c in _conflicts(state, group, by_group[group]))
    torn = {conflict.group for conflict in conflicts}
    orders = tuple(Order(g, by_group[g], () if g in torn else _steps(by_group[g])) for g in groups)
    return Sequences(orders, conflicts, _rivals(by_group, torn), tuple(_waiting(state, orderings)))


# --- what cannot be kept


class _Bound(Struct, frozen=True):
    """The moment of `to` is at most `seconds` after that of `of`. ordering, period: whence."""

    of: str
    to: str
    seconds: int
    ordering: Ordering | None = None
    period: str = ""


def _bounds(state: State, orderings: Iterable[Ordering]) -> Iterable[_Bound]:
    for o in orderings:
        if o.relation == "before":
            yield _Bound(o.second, o.first, -1, o)
        elif o.relation == "after":
            yield _Bound(o.first, o.second, -1, o)
        else:
            yield _Bound(o.first, o.second, 0, o)
            yield _Bound(o.second, o.first, (o.days or 0) * _DAY, o)
        for commitment in (state.commitments[o.first], state.commitments[o.second]):
            yield from _period(commitment)


def _period(commitment: Commitment) -> Iterable[_Bound]:
    leaf = commitment.leaf
    if commitment.begins is not None:
        yield _Bound(leaf, _ZERO, -unix_from_instant(commitment.begins), period=leaf)
    if commitment.ends is not None:
        yield _Bound(_ZERO, leaf, unix_from_instant(commitment.ends) - 1, period=leaf)


def _conflicts(state: State, group: str, orderings: tuple[Ordering, ...]) -> Iterable[Conflict]:
    """One at a time: what was found is set aside, by its latest ordering, before the next is looked for."""
    left = orderings
    while True:
        cycle = _negative_cycle(tuple(dict.fromkeys(_bounds(state, left))))
        found = {b.ordering.leaf: b.ordering for b in cycle if b.ordering is not None}
        if not found:  # none, or a period that cannot be, which the door refuses
            return
        torn = tuple(sorted(found.values(), key=lambda o: o.index))
        yield Conflict(group, torn, tuple(dict.fromkeys(b.period for b in cycle if b.period)))
        left = tuple(o for o in left if o.leaf != torn[-1].leaf)


def _negative_cycle(bounds: tuple[_Bound, ...]) -> tuple[_Bound, ...]:
    """Bounds that cannot all hold, round a cycle; none where all can."""
    nodes = {node for bound in bounds for node in (bound.of, bound.to)}
    latest = dict.fromkeys(nodes, 0)
    came_by: dict[str, _Bound] = {}
    tightened = ""
    for _round in nodes:
        tightened = ""
        for bound in bounds:
            if latest[bound.of] + bound.seconds < latest[bound.to]:
                latest[bound.to] = latest[bound.of] + bound.seconds
                came_by[bound.to] = bound
                tightened = bound.to
    if not tightened:
        return ()
    for _step in nodes:  # far enough back to stand on the cycle
        tightened = came_by[tightened].of
    cycle = [came_by[tightened]]
    while cycle[-1].of != tightened:
        cycle.append(came_by[cycle[-1].of])
    return tuple(reversed(cycle))


# --- the order itself


def _steps(orderings: tuple[Ordering, ...]) -> tuple[tuple[str, ...], ...]:
    """Each commitment as early as its order lets it be; what comes together stands in one step."""
    leaves = dict.fromkeys(leaf for o in orderings for leaf in (o.first, o.second))
    step = dict.fromkeys(leaves, 0)
    for _round in leaves:
        for earlier, later, strictly, _ordering in _precedences(orderings):
            step[later] = max(step[later], step[earlier] + strictly)
    return tuple(
        tuple(leaf for leaf in leaves if step[leaf] == at) for at in range(max(step.values(), default=-1) + 1)
    )


def _precedences(orderings: Iterable[Ordering]) -> Iterable[tuple[str, str, bool, Ordering]]:
    """(earlier, later, whether strictly so, by which ordering)."""
    for o in orderings:
        if o.relation == "before":
            yield o.first, o.second, True, o
        elif o.relation == "concurrently":
            yield o.first, o.second, False, o
            yield o.second, o.first, False, o
        else:
            yield o.second, o.first, True, o


# --- two orders from one text


def _rivals(by_group: Mapping[str, tuple[Ordering, ...]], torn: set[str]) -> tuple[Rival, ...]:
    """Pairs of commitments that two groups read in opposite orders, each pair once. A group whose own order cannot be
    is asked to mend that first."""
    found = []
    groups = [group for group in by_group if group not in torn]
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            for first, second, strictly, ordering in _precedences(by_group[one]):
                by_second = _path(by_group[other], second, first, strictly=not strictly)
                if by_second:
                    found.append(Rival(first, second, (one, other), (ordering,), by_second))
    return tuple(found)


def _path(orderings: tuple[Ordering, ...], start: str, end: str, *, strictly: bool) -> tuple[Ordering, ...]:
    """The orderings by which `start` comes before `end`, or strictly so; none where it does not."""
    ways: dict[tuple[str, bool], tuple[Ordering, ...]] = {(start, False): ()}
    for at, strict in (queue := [(start, False)]):  # grows while it is read
        for earlier, later, step, ordering in _precedences(orderings):
            reached = (later, strict or step)
            if earlier == at and reached not in ways:
                ways[reached] = (*ways[at, strict], ordering)
                queue.append(reached)
    return ways.get((end, True)) or (() if strictly else ways.get((end, False), ()))


# --- what nobody owes


def _waiting(state: State, orderings: Iterable[Ordering]) -> Iterable[Waiting]:
    for earlier, later, strictly, ordering in _precedences(orderings):
        trigger = state.commitments[earlier]
        if strictly and (trigger.duty == "event" or "actor" not in trigger.elements):
            yield Waiting(ordering, later, earlier)
