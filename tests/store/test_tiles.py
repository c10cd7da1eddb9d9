from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.store.tiles import FullTile, completed_tiles
from detente.tlog.merkle import root_of

LEAVES = [sha256(number.to_bytes(4, "big")).digest() for number in range(66_000)]


def complete(before: int, after: int) -> list[FullTile]:
    """The tiles that leaves before to after complete, with the tree below `before` computed from scratch."""

    def read(level: int, start: int, stop: int) -> Sequence[bytes]:
        span = 256**level
        assert stop * span <= before, "asked for a hash that is not stored yet"
        assert stop - start < 256
        return [root_of(LEAVES[at * span : (at + 1) * span]) for at in range(start, stop)]

    return list(completed_tiles(before, LEAVES[before:after], read))


def names(before: int, after: int) -> list[tuple[int, int]]:
    return [(tile.level, tile.index) for tile in complete(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "completed"),
    [
        (0, 0, []),
        (0, 255, []),
        (0, 256, [(0, 0)]),
        (255, 256, [(0, 0)]),
        (255, 257, [(0, 0)]),
        (256, 257, []),
        (256, 511, []),
        (200, 513, [(0, 0), (0, 1)]),
        (65_535, 65_536, [(0, 255), (1, 0)]),
        (65_536, 65_537, []),
        (65_000, 66_000, [(0, 253), (0, 254), (0, 255), (0, 256), (1, 0)]),
    ],
)
def test_an_append_completes_each_tile_that_it_fills(
    before: int, after: int, completed: list[tuple[int, int]]
) -> None:
    assert names(before, after) == completed


@given(st.lists(st.integers(0, 2000), max_size=12).map(sorted))
def test_steps_complete_what_one_append_completes(sizes: list[int]) -> None:
    bounds = [0, *sizes, 2000]
    in_steps = [tile for i in range(len(bounds) - 1) for tile in complete(bounds[i], bounds[i + 1])]
    assert in_steps == complete(0, 2000)


def test_a_tile_holds_its_hashes_and_their_root() -> None:
    tiles = complete(0, 65_536)
    assert tiles[3].hashes == b"".join(LEAVES[768:1024])
    assert tiles[3].root == root_of(LEAVES[768:1024])
    assert tiles[-1].hashes == b"".join(tile.root for tile in tiles[:-1])
    assert tiles[-1].root == root_of(LEAVES[:65_536])
