from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.codec.refusal import Refused
from detente.store.migrations import Migration, migrate, shipped_migrations, statements

FIRST = Migration(
    1, "-- a comment; with a semicolon\nCREATE TABLE a (x TEXT);\nINSERT INTO a\nVALUES ('one; two');\n"
)
SECOND = Migration(2, "CREATE TABLE b (y);\n")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "record.sqlite", isolation_level=None)) as connection:
        yield connection


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def refused_code(connection: sqlite3.Connection, *migrations: Migration) -> str:
    with pytest.raises(Refused) as refused:
        migrate(connection, migrations)
    return refused.value.refusals[0].code


def test_the_shipped_migrations_are_numbered_without_gaps() -> None:
    numbers = [migration.number for migration in shipped_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_every_shipped_table_is_strict(connection: sqlite3.Connection) -> None:
    migrate(connection, shipped_migrations())
    kinds = {
        row[1]: row[5] for row in connection.execute("PRAGMA table_list") if not row[1].startswith("sqlite_")
    }
    assert {
        "log",
        "entry",
        "disclosure",
        "tile",
        "secret",
        "feed",
        "wrapped_identity",
        "second_factor",
        "cosignature",
        "signed_again",
        "stamp",
        "migration",
    } <= kinds.keys()
    assert all(kinds.values())


def test_migrations_are_applied_once_and_in_order(connection: sqlite3.Connection) -> None:
    migrate(connection, [FIRST])
    migrate(connection, [FIRST, SECOND])
    migrate(connection, [FIRST, SECOND])
    assert tables(connection) == {"migration", "a", "b"}
    assert connection.execute("SELECT x FROM a").fetchall() == [("one; two",)]
    recorded = connection.execute("SELECT number, checksum FROM migration").fetchall()
    assert recorded == [(1, FIRST.checksum), (2, SECOND.checksum)]


def test_a_changed_migration_is_refused(connection: sqlite3.Connection) -> None:
    migrate(connection, [FIRST])
    changed = replace(FIRST, script=FIRST.script + "\n")
    assert refused_code(connection, changed, SECOND) == "store.migration_changed"
    assert "b" not in tables(connection)


def test_a_database_of_a_later_version_is_refused(connection: sqlite3.Connection) -> None:
    migrate(connection, [FIRST, SECOND])
    assert refused_code(connection, FIRST) == "store.later_version"


def test_another_programs_database_is_refused_and_left_alone(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE theirs (x)")
    assert refused_code(connection, FIRST) == "store.foreign"
    assert tables(connection) == {"theirs"}


def test_a_migration_that_breaks_halfway_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection, [FIRST])
    broken = Migration(2, SECOND.script + "CREATE TABLE a (z);\n")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, [FIRST, broken])
    assert not connection.in_transaction
    assert tables(connection) == {"migration", "a"}
    migrate(connection, [FIRST, SECOND])
    assert "b" in tables(connection)


def test_a_script_that_ends_inside_a_statement_is_a_fault() -> None:
    assert list(statements("SELECT 1;\nSELECT\n2;\n")) == ["SELECT 1;\n", "SELECT\n2;\n"]
    with pytest.raises(ValueError, match="inside a statement"):
        list(statements("SELECT 1;\nSELECT 2"))
