"""A host's log as files (C2SP tlog-tiles): the nodes of its tree, and its entries from an act on. Nothing of it is
believed until it leads to a root that is known otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from detente.client.remote_host import RemoteHost
from detente.tlog.merkle import ReadNode
from detente.tlog.tile import (
    LARGEST_ENTRY,
    TILE_WIDTH,
    ExpandedTile,
    entry_bundle_path,
    hashes_in_tile,
    parse_entry_bundle,
    parse_tile,
    read_tiles,
    tile_path,
)


def nodes_of_host(host: RemoteHost, size: int, token: str) -> ReadNode:
    """Nodes of the tree of `size`, each tile fetched once. token: a reader's. Reading raises `Refused` as `ask`."""

    def load(level: int, index: int) -> ExpandedTile:
        path = tile_path(level, index, hashes_in_tile(level, index, size))
        return ExpandedTile(parse_tile(host.ask(f"log/{path}", token=token)))

    return read_tiles(load)


def entries_of_host(host: RemoteHost, start: int, size: int, token: str) -> Iterator[bytes]:
    """The entries from act `start` (from 0) up to `size`. Raises `Refused` as `ask`."""
    most = TILE_WIDTH * (2 + LARGEST_ENTRY)
    for index in range(start // TILE_WIDTH, -(-size // TILE_WIDTH)):
        path = entry_bundle_path(index, hashes_in_tile(0, index, size))
        first = index * TILE_WIDTH
        yield from parse_entry_bundle(host.ask(f"log/{path}", token=token, most=most))[
            max(0, start - first) :
        ]
