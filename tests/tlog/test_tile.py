from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.tlog.merkle import leaf_hash, prove_consistency, prove_inclusion, root_of
from detente.tlog.tile import (
    TILE_WIDTH,
    ExpandedTile,
    TileName,
    entry_bundle_path,
    format_entry_bundle,
    format_tile,
    hashes_in_tile,
    parse_entry_bundle,
    parse_tile,
    parse_tile_path,
    read_tiles,
    tile_path,
    tiles_of,
)
from tests.tlog.demonstration import read_from
from tests.tlog.refused import refused_with

LEAVES = [leaf_hash(f"entry {number}".encode()) for number in range(800)]


@given(st.integers(0, 63) | st.none(), st.integers(0, 10**18), st.integers(1, TILE_WIDTH))
def test_path_comes_back(level: int | None, index: int, width: int) -> None:
    path = entry_bundle_path(index, width) if level is None else tile_path(level, index, width)
    assert parse_tile_path(path) == TileName(level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "tile/00/000",
        "tile/64/000",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000\n",
        "tile/-1/000",
        "tile/entry/000",
        "/tile/0/000",
        "tile/0/../000",
        "tile/0/٠٠٠",
        "checkpoint",
        "",
    ],
)
def test_path_of_no_tile_is_refused(path: str) -> None:
    with refused_with("tile.path"):
        parse_tile_path(path)


@pytest.mark.parametrize(
    ("level", "index", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_tile_outside_the_tree_has_no_path(level: int, index: int, width: int) -> None:
    with refused_with("tile.path"):
        tile_path(level, index, width)


def test_tiles_of_a_tree_of_70000() -> None:
    """The example of tlog-tiles: 273 full and one of 112; one full and one of 17; one of 1."""
    widths = Counter((tile.level, tile.width) for tile in tiles_of(70_000))
    assert widths == {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1}


def test_tiles_of_small_trees() -> None:
    assert list(tiles_of(0)) == []
    assert list(tiles_of(256)) == [TileName(0, 0, 256), TileName(1, 0, 1)]
    assert hashes_in_tile(0, 1, 256) == 0


def test_tile_comes_back() -> None:
    raw = format_tile(LEAVES[:256])
    assert len(raw) == 8192
    assert parse_tile(raw) == tuple(LEAVES[:256])


@pytest.mark.parametrize(
    ("raw", "code"), [(b"", "tile.width"), (bytes(33), "tile.hash"), (bytes(32 * 257), "tile.width")]
)
def test_bytes_of_no_tile_are_refused(raw: bytes, code: str) -> None:
    with refused_with(code):
        parse_tile(raw)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_entry_bundle_comes_back(entries: list[bytes]) -> None:
    assert parse_entry_bundle(format_entry_bundle(entries)) == tuple(entries)


def test_longest_entry_and_one_byte_more() -> None:
    longest = bytes(65_535)
    assert parse_entry_bundle(format_entry_bundle([longest])) == (longest,)
    with refused_with("tile.entry_size"):
        format_entry_bundle([longest + b"\x00"])


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=5))
def test_bundle_cut_short_loses_an_entry_or_is_refused(entries: list[bytes]) -> None:
    raw = format_entry_bundle(entries)
    for end in range(len(raw)):
        try:
            kept = parse_entry_bundle(raw[:end])
        except Refused as error:
            assert error.refusals[0].code == ("tile.truncated" if end else "tile.width")
        else:
            assert kept == tuple(entries[: len(kept)])
            assert len(kept) < len(entries)


def test_bundle_of_nothing_or_too_much_is_refused() -> None:
    for entries in ([], [b""] * 257):
        with refused_with("tile.width"):
            format_entry_bundle(entries)
    for raw in (b"", bytes(2 * 257)):
        with refused_with("tile.width"):
            parse_entry_bundle(raw)


def test_full_expanded_tile_has_511_nodes() -> None:
    tile = ExpandedTile(LEAVES[:256])
    assert sum(map(len, tile.nodes)) == 511
    assert tile.nodes[8] == [root_of(LEAVES[:256])]
    assert tile.nodes[3][5] == root_of(LEAVES[40:48])


def test_partial_expanded_tile_has_complete_subtrees_only() -> None:
    assert [len(row) for row in ExpandedTile(LEAVES[:13]).nodes] == [13, 6, 3, 1, 0, 0, 0, 0, 0]
    with refused_with("tile.width"):
        ExpandedTile([])


def expanded_tiles(size: int) -> dict[tuple[int, int], ExpandedTile]:
    tiles: dict[tuple[int, int], ExpandedTile] = {}
    for name in tiles_of(size):
        assert name.level is not None
        span = 256**name.level
        first = name.index * TILE_WIDTH
        starts = range(first * span, (first + name.width) * span, span)
        tiles[name.level, name.index] = ExpandedTile([root_of(LEAVES[i : i + span]) for i in starts])
    return tiles


TILES = expanded_tiles(len(LEAVES))


@given(st.integers(1, len(LEAVES)), st.data())
def test_proofs_from_tiles_equal_those_from_leaves(size: int, data: st.DataObject) -> None:
    read = read_tiles(lambda level, index: TILES[level, index])
    index = data.draw(st.integers(0, size - 1))
    assert prove_inclusion(index, size, read) == prove_inclusion(index, size, read_from(LEAVES))
    assert prove_consistency(index, size, read) == prove_consistency(index, size, read_from(LEAVES))


def test_each_tile_is_loaded_once_for_a_proof() -> None:
    loaded = []

    def load(level: int, index: int) -> ExpandedTile:
        loaded.append((level, index))
        return TILES[level, index]

    prove_inclusion(0, len(LEAVES), read_tiles(load))
    assert (0, 0) in loaded
    assert len(loaded) == len(set(loaded))


def test_node_beyond_the_tile_is_refused() -> None:
    narrow = ExpandedTile(LEAVES[:3])
    read = read_tiles(lambda level, index: narrow)
    assert read(1, 0) == root_of(LEAVES[:2])
    for level, index in ((1, 1), (0, 3)):
        with refused_with("tile.width"):
            read(level, index)
