"""A database checked against its own log: everything that can be computed again is, and compared.

Leaves, edge, root and tiles follow from the entries; the checkpoint must sign that root, and each disclosure
must open a digest of its act. Whether an act may stand where it does is asked higher up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from msgspec import Struct

from detente.codec.refusal import Refused
from detente.signing.canonical_object import decode_canonical_object
from detente.signing.disclosure import digest_of
from detente.signing.envelope import parse_entry, submission_of
from detente.store.port import Cosignature, Entry, Head, Store
from detente.store.sqlite import LARGEST, SqliteStore
from detente.store.tiles import FullTile, completed_tiles
from detente.tlog.checkpoint import open_checkpoint, parse_checkpoint
from detente.tlog.merkle import Edge, leaf_hash, root_of
from detente.tlog.signed_note import Verifier, parse_note
from detente.tlog.tile import TILE_HEIGHT, TILE_WIDTH, TileName, tiles_of


class Finding(Struct, frozen=True):
    """What does not hold together. code: `fsck.<what>`, stable, for programs.

    index: the entry that it concerns, for a tile the first one below it; None where it is the whole log.
    """

    code: str
    sentence: str
    index: int | None = None


def check_store(store: Store, origin: str, log_key: Verifier | None = None) -> Iterator[Finding]:
    """All that is wrong with one log; nothing where all is well. log_key: checks the log's signatures too."""
    try:
        head = store.head(origin)
        if head is None:
            yield Finding("fsck.no_log", f"There is no log “{origin}” in the database.")
            return
        leaves: list[bytes] = []
        yield from _check_entries(store, head, leaves)
        if len(leaves) < head.size:
            return  # without every entry the tree cannot be computed
        yield from _check_head(head, store.cosignatures(head.origin), leaves, log_key)
        yield from _check_tiles(store, head, leaves)
    except sqlite3.DatabaseError as error:
        yield _unreadable(error)


def check_database(store: Store) -> Iterator[Finding]:
    """What is wrong with the file that all logs share: damaged pages and indexes, rows that hang in the air.

    Nothing for a store without a file.
    """
    if not isinstance(store, SqliteStore):
        return
    try:
        with store.readers.lend() as connection:
            yield from _check_file(connection)
    except sqlite3.DatabaseError as error:
        yield _unreadable(error)


