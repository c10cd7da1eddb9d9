"""How SQLite is spoken to: one connection writes, a few read, and a COMMIT is believed only when it is sure.

Readers see what is committed and nothing else (WAL). `synchronous=FULL`: a COMMIT that returns survives the
loss of power; NORMAL would lose the last transactions.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from detente.store.appending import NotStored
from detente.store.port import Unavailable, UncertainCommit

Connect = Callable[[Path], sqlite3.Connection]
Work = Callable[[sqlite3.Connection], None]
Question = Callable[[sqlite3.Connection], bool]

BUSY_TIMEOUT = 10_000  # milliseconds
LARGEST_LOG = 4_000
"""Pages of 4 KiB in the write-ahead log before they are copied to the file, which costs two more syncs: by default 1,000,
as about a hundred single acts write."""
TRACES_LEFT = 1
"""`PRAGMA user_version` from an erasure on, until nothing of what it erased is left in the file."""


def connect(path: Path, factory: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    """A connection to a file that exists, in autocommit, so that every BEGIN stands in the code."""
    # mode=rw: a file removed meanwhile is an error, not the place for a new database.
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        address, isolation_level=None, check_same_thread=False, factory=factory, uri=True
    )
    try:
        _configure(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    if _journal_mode(connection) != "wal":
        raise sqlite3.OperationalError("this file system does not support a write-ahead log")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LARGEST_LOG}")
    connection.execute("PRAGMA foreign_keys = ON")


def _journal_mode(connection: sqlite3.Connection) -> str:
    """The mode, after asking for WAL. SQLite does not wait by itself where another just asks for the same."""
    deadline = monotonic() + BUSY_TIMEOUT / 1000
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return str(mode)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(0.005)


class Readers:
    """Connections that read, lent to one thread at a time; never more are open than were in use at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """Give it back soon: a reader amid a query keeps the write-ahead log from being emptied.

        Raises `Unavailable` where SQLite errs inside.
        """
        if self._closed:
            raise ValueError("the store is closed")
        try:
            connection = self._idle_or_new()
            try:
                yield connection
            finally:
                self._idle.append(connection)
                if self._closed:
                    self.close()
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error

    def _idle_or_new(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            connection = connect(self._path)
            connection.execute("PRAGMA query_only = ON")
            return connection

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()


class Writer:
    """The one connection that writes, for one thread at a time. connect: the tests give one that breaks."""

    def __init__(self, path: Path, connect: Connect = connect) -> None:
        self._path = path
        self._connect = connect
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = connect(path)
        self._closed = False

    def transact(self, change: Work, is_stored: Question) -> None:
        """Run `change` in one transaction.

        is_stored: whether the outcome of `change` is in the database, asked where COMMIT itself errs. Raises
        `NotStored`, `UncertainCommit`, or what `change` raises; only after `UncertainCommit` may anything of
        it be stored.
        """
        with self._lock:
            if self._closed:
                raise ValueError("the store is closed")
            try:
                connection = self._connection or self._reconnect()
                connection.execute("BEGIN IMMEDIATE")
                change(connection)
            except BaseException as error:
                self._roll_back()
                if isinstance(error, sqlite3.Error):
                    raise NotStored(str(error)) from error
                raise
            try:
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._settle(is_stored, error)

    def force_to_disk(self) -> None:
        """Whatever can be read now survives the loss of power from here on."""
        with self._lock:
            assert self._connection is not None
            try:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            except sqlite3.OperationalError as error:
                # What stands in the log is forced before any of it is copied: for that there was room.
                if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
                    raise

    def leave_no_trace(self) -> None:
        """Finish what an erasure has begun: a deleted row leaves bytes in free pages, in gaps of others, and in the
        write-ahead log. The file is written anew without them. Raises `UncertainCommit` where a reader, or the disk, did
        not let it: it is finished when the database is opened again.
        """
        with self._lock:
            try:
                connection = self._connection or self._reconnect()
                if connection.execute("PRAGMA user_version").fetchone() != (TRACES_LEFT,):
                    return
                connection.execute("VACUUM")
                _empty_log(connection)
                connection.execute("PRAGMA user_version = 0")
            except sqlite3.Error as error:
                raise UncertainCommit(str(error)) from error

    def _settle(self, is_stored: Question, error: sqlite3.Error) -> None:
        """Decide by reading again, through another connection, whether a COMMIT that erred took effect."""
        try:
            self._abandon()
            connection = self._reconnect()
            if not is_stored(connection):
                raise NotStored(str(error)) from error
            if _force_to_disk(connection):
                return
        except sqlite3.Error as unreadable:
            raise UncertainCommit(f"{error}; then: {unreadable}") from error
        raise UncertainCommit(str(error)) from error

    def _reconnect(self) -> sqlite3.Connection:
        self._connection = self._connect(self._path)
        return self._connection

    def _roll_back(self) -> None:
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._abandon()

    def _abandon(self) -> None:
        """Closing rolls back; the next transaction opens another connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._abandon()


def _empty_log(connection: sqlite3.Connection) -> None:
    busy, _in_log, _copied = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("a reader keeps the write-ahead log from being emptied")


def _force_to_disk(connection: sqlite3.Connection) -> bool:
    """Copy the write-ahead log into the database and sync it: what is readable now is durable then."""
    busy, in_log, copied = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    return not busy and in_log == copied
