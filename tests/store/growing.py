"""Entries and appends for the tests of this room. The store asks of an entry no more than bytes."""

from __future__ import annotations

from collections.abc import Sequence

from detente.store.port import Append, Entry, Head, Store
from detente.tlog.merkle import Edge, leaf_hash

ORIGIN = "detente/aaaaaaaaaaaaaaaaaaaaaaaaaa"
CHAMBER = f"{ORIGIN}/side-A"


def entry_of(
    number: int,
    *,
    author: str = "A",
    kind: str = "minute",
    disclosures: tuple[str, ...] = (),
    log: str = ORIGIN,
) -> Entry:
    raw = f"{log}: entry {number}".encode()
    return Entry(
        raw, leaf_hash(raw), f"submission-{number}", kind, author, 1_700_000_000 + number, disclosures
    )


def entries_of(start: int, stop: int) -> list[Entry]:
    return [entry_of(number) for number in range(start, stop)]


def append_after(
    before: Sequence[Entry], added: Sequence[Entry], *, origin: str = ORIGIN, mark: str = ""
) -> Append:
    """`added` on top of `before`. mark: makes the checkpoint tell one writer from another."""
    edge = Edge.empty().extend(entry.leaf for entry in (*before, *added))
    checkpoint = f"{origin} at {edge.size} {mark}".encode()
    return Append(len(before), tuple(added), Head(origin, edge.size, edge.hashes, checkpoint))


def append_to(store: Store, added: Sequence[Entry], *, origin: str = ORIGIN, mark: str = "") -> Append:
    """The append of `added` at the store's own head, not stored yet."""
    head = store.head(origin)
    edge = Edge(head.size, head.edge) if head else Edge.empty()
    after = edge.extend(entry.leaf for entry in added)
    checkpoint = f"{origin} at {after.size} {mark}".encode()
    return Append(edge.size, tuple(added), Head(origin, after.size, after.hashes, checkpoint))


def fill(store: Store, size: int, *, step: int = 100) -> list[Entry]:
    """Append `size` entries, `step` a transaction."""
    entries = entries_of(0, size)
    for start in range(0, size, step):
        store.append([append_to(store, entries[start : start + step])])
    return entries
