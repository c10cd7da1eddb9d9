"""Tiles: the tree and the entries as files that never change (C2SP tlog-tiles).

A full hash tile is 256 hashes, 8,192 bytes: at tile level 0 leaf hashes, at level l the roots of full tiles
at level l - 1. The last tile of a level may be partial, and then carries its width in its name.

    >>> tile_path(0, 1234067, 256)
    'tile/0/x001/x234/067'
    >>> tile_path(1, 0, 17)
    'tile/1/000.p/17'
    >>> parse_tile_path('tile/entries/273.p/112')
    TileName(level=None, index=273, width=112)

An entry bundle is the entries under the level 0 tile of the same index, each after its length in two bytes,
big-endian.

    >>> format_entry_bundle([b"act", b""])
    b'\\x00\\x03act\\x00\\x00'

An `ExpandedTile` holds the 511 nodes of a full tile's subtree, so that one look-up answers a `read` for the
proofs of `merkle`.

    >>> from detente.tlog.merkle import leaf_hash, prove_inclusion
    >>> tile = ExpandedTile([leaf_hash(b"one"), leaf_hash(b"two"), leaf_hash(b"three")])
    >>> prove_inclusion(1, 2, read_tiles(lambda level, index: tile)) == (leaf_hash(b"one"),)
    True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from detente.codec.refusal import refuse
from detente.tlog.merkle import ReadNode, node_hash

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
LARGEST_LEVEL = 63
LARGEST_ENTRY = 0xFFFF

_CLAUSE = "C2SP tlog-tiles"
_NAMED = (
    "Name one as the specification does: tile/0/000, tile/entries/000, or with its width tile/0/000.p/17."
)
_FETCH_AGAIN = "Fetch it again, at the size that the checkpoint states."
_PATH = re.compile(
    r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


class TileName(msgspec.Struct, frozen=True):
    """One hash tile, or where `level` is None one entry bundle. width: hashes or entries, 1 to 256."""

    level: int | None
    index: int
    width: int


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """The path of a hash tile below the log's prefix. Raises `Refused` with code `tile.path`."""
    if not 0 <= level <= LARGEST_LEVEL:
        raise refuse("tile.path", f"There is no tile level {level}.", _CLAUSE, _NAMED)
    return _path(str(level), index, width)


def entry_bundle_path(index: int, width: int = TILE_WIDTH) -> str:
    """The path of an entry bundle below the log's prefix. Raises `Refused` with code `tile.path`."""
    return _path("entries", index, width)


def parse_tile_path(path: str) -> TileName:
    """The tile or bundle that `path` names. Raises `Refused` with code `tile.path`."""
    match = _PATH.fullmatch(path)
    if match:
        kind, digits, partial = match.groups()
        level = None if kind == "entries" else int(kind)
        index = int(digits.replace("x", "").replace("/", ""))
        width = int(partial) if partial else TILE_WIDTH
        again = entry_bundle_path(index, width) if level is None else tile_path(level, index, width)
        if again == path:
            return TileName(level, index, width)
    raise refuse("tile.path", "The path names no tile and no entry bundle.", _CLAUSE, _NAMED)


def hashes_in_tile(level: int, index: int, size: int) -> int:
    """The width of a tile in a tree of `size` leaves; 0 where the tree has no such tile."""
    return max(0, min(TILE_WIDTH, (size >> (TILE_HEIGHT * level)) - index * TILE_WIDTH))


