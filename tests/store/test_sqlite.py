from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from detente.store.appending import NotStored
from detente.store.port import Entry, Unavailable, UncertainCommit
from detente.store.sqlite import SqliteStore
from detente.store.sqlite_connection import connect
from tests.store.conformance import StoreConformance, opening
from tests.store.growing import ORIGIN, append_after, append_to, entries_of, entry_of, fill


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path)) as store:
        yield store


class TestSqliteStore(StoreConformance):
    @pytest.fixture
    def store(self, path: Path) -> Iterator[SqliteStore]:
        with closing(SqliteStore(path)) as store:
            yield store

    def test_of_two_stores_on_one_file_exactly_one_wins_each_size(self, path: Path) -> None:
        with closing(SqliteStore(path)) as one, closing(SqliteStore(path)) as other:
            self.race([one, other])


def test_everything_is_there_when_opened_again(path: Path) -> None:
    entries = [entry_of(number, disclosures=(f"text {number}",)) for number in range(300)]
    with closing(SqliteStore(path)) as store:
        store.append([append_after((), entries)], [("key", b"wrapped")])
        store.keep_cosigned(ORIGIN, 300, b"cosigned")
        head = store.head(ORIGIN)
    with closing(SqliteStore(path)) as again:
        assert again.head(ORIGIN) == head
        assert list(again.entries(ORIGIN, 0, 300)) == entries
        assert again.tile(ORIGIN, 0, 0) == b"".join(entry.leaf for entry in entries[:256])
        assert again.secret("key") == b"wrapped"


def test_another_store_on_the_file_sees_what_was_committed(store: SqliteStore, path: Path) -> None:
    with closing(SqliteStore(path)) as reader:
        assert reader.head(ORIGIN) is None
        fill(store, 3)
        assert len(list(reader.entries(ORIGIN, 0, 9))) == 3


def test_many_may_make_the_database_at_once(path: Path) -> None:
    stores: list[SqliteStore] = []
    threads = [threading.Thread(target=lambda: stores.append(SqliteStore(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 8
    stores[0].append([opening()])
    assert all(store.origins() == (ORIGIN,) for store in stores)
    for store in stores:
        store.close()


def test_the_file_is_its_owners_alone(store: SqliteStore, path: Path) -> None:
    fill(store, 1)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", 2), ("foreign_keys", 1), ("journal_mode", "wal")]
)
def test_every_connection_is_set_up_for_durability(path: Path, pragma: str, value: object) -> None:
    path.touch()
    with closing(connect(path)) as connection:
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_the_connections_that_read_cannot_write(store: SqliteStore) -> None:
    with store.readers.lend() as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM log")


def test_an_unfinished_reading_holds_up_no_writer(store: SqliteStore) -> None:
    entries = fill(store, 1200, step=1200)
    reading = store.entries(ORIGIN, 0, 1300)
    assert next(reading) == entries[0]
    store.append([append_to(store, entries_of(1200, 1201))])
    with closing(sqlite3.connect(store.path)) as connection:
        busy, in_log, copied = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert (busy, in_log, copied) == (0, 0, 0)
    assert len(list(reading)) == 1200


def test_a_database_locked_for_too_long_stores_nothing_and_can_be_tried_again(path: Path) -> None:
    def impatient(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    with closing(SqliteStore(path, impatient)) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotStored, match="locked"):
                store.append([opening()])
        store.append([opening()])
        assert store.origins() == (ORIGIN,)


def test_a_closed_store_is_not_used(store: SqliteStore) -> None:
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.append([opening()])
    with pytest.raises(ValueError, match="closed"):
        store.head(ORIGIN)


def test_a_database_that_is_gone_is_not_made_again(store: SqliteStore, path: Path) -> None:
    for file in path.parent.iterdir():
        file.unlink()
    with pytest.raises(Unavailable):
        store.head(ORIGIN)
    assert not path.exists()


CANARY = "canary-" + "7f3a" * 2000  # longer than a page: some of it stands in pages of its own
LEFT = CANARY.encode()[:40]


def on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def careless(path: Path) -> sqlite3.Connection:
    """As a build of SQLite that does not clear what it deletes; some do by themselves."""
    connection = connect(path)
    connection.execute("PRAGMA secure_delete = OFF")
    return connection


def with_canary(store: SqliteStore) -> list[Entry]:
    """Among others, which made pages be split and rows be moved."""
    entries = [entry_of(i, disclosures=(CANARY if i % 97 == 50 else f"text {i}" * 9,)) for i in range(600)]
    store.append([append_after((), entries)])
    return [entry for entry in entries if entry.disclosures == (CANARY,)]


def test_of_what_is_erased_no_byte_is_left_in_the_files(path: Path) -> None:
    with closing(SqliteStore(path, careless)) as store:
        canaries = with_canary(store)
        assert LEFT in on_disk(path)
        store.erase(ORIGIN, {entry.leaf: [CANARY] for entry in canaries})
        assert LEFT not in on_disk(path)
        assert store.disclosures(ORIGIN, [canaries[0].leaf]) == {}
        assert len(list(store.entries(ORIGIN, 0, 600))) == 600
    assert LEFT not in on_disk(path)


def test_an_erasure_that_was_cut_short_is_finished_when_the_file_is_opened_again(path: Path) -> None:
    with closing(SqliteStore(path, careless)) as store:
        canaries = with_canary(store)
        with closing(connect(path)) as reader:
            reader.execute("BEGIN")
            reader.execute(
                "SELECT count(*) FROM log"
            ).fetchone()  # it sees the rows, and keeps the log from being emptied
            store._writer._connection.execute("PRAGMA busy_timeout = 1")  # type: ignore[union-attr]
            with pytest.raises(UncertainCommit):
                store.erase(ORIGIN, {entry.leaf: [CANARY] for entry in canaries})
            assert LEFT in on_disk(path)
    with closing(SqliteStore(path, careless)) as store:
        assert LEFT not in on_disk(path)
        assert store.disclosures(ORIGIN, [canaries[0].leaf]) == {}
