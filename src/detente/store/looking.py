"""A database opened to be looked at: it is neither made nor brought up to date, and nothing is written to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from detente.store.appending import NotStored
from detente.store.migrations import applied_in, check_current, shipped_migrations
from detente.store.sql import Question, Row, SqlStore, Work


class SqliteToLookAt(SqlStore):
    """A SQLite file, perhaps while a host is using it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        # Without a write-ahead log nobody writes, and to look must not make one.
        alone = not self.path.with_name(f"{self.path.name}-wal").exists()
        address = f"{self.path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
        with closing(sqlite3.connect(address, isolation_level=None, uri=True)) as connection:
            yield connection

    def check_schema(self) -> None:
        with self.lend() as connection:
            check_current(applied_in(connection), shipped_migrations())

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        with self.lend() as connection:
            connection.execute("BEGIN")  # it is closed afterwards, and has written nothing
            yield connection

    def fill(self, connection: Any, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        raise NotStored("the database was opened to be looked at")

    def transact(self, change: Work, is_stored: Question) -> None:
        raise NotStored("the database was opened to be looked at")
