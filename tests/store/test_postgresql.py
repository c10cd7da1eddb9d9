"""PostgreSQL through the same suite as every store, and what only a server can do to a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from itertools import count
from queue import Queue
from threading import Barrier, Thread
from time import sleep, time

import pytest

psycopg = pytest.importorskip("psycopg")

from detente.codec.refusal import Refused  # noqa: E402
from detente.store import postgresql_connection  # noqa: E402
from detente.store.appending import NotStored  # noqa: E402
from detente.store.fsck import check_database  # noqa: E402
from detente.store.migrations import shipped_migrations  # noqa: E402
from detente.store.opening import open_store  # noqa: E402
from detente.store.port import News, Unavailable, UncertainCommit  # noqa: E402
from detente.store.postgresql import PostgresqlStore  # noqa: E402
from detente.store.postgresql_connection import Spoken  # noqa: E402
from tests.store.conformance import StoreConformance, opening  # noqa: E402
from tests.store.growing import ORIGIN, append_after, entries_of, entry_of, fill  # noqa: E402
from tests.store.postgresql_server import is_installed, running  # noqa: E402

pytestmark = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")
_NAMES = count()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def address(server: str) -> str:
    """A database of its own."""
    name = f"record_{next(_NAMES)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.fixture
def store(address: str) -> Iterator[PostgresqlStore]:
    with closing(PostgresqlStore(address)) as store:
        yield store


class TestPostgresqlStore(StoreConformance):
    @pytest.fixture
    def store(self, address: str) -> Iterator[PostgresqlStore]:
        with closing(PostgresqlStore(address)) as store:
            yield store

    def test_of_two_stores_on_one_database_exactly_one_wins_each_size(self, address: str) -> None:
        with closing(PostgresqlStore(address)) as one, closing(PostgresqlStore(address)) as other:
            self.race([one, other])


def test_everything_is_there_when_opened_again(address: str) -> None:
    entries = [entry_of(number, disclosures=(f"text {number}",)) for number in range(300)]
    with closing(PostgresqlStore(address)) as store:
        store.append([append_after((), entries)], [("key", b"wrapped")])
        head = store.head(ORIGIN)
    with closing(open_store(address)) as again:
        assert again.head(ORIGIN) == head
        assert list(again.entries(ORIGIN, 0, 300)) == entries
        assert again.secret("key") == b"wrapped"


def test_many_may_make_the_tables_at_once(address: str) -> None:
    stores: list[PostgresqlStore] = []
    threads = [Thread(target=lambda: stores.append(PostgresqlStore(address))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 6
    for store in stores:
        store.close()


def test_an_append_to_one_log_does_not_wait_for_one_to_another(store: PostgresqlStore) -> None:
    store.append([opening()])
    store.append([opening("other")])
    inside = Barrier(2, timeout=10)

    def held(connection: object) -> None:
        assert isinstance(connection, Spoken)
        connection.execute("UPDATE log SET size = size WHERE origin = ?", (ORIGIN,))
        inside.wait()
        inside.wait()

    holding = Thread(target=lambda: store.transact(held, lambda _: True))
    holding.start()
    inside.wait()
    store.append([append_after((), entries_of(0, 1), origin="other")])
    inside.wait()
    holding.join()
    head = store.head("other")
    assert head is not None and head.size == 1


def end_all(address: str) -> None:
    """The server has ended every connection to this database, as when it starts again: each was told, and is gone."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(address, autocommit=True) as other:
        other.execute(f"SELECT pg_terminate_backend(pid) {others}")
        while other.execute(f"SELECT 1 {others}").fetchone() is not None:
            sleep(0.01)


def test_connections_that_the_server_has_ended_meanwhile_are_not_lent(
    store: PostgresqlStore, address: str
) -> None:
    fill(store, 2)
    with store.lend(), store.lend(), store.lend():
        pass  # three are open from here on
    end_all(address)
    assert [len(list(store.entries(ORIGIN, 0, 9))) for _ in range(3)] == [2, 2, 2]
    store.append([append_after(list(store.entries(ORIGIN, 0, 2)), entries_of(2, 3))])


def test_a_connection_that_breaks_while_it_reads_says_that_the_database_is_away(
    store: PostgresqlStore, address: str
) -> None:
    with pytest.raises(Unavailable), store.lend() as connection:
        end_all(address)
        connection.execute("SELECT 1")
    assert store.head(ORIGIN) is None


def cut_off(connection: Spoken) -> None:
    """The server ends the connection while its transaction is open."""
    process = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (process,))