def _check_file(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (answer,) in connection.execute("PRAGMA integrity_check").fetchall():
        if answer != "ok":
            yield Finding("fsck.file", f"The database file is damaged: {answer}.")
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding("fsck.reference", f"A row of “{table}” belongs to no row of “{parent}”.")
    rows = connection.execute("SELECT idx, digest, disclosure FROM disclosure ORDER BY log, idx")
    for index, digest, disclosure in rows:
        if not disclosure.isascii() or digest_of(disclosure) != digest:
            yield Finding(
                "fsck.digest", f"A disclosure of entry {index} is kept under another's digest.", index
            )


def _check_entries(store: Store, head: Head, leaves: list[bytes]) -> Iterator[Finding]:
    """Each entry by itself. `leaves` receives the leaf hashes as computed from the entries."""
    for index, entry in _numbered(store, head):
        if entry is None:
            yield Finding("fsck.entry_missing", f"Entry {index} of {head.size} is missing.", index)
            continue
        leaf = leaf_hash(entry.entry)
        leaves.append(leaf)
        if leaf != entry.leaf:
            yield Finding("fsck.leaf", f"The leaf kept for entry {index} is not the entry's hash.", index)
        yield from _check_entry(head.origin, index, entry)
    if next(store.bare_entries(head.origin, head.size, LARGEST), None) is not None:
        yield Finding(
            "fsck.entry_beyond", f"There are entries beyond the log's size, {head.size}.", head.size
        )


def _numbered(store: Store, head: Head) -> Iterator[tuple[int, Entry | None]]:
    """Each entry below the size with its index, None where one is missing; ends where none follows."""
    for start in range(0, head.size, TILE_WIDTH):
        stop = min(start + TILE_WIDTH, head.size)
        page: list[Entry | None] = list(store.entries(head.origin, start, stop))
        if not page and next(store.bare_entries(head.origin, start, head.size), None) is None:
            yield start, None
            return
        if len(page) < stop - start:
            page = [next(store.entries(head.origin, index, index + 1), None) for index in range(start, stop)]
        yield from enumerate(page, start)


def _check_entry(origin: str, index: int, entry: Entry) -> Iterator[Finding]:
    try:
        payload = decode_canonical_object(parse_entry(entry.entry, check_canonical=False).payload)
    except Refused as refused:
        yield Finding("fsck.entry", f"Entry {index} is no act: {refused.refusals[0].sentence}", index)
        return
    if payload.get("proc") != origin:
        yield Finding("fsck.foreign_entry", f"Entry {index} is an act of another log.", index)
    if submission_of(entry.entry) != entry.submission:
        yield Finding("fsck.submission", f"Entry {index} is kept under another submission's id.", index)
    if (payload.get("act"), payload.get("iat")) != (entry.kind, entry.at):
        yield Finding("fsck.filter", f"Entry {index} is listed under another kind or time.", index)
    digests = payload.get("_sd")
    known = set(map(str, digests)) if isinstance(digests, list) else set()
    for disclosure in entry.disclosures:
        if not disclosure.isascii() or digest_of(disclosure) not in known:
            yield Finding(
                "fsck.disclosure", f"A disclosure kept for entry {index} opens no digest of it.", index
            )
    if len(set(entry.disclosures)) < len(entry.disclosures):
        yield Finding("fsck.disclosure", f"A disclosure of entry {index} is kept twice.", index)


def _check_head(
    head: Head, cosignatures: Sequence[Cosignature], leaves: Sequence[bytes], log_key: Verifier | None
) -> Iterator[Finding]:
    if Edge.empty().extend(leaves).hashes != head.edge:
        yield Finding("fsck.edge", "The tree's right edge is not the one that the entries give.")
    yield from _check_note(head, "checkpoint", "checkpoint", head.checkpoint, leaves, log_key)
    if head.cosigned:
        yield from _check_note(head, "cosigned", "cosigned checkpoint", head.cosigned, leaves, log_key)
    if head.signed_again:
        yield from _check_note(
            head, "signed_again", "checkpoint signed with ML-DSA-44", head.signed_again, leaves, log_key
        )
    for line in cosignatures:
        what = f"checkpoint that “{line.cosigner}” has cosigned"
        yield from _check_note(head, "cosigned", what, line.note, leaves, log_key)


def _check_note(
    head: Head, which: str, name: str, raw: bytes, leaves: Sequence[bytes], log_key: Verifier | None
) -> Iterator[Finding]:
    """The log's own checkpoint is of the head's size; any other may be of an earlier size. name: what it is called."""
    code = f"fsck.{which}"
    try:
        opened = (
            open_checkpoint(raw, log_key).checkpoint if log_key else parse_checkpoint(parse_note(raw).text)
        )
    except Refused as refused:
        yield Finding(code, f"The {name} does not hold: {refused.refusals[0].sentence}")
        return
    if opened.origin != head.origin:
        yield Finding(code, f"The {name} is of another log, “{opened.origin}”.")
    if opened.size > head.size or (opened.size < head.size and which == "checkpoint"):
        yield Finding(code, f"The {name} is of size {opened.size}; the log has {head.size} entries.")
    elif opened.root != root_of(leaves[: opened.size]):
        yield Finding(code, f"The {name} signs a root that the entries do not give.")


def _check_tiles(store: Store, head: Head, leaves: Sequence[bytes]) -> Iterator[Finding]:
    made = {(tile.level, tile.index): tile for tile in completed_tiles(0, leaves, lambda *_: ())}
    for name in tiles_of(head.size):
        yield from _check_tile(store, head.origin, name, made)
    counts = [0] * (max((level for level, _ in made), default=-1) + 2)
    for level, _ in made:
        counts[level] += 1
    for level, count in enumerate(counts):
        if store.tile(head.origin, level, count) is not None:
            first = _first_entry(level, count)
            yield Finding(
                "fsck.tile_beyond", f"Tile {count} of level {level} is kept, and is not full.", first
            )


def _check_tile(
    store: Store, origin: str, name: TileName, made: dict[tuple[int, int], FullTile]
) -> Iterator[Finding]:
    level, index = name.level or 0, name.index
    if name.width == TILE_WIDTH and store.tile(origin, level, index) != made[level, index].hashes:
        sentence = f"Tile {index} of level {level} is missing, or is not the one that the entries give."
        yield Finding("fsck.tile", sentence, _first_entry(level, index))
    if level == 0:
        return  # its hashes are the leaves, which were compared one by one
    start = index * TILE_WIDTH
    roots = b"".join(made[level - 1, below].root for below in range(start, start + name.width))
    if store.partial_tile(origin, level, index, name.width) != roots:
        sentence = f"A root kept for tile {index} of level {level} is not the one that the entries give."
        yield Finding("fsck.tile_root", sentence, _first_entry(level, index))


def _first_entry(level: int, index: int) -> int:
    return index << (TILE_HEIGHT * (level + 1))


def _unreadable(error: sqlite3.DatabaseError) -> Finding:
    return Finding("fsck.unreadable", f"The database cannot be read further: {error}.")
