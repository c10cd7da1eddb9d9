"""An append as SQL, inside a transaction that the caller opened. The size is compared in the UPDATE itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from detente.signing.disclosure import digest_of
from detente.store.port import Append, Conflict
from detente.store.tiles import completed_tiles

if TYPE_CHECKING:
    from detente.store.sql import Connection

_MOVE_HEAD = """
    UPDATE log SET size = ?, edge = ?, checkpoint = ? WHERE origin = ? AND size = ? RETURNING position"""
_OPEN_LOG = """
    INSERT INTO log (size, edge, checkpoint, origin) VALUES (?, ?, ?, ?)
    ON CONFLICT (origin) DO NOTHING RETURNING position"""
_INSERT_ENTRY = """
    INSERT INTO entry (log, idx, entry, leaf, submission, kind, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_DISCLOSURE = """
    INSERT INTO disclosure (log, idx, place, digest, disclosure) VALUES (?, ?, ?, ?, ?)"""
_THIS_DISCLOSURE = """FROM disclosure WHERE (log, idx) IN (
        SELECT log, idx FROM entry WHERE log = (SELECT position FROM log WHERE origin = ?) AND leaf = ?
    ) AND disclosure = ?"""
_DELETE_DISCLOSURE = f"DELETE {_THIS_DISCLOSURE}"
_FIND_DISCLOSURE = f"SELECT 1 {_THIS_DISCLOSURE} LIMIT 1"
_INSERT_TILE = "INSERT INTO tile (log, level, idx, hashes, root) VALUES (?, ?, ?, ?, ?)"


def store_appends(connection: Connection, appends: Sequence[Append]) -> None:
    """Raises `Conflict`, or the database's own error; the caller rolls back."""
    for append in appends:
        log = _move_head(connection, append)
        _store_tiles(connection, log, append)
        _store_entries(connection, log, append)


def store_secrets(connection: Connection, secrets: Sequence[tuple[str, bytes]]) -> None:
    """Raises `Conflict` where a name is taken: a key that is overwritten would be lost."""
    for name, wrapped in secrets:
        insert = "INSERT INTO secret (name, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING"
        if connection.execute(insert, (name, wrapped)).rowcount != 1:
            raise Conflict(f"a secret named {name} is kept already")


def erase_disclosures(
    connection: Connection, origin: str, disclosures: Mapping[bytes, Sequence[str]]
) -> None:
    """Delete them; their traces are the database's to remove."""
    connection.executemany(
        _DELETE_DISCLOSURE,
        ((origin, leaf, text) for leaf, erased in disclosures.items() for text in erased),
    )


def are_erased(connection: Connection, origin: str, disclosures: Mapping[bytes, Sequence[str]]) -> bool:
    """Whether none of them is kept."""
    asked = ((origin, leaf, text) for leaf, erased in disclosures.items() for text in erased)
    return all(connection.execute(_FIND_DISCLOSURE, values).fetchone() is None for values in asked)


def holds(connection: Connection, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]]) -> bool:
    """Whether this transaction is in the database, from its first trace: it was stored whole or not at all.

    A log may have grown since, and another writer may have put other entries in the same place.
    """
    filled = next((append for append in appends if append.entries), None)
    query: str
    values: tuple[object, ...]
    if filled:
        query = "SELECT leaf FROM entry WHERE log = (SELECT position FROM log WHERE origin = ?) AND idx = ?"
        values, expected = (filled.head.origin, filled.expected_size), filled.entries[0].leaf
    elif appends:
        query = "SELECT checkpoint FROM log WHERE origin = ?"
        values, expected = (appends[0].head.origin,), appends[0].head.checkpoint
    elif secrets:
        query = "SELECT wrapped FROM secret WHERE name = ?"
        values, expected = (secrets[0][0],), secrets[0][1]
    else:
        return True
    return bool(connection.execute(query, values).fetchone() == (expected,))


def _move_head(connection: Connection, append: Append) -> int:
    """The log's position, after its head has moved from the expected size."""
    head = append.head
    after = (head.size, b"".join(head.edge), head.checkpoint, head.origin)
    rows = []
    if append.entries:
        rows = connection.execute(_MOVE_HEAD, (*after, append.expected_size)).fetchall()
    if not rows and append.expected_size == 0:
        rows = connection.execute(_OPEN_LOG, after).fetchall()
    if not rows:
        raise Conflict(f"{head.origin} is not at size {append.expected_size}")
    return int(rows[0][0])


def _store_entries(connection: Connection, log: int, append: Append) -> None:
    numbered = list(enumerate(append.entries, append.expected_size))
    connection.executemany(
        _INSERT_ENTRY,
        ((log, i, e.entry, e.leaf, e.submission, e.kind, e.author, e.at) for i, e in numbered),
    )
    connection.executemany(
        _INSERT_DISCLOSURE,
        (
            (log, index, place, digest_of(disclosure), disclosure)
            for index, entry in numbered
            for place, disclosure in enumerate(entry.disclosures)
        ),
    )


def _store_tiles(connection: Connection, log: int, append: Append) -> None:
    def read(level: int, start: int, stop: int) -> list[bytes]:
        return read_hashes(connection, append.head.origin, level, start, stop)

    leaves = [entry.leaf for entry in append.entries]
    for tile in completed_tiles(append.expected_size, leaves, read):
        connection.execute(_INSERT_TILE, (log, tile.level, tile.index, tile.hashes, tile.root))


def read_hashes(connection: Connection, origin: str, level: int, start: int, stop: int) -> list[bytes]:
    """The hashes [start, stop) of a tile level that are kept: leaves, or roots of full tiles below."""
    log = "log = (SELECT position FROM log WHERE origin = :origin)"
    if level == 0:
        query = f"SELECT leaf FROM entry WHERE {log} AND idx >= :start AND idx < :stop ORDER BY idx"
    else:
        query = (
            f"SELECT root FROM tile WHERE {log} AND level = :below AND idx >= :start AND idx < :stop "
            "ORDER BY idx"
        )
    bounds = {"origin": origin, "below": level - 1, "start": start, "stop": stop}
    return [row[0] for row in connection.execute(query, bounds)]
