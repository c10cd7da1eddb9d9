"""A database checked against its own log: everything that can be computed again is, and compared.

Leaves, edge, root and tiles follow from the entries; the checkpoint must sign that root, and each disclosure
must open a digest of its act. Whether an act may stand where it does is asked higher up. Entries are read a page at a
time and nothing is kept of them but hashes at the end of the tree: a log may be larger than memory.

What cannot be told from the database alone: whether a disclosure is gone that no act of erasure asked for. A digest with
nothing to open it is that of words that are gone, or a decoy for a field that its author left empty, and nobody without
the words can tell the two apart (RFC 9901 sec. 4.2.5); and what a party's copy brought back holds what that party may
read. A certified copy made before, or a receipt with the act as sent, shows what was there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import Final, NamedTuple

from msgspec import Struct

from detente.codec.refusal import Refused
from detente.signing.canonical_object import decode_canonical_object
from detente.signing.disclosure import digest_of
from detente.signing.envelope import parse_entry, submission_of
from detente.store.port import Cosignature, Entry, Head, Store, Unavailable
from detente.store.sql import LARGEST, PAGE, Connection, SqlStore
from detente.store.sqlite import SqliteStore
from detente.store.tiles import FullTile
from detente.tlog.checkpoint import open_checkpoint, unverified_checkpoint
from detente.tlog.merkle import Edge, leaf_hash, root_of
from detente.tlog.signed_note import Verifier
from detente.tlog.tile import TILE_HEIGHT, TILE_WIDTH

HASH_SIZE: Final = 32


class Finding(Struct, frozen=True):
    """What does not hold together. code: `fsck.<what>`, stable, for programs.

    index: the entry that it concerns, for a tile the first one below it; None where it is the whole log.
    """

    code: str
    sentence: str
    index: int | None = None


def check_store(
    store: Store, origin: str, log_key: Verifier | None = None, holders: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """All that is wrong with one log; nothing where all is well. log_key: checks the log's signatures too; holders: by
    id, whose each key of the record's registry is; checks too under whose name each act is listed."""
    try:
        head = store.head(origin)
        if head is None:
            yield Finding("fsck.no_log", f"There is no log “{origin}” in the database.")
            return
        notes = _notes_of(head, store.cosignatures(head.origin))
        tree = _Tree(notes)
        whole = yield from _check_entries(store, head, tree, holders)
        if not whole:
            return  # without every entry the tree cannot be computed
        if tree.edge.hashes != head.edge:
            yield Finding("fsck.edge", "The tree's right edge is not the one that the entries give.")
        for note in notes:
            yield from _check_note(head, note, tree, log_key)
        yield from _check_ends(store, head.origin, tree)
    except Unavailable as error:
        yield _unreadable(error)


class _Note(NamedTuple):
    """A checkpoint that is kept. which: what finding it gives; name: what it is called."""

    which: str
    name: str
    raw: bytes


def _notes_of(head: Head, cosignatures: Sequence[Cosignature]) -> list[_Note]:
    notes = [_Note("checkpoint", "checkpoint", head.checkpoint)]
    if head.cosigned:
        notes.append(_Note("cosigned", "cosigned checkpoint", head.cosigned))
    if head.signed_again:
        notes.append(_Note("signed_again", "checkpoint signed with ML-DSA-44", head.signed_again))
    for line in cosignatures:
        notes.append(_Note("cosigned", f"checkpoint that “{line.cosigner}” has cosigned", line.note))
    return notes


class _Tree:
    """The tree that the entries give, entry by entry. Of a log of any length it keeps its right edge, the last hashes of
    each tile level, and the roots at the sizes of `notes`."""

    def __init__(self, notes: Sequence[_Note]) -> None:
        self.edge = Edge.empty()
        self.rows: list[list[bytes]] = [[]]
        """The hashes of each level after its last full tile."""
        self.counts = [0]
        """Full tiles of each level."""
        self._sizes = set()
        for note in notes:
            with suppress(Refused):  # said where the note is checked
                self._sizes.add(unverified_checkpoint(note.raw).size)
        self.roots = {0: self.edge.root()}

    def add(self, leaf: bytes) -> Iterator[FullTile]:
        """The tiles that a leaf completes, lower levels first."""
        self.edge = self.edge.append(leaf)
        if self.edge.size in self._sizes:
            self.roots[self.edge.size] = self.edge.root()
        node = leaf
        for level in count():
            if level == len(self.rows):
                self.rows.append([])
                self.counts.append(0)
            row = self.rows[level]
            row.append(node)
            if len(row) < TILE_WIDTH:
                return
            node = root_of(row)
            yield FullTile(level, self.counts[level], b"".join(row), node)
            row.clear()
            self.counts[level] += 1


def check_database(store: Store) -> Iterator[Finding]:
    """What is wrong with the database that all logs share: damaged pages and indexes, rows that hang in the air.

    Nothing for a store without one.
    """
    if not isinstance(store, SqlStore):
        return
    try:
        if isinstance(store, SqliteStore):
            with store.readers.lend() as connection:
                yield from _check_file(connection)
        with store.snapshot() as source:
            yield from _check_digests(source)
    except Unavailable as error:
        yield _unreadable(error)


