"""The embedded default: one SQLite file (tables: `migrations/*.sql`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, ClassVar

from detente.store.appending import NotStored
from detente.store.durable_files import force
from detente.store.migrations import applied_in, check_current, migrate, shipped_migrations
from detente.store.port import News
from detente.store.sql import Question, Row, SqlStore, Work
from detente.store.sql_append import are_erased, erase_disclosures
from detente.store.sqlite_connection import TRACES_LEFT, Connect, Readers, Writer, connect


class SqliteStore(SqlStore):
    """Several processes may share the file."""

    BY_LEAF: ClassVar[str] = "INDEXED BY entry_by_leaf"
    passing = None
    losses = 0

    def __init__(self, path: Path, connect_writer: Connect = connect) -> None:
        """The database in `path`, made or brought up to date first. The file is its owner's alone.

        Raises `Refused` as `migrate` does, `OSError`, or `sqlite3.Error` where it cannot be opened.
        """
        if not path.exists():
            path.touch(mode=0o600)
        with closing(connect(path)) as connection:
            migrate(connection, shipped_migrations())
        self.path = path
        self._writer = Writer(path, connect_writer)
        self.readers = Readers(path)
        # What a process wrote and did not live to force to disk is read here like everything else, and a log that was
        # emptied may come back with its name: both are certain before anybody has a receipt from here.
        self._writer.force_to_disk()
        force(path.parent)
        self._writer.leave_no_trace()

    def listen(self, told: Callable[[News], None]) -> AbstractContextManager[bool]:
        return nullcontext(False)  # SQLite tells other processes nothing: they look

    def lend(self) -> AbstractContextManager[sqlite3.Connection]:
        return self.readers.lend()

    def check_schema(self) -> None:
        with self.lend() as connection:
            check_current(applied_in(connection), shipped_migrations())

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        with self.lend() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    def fill(self, connection: Any, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        places = ", ".join("?" * len(columns))
        try:
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
        except sqlite3.OperationalError as error:
            raise NotStored(str(error)) from error  # no room: no fault of where the rows come from

    def transact(self, change: Work, is_stored: Question) -> None:
        self._writer.transact(change, is_stored)

    def erase(self, origin: str, disclosures: Mapping[bytes, Sequence[str]]) -> None:
        """As the port says: the rows are deleted, the file is written anew, and the write-ahead log is emptied. It takes
        time and space in proportion to the database. Raises `NotStored` too."""

        def change(connection: sqlite3.Connection) -> None:
            erase_disclosures(connection, origin, disclosures)
            # In the same transaction: that their traces are still to be removed.
            connection.execute(f"PRAGMA user_version = {TRACES_LEFT}")

        self._writer.transact(change, lambda connection: are_erased(connection, origin, disclosures))
        self._writer.leave_no_trace()

    def close(self) -> None:
        # The last connection to close empties the write-ahead log: that is the writer's part.
        self.readers.close()
        self._writer.close()
