"""How PostgreSQL is spoken to: a few connections, each for one thread at a time, and a COMMIT believed when it is sure.

Isolation is READ COMMITTED: the size that an append expects stands in its UPDATE, whose row lock makes appends to one
log wait for each other and lets those to other logs pass. `synchronous_commit = on` holds a COMMIT until its record is
on the disk, and on that of a synchronous standby where there is one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from select import POLLIN, poll
from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import Any, Final, NamedTuple

import psycopg

from detente.store.appending import NotStored
from detente.store.port import UncertainCommit
from detente.store.sql import Question, Work

LONGEST_WAIT: Final = 10.0
"""Seconds: for a lock; for a connection that is free; for an abandoned transaction to end."""
LONGEST_READ: Final = 60.0
"""Seconds of one query."""
MOST: Final = 16
"""Connections of one server process: a server takes a hundred unless it is told otherwise."""
PAUSE: Final = 0.1
"""Seconds in which none is tried after one could not be had: a server that recovers is not kept busy by turning away
everybody who waits for it."""
_NAMED: Final = re.compile(r":([a-z_]+)")


class Spoken:
    """A connection that takes queries as `detente.store.sql` writes them."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def execute(self, query: str, values: Any = (), /) -> psycopg.Cursor[Any]:
        return self.connection.execute(_translated(query), values)

    def executemany(self, query: str, values: Any, /) -> None:
        rows = list(values)
        if rows:
            with self.connection.cursor() as cursor:
                cursor.executemany(_translated(query), rows)


class Streaming:
    """A connection in a transaction, whose rows come from the server as they are asked for."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._names = count()

    def execute(self, query: str, values: Any = (), /) -> psycopg.ServerCursor[Any]:
        cursor = self._connection.cursor(name=f"rows_{next(self._names)}")
        return cursor.execute(_translated(query), values)


def _translated(query: str) -> str:
    """`?` and `:name` as psycopg writes them. Stores' queries have neither sign elsewhere, and no `%`."""
    return _NAMED.sub(r"%(\1)s", query.replace("?", "%s"))


def connect(address: str) -> psycopg.Connection[Any]:
    """In autocommit, so that every BEGIN stands in the code."""
    connection = psycopg.connect(address, autocommit=True, application_name="detente", **_PATIENCE)
    try:
        connection.execute(SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection


_PATIENCE: Final[dict[str, Any]] = {
    "connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}  # fmt: skip
"""How long a server is waited for that says nothing: one whose machine is gone closes no connection."""
# Waiting for a client that is gone must not hold a log's row for ever.
SETTINGS: Final = f"""
    SET synchronous_commit = on;
    SET lock_timeout = {int(LONGEST_WAIT * 1000)};
    SET statement_timeout = {int(LONGEST_READ * 1000)};
    SET idle_in_transaction_session_timeout = 60000"""
_BEGIN: Final = "BEGIN; SET LOCAL statement_timeout = 0"
"""A COMMIT waits for its standby as long as that takes: the server ends a wait that is too long with “committed”."""


class Connections:
    """Lent to one thread at a time; never more are open than were in use at once, and never more than `MOST`."""

    def __init__(self, open_one: Callable[[], psycopg.Connection[Any]]) -> None:
        self._open = open_one
        self._idle: deque[psycopg.Connection[Any]] = deque()
        self._free = BoundedSemaphore(MOST)
        self._closed = False
        self._not_before = 0.0
        self.losses = 0
        """How many connections were lost: what answers since may be another server."""

    @contextmanager
    def lend(self) -> Iterator[psycopg.Connection[Any]]:
        """One that failed is not lent again. Raises `psycopg.Error` where none is to be had."""
        if self._closed:
            raise ValueError("the store is closed")
        if not self._free.acquire(timeout=LONGEST_WAIT):
            raise psycopg.OperationalError(f"all {MOST} connections are in use")
        try:
            connection = self._idle_or_new()
            try:
                yield connection
            finally:
                self._take_back(connection)
        finally:
            self._free.release()

    def _idle_or_new(self) -> psycopg.Connection[Any]:
        while self._idle:
            connection = self._idle.pop()
            if _is_quiet(connection):
                return connection
            self._lose(connection)
        if monotonic() < self._not_before:
            raise psycopg.OperationalError("it could not be reached a moment ago")
        try:
            return self._open()
        except psycopg.OperationalError:
            self._not_before = monotonic() + PAUSE
            raise

    def _take_back(self, connection: psycopg.Connection[Any]) -> None:
        if connection.closed or connection.broken or connection.info.transaction_status != _IDLE:
            self._lose(connection)
        else:
            self._idle.append(connection)
        if self._closed:
            self.close()

    def _lose(self, connection: psycopg.Connection[Any]) -> None:
        self.losses += 1
        connection.close()

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()


def _is_quiet(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has sent nothing to an idle connection: it does when it ends one."""
    asked = poll()
    asked.register(connection.fileno(), POLLIN)
    return not asked.poll(0)


_IDLE: Final = psycopg.pq.TransactionStatus.IDLE


def transact(connections: Connections, change: Work, is_stored: Question) -> None:
    """As the port of `SqlStore.transact`."""
    try:
        with connections.lend() as connection:
            unanswered = _commit(connection, change)
            if unanswered is None:
                return
    except psycopg.Error as error:
        raise NotStored(said(error)) from error
    _settle(connections, unanswered, is_stored)


class _Unanswered(NamedTuple):
    """A COMMIT that erred. process: of the server, which may still be at it."""

    process: int
    error: psycopg.Error


def _commit(connection: psycopg.Connection[Any], change: Work) -> _Unanswered | None:
    """None where the outcome is stored. Raises `psycopg.Error` where nothing is, or what `change` raises."""
    try:
        connection.execute(_BEGIN)
        change(Spoken(connection))
    except BaseException as error:
        _roll_back(connection)
        if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
            connection.close()  # a server that has become a standby: the next connection may find the one that writes
        raise
    process = connection.info.backend_pid
    try:
        connection.execute("COMMIT")
    except psycopg.Error as error:
        connection.close()
        return _Unanswered(process, error)
    return None


def _roll_back(connection: psycopg.Connection[Any]) -> None:
    try:
        connection.execute("ROLLBACK")
    except psycopg.Error:
        connection.close()


def _settle(connections: Connections, unanswered: _Unanswered, is_stored: Question) -> None:
    """Decide, once the server has ended the transaction, whether a COMMIT that erred took effect."""
    process, error = unanswered
    try:
        with connections.lend() as connection:
            if not _has_ended(connection, process):
                raise UncertainCommit(said(error)) from error
            if is_stored(Spoken(connection)):
                return
    except psycopg.Error as unreadable:
        raise UncertainCommit(f"{said(error)}; then: {said(unreadable)}") from error
    raise NotStored(said(error)) from error


def said(error: psycopg.Error) -> str:
    """The first line of what the database says: a password stands in none of them."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _has_ended(connection: psycopg.Connection[Any], process: int) -> bool:
    """Whether the server process of a lost connection is gone: until then its COMMIT may still take effect."""
    ends = monotonic() + LONGEST_WAIT
    while True:
        found = connection.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", (process,)).fetchone()
        if found is None or process == connection.info.backend_pid:
            return True
        if monotonic() > ends:
            return False
        sleep(0.02)
