"""The hash tree of one stored log: nodes read through expanded tiles that are kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from detente.store.port import Store
from detente.tlog.merkle import Edge, ReadNode, prove_consistency, prove_inclusion
from detente.tlog.tile import TILE_HEIGHT, TILE_WIDTH, ExpandedTile, hashes_in_tile, parse_tile, read_tiles

KEPT_TILES = 512  # 511 nodes of 32 bytes each: about 30 MB at most


class LogTree:
    """Proofs and roots of one log at any size up to the stored one."""

    def __init__(self, store: Store, origin: str) -> None:
        self._store = store
        self._origin = origin
        self._full: OrderedDict[tuple[int, int], ExpandedTile] = OrderedDict()
        self._growing: dict[int, tuple[int, ExpandedTile]] = {}
        """level -> (index, the last tile of that level), as far as it has been read."""
        self._lock = threading.Lock()

    def grow(self, size: int, leaves: Sequence[bytes]) -> None:
        """Take over the leaves that were just stored after the first `size`: they need not be read again."""
        with self._lock:
            for position, leaf in enumerate(leaves, size):
                self._add(0, position, leaf)

    def _add(self, level: int, position: int, node: bytes) -> None:
        index, place = divmod(position, TILE_WIDTH)
        known, tile = self._growing.get(level, (-1, None))
        if place == 0:
            tile = ExpandedTile((node,))
            self._growing[level] = index, tile
        elif known == index and tile is not None and tile.width == place:
            tile.extend((node,))
        else:
            return  # the tile has not been read so far; it will be when it is asked for
        if place == TILE_WIDTH - 1:
            self._keep(level, index, tile)
            self._add(level + 1, index, tile.nodes[TILE_HEIGHT][0])

    def _keep(self, level: int, index: int, tile: ExpandedTile) -> None:
        self._full[(level, index)] = tile
        if len(self._full) > KEPT_TILES:
            self._full.popitem(last=False)

    def _load(self, size: int, level: int, index: int) -> ExpandedTile:
        known = self._full.get((level, index))
        if known is not None:
            return known
        width = hashes_in_tile(level, index, size)
        with self._lock:
            growing, tile = self._growing.get(level, (-1, None))
            if growing == index and tile is not None and tile.width >= width:
                return tile
            # A tile that is full by now answers for the smaller tree too.
            full = self._store.tile(self._origin, level, index)
            raw = full or self._store.partial_tile(self._origin, level, index, width)
            assert raw is not None
            tile = ExpandedTile(parse_tile(raw))
            if full:
                self._keep(level, index, tile)
            else:
                self._growing[level] = index, tile
            return tile

    def _reader(self, size: int) -> ReadNode:
        return read_tiles(lambda level, index: self._load(size, level, index))

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The inclusion proof of an entry in the tree of `size`."""
        return prove_inclusion(index, size, self._reader(size))

    def leaf_and_inclusion(self, index: int, size: int) -> tuple[bytes, tuple[bytes, ...]]:
        """The leaf hash of an entry, and as `inclusion`."""
        read = self._reader(size)
        path = prove_inclusion(index, size, read)
        return read(0, index), path

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
