"""PostgreSQL as those who run it do: a standby that takes over, and a backup that goes back to one moment."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

psycopg = pytest.importorskip("psycopg")

from detente.store.postgresql import PostgresqlStore  # noqa: E402
from detente.tlog.proof import parse_proof  # noqa: E402
from tests.cli.speaking import PATIENCE, running, say, told_to_stop  # noqa: E402
from tests.cli.writing import Writer, check, end, write_on  # noqa: E402
from tests.depositary.talks import Talks, open_host  # noqa: E402
from tests.store.postgresql_cluster import Cluster, clusters  # noqa: E402
from tests.store.postgresql_server import is_installed  # noqa: E402
from tests.web.hosting import codes_of  # noqa: E402

pytestmark = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")


def either(one: Cluster, two: Cluster) -> str:
    return f"postgresql://postgres@{one.place},{two.place}/postgres?target_session_attrs=read-write"


def asked(cluster: Cluster, query: str) -> Any:
    with psycopg.connect(cluster.address, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_synchronous_standby_takes_over_under_load_and_holds_every_receipted_act(tmp_path: Path) -> None:
    key = tmp_path / "host.key"
    waiting = {"one": {"synchronous_standby_names": "*"}, "two": {"synchronous_standby_names": ""}}
    with clusters("one", "two", **waiting) as (one, two):
        one.make().start()
        two.copy_of(one, "-R").start()
        address = either(one, two)
        words = ("serve", "--database", address, "--host-key", key, "--port", "0", "--workers", "2")
        with running(*words) as (process, base), closing(PostgresqlStore(address)) as store:
            host = open_host(store, key.read_bytes())
            tables = [Talks(host, label=f"talks-{n}").convene().seat("A") for n in range(2)]
            writers = [Writer(talks, "A", base.rstrip("/")) for talks in tables]
            for writer in writers:
                writer.start()
            write_on(writers, 5)
            one.kill()
            two.promote()
            write_on(writers, 5)
            end(writers)
            check(writers)
            assert told_to_stop(process, signal.SIGTERM).code == 0
        answer = say("fsck", "--database", two.address, "--host-key", key)
        assert (answer.code, answer.out.count("nothing wrong")) == (0, 3), answer.out


def test_what_an_asynchronous_standby_had_not_received_is_noticed_and_brought_back(tmp_path: Path) -> None:
    key, copy = tmp_path / "host.key", tmp_path / "copy.detente"
    with clusters("one", "two") as (one, two):
        one.make().start()
        two.copy_of(one, "-R").start()
        address = either(one, two)
        with (
            running("serve", "--database", address, "--host-key", key, "--port", "0") as (_process, base),
            closing(PostgresqlStore(address)) as store,
        ):
            talks = Talks(open_host(store, key.read_bytes())).convene().seat("A")
            writer = Writer(talks, "A", base.rstrip("/"))
            held, lsn = talks.size, asked(one, "SELECT pg_current_wal_lsn()")
            until(lambda: bool(asked(two, f"SELECT pg_last_wal_replay_lsn() >= '{lsn}'")))
            two.stop()
            with httpx.Client() as client:
                writer.send(client, talks.raw_statement("A", "It does not arrive."))
                raw = talks.raw_statement("A", "It comes after.")
                copy.write_bytes(client.get(f"{base}processes/{talks.id}/copy").content)
                one.kill()
                two.start().promote()
                acts = f"{base}processes/{talks.id}/acts"
                until(lambda: codes_of(client.post(acts, content=raw)) == ["host.stopped"])
                assert asked(two, "SELECT size FROM log ORDER BY position LIMIT 1") == held
                shown = client.get(f"{base}processes/{talks.id}/", headers={"accept": "text/html"})
                assert shown.status_code == 200 and "signs nothing more" in shown.text
                said = say("recover", copy, "--database", two.address, "--host-key", key)
                assert f"acts {held + 1} to {held + 1} are back" in said.out, said
                writer.send(client, raw)
            check([writer])
        assert say("fsck", "--database", two.address, "--host-key", key).code == 0


def test_a_base_backup_goes_back_to_one_moment_and_what_came_after_is_signed_over_by_nobody(
    tmp_path: Path,
) -> None:
    key, copy = tmp_path / "host.key", tmp_path / "copy.detente"
    with clusters("one", "two") as (one, two):
        archive = one.folder / "archive"
        archive.mkdir()
        if os.geteuid() == 0:
            shutil.chown(archive, "postgres", "postgres")
        one.settings |= {"archive_mode": "on", "archive_command": f"cp %p {archive}/%f"}
        one.make().start()
        with (
            running("serve", "--database", one.address, "--host-key", key, "--port", "0") as (_process, base),
            closing(PostgresqlStore(one.address)) as store,
            httpx.Client() as client,
        ):
            talks = Talks(open_host(store, key.read_bytes())).convene().seat("A")
            writer = Writer(talks, "A", base.rstrip("/"))
            two.copy_of(one)
            writer.send(client, talks.raw_statement("A", "Before."))
            held = talks.size
            time.sleep(0.1)
            moment = asked(one, "SELECT clock_timestamp()::text")
            time.sleep(0.1)
            for number in range(3):
                writer.send(client, talks.raw_statement("A", f"After: {number}."))
            raw = talks.raw_statement("A", "At last.")
            copy.write_bytes(client.get(f"{base}processes/{talks.id}/copy").content)
            segment = asked(one, "SELECT pg_walfile_name(pg_switch_wal())")
            until(lambda: bool(asked(one, f"SELECT last_archived_wal >= '{segment}' FROM pg_stat_archiver")))
        one.stop()
        two.settings |= {"archive_mode": "off", "restore_command": f"cp {archive}/%f %p",
                         "recovery_target_time": moment, "recovery_target_action": "promote"}  # fmt: skip
        (two.data / "recovery.signal").touch()
        two.start()
        until(lambda: not asked(two, "SELECT pg_is_in_recovery()"))
        words = ("serve", "--database", two.address, "--host-key", key, "--port", "0")
        with running(*words) as (process, base), httpx.Client() as client:
            acts = f"{base}processes/{talks.id}/acts"
            assert asked(two, "SELECT size FROM log ORDER BY position LIMIT 1") == held
            # Whoever was there shows what the host's own key has signed: a cosigner and a mirror do it by themselves.
            note = parse_proof(writer.held[-1][1]).checkpoint
            answer = client.post(f"{base}processes/{talks.id}/log/checkpoint", content=note)
            assert codes_of(answer) == ["host.stopped"]
            assert codes_of(client.post(acts, content=raw)) == ["host.stopped"]
            said = say("recover", copy, "--database", two.address, "--host-key", key)
            assert f"acts {held + 1} to {held + 3} are back" in said.out, said
            with closing(PostgresqlStore(two.address)) as store:
                writer.base = base.rstrip("/")
                writer.talks.depositary = open_host(store, key.read_bytes())
                writer.send(client, raw)
                check([writer])
            assert told_to_stop(process, signal.SIGTERM).code == 0
        assert say("fsck", "--database", two.address, "--host-key", key).code == 0
