"""`detente doctor`: a sound host holds, each thing that is broken is named with what to do, and nothing is changed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from detente.cli.examining import folder, machine, neighbours
from detente.cli.last_done import last_done, note_done
from detente.depositary.opening import open_data
from detente.tlog.signed_note import format_vkey
from tests.cli.speaking import say
from tests.depositary.forking import note_of
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named
from tests.store.postgresql_server import is_installed
from tests.store.postgresql_server import running as postgresql
from tests.web.hosting import on_a_socket

VKEY = format_vkey(cosigner_named(WITNESSES[0]).key)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Talks with a cosigner that has signed."""
    depositary = open_data(tmp_path / "data", create=True)
    talks = Talks(depositary, cosigners=WITNESSES[:1], quorum=1).convene().seat()
    talks.cosign(int(time.time()))
    depositary.close()
    return tmp_path / "data"


def findings(*words: str | Path) -> dict[tuple[str, str], str]:
    """(level, about) -> what is said and what is to be done."""
    said = say("doctor", *words, "--json")
    found = json.loads(said.out)["findings"]
    assert said.code == (1 if any(one["level"] == "fail" for one in found) else 0)
    for one in found:
        assert one["sentence"].endswith(".") and (one["level"] == "ok") == (not one["instead"])
    return {(one["level"], one["about"]): f"{one['sentence']} {one['instead']}" for one in found}


def failing(*words: str | Path) -> dict[str, str]:
    return {about: said for (level, about), said in findings(*words).items() if level == "fail"}


def test_a_sound_host_holds_and_everything_is_said_in_words(data: Path) -> None:
    said = say("doctor", "--data", data)
    assert said.code == 0 and said.err == ""
    *lines, last = said.out.splitlines()
    for about in ("program", "extras", "sqlite", "languages", "files", "host key", "room", "disk", "fsck", "backup",
                  "database", "processes", "keys", "cosigners", "time stamps", "clock"):  # fmt: skip
        assert any(line[6:].startswith(f"{about}: ") for line in lines), about
    assert last.endswith(", 0 do not hold.")


def test_nothing_is_changed(data: Path) -> None:
    def everything() -> dict[str, tuple[int, str]]:
        return {
            str(path.relative_to(data)): (path.stat().st_mtime_ns, sha256(path.read_bytes()).hexdigest())
            for path in data.rglob("*")
            if path.is_file()
        }

    before = everything()
    assert say("doctor", "--data", data).code == 0
    assert everything() == before


def test_it_looks_at_a_host_that_is_served(data: Path) -> None:
    depositary = open_data(data)
    with on_a_socket(depositary) as base:
        found = findings("--data", data, "--address", base)
    depositary.close()
    assert ("ok", "address") in found and ("ok", "headers") in found and ("ok", "keys") in found


def test_a_key_that_is_lost_readable_by_others_short_or_another_is_told(data: Path) -> None:
    key = data / "host.key"
    kept = key.read_bytes()
    key.chmod(0o644)
    assert "chmod 600" in failing("--data", data)["host key"]
    key.chmod(0o600)
    key.write_bytes(kept[:5])
    assert "backup" in failing("--data", data)["host key"]
    key.write_bytes(bytes(32))
    assert "that this database was made with" in failing("--data", data)["keys"]
    key.unlink()
    assert "No such file" in failing("--data", data)["host key"]
    assert not key.exists()


def test_a_key_beside_the_record_is_told_and_one_elsewhere_holds(data: Path, tmp_path: Path) -> None:
    assert "--host-key" in findings("--data", data)["warn", "host key"]
    (data / "host.key").rename(tmp_path / "host.key")
    found = findings("--data", data, "--host-key", tmp_path / "host.key")
    assert ("ok", "host key") in found and ("ok", "keys") in found
    # And every other verb finds it there.
    assert say("fsck", "--data", data, "--host-key", tmp_path / "host.key").code == 0


def test_a_record_that_is_not_there_or_of_another_version_is_told(data: Path, tmp_path: Path) -> None:
    assert "There is no record" in failing("--data", tmp_path / "none")["database"]
    assert not (tmp_path / "none").exists()
    with closing(sqlite3.connect(data / "record.sqlite", isolation_level=None)) as made:
        made.execute("INSERT INTO migration (number, checksum) VALUES (9999, 'x')")
        assert "later version" in failing("--data", data)["database"]
        made.execute("DELETE FROM migration WHERE number IN (9999, 6)")
        assert "earlier version" in findings("--data", data)["warn", "database"]
    (data / "record.sqlite").write_bytes(b"not a database" * 100)
    assert "not a database" in failing("--data", data)["database"]


def test_a_host_that_is_stopped_and_a_cosigner_that_lags_are_told(tmp_path: Path) -> None:
    depositary = open_data(tmp_path, create=True)
    talks = Talks(depositary, cosigners=WITNESSES[:1], quorum=1).convene().seat()
    talks.cosign(NOW)
    talks.say("A")
    depositary.store.stop(talks.origin, note_of(talks))
    depositary.close()
    found = findings("--data", tmp_path)
    assert talks.origin in found["fail", "signing"] and "detente recover" in found["fail", "signing"]
    assert "behind in 1" in found["warn", "cosigners"]


