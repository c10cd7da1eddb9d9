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

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

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
    latest = dict.fromkeys((node for bound in bounds for node in (bound.of, bound.to)), 0)
    came_by: dict[str, _Bound] = {}
    tightened = True
    while tightened:
        tightened = False
        for bound in bounds:
            if latest[bound.of] + bound.seconds < latest[bound.to]:
                latest[bound.to] = latest[bound.of] + bound.seconds
                came_by[bound.to] = bound
                tightened = True
        if cycle := _cycle(came_by):
            return cycle
    return ()


def _cycle(came_by: Mapping[str, _Bound]) -> tuple[_Bound, ...]:
    """Bounds that tightened each other, round a cycle: then no number of rounds ends it; none where there is no such."""
    passed: dict[str, str] = {}  # node -> where the walk began that came by it
    for start in came_by:
        at = start
        while at in came_by and at not in passed:
            passed[at] = start
            at = came_by[at].of
        if passed.get(at) == start:
            cycle = [came_by[at]]
            while cycle[-1].of != at:
                cycle.append(came_by[cycle[-1].of])
            return tuple(reversed(cycle))
    return ()


# --- the order itself


class _Comes(NamedTuple):
    """That one commitment does not come after another; strictly: that it comes before it."""

    earlier: str
    later: str
    strictly: bool
    ordering: Ordering


_Following = Mapping[str, list[_Comes]]
"""By what comes earlier."""


def _precedences(orderings: Iterable[Ordering]) -> Iterator[_Comes]:
    for o in orderings:
        if o.relation == "before":
            yield _Comes(o.first, o.second, True, o)
        elif o.relation == "concurrently":
            yield _Comes(o.first, o.second, False, o)
            yield _Comes(o.second, o.first, False, o)
        else:
            yield _Comes(o.second, o.first, True, o)


def _kept(orderings: Iterable[Ordering]) -> tuple[_Comes, ...]:
    """The precedences of orderings that can all be kept. What is due within days of something that does not come before
    it comes at the same moment."""
    found = tuple(_precedences(orderings))
    following = _following(found)
    return tuple(
        one._replace(strictly=one.strictly and not _path(following, one.later, one.earlier, strictly=False))
        for one in found
    )


def _following(found: Iterable[_Comes]) -> _Following:
    following: dict[str, list[_Comes]] = {}
    for one in found:
        following.setdefault(one.earlier, []).append(one)
    return following


def _path(following: _Following, start: str, end: str, *, strictly: bool) -> tuple[Ordering, ...]:
    """The orderings by which `start` comes before `end`, or strictly so; none where it does not."""
    ways: dict[tuple[str, bool], tuple[Ordering, ...]] = {(start, False): ()}
    for at, strict in (queue := [(start, False)]):  # grows while it is read
        for one in following.get(at, ()):
            reached = (one.later, strict or one.strictly)
            if reached not in ways:
                ways[reached] = (*ways[at, strict], one.ordering)
                queue.append(reached)
    return ways.get((end, True)) or (() if strictly else ways.get((end, False), ()))


def _steps(orderings: tuple[Ordering, ...]) -> tuple[tuple[str, ...], ...]:
    """Each commitment as early as its order lets it be; what comes together stands in one step."""
    leaves = dict.fromkeys(leaf for o in orderings for leaf in (o.first, o.second))
    step, found = dict.fromkeys(leaves, 0), _kept(orderings)
    for _round in leaves:
        for one in found:
            step[one.later] = max(step[one.later], step[one.earlier] + one.strictly)
    return tuple(
        tuple(leaf for leaf in leaves if step[leaf] == at) for at in range(max(step.values(), default=-1) + 1)
    )


# --- two orders from one text


def _rivals(by_group: Mapping[str, tuple[Ordering, ...]], torn: set[str]) -> tuple[Rival, ...]:
    """Pairs of commitments that two groups read in opposite orders, each pair once. A group whose own order cannot be
    is asked to mend that first."""
    orders = {group: _kept(orderings) for group, orderings in by_group.items() if group not in torn}
    following = {group: _following(found) for group, found in orders.items()}
    rivals: dict[tuple[str, str, str, str], Rival] = {}
    for groups in combinations(orders, 2):
        for first, second, strictly, ordering in orders[groups[0]]:
            by_second = _path(following[groups[1]], second, first, strictly=not strictly)
            if by_second:
                known = rivals.get((*groups, first, second), Rival(first, second, groups, (), by_second))
                rivals[*groups, first, second] = replace(known, by_first=(*known.by_first, ordering))
    return tuple(rivals.values())


# --- what nobody owes


def _waiting(state: State, orderings: Iterable[Ordering]) -> Iterable[Waiting]:
    for earlier, later, strictly, ordering in _precedences(orderings):
        trigger = state.commitments[earlier]
        if strictly and (trigger.duty == "event" or "actor" not in trigger.elements):
            yield Waiting(ordering, later, earlier)
