"""Databases of every earlier state, frozen: each is brought up to date, loses nothing, and answers as it did.

A database is made once, when its migration is (`vectors/make_schemas.py`), and never again.
"""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from detente.codec.refusal import Refused
from detente.depositary.custody import Custody
from detente.depositary.fork_guard import check_signs
from detente.depositary.host import Depositary
from detente.depositary.self_check import check_process
from detente.depositary.snapshot import Snapshots
from detente.store import migrations, postgresql
from detente.store.fsck import check_database
from detente.store.migrations import Migration, shipped_migrations
from detente.store.opening import open_store
from tests.store.postgresql_server import is_installed, running

SCHEMAS = Path(__file__).parents[2] / "vectors" / "schemas"
FOLDERS = {"sqlite": "migrations", "postgresql": "postgresql_migrations"}
needs_server = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")
_NAMES = count()
Rows = dict[str, list[tuple[Any, ...]]]


def frozen(database: str) -> list[Path]:
    return sorted(SCHEMAS.glob(f"{database}-*.sql"))


ALL = [pytest.param(file, id=file.stem, marks=needs_server if file.stem.startswith("p") else ())
       for file in (*frozen("sqlite"), *frozen("postgresql"))]  # fmt: skip
NEWEST = [pytest.param(frozen("sqlite")[-1], id="sqlite"),
          pytest.param(frozen("postgresql")[-1], id="postgresql", marks=needs_server)]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pytest.importorskip("psycopg")
    with running() as address:
        yield address


class Old:
    """A frozen database, as it was, where it can be opened. rows: of each table, but for that of the migrations."""

    def __init__(self, file: Path, address: str) -> None:
        self.address = address
        self.number = int(file.stem.rpartition("-")[2])
        self.answers = json.loads(file.with_suffix(".json").read_text("ascii"))

    @contextmanager
    def connected(self) -> Iterator[Any]:
        if self.address.startswith("postgresql:"):
            import psycopg

            with psycopg.connect(self.address, autocommit=True) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(self.address, isolation_level=None)) as connection:
                yield connection

    def rows(self) -> Rows:
        listed = ("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                  if self.address.startswith("postgresql:") else
                  "SELECT name FROM sqlite_schema WHERE type = 'table'")  # fmt: skip
        with self.connected() as connection:
            tables = sorted(name for (name,) in connection.execute(listed).fetchall())
            return {
                table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall())
                for table in tables
                if table != "migration"
            }

    def applied(self) -> list[int]:
        with self.connected() as connection:
            found = connection.execute("SELECT number FROM migration ORDER BY number").fetchall()
            return [number for (number,) in found]


@pytest.fixture
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    file: Path = request.param
    if file.stem.startswith("sqlite"):
        found = Old(file, str(tmp_path / "record.sqlite"))
        with found.connected() as connection:
            connection.executescript(file.read_text("utf-8"))
        return found
    import psycopg

    server: str = request.getfixturevalue("server")
    name = f"old_{next(_NAMES)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    found = Old(file, f"{server.rpartition('/')[0]}/{name}")
    with found.connected() as connection:
        connection.execute(file.read_text("utf-8"))
    return found


@contextmanager
def opened(old: Old) -> Iterator[Depositary]:
    with closing(open_store(old.address)) as store:
        yield Depositary(store, Custody(bytes(32)), Snapshots(None, bytes(32)))


@pytest.mark.parametrize("database", FOLDERS)
def test_every_migration_has_its_frozen_database(database: str) -> None:
    """A new one: run `python vectors/make_schemas.py`, and commit what it wrote with the migration."""
    numbers = [migration.number for migration in shipped_migrations(FOLDERS[database])]
    assert [int(file.stem.rpartition("-")[2]) for file in frozen(database)] == numbers


@pytest.mark.parametrize("database", FOLDERS)
def test_a_frozen_database_was_made_by_the_migrations_as_they_are(database: str) -> None:
    for file in frozen(database):
        number, text = int(file.stem.rpartition("-")[2]), file.read_text("utf-8")
        for migration in shipped_migrations(FOLDERS[database])[:number]:
            assert migration.script in text and migration.checksum in text


@pytest.mark.parametrize("database", FOLDERS)
def test_the_newest_one_has_something_in_every_table_that_a_small_record_fills(database: str) -> None:
    text = frozen(database)[-1].read_text("utf-8")
    script = "".join(migration.script for migration in shipped_migrations(FOLDERS[database]))
    tables = re.findall(r"CREATE (?:UNLOGGED )?TABLE (\w+)", script)
    # A full tile takes 256 acts; what passes is gone at the next start.
    assert {table for table in tables if f"INSERT INTO {table} " not in text} <= {"tile", "passing"}


