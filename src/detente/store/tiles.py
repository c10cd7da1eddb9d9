"""Which full tiles an append completes (C2SP tlog-tiles). A full tile never changes; each is made once.

A tile's root is a hash of the tile above it, so every store keeps it beside the hashes.

    >>> from hashlib import sha256
    >>> leaves = [sha256(b"%d" % number).digest() for number in range(300)]
    >>> [(tile.level, tile.index) for tile in completed_tiles(250, leaves[250:], lambda _, i, j: leaves[i:j])]
    [(0, 0)]
    >>> list(completed_tiles(256, leaves[256:], lambda _, i, j: leaves[i:j]))
    []
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from detente.tlog.merkle import root_of
from detente.tlog.tile import TILE_WIDTH

ReadHashes = Callable[[int, int, int], Sequence[bytes]]
"""(level, start, stop) -> the hashes [start, stop) of a tile level: leaves, or roots of full tiles below."""


class FullTile(Struct, frozen=True):
    """hashes: 256 hashes of 32 bytes; root: the root over them, 32 bytes."""

    level: int
    index: int
    hashes: bytes
    root: bytes


def completed_tiles(size: int, leaves: Sequence[bytes], read: ReadHashes) -> Iterator[FullTile]:
    """The tiles that `leaves` complete on top of `size`, lower levels first.

    `read` is asked at most once a level, for the fewer than 256 hashes of its partial tile.
    """
    level, added = 0, leaves
    while size % TILE_WIDTH + len(added) >= TILE_WIDTH:
        start = size - size % TILE_WIDTH
        row = [*read(level, start, size), *added]
        added = []
        for at in range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH):
            hashes = row[at : at + TILE_WIDTH]
            tile = FullTile(level, (start + at) // TILE_WIDTH, b"".join(hashes), root_of(hashes))
            added.append(tile.root)
            yield tile
        size //= TILE_WIDTH
        level += 1
