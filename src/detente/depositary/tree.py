"""The hash tree of one stored log: nodes read through expanded tiles that are kept in memory."""

from __future__ import annotations

from collections import OrderedDict

from detente.store.port import Store
from detente.tlog.merkle import Edge, ReadNode, prove_consistency, prove_inclusion
from detente.tlog.tile import TILE_WIDTH, ExpandedTile, hashes_in_tile, parse_tile, read_tiles

KEPT_TILES = 512  # 511 nodes of 32 bytes each: about 30 MB at most


class LogTree:
    """Proofs and roots of one log at any size up to the stored one."""

    def __init__(self, store: Store, origin: str) -> None:
        self._store = store
        self._origin = origin
        self._full: OrderedDict[tuple[int, int], ExpandedTile] = OrderedDict()
        self._partial: dict[tuple[int, int, int], ExpandedTile] = {}
        self._partial_at = -1

    def _load(self, size: int, level: int, index: int) -> ExpandedTile:
        known = self._full.get((level, index))
        if known is not None:
            return known
        width = hashes_in_tile(level, index, size)
        if width == TILE_WIDTH:
            raw = self._store.tile(self._origin, level, index)
            assert raw is not None
            tile = ExpandedTile(parse_tile(raw))
            self._full[(level, index)] = tile
            if len(self._full) > KEPT_TILES:
                self._full.popitem(last=False)
            return tile
        if self._partial_at != size:
            self._partial, self._partial_at = {}, size
        # The width stands in the name: another thread may meanwhile be reading the tree of another size.
        tile_or_none = self._partial.get((level, index, width))
        if tile_or_none is None:
            raw = self._store.partial_tile(self._origin, level, index, width)
            assert raw is not None
            tile_or_none = self._partial[(level, index, width)] = ExpandedTile(parse_tile(raw))
        return tile_or_none

    def _reader(self, size: int) -> ReadNode:
        return read_tiles(lambda level, index: self._load(size, level, index))

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The inclusion proof of an entry in the tree of `size`."""
        return prove_inclusion(index, size, self._reader(size))

    def leaf(self, index: int, size: int) -> bytes:
        """The leaf hash of an entry."""
        return self._reader(size)(0, index)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        return prove_consistency(old, new, self._reader(new))

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries."""
        read = self._reader(size)
        hashes, start = [], 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                hashes.append(read(level, start >> level))
                start += 1 << level
        return Edge(size, tuple(hashes)).root()