def test_a_connection_that_is_cut_off_before_the_commit_stores_nothing_and_can_be_tried_again(
    store: PostgresqlStore,
) -> None:
    fill(store, 2)
    with pytest.raises(NotStored):
        store.transact(cut_off, lambda connection: False)
    assert len(list(store.entries(ORIGIN, 0, 9))) == 2
    fill_more = append_after(list(store.entries(ORIGIN, 0, 2)), entries_of(2, 3))
    store.append([fill_more])
    assert len(list(store.entries(ORIGIN, 0, 9))) == 3


def test_a_connection_that_is_cut_off_after_a_commit_that_took_effect_is_found_stored(
    store: PostgresqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to COMMIT is lost: the store looks, in another connection, whether it took effect."""
    real = psycopg.Connection.execute
    lost: list[str] = []

    def losing(connection: object, query: object, *words: object, **named: object) -> object:
        done = real(connection, query, *words, **named)
        if query == "COMMIT" and not lost:
            lost.append("COMMIT")
            connection.close()  # type: ignore[attr-defined]
            raise psycopg.OperationalError("the connection is lost")
        return done

    monkeypatch.setattr(psycopg.Connection, "execute", losing)
    store.append([opening()])
    assert lost and store.origins() == (ORIGIN,)


def test_what_is_erased_is_gone_from_the_table(store: PostgresqlStore) -> None:
    entry = entry_of(0, disclosures=("canary", "other"))
    store.append([append_after((), [entry])])
    store.erase(ORIGIN, {entry.leaf: ["canary"]})
    assert store.disclosures(ORIGIN, [entry.leaf]) == {entry.leaf: ("other",)}


def bytes_of_the_table(address: str) -> bytes:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT pg_read_binary_file(pg_relation_filepath('disclosure'))").fetchone()
        return bytes(row[0]) if row is not None else b""


def test_an_erasure_that_somebody_who_reads_does_not_let_finish_is_finished_when_it_is_opened_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_of(0, disclosures=("canary-that-is-erased", "other"))
    impatient = postgresql_connection.SETTINGS.replace("lock_timeout = 10000", "lock_timeout = 100")
    monkeypatch.setattr(postgresql_connection, "SETTINGS", impatient)
    with closing(PostgresqlStore(address)) as store:
        store.append([append_after((), [entry])])
        with psycopg.connect(address) as reading:
            reading.execute(
                "SELECT count(*) FROM disclosure"
            )  # its transaction stays open, as that of a backup
            with pytest.raises(UncertainCommit):
                store.erase(ORIGIN, {entry.leaf: ["canary-that-is-erased"]})
            with closing(PostgresqlStore(address)):
                pass  # it cannot be finished yet, and holds nobody up
        assert store.disclosures(ORIGIN, [entry.leaf]) == {entry.leaf: ("other",)}
        assert b"canary-that-is-erased" in bytes_of_the_table(address)
        with store.lend() as connection:
            assert connection.execute("SHOW statement_timeout").fetchone() == ("1min",)
    with closing(PostgresqlStore(address)) as again:
        assert again.disclosures(ORIGIN, [entry.leaf]) == {entry.leaf: ("other",)}
    assert b"canary-that-is-erased" not in bytes_of_the_table(address)


def test_a_database_that_is_away_while_its_tables_are_looked_at(
    store: PostgresqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = "postgresql://127.0.0.1:1/none"
    with store.lend(), pytest.raises(Unavailable):  # none is idle, and no other is to be had
        monkeypatch.setattr(store._connections, "_open", lambda: psycopg.connect(nobody))
        store.check_schema()


def test_a_database_of_another_program_is_refused(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE theirs (x int)")
    with pytest.raises(Refused, match=r"store\.foreign"):
        PostgresqlStore(address)


def test_a_server_that_is_not_there_is_refused_without_its_password() -> None:
    with pytest.raises(Refused) as refused:
        open_store("postgresql://user:canary@127.0.0.1:1/none")
    assert "canary" not in str(refused.value)


def hearing(store: PostgresqlStore) -> tuple[Queue[News], AbstractContextManager[bool]]:
    heard: Queue[News] = Queue()
    return heard, store.listen(heard.put)


def test_one_process_hears_what_another_does(address: str) -> None:
    with closing(PostgresqlStore(address)) as one, closing(PostgresqlStore(address)) as other:
        heard, listening = hearing(one)
        with listening as hears:
            assert hears and heard.get(timeout=20) == News("heard")
            entry = entry_of(0, disclosures=("canary",))
            other.append([append_after((), [entry])])
            assert heard.get(timeout=20) == News("grown", ORIGIN)
            other.erase(ORIGIN, {entry.leaf: ["canary"]})
            assert heard.get(timeout=20) == News("erased", ORIGIN)
        assert heard.get(timeout=20) == News("deaf")


def test_a_process_whose_ear_was_cut_off_is_told_and_hears_again(address: str) -> None:
    with closing(PostgresqlStore(address)) as store:
        heard, listening = hearing(store)
        with listening:
            assert heard.get(timeout=20) == News("heard")
            with psycopg.connect(address, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE query = 'LISTEN detente' AND datname = current_database()"
                )
            assert [heard.get(timeout=20) for _ in range(2)] == [News("deaf"), News("heard")]
            store.append([opening()])
            assert heard.get(timeout=20) == News("grown", ORIGIN)


def test_a_connection_that_the_server_ended_meanwhile_is_not_used(address: str) -> None:
    with closing(PostgresqlStore(address)) as store:
        fill(store, 2)
        assert store.losses == 0
        end_all(address)
        head = store.head(ORIGIN)
        assert head is not None and head.size == 2
        assert store.losses > 0, "whoever signs looks again at what this database holds"


def test_a_query_that_takes_too_long_is_ended_and_said(store: PostgresqlStore) -> None:
    with pytest.raises(Unavailable, match="statement timeout"), store.lend() as connection:
        connection.execute("SET statement_timeout = 20")
        connection.execute("SELECT pg_sleep(10)")
    assert store.origins() == ()


def test_a_database_that_may_not_be_written_to_is_read_and_takes_nothing(address: str) -> None:
    with closing(PostgresqlStore(address)) as store:
        fill(store, 2)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute(f"ALTER DATABASE {address.rpartition('/')[2]} SET default_transaction_read_only = on")
    with closing(PostgresqlStore(address)) as store:
        assert len(list(store.entries(ORIGIN, 0, 9))) == 2
        with pytest.raises(NotStored, match="read-only"):
            store.append([append_after(list(store.entries(ORIGIN, 0, 2)), entries_of(2, 3))])


def test_more_than_enough_connections_are_not_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql_connection, "MOST", 1)
    monkeypatch.setattr(postgresql_connection, "LONGEST_WAIT", 0.05)
    with closing(PostgresqlStore(address)) as store:
        with store.lend(), pytest.raises(Unavailable, match="in use"):
            store.origins()
        assert store.origins() == ()


def test_what_passes_is_shared_taken_once_and_over_in_time(address: str) -> None:
    with closing(PostgresqlStore(address)) as one, closing(PostgresqlStore(address)) as other:
        one.passing.keep("kind", "a", b"1", time() + 60, "group", most=9)
        one.passing.keep("kind", "b", b"2", time() + 60, "group", most=9)
        one.passing.keep("kind", "late", b"3", time() - 1, "group", most=9)
        assert other.passing.find("kind", "a") == b"1" and other.passing.find("kind", "late") is None
        assert other.passing.listed("kind", "group") == (b"1", b"2")
        one.passing.keep("kind", "a", b"4", time() + 60, "group", most=9)
        assert other.passing.listed("kind", "group") == (b"2", b"4")
        assert (other.passing.take("kind", "a"), one.passing.take("kind", "a")) == (b"4", None)
        assert other.passing.find("other", "b") is None
        with one.lend() as connection:
            assert connection.execute("SELECT name FROM passing").fetchall() == [("b",)], "what is over goes"


def test_a_database_of_an_earlier_version_is_brought_up_to_date(address: str) -> None:
    first = shipped_migrations("postgresql_migrations")[0]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE migration (number bigint PRIMARY KEY, checksum text NOT NULL)")
        connection.execute(first.script.encode())
        connection.execute("INSERT INTO migration VALUES (%s, %s)", (first.number, first.checksum))
        connection.execute("INSERT INTO secret VALUES ('key', '\\x01')")
    with closing(PostgresqlStore(address)) as store:
        assert store.secret("key") == b"\x01"
        store.passing.keep("kind", "a", b"1", time() + 60, most=9)


def test_a_disclosure_under_anothers_digest_is_found(store: PostgresqlStore) -> None:
    store.append(
        [append_after((), [entry_of(number, disclosures=(f"text {number}",)) for number in range(600)])]
    )
    assert list(check_database(store)) == []
    with store.lend() as connection:
        connection.execute("UPDATE disclosure SET digest = 'another' WHERE idx = 599")
    assert [(found.code, found.index) for found in check_database(store)] == [("fsck.digest", 599)]
