"""What an append must be before any store touches it, and how a store says that nothing was stored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from detente.store.port import Append, Unavailable


class NotStored(Unavailable):
    """The database answered with an error (no space, locked for too long), and nothing was stored.

    The cause is the database's own error. The same append may be tried again.
    """


def check_appends(appends: Sequence[Append]) -> None:
    """Raises `ValueError` where an append contradicts itself: a fault of the caller, never of a person."""
    for append in appends:
        head = append.head
        if head.size != append.expected_size + len(append.entries):
            raise ValueError(f"{head.origin}: the head's size is not the expected size and the entries")
        if not append.entries and append.expected_size:
            raise ValueError(f"{head.origin}: an append without entries can only open a log")
        if len(head.edge) != head.size.bit_count():
            raise ValueError(f"{head.origin}: the edge has not one hash for each set bit of the size")
        if any(len(node) != 32 for node in chain(head.edge, (entry.leaf for entry in append.entries))):
            raise ValueError(f"{head.origin}: a leaf or a hash of the edge is not 32 bytes")
