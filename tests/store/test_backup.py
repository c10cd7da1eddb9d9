"""A backup is whole, of one moment, and goes back into either database; it is never written over anything."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from detente.codec.refusal import Refused
from detente.store.appending import NotStored
from detente.store.backup import TABLES, back_up, restore, wrapped_key
from detente.store.fsck import check_store
from detente.store.migrations import migrate, shipped_migrations
from detente.store.opening import open_store
from detente.store.port import Cosignature, Feed, SecondFactor, Stamp, WrappedIdentity
from detente.store.sql import SqlStore
from detente.store.sqlite import SqliteStore
from detente.store.sqlite_connection import connect
from tests.store.growing import CHAMBER, ORIGIN, append_after, entries_of, entry_of, fill
from tests.store.postgresql_server import is_installed, running

KINDS = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.skipif(not is_installed(), reason="no server")),
]
_NAMES = count()
CANARY = "canary words"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not is_installed():
        yield ""
        return
    with running() as address:
        yield address


@contextmanager
def empty(kind: str, server: str, folder: Path) -> Iterator[SqlStore]:
    """A new database of a kind."""
    name = f"backup_{next(_NAMES)}"
    if kind == "sqlite":
        address = f"sqlite:///{folder / name}"
    else:
        import psycopg

        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        address = f"{server.rpartition('/')[0]}/{name}"
    store = open_store(address)
    assert isinstance(store, SqlStore)
    with closing(store):
        yield store


def fill_every_table(store: SqlStore) -> None:
    entries = [entry_of(number, disclosures=(f"text {number}",)) for number in range(600)]
    store.append([append_after((), entries)], [("key/public", b"wrapped")])
    store.append([append_after((), entries_of(0, 3), origin=CHAMBER)])
    store.keep_cosigned(ORIGIN, 600, b"note", [Cosignature("harbour", 600, 7, b"line")])
    store.keep_signed_again(ORIGIN, 600, b"again")
    store.keep_stamp(Stamp(ORIGIN, 600, 0, b"note", b"answer", "authority", 1, 2))
    store.stop(CHAMBER, b"stopped")
    store.keep_feed(Feed("d" * 64, ORIGIN, "A", "key", "ends", 3))
    store.keep_factor(SecondFactor(ORIGIN, "key", "credential", b"public", "site", 5))
    store.keep_wrapped(WrappedIdentity(ORIGIN, "credential", "A", "public", "sealing", b"wrapped", 4))


def held(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    with store.lend() as connection:
        return {
            table: sorted(
                map(tuple, connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall())
            )
            for table, columns in TABLES.items()
        }


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusals[0].code


@pytest.mark.parametrize("into", KINDS)
@pytest.mark.parametrize("of", KINDS)
def test_what_one_database_holds_goes_into_another(of: str, into: str, server: str, tmp_path: Path) -> None:
    with empty(of, server, tmp_path) as store, empty(into, server, tmp_path) as other:
        fill_every_table(store)
        assert all(held(store).values()), "every table is tried"
        assert back_up(store, tmp_path / "backup") == 603
        assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
        assert {
            file.name
            for file in tmp_path.iterdir()
            if file.name.startswith("backup") and "_" not in file.name
        } == {"backup"}
        assert wrapped_key(tmp_path / "backup") == ("key/public", b"wrapped")
        assert restore(tmp_path / "backup", other) == 603
        assert held(other) == held(store)
        assert other.origins() == store.origins()
        # And it goes on: the next log, entry and feed follow on those that came.
        other.append([append_after((), entries_of(0, 2), origin="detente/next")])
        other.keep_feed(Feed("e" * 64, ORIGIN, "A", "key", "ends", 3))
        assert other.origins()[-1] == "detente/next"
        assert [feed.digest[0] for feed in other.feeds(ORIGIN, "A")] == ["d", "e"]


def test_every_table_but_those_of_the_program_itself_is_in_it(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "new", isolation_level=None)) as connection:
        migrate(connection, shipped_migrations())
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        for table, columns in TABLES.items():
            assert {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} == set(columns)
    assert tables - {"migration"} == set(TABLES)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_of_one_moment_while_acts_come(kind: str, server: str, tmp_path: Path) -> None:
    with empty(kind, server, tmp_path) as store:
        entries, ended = fill(store, 400, step=400), Event()

        def go_on() -> None:
            while not ended.is_set():
                more = entries_of(len(entries), len(entries) + 1)
                store.append([append_after(entries, more)])
                entries.extend(more)

        writing = Thread(target=go_on)
        writing.start()
        try:
            for number in range(5):
                back_up(store, tmp_path / f"backup{number}")
        finally:
            ended.set()
            writing.join()
    for number in range(5):
        with closing(SqliteStore(tmp_path / f"backup{number}")) as copy:
            whole = [one for one in check_store(copy, ORIGIN) if one.code in ("fsck.entry_missing", "fsck.entry_beyond",
                                                                             "fsck.edge", "fsck.tile")]  # fmt: skip
            assert whole == []


def test_nothing_is_written_over_anything(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "record")) as store:
        fill(store, 3)
        (tmp_path / "there").write_bytes(b"theirs")
        with pytest.raises(Refused) as refused:
            back_up(store, tmp_path / "there")
        assert code(refused) == "backup.exists" and (tmp_path / "there").read_bytes() == b"theirs"
        back_up(store, tmp_path / "backup")
        before = held(store)
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "backup", store)
        assert code(refused) == "backup.not_empty" and held(store) == before


def test_nothing_of_what_was_erased_is_in_it(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "record")) as store:
        entry = entry_of(0, disclosures=(CANARY, "other"))
        store.append([append_after((), [entry])])
        store.erase(ORIGIN, {entry.leaf: [CANARY]})
        back_up(store, tmp_path / "backup")
    raw = (tmp_path / "backup").read_bytes()
    assert CANARY.encode() not in raw and b"other" in raw


@pytest.mark.parametrize("damage", ["empty", "cut", "other"])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_restored(damage: str, tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "record")) as store:
        fill(store, 600, step=300)
        back_up(store, tmp_path / "backup")
    raw = (tmp_path / "backup").read_bytes()
    (tmp_path / "backup").write_bytes(
        {"empty": b"", "cut": raw[: len(raw) // 2], "other": b"x" * 9000}[damage]
    )
    with closing(SqliteStore(tmp_path / "new")) as store:
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "backup", store)
        assert code(refused) == "backup.unreadable"
        assert not any(held(store).values())


def test_a_backup_of_an_earlier_version_is_restored_and_stays_as_it_was(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "backup", isolation_level=None)) as connection:
        migrate(connection, shipped_migrations()[:1])
        connection.execute("INSERT INTO secret VALUES ('key/old', x'01')")
    raw = (tmp_path / "backup").read_bytes()
    with closing(SqliteStore(tmp_path / "new")) as store:
        restore(tmp_path / "backup", store)
        assert store.secret("key/old") == b"\x01"
    assert (tmp_path / "backup").read_bytes() == raw
    assert {file.name for file in tmp_path.iterdir()} <= {"backup", "new", "new-wal", "new-shm"}


def test_a_backup_that_failed_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(SqliteStore(tmp_path / "record")) as store:
        fill(store, 3)

        def full(*_words: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(SqliteStore, "fill", full)
        with pytest.raises(Exception, match="full"):
            back_up(store, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_where_there_are_no_links_it_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)  # as on a stick
    with closing(SqliteStore(tmp_path / "record")) as store:
        fill_every_table(store)
        assert back_up(store, tmp_path / "backup") == 603
        with pytest.raises(Refused):
            back_up(store, tmp_path / "backup")
    assert wrapped_key(tmp_path / "backup") == ("key/public", b"wrapped")


def test_a_disk_that_is_full_is_no_fault_of_the_backup(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "record")) as store:
        fill_every_table(store)
        back_up(store, tmp_path / "backup")

    def full(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 1")  # no page more than there are
        return connection

    with closing(SqliteStore(tmp_path / "other", full)) as other:
        with pytest.raises(NotStored):
            restore(tmp_path / "backup", other)
        assert other.origins() == ()