def test_what_was_last_done_is_known(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No fsck is known" in findings("--data", data)["warn", "fsck"]
    assert say("fsck", "--data", data).code == 0
    assert "nothing wrong" in findings("--data", data)["ok", "fsck"]
    note_done(data, "fsck", "2 wrong")
    assert "2 wrong" in findings("--data", data)["warn", "fsck"]
    note_done(data, "backup", "")
    assert ("ok", "backup") in findings("--data", data)
    (data / "last-backup").write_text("2026-01-01T00:00:00Z\n")
    assert ("warn", "backup") in findings("--data", data)
    (data / "last-backup").write_text("long ago\n")
    assert last_done(data, "backup") is None


def test_a_disk_that_is_full_in_memory_or_too_fast_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(data)
    for free, level in ((1_000, "fail"), (500_000_000, "warn")):
        monkeypatch.setattr(folder.shutil, "disk_usage", lambda _path, free=free: usage._replace(free=free))
        assert (level, "room") in findings("--data", data)
    monkeypatch.setattr(folder.os, "fsync", lambda _descriptor: None)
    assert "durable" in findings("--data", data)["warn", "disk"]
    monkeypatch.setattr(folder, "_kind_of_file_system", lambda _folder: "tmpfs")
    assert "in memory" in failing("--data", data)["disk"]


def test_few_open_files_and_missing_extras_are_told(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr(machine.resource, "getrlimit", lambda _which: (256, 4096))
    monkeypatch.setattr(machine, "find_spec", lambda name: None if name == "psycopg" else object())
    found = findings("--data", data)
    assert "ulimit -n 4096" in found["warn", "files"]
    assert "Not installed: postgresql." in found["ok", "extras"]


def test_a_folder_that_cannot_be_written_to_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    found = failing("--data", data)
    assert "cannot be written to" in found["folder"] and "cannot be written to" in found["database"]


class _Neighbour(BaseHTTPRequestHandler):
    """off: seconds by which its clock differs; sent: headers of its answers."""

    off = 0.0
    sent: tuple[tuple[str, str], ...] = ()

    def do_GET(self) -> None:
        self.send_response_only(200)
        self.send_header("date", formatdate(time.time() + self.off, usegmt=True))
        for name, value in self.sent:
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def neighbour(off: float = 0.0, sent: tuple[tuple[str, str], ...] = ()) -> Iterator[str]:
    handler = type("Handler", (_Neighbour,), {"off": off, "sent": sent})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("off", "level"), [(0, "ok"), (-30, "warn"), (3600, "fail")])
def test_the_clock_is_judged_by_those_who_are_asked(data: Path, off: float, level: str) -> None:
    with neighbour(off) as there:
        found = findings("--data", data, "--witness", VKEY, there, "--time-stamp-authority", there)
    assert ("ok", "witness") in found and "The authority answers" in found["ok", "time stamps"]
    assert (level, "clock") in found


def test_neighbours_that_do_not_answer_are_told_and_break_nothing(data: Path) -> None:
    with neighbour() as there:
        pass
    found = findings("--data", data, "--witness", VKEY, there, "--time-stamp-authority", there)
    assert WITNESSES[0] in found["warn", "witness"] and ("warn", "time stamps") in found
    assert "Nobody answers" in failing("--data", data, "--address", there)["address"]


SENT = (("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"), ("cache-control", "private, no-store"))  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (SENT[1:], "content-security-policy"),
        ((*SENT, SENT[0]), "content-security-policy"),
        (SENT[:3], "cached"),
    ],
)
def test_a_proxy_that_changes_headers_is_told(data: Path, sent: Any, said: str) -> None:
    with neighbour(sent=sent) as there:
        assert said in failing("--data", data, "--address", there)["headers"]


def test_a_public_address_without_tls_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with neighbour(sent=SENT) as there:
        answer = neighbours.ask(there)
    assert answer is not None
    told = {finding.about: finding for finding in neighbours._seen("http://talks.example", answer)}
    assert told["address"].level == "fail" and "TLS" in told["address"].sentence
    told = {finding.about: finding for finding in neighbours._seen("https://talks.example", answer)}
    assert told["headers"].level == "ok"
    assert "Strict-Transport-Security" in [*neighbours._seen("https://talks.example", answer)][1].instead


@pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")
def test_a_record_in_postgresql_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    with postgresql() as address:
        words = ("--database", address, "--host-key", tmp_path / "host.key")
        (tmp_path / "host.key").write_bytes(bytes(32))
        (tmp_path / "host.key").chmod(0o600)
        # No table is made by looking.
        assert "earlier version" in findings(*words)["warn", "database"]
        from detente.store.opening import open_store
        from tests.depositary.talks import open_host

        with closing(open_store(address)) as store:
            Talks(open_host(store)).convene()
        found = findings(*words)
        # The tests' server does not wait for its disk, which is what is told.
        assert "fsync off" in found["fail", "database"]
        assert ("ok", "keys") in found and "Kept here: 1" in found["ok", "processes"]
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("INSERT INTO migration (number, checksum) VALUES (9999, 'x')")
        assert "later version" in failing(*words)["database"]
    assert "does not answer" in failing(*words)["database"]
