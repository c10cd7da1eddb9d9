"""Hosts over one PostgreSQL database: what one takes in, the other shows, and fsck finds nothing wrong."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

pytest.importorskip("psycopg")

from detente.store.port import Unavailable
from detente.store.postgresql import PostgresqlStore
from tests.cli.acting import Terminal, convened
from tests.cli.speaking import refused, running, say, told_to_stop
from tests.store.postgresql_server import is_installed
from tests.store.postgresql_server import running as server

pytestmark = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with server() as address:
        yield address


def test_two_hosts_keep_one_database(database: str, tmp_path: Path) -> None:
    key = tmp_path / "host.key"
    words = ("serve", "--database", database, "--host-key", key, "--port", "0")
    with running(*words) as (one, here), running(*words) as (other, there):
        mediator = convened(here, tmp_path / "M")
        elsewhere = Terminal(there, tmp_path / "M", mediator.process)
        acts = [
            terminal.does("admit", f"person=V{person}", "role=verifier", "title=Monitors")
            for person, terminal in enumerate((mediator, elsewhere) * 3)
        ]
        assert acts == list(range(acts[0], acts[0] + 6)), (
            "each act follows on the one that the other host took"
        )
        assert told_to_stop(one, signal.SIGTERM).code == 0
        assert told_to_stop(other, signal.SIGTERM).code == 0
    answer = say("fsck", "--database", database, "--host-key", key)
    assert (answer.code, answer.out.splitlines()[0]) == (0, "The database: nothing wrong")


def test_a_database_that_goes_away_is_said_in_one_line(database: str, tmp_path: Path) -> None:
    def gone(*_about: object) -> None:
        raise Unavailable("the server has ended the connection")

    key = tmp_path / "host.key"
    key.write_bytes(bytes(32))
    with patch.object(PostgresqlStore, "origins", gone):
        answer = say("fsck", "--database", database, "--host-key", key)
    words = answer.err
    assert answer.code == 2 and words.startswith("store.unusable: ")
    assert "the server has ended the connection" in words


def test_no_other_host_key_is_made_for_a_database_that_has_one(database: str, tmp_path: Path) -> None:
    import psycopg

    key, lost = tmp_path / "host.key", tmp_path / "lost.key"
    address = f"{database.rpartition('/')[0]}/with_a_key"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE DATABASE with_a_key")
    assert "lost.key" in refused(
        say("fsck", "--database", address, "--host-key", lost), "custody.host_key"
    ), "nothing is made to look at"
    with running("serve", "--database", address, "--host-key", key, "--port", "0") as (_host, here):
        convened(here, tmp_path / "M")
    for verb in (("fsck",), ("serve", "--port", "0")):
        refused(say(*verb, "--database", address, "--host-key", lost), "custody.host_key")
    assert key.exists() and not lost.exists()
