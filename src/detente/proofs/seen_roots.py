"""Checking every act's `seen`: the root that its author had verified must be one that this log really had.

A fork shows itself here: two people who were shown different logs cite different roots for one size.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.tlog.merkle import Edge

STRIDE: Final = 256


class SeenRoots:
    """The roots of a growing log at any size up to now.

    Most acts cite the latest size or one just before: those roots come from the running edge. An older one is
    rebuilt from an edge kept every `STRIDE` leaves.

    start: the edge of a log that is read from there on; earlier: roots (base64url) of the log before it, by size, as far
    as they are known.
    """

    def __init__(self, start: Edge | None = None, earlier: Mapping[int, str] | None = None) -> None:
        self._edge = start or Edge.empty()
        self._start = self._edge.size
        self._leaves: list[bytes] = []
        self._edges = [self._edge]
        self._roots = dict(earlier or {})

    @property
    def size(self) -> int:
        return self._start + len(self._leaves)

    def append(self, leaf: bytes) -> None:
        self._leaves.append(leaf)
        self._edge = self._edge.append(leaf)
        if len(self._leaves) % STRIDE == 0:
            self._edges.append(self._edge)

    def root(self, size: int) -> str:
        """The root at `size`, base64url."""
        known = self._roots.get(size)
        if known is None:
            after = size - self._start
            full, rest = divmod(after, STRIDE)
            edge = self._edge
            if after < len(self._leaves):
                edge = self._edges[full].extend(self._leaves[after - rest : after])
            known = self._roots[size] = encode_base64url(edge.root())
        return known

    def check(self, where: str, seen: tuple[int, str], limit: int) -> None:
        """`seen` of an act that may have seen up to `limit` acts. Raises `Refused` with code `act.seen_foreign`, or
        `act.seen_unshown` where the log is read from a later act on and the root there is not known."""
        size, root = seen
        if 0 <= size < self._start and size not in self._roots:
            raise refuse("act.seen_unshown", f"{where}: its author had seen {size} acts, whose root is not shown here.",
                         "C2SP tlog-checkpoint", "Ask for the file again.")  # fmt: skip
        if 0 <= size <= limit and self.root(size) == root:
            return
        raise refuse(
            "act.seen_foreign",
            f"{where}: its author had seen a state of the record that this log never had.",
            "C2SP tlog-checkpoint",
            "Compare this copy with another party's: the log may have been forked.",
        )
