"""Where the provisions of a text stand after somebody has moved them, as ids that keep the order of the text.

An id is a number, and numbers are in order: 3(1) moved behind 3(2) is no longer 3(1), it is 3(2) bis. What stands within
a provision moves with it. Among provisions of one kind in one place as few as possible are taken as moved, and never the
one that then comes first, since no number comes before the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.provisions.comparison import steady
from detente.provisions.eid import LATIN, ancestry, parent_of, parse_eid
from detente.provisions.provision import Provision


class Placed(Struct, frozen=True):
    """text: in order, each under an id that says where it stands; moved: the new ids by the old."""

    text: tuple[Provision, ...]
    moved: dict[str, str]


def in_place(old: Sequence[Provision], new: Sequence[Provision]) -> Placed:
    """The new text with an id of its own for each provision that stands in another order than in the old one."""
    before, after = _with_frames(p.id for p in old), _with_frames(p.id for p in new)
    moving, taken = _moving(before, after), {*before, *after}
    moved, order = dict[str, str](), list[str]()
    for eid in after:
        outer = parent_of(eid)
        if outer in moved:
            moved[eid] = f"{moved[outer]}{eid.removeprefix(outer)}"
        elif eid in moving:
            sibling = next(other for other in reversed(order) if _group(other) == _group(eid))
            moved[eid] = next(name for name in following(sibling) if name not in taken)
            taken.add(moved[eid])
        order.append(moved.get(eid, eid))
    return Placed(tuple(replace(p, id=moved.get(p.id, p.id)) for p in new), moved)


def following(eid: str) -> Iterator[str]:
    """The ids that can stand between a provision and the next: 3(2) bis, 3(2) ter, and so on.

    >>> next(following("art_3__para_2-bis"))
    'art_3__para_2-ter'
    """
    stem, _hyphen, ordinal = eid.rpartition("-")
    place = LATIN.index(ordinal) + 1 if ordinal in LATIN else 0
    base = stem if ordinal in LATIN else eid
    yield from (f"{base}-{latin}" for latin in LATIN[place:])
    count = len(LATIN) + 2
    while True:
        yield f"{base}-{count}"
        count += 1


def _with_frames(eids: Iterable[str]) -> list[str]:
    """The ids in order, each after those that it stands in, also where these have no words of their own."""
    return list(dict.fromkeys(one for eid in eids for one in (*ancestry(eid), eid)))


def _group(eid: str) -> tuple[str | None, str]:
    """What its siblings have in common: what they stand in, and their kind."""
    return parent_of(eid), parse_eid(eid)[-1].kind


def _moving(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Of each group of siblings those that stand in another order."""
    places = {eid: place for place, eid in enumerate(old)}
    groups = dict[tuple[str | None, str], list[str]]()
    for eid in new:
        if eid in places:
            groups.setdefault(_group(eid), []).append(eid)
    moving = set[str]()
    for group in groups.values():
        before = sorted(group, key=places.__getitem__)
        kept = steady(before, group)
        if group[0] not in kept:
            kept = {group[0], *steady(before[before.index(group[0]) + 1 :], group)}
        moving.update(eid for eid in group if eid not in kept)
    return moving
