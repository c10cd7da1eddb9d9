"""What a store does in SQL, whichever database speaks it (`sqlite`, `postgresql`).

Queries are written once, with `?` and `:name` where values go; a database that writes them otherwise translates. What is
told apart is how a connection is lent, how a transaction is made durable, and how bytes are removed for good.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Protocol

from msgspec import structs

from detente.store.appending import check_appends
from detente.store.port import Append, Cosignature, Entry, Feed, Head, SecondFactor, Stamp, WrappedIdentity
from detente.store.sql_append import holds, read_hashes, store_appends, store_secrets
from detente.tlog.tile import TILE_WIDTH, hashes_in_tile

PAGE = 500  # rows read at once, so that no query stays open while a caller works
LARGEST = 2**63 - 1  # the widest integer of both databases

_LOG = "log = (SELECT position FROM log WHERE origin = ?)"
_RANGE = f"{_LOG} AND idx >= ? AND idx < ? ORDER BY idx LIMIT {PAGE}"
_HEADS = """
    SELECT origin, log.size, edge, checkpoint, cosigned.note, signed_again.note, stopped.note FROM log
    LEFT JOIN cosigned ON cosigned.log = position LEFT JOIN signed_again ON signed_again.log = position
    LEFT JOIN stopped ON stopped.log = position"""
_KEEP_NOTE = """
    INSERT INTO {table} (log, size, note)
    SELECT position, :size, :note FROM log WHERE origin = :origin AND size >= :size
    ON CONFLICT (log) DO UPDATE SET size = excluded.size, note = excluded.note WHERE {table}.size <= excluded.size"""
_STOP = """
    INSERT INTO stopped (log, note) SELECT position, :note FROM log WHERE origin = :origin
    ON CONFLICT (log) DO NOTHING"""
_KEEP_LINE = """
    INSERT INTO cosignature (log, cosigner, size, time, note)
    SELECT position, :cosigner, :size, :time, :note FROM log WHERE origin = :origin AND size >= :size
    ON CONFLICT (log, cosigner) DO UPDATE SET size = excluded.size, time = excluded.time, note = excluded.note
    WHERE (cosignature.size, cosignature.time) < (excluded.size, excluded.time)"""
_KEEP_FEED = """
    INSERT INTO feed (digest, log, person, key, ends, made)
    SELECT :digest, log.position, :person, :key, :ends, :made FROM log WHERE origin = :origin
    ON CONFLICT (digest) DO NOTHING"""
_KEEP_STAMP = """
    INSERT INTO stamp (log, size, place, note, answer, authority, made, ends)
    SELECT log.position, :size, :place, :note, :answer, :authority, :made, :ends FROM log WHERE origin = :origin
    ON CONFLICT (log, size, place) DO NOTHING"""
_STAMPS = """
    SELECT origin, stamp.size, place, note, answer, authority, made, ends FROM stamp JOIN log ON log = log.position
    WHERE origin = ?"""
_FEED = "SELECT digest, origin, person, key, ends, made FROM feed JOIN log ON log = log.position"
_KEEP_WRAPPED = """
    INSERT INTO wrapped_identity (log, credential, person, public, sealing, wrapped, made)
    SELECT log.position, :credential, :person, :public, :sealing, :wrapped, :made FROM log WHERE origin = :origin
    ON CONFLICT (log, credential) DO NOTHING"""
_WRAPPED = """
    SELECT origin, credential, person, public, sealing, wrapped, made
    FROM wrapped_identity JOIN log ON log = log.position"""
_KEEP_FACTOR = """
    INSERT INTO second_factor (log, key, credential, public, site, made)
    SELECT log.position, :key, :credential, :public, :site, :made FROM log WHERE origin = :origin
    ON CONFLICT (log, key) DO NOTHING"""
_FACTOR = """
    SELECT origin, key, credential, public, site, made FROM second_factor JOIN log ON log = log.position
    WHERE origin = ? AND key = ?"""

Row = tuple[Any, ...]


class Connection(Protocol):
    """As much of a database's connection as stores use."""

    def execute(self, query: str, values: Any = ..., /) -> Any: ...

    def executemany(self, query: str, values: Any, /) -> Any: ...


Work = Callable[[Any], None]
Question = Callable[[Any], bool]