def tiles_of(size: int) -> Iterator[TileName]:
    """All hash tiles of a tree of `size` leaves, level by level."""
    level = 0
    while hashes := size >> (TILE_HEIGHT * level):
        for index in range(-(-hashes // TILE_WIDTH)):
            yield TileName(level, index, hashes_in_tile(level, index, size))
        level += 1


def format_tile(hashes: Sequence[bytes]) -> bytes:
    """Raises `Refused` with code `tile.width` or `tile.hash`."""
    _check_width(len(hashes))
    if any(len(node) != 32 for node in hashes):
        raise refuse("tile.hash", "A hash in the tile is not 32 bytes long.", _CLAUSE, _FETCH_AGAIN)
    return b"".join(hashes)


def parse_tile(raw: bytes) -> tuple[bytes, ...]:
    """The 1 to 256 hashes of a tile. Raises `Refused` with code `tile.width` or `tile.hash`."""
    hashes = tuple(raw[i : i + 32] for i in range(0, len(raw), 32))
    format_tile(hashes)
    return hashes


def format_entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Raises `Refused` with code `tile.width` or `tile.entry_size` (an entry over 65,535 bytes)."""
    _check_width(len(entries))
    if any(len(entry) > LARGEST_ENTRY for entry in entries):
        raise refuse(
            "tile.entry_size",
            "An entry is longer than 65,535 bytes.",
            _CLAUSE,
            "Seal large content in a file beside the log and enter its digest.",
        )
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entry_bundle(raw: bytes) -> tuple[bytes, ...]:
    """The 1 to 256 entries of a bundle. Raises `Refused` with code `tile.width` or `tile.truncated`."""
    entries, at = [], 0
    while at < len(raw):
        start = at + 2
        at = start + int.from_bytes(raw[start - 2 : start], "big")
        entries.append(raw[start:at])
    if at != len(raw):
        raise refuse("tile.truncated", "The bundle ends inside an entry.", _CLAUSE, "Fetch it again.")
    _check_width(len(entries))
    return tuple(entries)


class ExpandedTile:
    """A tile with the nodes above its hashes.

    nodes: `nodes[h][i]` is the complete subtree of height h (0 to 8) over hashes i * 2**h onward; a partial
    tile has those subtrees only that lie wholly inside it. A tile can grow, and what it holds never changes:
    a tile of the tree as it is now answers for every smaller tree too. Raises `Refused` with code `tile.width`.
    """

    __slots__ = ("nodes",)

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self.nodes: tuple[list[bytes], ...] = tuple([] for _ in range(TILE_HEIGHT + 1))
        self.extend(hashes)

    @property
    def width(self) -> int:
        return len(self.nodes[0])

    def extend(self, hashes: Sequence[bytes]) -> None:
        """Add the hashes that follow. Raises `Refused` with code `tile.width`."""
        _check_width(self.width + len(hashes))
        for node in hashes:
            for row in self.nodes:
                row.append(node)
                if len(row) & 1:
                    break
                node = node_hash(row[-2], row[-1])


def read_tiles(load: Callable[[int, int], ExpandedTile]) -> ReadNode:
    """`read(level, index)` for the proofs of `merkle`, from `load(tile_level, tile_index)`.

    `load` is called once for each tile: most nodes of a proof stand in the same one. Where the loaded tile is too
    narrow to hold the node, `read` raises `Refused` with code `tile.width`.
    """
    loaded: dict[tuple[int, int], ExpandedTile] = {}

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, TILE_HEIGHT)
        across = TILE_HEIGHT - height
        place = tile_level, index >> across
        tile = loaded.get(place)
        if tile is None:
            tile = loaded[place] = load(*place)
        row = tile.nodes[height]
        position = index & ((1 << across) - 1)
        if position >= len(row):
            raise refuse(
                "tile.width", f"The tile does not hold node {index} of level {level}.", _CLAUSE, _FETCH_AGAIN
            )
        return row[position]

    return read


def _path(kind: str, index: int, width: int) -> str:
    if index < 0 or not 1 <= width <= TILE_WIDTH:
        raise refuse("tile.path", f"There is no tile {index} of width {width}.", _CLAUSE, _NAMED)
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{kind}/{''.join(f'x{group}/' for group in groups[:-1])}{groups[-1]}{partial}"


def _check_width(width: int) -> None:
    if not 1 <= width <= TILE_WIDTH:
        raise refuse(
            "tile.width",
            f"A tile or bundle cannot hold {width} items; it holds 1 to 256.",
            _CLAUSE,
            _FETCH_AGAIN,
        )