def _check_file(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (answer,) in connection.execute("PRAGMA integrity_check").fetchall():
        if answer != "ok":
            yield Finding("fsck.file", f"The database file is damaged: {' '.join(answer.split())}.")
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding("fsck.reference", f"A row of “{table}” belongs to no row of “{parent}”.")


def _check_digests(source: Connection) -> Iterator[Finding]:
    rows = source.execute("SELECT idx, digest, disclosure FROM disclosure ORDER BY log, idx")
    while page := rows.fetchmany(PAGE):
        for index, digest, disclosure in page:
            if not disclosure.isascii() or digest_of(disclosure) != digest:
                yield Finding(
                    "fsck.digest", f"A disclosure of entry {index} is kept under another's digest.", index
                )


def _check_entries(
    store: Store, head: Head, tree: _Tree, holders: Mapping[str, str] | None
) -> Generator[Finding, None, bool]:
    """Each entry by itself, and the tiles that they complete; whether all are there. `tree` grows by them."""
    whole = True
    for index, entry in _numbered(store, head):
        if entry is None:
            yield Finding("fsck.entry_missing", f"Entry {index} of {head.size} is missing.", index)
            whole = False
            continue
        leaf = leaf_hash(entry.entry)
        if leaf != entry.leaf:
            yield Finding("fsck.leaf", f"The leaf kept for entry {index} is not the entry's hash.", index)
        yield from _check_entry(head.origin, index, entry, holders)
        if whole:
            for tile in tree.add(leaf):
                yield from _check_tile(store, head.origin, tile)
    if next(store.bare_entries(head.origin, head.size, LARGEST), None) is not None:
        yield Finding(
            "fsck.entry_beyond", f"There are entries beyond the log's size, {head.size}.", head.size
        )
    return whole


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


def _check_entry(
    origin: str, index: int, entry: Entry, holders: Mapping[str, str] | None
) -> Iterator[Finding]:
    try:
        act = parse_entry(entry.entry, check_canonical=False)
        payload = decode_canonical_object(act.payload)
    except Refused as refused:
        yield Finding("fsck.entry", f"Entry {index} is no act: {refused.refusals[0].sentence}", index)
        return
    if payload.get("proc") != origin:
        yield Finding("fsck.foreign_entry", f"Entry {index} is an act of another log.", index)
    if submission_of(entry.entry) != entry.submission:
        yield Finding("fsck.submission", f"Entry {index} is kept under another submission's id.", index)
    if (payload.get("act"), payload.get("iat")) != (entry.kind, entry.at):
        yield Finding("fsck.filter", f"Entry {index} is listed under another kind or time.", index)
    # An act names a key and no person: whose it is, the registry says.
    if holders is not None and holders.get(act.kid) != entry.author:
        yield Finding("fsck.author", f"Entry {index} is listed under another author.", index)
    digests = payload.get("_sd")
    known = set(map(str, digests)) if isinstance(digests, list) else set()
    for disclosure in entry.disclosures:
        if not disclosure.isascii() or digest_of(disclosure) not in known:
            yield Finding(
                "fsck.disclosure", f"A disclosure kept for entry {index} opens no digest of it.", index
            )
    if len(set(entry.disclosures)) < len(entry.disclosures):
        yield Finding("fsck.disclosure", f"A disclosure of entry {index} is kept twice.", index)


def _check_note(head: Head, note: _Note, tree: _Tree, log_key: Verifier | None) -> Iterator[Finding]:
    """The log's own checkpoint is of the head's size; any other may be of an earlier size."""
    code = f"fsck.{note.which}"
    try:
        opened = open_checkpoint(note.raw, log_key).checkpoint if log_key else unverified_checkpoint(note.raw)
    except Refused as refused:
        yield Finding(code, f"The {note.name} does not hold: {refused.refusals[0].sentence}")
        return
    if opened.origin != head.origin:
        yield Finding(code, f"The {note.name} is of another log, “{opened.origin}”.")
    if opened.size > head.size or (opened.size < head.size and note.which == "checkpoint"):
        yield Finding(code, f"The {note.name} is of size {opened.size}; the log has {head.size} entries.")
    elif opened.root != tree.roots[opened.size]:
        yield Finding(code, f"The {note.name} signs a root that the entries do not give.")


def _check_tile(store: Store, origin: str, tile: FullTile) -> Iterator[Finding]:
    if store.tile(origin, tile.level, tile.index) != tile.hashes:
        sentence = (
            f"Tile {tile.index} of level {tile.level} is missing, or is not the one that the entries give."
        )
        yield Finding("fsck.tile", sentence, _first_entry(tile.level, tile.index))
    if tile.level > 0:  # the hashes of the lowest are the leaves, which were compared one by one
        yield from _check_roots(store, origin, tile.level, tile.index, tile.hashes)


def _check_roots(store: Store, origin: str, level: int, index: int, roots: bytes) -> Iterator[Finding]:
    if store.partial_tile(origin, level, index, len(roots) // HASH_SIZE) != roots:
        sentence = f"A root kept for tile {index} of level {level} is not the one that the entries give."
        yield Finding("fsck.tile_root", sentence, _first_entry(level, index))


def _check_ends(store: Store, origin: str, tree: _Tree) -> Iterator[Finding]:
    """After the last full tile of each level: the hashes that are there, and no tile that could not be full."""
    for level, (row, full) in enumerate(zip([*tree.rows, []], [*tree.counts, 0], strict=True)):
        if row and level > 0:
            yield from _check_roots(store, origin, level, full, b"".join(row))
        if store.tile(origin, level, full) is not None:
            sentence = f"Tile {full} of level {level} is kept, and is not full."
            yield Finding("fsck.tile_beyond", sentence, _first_entry(level, full))


def _first_entry(level: int, index: int) -> int:
    return index << (TILE_HEIGHT * (level + 1))


def _unreadable(error: Unavailable) -> Finding:
    return Finding("fsck.unreadable", f"The database cannot be read further: {error}.")
