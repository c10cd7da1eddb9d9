"""Which reports count as one incident: those that people take for one, while nobody says otherwise.

Each person's latest word on two reports stands. Reports that such words link are one incident, through others too; where
anybody's word sets two of them apart, people disagree, and each of them is counted by itself. Nothing is merged: every
report stays as it was made, and so does every word (`acts.incidents`, `same_incident`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from detente.state.observance import Sameness
from detente.state.records import State

Named = tuple[str, int | None]
"""A report: the leaf of its act, and in a batch its row."""
Pair = tuple[Named, Named]


class Decided(Struct, frozen=True):
    """together: the reports of each incident of which there are several, as their acts came; disputed: how many incidents
    would be more of that kind, did people not disagree; answered: pairs on which anybody's word stands."""

    together: tuple[tuple[Named, ...], ...] = ()
    disputed: int = 0
    answered: frozenset[Pair] = frozenset()


def decided(state: State) -> Decided:
    words = _standing(state)
    group_of = _linked(pair for pair, answers in words.items() if False in answers)
    groups = {id(group): group for group in group_of.values()}
    apart = (pair for pair, answers in words.items() if True in answers)
    contested = {id(group_of[one]) for one, other in apart if one in group_of and other in group_of[one]}
    agreed = (group for key, group in groups.items() if key not in contested)
    ordered = sorted(tuple(sorted(group, key=lambda named: _place(state, named))) for group in agreed)
    return Decided(tuple(ordered), len(contested), frozenset(words))


def pair(one: Named, another: Named) -> Pair:
    """The two in an order that does not depend on which was named first."""
    first, second = sorted((one, another), key=lambda named: (named[0], -1 if named[1] is None else named[1]))
    return first, second


def _standing(state: State) -> dict[Pair, set[bool]]:
    """Of each pair that was compared, whether those who did take it for two: each person's latest word."""
    latest: dict[tuple[Pair, str], bool] = {}
    for leaf, said in sorted(_said(state), key=lambda one: one[1].index):
        latest[pair((leaf, said.row), (said.other, said.other_row)), said.by] = said.apart
    found: dict[Pair, set[bool]] = {}
    for (compared, _by), apart in latest.items():
        found.setdefault(compared, set()).add(apart)
    return found


def _said(state: State) -> Iterator[tuple[str, Sameness]]:
    for report in (*state.incidents.values(), *state.batches.values()):
        yield from ((report.leaf, said) for said in report.same)


def _linked(pairs: Iterator[Pair]) -> dict[Named, set[Named]]:
    """By report, all that hang together with it by pairs: one set for all of them."""
    group_of: dict[Named, set[Named]] = {}
    for one, another in pairs:
        joined = group_of.get(one, {one}) | group_of.get(another, {another})
        group_of.update(dict.fromkeys(joined, joined))
    return group_of


def _place(state: State, named: Named) -> tuple[int, int]:
    leaf, row = named
    report = state.batches[leaf] if leaf in state.batches else state.incidents[leaf]
    return report.index, -1 if row is None else row
