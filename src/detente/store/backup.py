"""A backup: everything that a database holds of the logs, in one new SQLite file, as it was at one moment. Hosts go on.

The file has the tables of this version, whichever database it came from, and is restored into either: so a record also
moves between them. It holds the logs' keys as they are stored, wrapped under a host key that is not in it. Sealed files
lie beside the database and are not in it either; nor is what passes (`detente.store.passing`).

What was erased before the backup was made is not in it. What is erased later is removed again when a host opens what was
restored, once it holds the act that erased it (docs/specs/erasure.md).
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from detente.codec.refusal import refuse
from detente.store.durable_files import force, name_new
from detente.store.migrations import applied_in, pending, shipped_migrations
from detente.store.sql import PAGE, Connection, SqlStore
from detente.store.sqlite import SqliteStore

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "log": ("position", "origin", "size", "edge", "checkpoint"),
    "cosigned": ("log", "size", "note"),
    "entry": ("log", "idx", "entry", "leaf", "submission", "kind", "author", "at"),
    "disclosure": ("log", "idx", "place", "digest", "disclosure"),
    "tile": ("log", "level", "idx", "hashes", "root"),
    "secret": ("name", "wrapped"),
    "feed": ("position", "digest", "log", "person", "key", "ends", "made"),
    "wrapped_identity": ("position", "log", "credential", "person", "public", "sealing", "wrapped", "made"),
    "cosignature": ("log", "cosigner", "size", "time", "note"),
    "signed_again": ("log", "size", "note"),
    "stamp": ("log", "size", "place", "note", "answer", "authority", "made", "ends"),
    "stopped": ("log", "note"),
    "second_factor": ("log", "key", "credential", "public", "site", "made"),
}  # fmt: skip
"""Columns of each table, those first to which others refer."""
_UNFINISHED: Final = ".unfinished"


def back_up(store: SqlStore, file: Path) -> int:
    """Write a backup to `file`, its owner's alone; how many acts are in it.

    Raises `Refused` with code `backup.exists`, `Unavailable`, or `OSError`. A file is there whole or not at all.
    """
    if file.exists():
        raise refuse("backup.exists", f"There is a file {file} already.",
                     instead="Name a new file: a backup is never written over another.")  # fmt: skip
    unfinished = file.with_name(file.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)  # of a backup that was interrupted
    try:
        with store.snapshot() as source, closing(SqliteStore(unfinished)) as copy:
            copy.transact(lambda target: _copy(source, copy, target), lambda _target: False)
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # one file, and nothing beside it
            (acts,) = connection.execute("SELECT count(*) FROM entry").fetchone()
        force(unfinished)
        name_new(unfinished, file)
        force(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return int(acts)


def restore(file: Path, store: SqlStore) -> int:
    """Write what a backup holds into a store that holds nothing; how many acts. All of it, or nothing.

    Raises `Refused`: `backup.not_empty`, `backup.unreadable`, or as `migrate` does; or `Unavailable`.
    """
    _check_empty(store)

    def change(target: Connection) -> None:
        with _opened(file) as source:
            _copy(source, store, target)

    store.transact(change, _is_filled)
    return sum(head.size for origin in store.origins() if (head := store.head(origin)) is not None)


def wrapped_key(file: Path) -> tuple[str, bytes] | None:
    """A key in a backup, as it is stored: whoever restores can see whether their host key opens it."""
    with _opened(file) as source:
        found: tuple[str, bytes] | None = source.execute(
            "SELECT name, wrapped FROM secret WHERE name LIKE 'key/%' LIMIT 1"
        ).fetchone()
    return found


def _check_empty(store: SqlStore) -> None:
    with store.lend() as connection:
        if _is_filled(connection):
            raise refuse("backup.not_empty", "The database holds a record already.",
                         instead="Name a new database: a backup is never restored over a record.")  # fmt: skip


def _is_filled(connection: Connection) -> bool:
    rows = (connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in TABLES)
    return any(row is not None for row in rows)


def _copy(source: Connection, store: SqlStore, target: Connection) -> None:
    """Every row, a page at a time. source: at one moment; target: of `store`."""
    for table, columns in TABLES.items():
        rows = source.execute(f"SELECT {', '.join(columns)} FROM {table}")
        while page := rows.fetchmany(PAGE):
            store.fill(target, table, columns, page)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A backup, to be read; one of an earlier version is brought up to this one's tables in a copy.

    Raises `Refused` with code `backup.unreadable`, or as `migrate` does.
    """
    try:
        with ExitStack() as stack:
            connection = stack.enter_context(closing(_read_only(file)))
            applied = applied_in(connection)
            if not applied:
                raise OSError("it is empty")
            if pending(applied, shipped_migrations()):
                folder = stack.enter_context(tempfile.TemporaryDirectory(dir=file.parent))
                earlier = Path(folder) / file.name
                shutil.copyfile(file, earlier)
                SqliteStore(earlier).close()
                connection = stack.enter_context(closing(_read_only(earlier)))
            yield connection
    except (sqlite3.DatabaseError, OSError) as error:
        raise refuse("backup.unreadable", f"The backup {file} cannot be read: {error}.",
                     instead="Nothing was restored. Take another backup.") from error  # fmt: skip


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