@pytest.mark.parametrize("old", ALL, indirect=True)
def test_it_is_brought_up_to_date_loses_nothing_and_answers_as_it_did(old: Old) -> None:
    sys.path.insert(0, str(SCHEMAS.parent))
    try:
        from make_schemas import answers_now
    finally:
        sys.path.remove(str(SCHEMAS.parent))
    before = old.rows()
    with opened(old) as host:
        kind = "postgresql_migrations" if old.address.startswith("postgresql:") else "migrations"
        assert old.applied() == [migration.number for migration in shipped_migrations(kind)]
        after = old.rows()
        assert {table: after[table] for table in before} == before
        assert {origin: answers_now(host, origin) for origin in host.processes()} == old.answers
        assert list(check_database(host.store)) == []
        assert [
            fault for origin in host.processes() for fault in check_process(host, origin, 1_800_000_000)
        ] == []
        kept, stopped = host.processes()
        check_signs(host, host.store.head(kept))
        if "stopped" in before:
            with pytest.raises(Refused, match="signs nothing more"):
                check_signs(host, host.store.head(stopped))


@pytest.mark.parametrize("old", ALL, indirect=True)
def test_its_talks_go_on(old: Old) -> None:
    sys.path.insert(0, str(SCHEMAS.parent))
    try:
        from host_parts import Table, key_named
    finally:
        sys.path.remove(str(SCHEMAS.parent))
    with opened(old) as host:
        origin = host.processes()[0]
        table = Table.of(host, origin, lambda person: key_named(f"schemas-1 {person}"))
        size = table.size
        assert host.receive_act(table.statement("A", "Afterwards.")).index == size
        assert host.prepare().log_key
    with opened(old) as again:
        head = again.store.head(origin)
        assert head is not None and head.size == size + 1


@pytest.mark.parametrize(
    "old", [frozen("sqlite")[0], frozen("sqlite")[-1]], ids=["first", "newest"], indirect=True
)
def test_an_upgrade_that_is_killed_halfway_leaves_the_old_one(old: Old) -> None:
    """A migration kills its own process after it has changed tables, before it ends."""
    program = f"""
import os, signal
from pathlib import Path
from detente.store.migrations import Migration, migrate, shipped_migrations
from detente.store.sqlite_connection import connect
connection = connect(Path({old.address!r}))
connection.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
script = "ALTER TABLE log ADD COLUMN words TEXT;\\nDELETE FROM disclosure;\\nSELECT die();\\n"
migrate(connection, [*shipped_migrations(), Migration(9999, script)])
"""
    before, applied = old.rows(), old.applied()
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert (old.applied(), old.rows()) == (applied, before)
    with opened(old) as host:
        assert host.processes() == tuple(old.answers)


@needs_server
@pytest.mark.parametrize("old", [frozen("postgresql")[-1]], ids=["newest"], indirect=True)
def test_an_upgrade_whose_connection_ends_halfway_leaves_the_old_one(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, applied = old.rows(), old.applied()
    ends = "ALTER TABLE log ADD COLUMN words text; DELETE FROM disclosure; SELECT pg_terminate_backend(pg_backend_pid());"
    with monkeypatch.context() as broken:
        shipped = shipped_migrations("postgresql_migrations")
        broken.setattr(postgresql, "shipped_migrations", lambda _kind: (*shipped, Migration(9999, ends)))
        with pytest.raises(Refused):
            open_store(old.address)
    assert (old.applied(), old.rows()) == (applied, before)
    with opened(old) as host:
        assert host.processes() == tuple(old.answers)


@pytest.mark.parametrize("old", NEWEST, indirect=True)
def test_one_of_a_later_version_is_refused_in_words_and_left_alone(old: Old) -> None:
    with old.connected() as connection:
        connection.execute("INSERT INTO migration (number, checksum) VALUES (9999, 'x')")
    before = old.rows()
    with pytest.raises(Refused) as refused:
        open_store(old.address)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.instead) == (
        "store.later_version", "Start the version that made it, or a later one."
    )  # fmt: skip
    assert old.rows() == before


def test_the_check_of_rows_would_see_one_that_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, with a migration that forgets: what the tests compare does change."""
    file = frozen("sqlite")[-1]
    old = Old(file, str(tmp_path / "record.sqlite"))
    with old.connected() as connection:
        connection.executescript(file.read_text("utf-8"))
    before = old.rows()
    lossy = Migration(9999, "DELETE FROM feed;\n")
    with old.connected() as connection:
        migrations.migrate(connection, [*shipped_migrations(), lossy])
    assert old.rows() != before
