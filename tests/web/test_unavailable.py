"""A database that does not do what it is asked: said in a sentence, with 503, and gone on with when it is back."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from detente.store.sqlite import SqliteStore
from detente.web.app import AGAIN
from tests.cli.speaking import say
from tests.depositary.talks import Talks, open_host
from tests.store.postgresql_server import is_installed
from tests.web.hosting import PAGE, address, as_person, codes_of, front, post

PATHS = ("", "status", "log/checkpoint", "session", "text", "record")


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    return Talks(open_host(tmp_path / "record.sqlite")).convene().seat()


def test_a_sqlite_file_that_is_damaged_is_said_to_be_unusable_on_every_address(
    talks: Talks, tmp_path: Path
) -> None:
    client = front(talks.depositary)
    (tmp_path / "record.sqlite").write_bytes(b"\xaa" * 100_000)
    for path in ("status", "log/checkpoint", "record"):
        answer = client.get(address(talks, path), headers={"accept": "application/json"})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, AGAIN), path
        assert codes_of(answer) == ["host.busy"]
    page = client.get(address(talks), headers=PAGE)
    assert page.status_code == 503 and "The host cannot use its database now." in page.text
    assert "malformed" not in page.text and "not a database" not in page.text, (
        "its own words are for whoever runs it"
    )


def test_an_act_is_refused_while_another_program_holds_the_file_and_taken_after(
    talks: Talks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.store.sqlite_connection.BUSY_TIMEOUT", 50)
    host = open_host(SqliteStore(tmp_path / "record.sqlite"))
    talks.depositary = host
    client, raw = front(host), talks.raw_statement("A", "Words.")
    with closing(sqlite3.connect(tmp_path / "record.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = post(client, talks, raw)
        assert (answer.status_code, codes_of(answer)) == (503, ["host.busy"]) and answer.headers[
            "retry-after"
        ]
    assert post(client, talks, raw).status_code == 201


def test_the_terminal_says_it_in_a_sentence_and_exits_2(talks: Talks, tmp_path: Path) -> None:
    talks.depositary.close()
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE entry")
    (tmp_path / "host.key").write_bytes(bytes(32))
    said = say("status", talks.origin, "--data", tmp_path)
    assert said.code == 2 and said.err.startswith(
        "store.unusable: The database cannot be used: no such table"
    )


@pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")
class TestPostgresql:
    @pytest.fixture
    def cluster(self) -> Iterator[object]:
        from tests.store.postgresql_cluster import clusters

        with clusters("one") as (cluster,):
            yield cluster.make().start()

    def test_a_host_goes_on_by_itself_once_its_database_is_back(self, cluster: object) -> None:
        from detente.store.postgresql import PostgresqlStore
        from tests.store.postgresql_cluster import Cluster

        assert isinstance(cluster, Cluster)
        with closing(PostgresqlStore(cluster.address)) as store:
            talks = Talks(open_host(store)).convene().seat()
            client, raw = front(talks.depositary), talks.raw_statement("A", "Words.")
            headers = as_person(talks, "A")
            cluster.kill()
            for path in PATHS:
                answer = client.get(address(talks, path), headers=headers)
                if path != "session":  # what is asked of whoever signs in is kept in the database too
                    assert (answer.status_code, codes_of(answer)) == (503, ["host.busy"]), path
                page = client.get(address(talks, path), headers=PAGE)
                assert (page.status_code, page.headers["retry-after"]) == (503, AGAIN), path
            assert post(client, talks, raw).status_code == 503
            assert client.post("/processes").status_code == 503
            cluster.start()
            many = [threading.Thread(target=client.get, args=(address(talks, "status"),)) for _ in range(4)]
            for one in many:
                one.start()
            for one in many:
                one.join()
            assert client.get(address(talks, "status"), headers=headers).status_code == 200
            assert post(client, talks, raw).status_code == 201
