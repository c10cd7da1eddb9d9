"""The embedded default: one SQLite file (tables: `migrations/0001_record.sql`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from detente.store import sqlite_append
from detente.store.appending import check_appends
from detente.store.migrations import migrate, shipped_migrations
from detente.store.port import Append, Entry, Head
from detente.store.sqlite_connection import Connect, Readers, Writer, connect
from detente.tlog.tile import TILE_WIDTH, hashes_in_tile

PAGE = 500  # rows read at once, so that no query stays open while a caller works
LARGEST = 2**63 - 1  # SQLite's integer

_LOG = "(SELECT position FROM log WHERE origin = :origin)"


class SqliteStore:
    """Implements `detente.store.port.Store`. Any thread may use it; several processes may share the file."""

    def __init__(self, path: Path, connect: Connect = connect) -> None:
        """The database in `path`, made or brought up to date first. The file is its owner's alone.

        Raises `Refused` as `migrate` does, `OSError`, or `sqlite3.Error` where it cannot be opened.
        """
        if not path.exists():
            path.touch(mode=0o600)
        self._writer = Writer(path, connect)
        self._readers = Readers(path)
        try:
            with self._readers.lend() as connection:
                connection.execute("PRAGMA query_only = OFF")
                migrate(connection, shipped_migrations())
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            self.close()
            raise