class SqlStore:
    """Implements what reads and writes in `detente.store.port.Store`. Any thread may use it."""

    BY_LEAF: ClassVar[str] = ""
    """What a query on leaves is told of its index, where the database has to be told."""

    @abstractmethod
    def lend(self) -> AbstractContextManager[Any]:
        """A connection that reads, for one thread, until it is given back."""

    @abstractmethod
    def check_schema(self) -> None:
        """As the port says."""

    def close(self) -> None:
        """Nothing is asked of it any more."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Any]:
        """A connection whose queries all see the database as it was at one moment, and whose rows are read as they are
        asked for."""

    @abstractmethod
    def fill(self, connection: Any, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write rows as they stood in another database, in a transaction that the caller has opened."""

    @abstractmethod
    def transact(self, change: Work, is_stored: Question) -> None:
        """Run `change` in one transaction that is durable on return. is_stored: whether the outcome of `change` is in
        the database, asked where COMMIT itself errs. Raises `NotStored`, `UncertainCommit`, or what `change` raises."""

    def append(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]] = ()) -> None:
        """As the port says; raises `NotStored` too, where the database cannot take it."""
        check_appends(appends)

        def change(connection: Connection) -> None:
            store_appends(connection, appends)
            store_secrets(connection, secrets)

        self.transact(change, lambda connection: holds(connection, appends, secrets))

    def origins(self) -> tuple[str, ...]:
        return tuple(row[0] for row in self._rows("SELECT origin FROM log ORDER BY position"))

    def origins_holding(self, kind: str) -> tuple[str, ...]:
        query = """
            SELECT origin FROM log WHERE EXISTS (SELECT 1 FROM entry WHERE log = position AND kind = ?)
            ORDER BY position"""
        return tuple(row[0] for row in self._rows(query, kind))

    def head(self, origin: str) -> Head | None:
        return next((_head(row) for row in self._rows(f"{_HEADS} WHERE origin = ?", origin)), None)

    def heads(self) -> Iterator[Head]:
        return map(_head, self._rows(f"{_HEADS} ORDER BY position"))

    def entries(self, origin: str, start: int, stop: int) -> Iterator[Entry]:
        columns = "idx, entry, leaf, submission, kind, author, at"
        for page in self._pages(f"SELECT {columns} FROM entry WHERE {_RANGE}", origin, start, stop):
            opened = self._disclosures_between(origin, page[0][0], page[-1][0])
            for index, entry, leaf, submission, kind, author, at in page:
                disclosures = tuple(opened.get(index, ()))
                yield Entry(entry, leaf, submission, kind, author, at, disclosures)

    def bare_entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[bytes, bytes]]:
        for page in self._pages(f"SELECT idx, entry, leaf FROM entry WHERE {_RANGE}", origin, start, stop):
            for _, entry, leaf in page:
                yield entry, leaf

    def find(
        self, origin: str, stop: int, limit: int, *, author: str | None = None, kind: str | None = None
    ) -> tuple[int, ...]:
        wanted = [
            (column, value) for column, value in (("author", author), ("kind", kind)) if value is not None
        ]
        filters = "".join(f" AND {column} = ?" for column, _ in wanted)
        query = f"SELECT idx FROM entry WHERE {_LOG} AND idx < ?{filters} ORDER BY idx DESC LIMIT ?"
        bounds = (min(stop, LARGEST), *(value for _, value in wanted), max(0, min(limit, LARGEST)))
        return tuple(row[0] for row in self._rows(query, origin, *bounds))

    def index_of_submission(self, origin: str, submission: str) -> int | None:
        return self._first_index("submission", origin, submission)

    def index_of_leaf(self, origin: str, leaf: bytes) -> int | None:
        return self._first_index("leaf", origin, leaf)

    def disclosures(self, origin: str, leaves: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        found: dict[bytes, tuple[str, ...]] = {}
        distinct = list(dict.fromkeys(leaves))
        for at in range(0, len(distinct), PAGE):
            some = distinct[at : at + PAGE]
            query = f"""
                SELECT leaf, disclosure FROM entry {self.BY_LEAF} JOIN disclosure USING (log, idx)
                WHERE {_LOG} AND leaf IN ({", ".join("?" * len(some))}) ORDER BY idx, place"""
            for leaf, disclosure in self._rows(query, origin, *some):
                found[leaf] = (*found.get(leaf, ()), disclosure)
        return found

    def tile(self, origin: str, level: int, index: int) -> bytes | None:
        if not (0 <= level <= LARGEST and 0 <= index <= LARGEST):
            return None
        rows = self._rows(
            f"SELECT hashes FROM tile WHERE {_LOG} AND level = ? AND idx = ?", origin, level, index
        )
        return rows[0][0] if rows else None

    def partial_tile(self, origin: str, level: int, index: int, width: int) -> bytes | None:
        if level < 0 or index < 0 or width < 1:
            return None
        with self.lend() as connection:
            row = connection.execute("SELECT size FROM log WHERE origin = ?", (origin,)).fetchone()
            if row is None or width > hashes_in_tile(level, index, row[0]):
                return None
            start = index * TILE_WIDTH
            hashes = read_hashes(connection, origin, level, start, start + width)
            return b"".join(hashes) if len(hashes) == width else None

    def keep_cosigned(self, origin: str, size: int, note: bytes, lines: Sequence[Cosignature] = ()) -> None:
        """As the port says; a note of a size that the log has not reached is not kept. Raises `NotStored`."""
        self._keep_note("cosigned", origin, size, note, lines)

    def keep_lines(self, origin: str, lines: Sequence[Cosignature]) -> None:
        """As the port says. Raises `NotStored`."""
        rows = [structs.asdict(line) | {"origin": origin} for line in lines]

        def change(connection: Connection) -> None:
            connection.executemany(_KEEP_LINE, rows)

        def is_stored(connection: Connection) -> bool:
            kept = "SELECT 1 FROM cosignature WHERE note = :note AND size = :size"
            return all(connection.execute(kept, row).fetchone() is not None for row in rows)

        self.transact(change, is_stored)

    def keep_signed_again(self, origin: str, size: int, note: bytes) -> None:
        """As `keep_cosigned`."""
        self._keep_note("signed_again", origin, size, note)

    def _keep_note(
        self, table: str, origin: str, size: int, note: bytes, lines: Sequence[Cosignature] = ()
    ) -> None:
        values = {"origin": origin, "size": size, "note": note}

        def change(connection: Connection) -> None:
            connection.execute(_KEEP_NOTE.format(table=table), values)
            connection.executemany(_KEEP_LINE, [structs.asdict(line) | {"origin": origin} for line in lines])

        def is_stored(connection: Connection) -> bool:
            kept = "SELECT 1 FROM {} WHERE note = ? AND size = ?"
            notes = [("cosignature", line.note) for line in lines] or [(table, note)]
            rows = (connection.execute(kept.format(where), (raw, size)).fetchone() for where, raw in notes)
            return all(row is not None for row in rows)

        self.transact(change, is_stored)

    def keep_stamp(self, stamp: Stamp) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute(_KEEP_STAMP, structs.asdict(stamp))

        def is_stored(connection: Connection) -> bool:
            query = "SELECT 1 FROM stamp WHERE answer = ?"
            return connection.execute(query, (stamp.answer,)).fetchone() is not None

        self.transact(change, is_stored)

    def stamps(self, origin: str) -> tuple[Stamp, ...]:
        return tuple(Stamp(*row) for row in self._rows(f"{_STAMPS} ORDER BY stamp.size, place", origin))

    def newest_stamp(self, origin: str) -> Stamp | None:
        rows = self._rows(f"{_STAMPS} AND place = 0 ORDER BY stamp.size DESC LIMIT 1", origin)
        return Stamp(*rows[0]) if rows else None

    def stop(self, origin: str, note: bytes) -> None:
        def change(connection: Connection) -> None:
            connection.execute(_STOP, {"origin": origin, "note": note})

        self.transact(change, lambda connection: _is_stopped(connection, origin))

    def go_on(self, origin: str) -> None:
        def change(connection: Connection) -> None:
            connection.execute(f"DELETE FROM stopped WHERE {_LOG}", (origin,))

        self.transact(change, lambda connection: not _is_stopped(connection, origin))

    def stopped(self) -> tuple[str, ...]:
        query = "SELECT origin FROM stopped JOIN log ON log = log.position ORDER BY log.position"
        return tuple(row[0] for row in self._rows(query))

    def cosignatures(self, origin: str) -> tuple[Cosignature, ...]:
        query = f"SELECT cosigner, size, time, note FROM cosignature WHERE {_LOG} ORDER BY cosigner"
        return tuple(Cosignature(*row) for row in self._rows(query, origin))

    def secret(self, name: str) -> bytes | None:
        rows = self._rows("SELECT wrapped FROM secret WHERE name = ?", name)
        return rows[0][0] if rows else None

    def keep_feed(self, feed: Feed) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute(_KEEP_FEED, structs.asdict(feed))

        self.transact(change, lambda connection: _holds_feed(connection, feed.digest))

    def drop_feed(self, digest: str) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute("DELETE FROM feed WHERE digest = ?", (digest,))

        self.transact(change, lambda connection: not _holds_feed(connection, digest))

    def feed(self, digest: str) -> Feed | None:
        rows = self._rows(f"{_FEED} WHERE digest = ?", digest)
        return Feed(*rows[0]) if rows else None

    def feeds(self, origin: str, person: str) -> tuple[Feed, ...]:
        query = f"{_FEED} WHERE origin = ? AND person = ? ORDER BY feed.position"
        return tuple(Feed(*row) for row in self._rows(query, origin, person))

    def keep_wrapped(self, identity: WrappedIdentity) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute(_KEEP_WRAPPED, structs.asdict(identity))

        self.transact(
            change, lambda connection: _holds_wrapped(connection, identity.origin, identity.credential)
        )

    def drop_wrapped(self, origin: str, credential: str) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute(
                f"DELETE FROM wrapped_identity WHERE {_LOG} AND credential = ?", (origin, credential)
            )

        self.transact(change, lambda connection: not _holds_wrapped(connection, origin, credential))

    def wrapped(self, origin: str, credential: str) -> WrappedIdentity | None:
        rows = self._rows(f"{_WRAPPED} WHERE origin = ? AND credential = ?", origin, credential)
        return WrappedIdentity(*rows[0]) if rows else None

    def wrapped_of(self, origin: str, person: str) -> tuple[WrappedIdentity, ...]:
        query = f"{_WRAPPED} WHERE origin = ? AND person = ? ORDER BY wrapped_identity.position"
        return tuple(WrappedIdentity(*row) for row in self._rows(query, origin, person))

    def keep_factor(self, factor: SecondFactor) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute(_KEEP_FACTOR, structs.asdict(factor))

        self.transact(change, lambda connection: _holds_factor(connection, factor.origin, factor.key))

    def drop_factor(self, origin: str, key: str) -> None:
        """As the port says. Raises `NotStored`."""

        def change(connection: Connection) -> None:
            connection.execute(f"DELETE FROM second_factor WHERE {_LOG} AND key = ?", (origin, key))

        self.transact(change, lambda connection: not _holds_factor(connection, origin, key))

    def factor(self, origin: str, key: str) -> SecondFactor | None:
        rows = self._rows(_FACTOR, origin, key)
        return SecondFactor(*rows[0]) if rows else None

    def _rows(self, query: str, *values: object) -> list[Row]:
        with self.lend() as connection:
            rows: list[Row] = connection.execute(query, values).fetchall()
            return rows

    def _pages(self, query: str, origin: str, start: int, stop: int) -> Iterator[list[Row]]:
        """Pages of rows in the order of their first column, the index; none is empty."""
        start, stop = max(start, 0), min(stop, LARGEST)
        while start < stop and (page := self._rows(query, origin, start, stop)):
            yield page
            start = page[-1][0] + 1

    def _disclosures_between(self, origin: str, first: int, last: int) -> dict[int, list[str]]:
        query = (
            f"SELECT idx, disclosure FROM disclosure WHERE {_LOG} AND idx BETWEEN ? AND ? ORDER BY idx, place"
        )
        opened: dict[int, list[str]] = {}
        for index, disclosure in self._rows(query, origin, first, last):
            opened.setdefault(index, []).append(disclosure)
        return opened

    def _first_index(self, column: str, origin: str, value: str | bytes) -> int | None:
        ((index,),) = self._rows(f"SELECT min(idx) FROM entry WHERE {_LOG} AND {column} = ?", origin, value)
        return index if index is None else int(index)


def _head(row: Row) -> Head:
    origin, size, edge, checkpoint, *notes = row
    hashes = tuple(edge[at : at + 32] for at in range(0, len(edge), 32))
    return Head(origin, size, hashes, checkpoint, *(note or b"" for note in notes))


def _is_stopped(connection: Connection, origin: str) -> bool:
    return connection.execute(f"SELECT 1 FROM stopped WHERE {_LOG}", (origin,)).fetchone() is not None


def _holds_feed(connection: Connection, digest: str) -> bool:
    return connection.execute("SELECT 1 FROM feed WHERE digest = ?", (digest,)).fetchone() is not None


def _holds_wrapped(connection: Connection, origin: str, credential: str) -> bool:
    query = f"SELECT 1 FROM wrapped_identity WHERE {_LOG} AND credential = ?"
    return connection.execute(query, (origin, credential)).fetchone() is not None


def _holds_factor(connection: Connection, origin: str, key: str) -> bool:
    return connection.execute(_FACTOR, (origin, key)).fetchone() is not None
