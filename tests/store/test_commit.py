"""A COMMIT that errs: what was not stored is told apart from what was, and from what nobody can know."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from detente.store.appending import NotStored
from detente.store.port import Append, Store, UncertainCommit
from detente.store.sqlite import SqliteStore
from detente.store.sqlite_connection import connect
from tests.store.conformance import opening
from tests.store.growing import ORIGIN, append_to, entries_of, entry_of, fill

Fault = Callable[[sqlite3.Connection], None]
LOST = "the answer to COMMIT was lost"


class Breaking:
    """Connects a store's writer. faults: what happens in place of each COMMIT to come; `down`: no connection."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.down = False
        self.full_disk = False

    def __call__(self, path: Path) -> sqlite3.Connection:
        if self.down:
            raise sqlite3.OperationalError("unable to open database file")
        breaking = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                if sql == "COMMIT" and breaking.faults:
                    breaking.faults.pop()(self)
                    raise sqlite3.OperationalError(LOST)
                if "wal_checkpoint" in sql and breaking.full_disk:
                    raise sqlite3.OperationalError("database or disk is full")
                return super().execute(sql, *values)

        connection = connect(path, Connection)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection


def before(connection: sqlite3.Connection) -> None:
    """The COMMIT never happened."""


def after(connection: sqlite3.Connection) -> None:
    """The COMMIT happened, and only its answer was lost."""
    sqlite3.Connection.execute(connection, "COMMIT")


@pytest.fixture
def breaking() -> Breaking:
    return Breaking()


@pytest.fixture
def store(tmp_path: Path, breaking: Breaking) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "record.sqlite", breaking)) as store:
        fill(store, 3)
        yield store


def next_append(store: Store) -> Append:
    return append_to(store, entries_of(3, 5))


@pytest.mark.parametrize("fault", [before, after])
def test_an_erasure_is_done_or_said_not_to_be(store: SqliteStore, breaking: Breaking, fault: Fault) -> None:
    entry = entry_of(3, disclosures=("canary", "other"))
    store.append([append_to(store, [entry])])
    breaking.faults = [fault]
    if fault is before:
        with pytest.raises(NotStored, match=LOST):
            store.erase(ORIGIN, {entry.leaf: ["canary"]})
        store.erase(ORIGIN, {entry.leaf: ["canary"]})
    else:
        store.erase(ORIGIN, {entry.leaf: ["canary"]})
    assert store.disclosures(ORIGIN, [entry.leaf]) == {entry.leaf: ("other",)}


def test_not_stored_is_said_and_the_same_append_may_follow(store: SqliteStore, breaking: Breaking) -> None:
    append, head = next_append(store), store.head(ORIGIN)
    breaking.faults = [before]
    with pytest.raises(NotStored, match=LOST):
        store.append([append])
    assert store.head(ORIGIN) == head
    store.append([append])
    assert store.head(ORIGIN) == append.head


def test_stored_although_the_answer_was_lost_is_success_once_it_is_on_disk(
    store: SqliteStore, breaking: Breaking
) -> None:
    append = next_append(store)
    breaking.faults = [after]
    store.append([append])
    assert store.head(ORIGIN) == append.head


def test_stored_but_not_surely_on_disk_is_uncertain(store: SqliteStore, breaking: Breaking) -> None:
    append = next_append(store)
    breaking.faults, breaking.full_disk = [after], True
    with pytest.raises(UncertainCommit):
        store.append([append])
    assert store.head(ORIGIN) == append.head


def test_stored_while_a_reader_keeps_it_from_the_database_file_is_uncertain(
    store: SqliteStore, breaking: Breaking
) -> None:
    append = next_append(store)
    breaking.faults = [after]
    with closing(connect(store.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT size FROM log").fetchall()
        with pytest.raises(UncertainCommit):
            store.append([append])
    assert store.head(ORIGIN) == append.head


@pytest.mark.parametrize(("fault", "size"), [(before, 3), (after, 5)])
def test_what_cannot_be_read_again_is_uncertain_until_it_can(
    store: SqliteStore, breaking: Breaking, fault: Fault, size: int
) -> None:
    def and_then_down(connection: sqlite3.Connection) -> None:
        fault(connection)
        breaking.down = True

    breaking.faults = [and_then_down]
    with pytest.raises(UncertainCommit, match=LOST):
        store.append([next_append(store)])
    with pytest.raises(NotStored):
        store.append([next_append(store)])
    breaking.down = False
    head = store.head(ORIGIN)
    assert head is not None and head.size == size
    store.append([append_to(store, entries_of(size, size + 1))])


def test_another_writers_entry_in_its_place_is_not_mistaken_for_its_own(
    store: SqliteStore, breaking: Breaking
) -> None:
    theirs = append_to(store, entries_of(100, 101))

    def overtaken(connection: sqlite3.Connection) -> None:
        sqlite3.Connection.execute(connection, "ROLLBACK")
        with closing(SqliteStore(store.path)) as other:
            other.append([theirs])

    breaking.faults = [overtaken]
    with pytest.raises(NotStored):
        store.append([next_append(store)])
    assert store.head(ORIGIN) == theirs.head


def test_its_own_entry_is_found_below_another_writers(store: SqliteStore, breaking: Breaking) -> None:
    append = next_append(store)

    def followed(connection: sqlite3.Connection) -> None:
        after(connection)
        with closing(SqliteStore(store.path)) as other:
            other.append([append_to(other, entries_of(5, 9))])

    breaking.faults = [followed]
    store.append([append])
    assert list(store.entries(ORIGIN, 0, 9)) == entries_of(0, 9)


@pytest.mark.parametrize(("fault", "stored"), [(before, False), (after, True)])
def test_opening_a_log_and_keeping_a_key_are_decided_too(
    store: SqliteStore, breaking: Breaking, fault: Fault, stored: bool
) -> None:
    other = opening("detente/other")
    for append, secrets, name in (([other], [("one", b"1")], "one"), ([], [("two", b"2")], "two")):
        breaking.faults = [fault]
        if stored:
            store.append(append, secrets)
        else:
            with pytest.raises(NotStored):
                store.append(append, secrets)
        assert (store.secret(name) is not None) == stored
    assert (store.head("detente/other") is not None) == stored


@pytest.mark.parametrize(("fault", "note"), [(before, b""), (after, b"note")])
def test_keeping_a_cosigned_checkpoint_is_decided_too(
    store: SqliteStore, breaking: Breaking, fault: Fault, note: bytes
) -> None:
    breaking.faults = [fault]
    if note:
        store.keep_cosigned(ORIGIN, 3, b"note")
    else:
        with pytest.raises(NotStored):
            store.keep_cosigned(ORIGIN, 3, b"note")
    head = store.head(ORIGIN)
    assert head is not None and head.cosigned == note
