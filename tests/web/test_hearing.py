"""Two server processes on one PostgreSQL database: an act that one takes in shows on the pages of the other at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from threading import Event
from time import sleep

import pytest

psycopg = pytest.importorskip("psycopg")

from detente.procedure.disclosure import Viewer  # noqa: E402
from detente.store.postgresql import PostgresqlStore  # noqa: E402
from detente.store.postgresql_listening import listening  # noqa: E402
from detente.web import stream  # noqa: E402
from detente.web.fragments import Fragment, Key  # noqa: E402
from tests.depositary.talks import Talks, open_host  # noqa: E402
from tests.store.postgresql_server import is_installed, running  # noqa: E402
from tests.web.hosting import front, on_a_socket  # noqa: E402
from tests.web.test_stream import next_size, opened  # noqa: E402

pytestmark = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(autouse=True)
def looking_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks by themselves within the time of a test: what is shown was heard of."""
    monkeypatch.setattr(stream, "LOOK", 600.0)
    monkeypatch.setattr(stream, "RARELY", 600.0)


@pytest.fixture
def hosts(database: str) -> Iterator[tuple[Talks, PostgresqlStore]]:
    """Talks at one host, and the store of another."""
    with closing(PostgresqlStore(database)) as one, closing(PostgresqlStore(database)) as other:
        yield Talks(open_host(one), label=f"talks-{len(one.origins())}").convene().seat("A"), other


def test_an_act_taken_in_elsewhere_shows_at_once(hosts: tuple[Talks, PostgresqlStore]) -> None:
    talks, elsewhere = hosts
    with on_a_socket(open_host(elsewhere)) as base:
        connection, answer = opened(base, talks)
        assert next_size(answer) == talks.size
        for _ in range(3):
            talks.say("A")
            assert next_size(answer) == talks.size
        connection.close()


def test_what_came_while_nothing_was_heard_shows_when_it_is_heard_again(
    hosts: tuple[Talks, PostgresqlStore], database: str
) -> None:
    talks, elsewhere = hosts
    with on_a_socket(open_host(elsewhere)) as base:
        connection, answer = opened(base, talks)
        assert next_size(answer) == talks.size
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN detente'"
            )
        talks.say("A")
        assert next_size(answer) == talks.size
        connection.close()


def test_while_nothing_can_be_heard_it_is_looked_for(
    hosts: tuple[Talks, PostgresqlStore], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks, elsewhere = hosts
    monkeypatch.setattr(stream, "LOOK", 0.2)

    def refused() -> None:
        raise psycopg.OperationalError("too many connections")

    monkeypatch.setattr("detente.store.postgresql.listening", lambda _open, told: listening(refused, told))
    with on_a_socket(open_host(elsewhere)) as base:
        connection, answer = opened(base, talks)
        assert next_size(answer) == talks.size
        talks.say("A")
        assert next_size(answer) == talks.size
        connection.close()


def test_pages_with_what_was_erased_elsewhere_are_kept_no_longer(
    hosts: tuple[Talks, PostgresqlStore], database: str
) -> None:
    talks, elsewhere = hosts
    receipt = talks.say("A", "An indiscretion.")
    (entry,) = talks.depositary.store.entries(talks.origin, receipt.index, receipt.index + 1)
    with front(open_host(elsewhere)) as client:
        fragments = client.app.state.fragments
        key = Key(talks.origin, "address", Viewer(None), "en")
        forget = fragments.forget
        done = Event()
        fragments.forget = lambda origin: (forget(origin), origin == talks.origin and done.set())
        until_listening(database)
        fragments.keep(key, Fragment(talks.size, b"An indiscretion.", b""))
        talks.depositary.store.erase(talks.origin, {entry.leaf: entry.disclosures})
        assert done.wait(20)
        assert fragments.find(key, 0) is None


def until_listening(database: str) -> None:
    """What is told before a host listens is told to nobody: it looks for itself then."""
    with psycopg.connect(database, autocommit=True) as other:
        while not other.execute(
            "SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN detente' AND state = 'idle'"
        ).fetchone():
            sleep(0.02)
