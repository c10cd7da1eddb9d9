"""From an address to a store.

| address | store |
|---|---|
| `sqlite:///record.sqlite` | a file, relative to where the program runs |
| `sqlite:////srv/record.sqlite` | a file, by its whole path |
| `record.sqlite` | the same file, without the scheme |
| `postgresql://user@host/database` | a PostgreSQL database, as libpq reads the address |
| `memory:` | in memory: gone with the process |
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from detente.codec.refusal import refuse
from detente.store.memory import MemoryStore
from detente.store.port import Store
from detente.store.sqlite import SqliteStore

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(.*)", re.DOTALL)


def open_store(url: str) -> Store:
    """The store at `url`, made where there is none.

    Raises `Refused` with code `store.address`, `store.extra`, `store.not_opened`, or one of those
    of `detente.store.migrations.migrate`.
    """
    match = _SCHEME.fullmatch(url)
    scheme, rest = match.groups() if match else ("", url)
    if scheme == "memory" and not rest:
        return MemoryStore()
    if scheme in ("postgresql", "postgres"):
        return _open_postgresql(url)
    path = rest[3:] if scheme == "sqlite" and rest.startswith("///") else "" if scheme else url
    if path in ("", ":memory:"):
        raise refuse(
            "store.address",
            f"“{url}” is not the address of a database.",
            instead="Write sqlite:/// and the path of a file, or memory: for a trial.",
        )
    return _open_sqlite(Path(path))


def _open_sqlite(path: Path) -> SqliteStore:
    try:
        return SqliteStore(path)
    except (OSError, sqlite3.Error) as error:
        raise refuse(
            "store.not_opened",
            f"The database {path} cannot be opened: {error}.",
            instead="Check that the folder exists, that it may be written to, and that the file is a database.",
        ) from error


def _open_postgresql(url: str) -> Store:
    try:
        import psycopg

        from detente.store.postgresql import PostgresqlStore
    except ImportError as error:
        raise refuse(
            "store.extra",
            "Records in PostgreSQL need a driver that is not installed here.",
            instead="Install detente with the extra “postgresql”, or keep the record in a file.",
        ) from error
    try:
        return PostgresqlStore(url)
    except psycopg.Error as error:
        # The address may hold a password: it is not said again.
        raise refuse(
            "store.not_opened",
            f"The PostgreSQL database cannot be opened: {str(error).strip().splitlines()[0]}",
            instead="Check that it runs, that its address is right, and that it may be written to.",
        ) from error
