"""The tables, in numbered files that never change once released: `migrations/0001_record.sql` and on.

The table `migration` keeps the SHA-256 of each file that was applied. A database is refused where a file is
no longer what it was, or where it was made by a later version. Each file is applied statement by statement
inside one transaction: `executescript` would commit first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from msgspec import Struct

from detente.codec.refusal import refuse

_TABLE = "CREATE TABLE migration (number INTEGER PRIMARY KEY, checksum TEXT NOT NULL) STRICT"


class Migration(Struct, frozen=True):
    """number: from 1, without gaps; script: SQL statements."""

    number: int
    script: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the script, in hex."""
        return sha256(self.script.encode()).hexdigest()


@cache
def shipped_migrations(folder: str = "migrations") -> tuple[Migration, ...]:
    """The migrations of this version, in order. folder: of the database's kind, beside this file."""
    scripts = [
        file for file in files("detente.store").joinpath(folder).iterdir() if file.name.endswith(".sql")
    ]
    found = (Migration(int(file.name[:4]), file.read_text(encoding="utf-8")) for file in scripts)
    return tuple(sorted(found, key=lambda migration: migration.number))


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Bring the database up to `migrations`, all or nothing.

    connection: in autocommit. Raises `Refused` with code `store.migration_changed`, `store.later_version` or
    `store.foreign`, or the database's own error; then nothing has changed.
    """
    if not pending(applied_in(connection), migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again under the lock: another process may have been first.
        for migration in pending(applied_in(connection), migrations):
            if migration.number == 1:
                connection.execute(_TABLE)
            for statement in statements(migration.script):
                connection.execute(statement)
            row = (migration.number, migration.checksum)
            connection.execute("INSERT INTO migration (number, checksum) VALUES (?, ?)", row)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, each of which ends at the end of a line."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError("a migration ends inside a statement")


def check_current(applied: dict[int, str], migrations: Sequence[Migration]) -> None:
    """Whether exactly `migrations` were applied.

    Raises `Refused` as `pending` does, or with code `store.earlier_version`.
    """
    if pending(applied, migrations):
        raise refuse("store.earlier_version", "The database has the tables of an earlier version.",
                     instead="Start “detente serve” once: it brings them up to date. Make a backup first.")  # fmt: skip


def pending(applied: dict[int, str], migrations: Sequence[Migration]) -> list[Migration]:
    """Those that are still to be applied to a database in which `applied` were, by number with their checksums.

    Raises `Refused` with code `store.migration_changed` or `store.later_version`.
    """
    known = {migration.number: migration for migration in migrations}
    for number, checksum in applied.items():
        if number not in known:
            raise refuse(
                "store.later_version",
                f"The database was made by a later version: its migration {number} is not known here.",
                instead="Start the version that made it, or a later one.",
            )
        if known[number].checksum != checksum:
            raise refuse(
                "store.migration_changed",
                f"Migration {number} is not the one that the database was made with.",
                instead="Install the released version again; a released migration is never edited.",
            )
    return [migration for migration in migrations if migration.number not in applied]


def applied_in(connection: sqlite3.Connection) -> dict[int, str]:
    """What was applied to a database, by number with their checksums. Raises `Refused` with code `store.foreign`."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if "migration" in tables:
        return dict(connection.execute("SELECT number, checksum FROM migration ORDER BY number"))
    if tables:
        raise refuse(
            "store.foreign",
            "The file is a database of another program.",
            instead="Name another file; nothing was changed in this one.",
        )
    return {}
