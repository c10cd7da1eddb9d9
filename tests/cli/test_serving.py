"""`detente demo` and `detente serve`: they play once, print an address, answer at it, and stop when told to."""

from __future__ import annotations

import re
import shutil
import signal
import socket
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from detente.cli import demo, serve
from detente.codec.refusal import Refused, refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import FILES
from detente.store.port import Unavailable
from tests.cli.acting import convened
from tests.cli.speaking import refused, run, running, say, told_to_stop
from tests.room.serving import Server

DEMO = ("demo", "--port", "0", "--no-browser", "--data")


def test_the_demonstration_plays_shows_and_stops(tmp_path: Path) -> None:
    with running(*DEMO, tmp_path / "data") as (process, address):
        assert address.startswith("http://localhost:")
        page = httpx.get(address, headers={"accept": "text/html"})
        assert (
            page.status_code == 200 and "Demonstration." in page.text and page.text.count("/processes/") >= 2
        )
        assert "as=A" in page.text
        assert httpx.get(f"{address}static/css/paper.css").status_code == 200
        code, out, err = told_to_stop(process, signal.SIGTERM)
    assert code == 0
    assert "what they sign proves nothing about any real talks" in out
    assert "The talks as reported: " in err and err.count("acts played") == 2 and "Traceback" not in err
    assert not list((tmp_path / "data").glob("*-wal")) and not (tmp_path / "data" / "unfinished").exists()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_does_not_play_again_and_stops_either_way(data: Path, told: signal.Signals) -> None:
    with running(*DEMO, data) as (process, address):
        assert httpx.get(address).status_code == 200
        answer = told_to_stop(process, told)
    assert (answer.code, answer.err) == (0, "")
    assert list((data / "snapshots").glob("*.snapshot"))  # it has closed what it had opened


def test_a_caller_who_stays_does_not_keep_it_from_stopping(data: Path) -> None:
    with running(*DEMO, data) as (process, address), httpx.Client() as client:
        assert client.get(address).status_code == 200
        assert told_to_stop(process, signal.SIGINT).code == 0


def test_a_play_that_was_stopped_halfway_is_played_from_the_start(tmp_path: Path, data: Path) -> None:
    half = tmp_path / "half"
    (half / "unfinished").mkdir(parents=True)
    shutil.copy(
        data / "record.sqlite", half / "unfinished" / "record.sqlite"
    )  # as a killed program leaves it
    with running(*DEMO, half) as (process, address):
        assert httpx.get(address).status_code == 200
        answer = told_to_stop(process, signal.SIGTERM)
    assert answer.code == 0 and answer.err.count("acts played") == 2
    assert not (half / "unfinished").exists()
    assert say("fsck", "--data", half).out.count("nothing wrong") == 3


def test_a_host_key_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "host.key").write_bytes(bytes(range(32)))
    with running(*DEMO, tmp_path) as (process, _address):
        assert told_to_stop(process, signal.SIGTERM).code == 0
    assert (tmp_path / "host.key").read_bytes() == bytes(range(32))
    assert say("fsck", "--data", tmp_path).code == 0


def test_a_case_is_opened_by_its_name_with_everybodys_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running("demo", "moldova", "--port", "0", "--no-browser") as (_process, address):
        assert "initialled, then declined" in httpx.get(address, headers={"accept": "text/html"}).text
        (process,) = re.findall(r"processes/([a-z2-7]{26})/", httpx.get(f"{address}?as=public").text)[:1]
        keys = tmp_path / "detente-data-moldova" / "keys"
        who = sorted(folder.name for folder in keys.iterdir())
        assert "M" in who and "A" in who and "K" not in who, "the keeper's key is the host's own"
        acted = say("act", f"{address}processes/{process}", "register_statement", "claims=other", "text=Nobody said.",
                    "--keys", keys / "A", "--yes")  # fmt: skip
        assert "Its receipt was checked" in acted.out, acted.err
    other = say("demo", "minsk", "--data", tmp_path / "detente-data-moldova", "--port", "0", "--no-browser")
    assert "minsk" in refused(other, "demo.other_case")


def test_the_files_of_a_host_whose_record_is_elsewhere_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of a host that keeps its record in PostgreSQL has files, and no database."""
    kept = tmp_path / FILES / "a-process" / ("0" * 64)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"sealed")

    def played(depositary: Depositary, _case: str) -> None:
        assert depositary.files is not None
        with depositary.files.arriving("another", sha256(b"new").digest(), ()) as file:
            file.write(b"new")
            file.keep()

    monkeypatch.setattr(demo, "play_with_progress", played)
    demo._play_apart(tmp_path, "moldova")
    assert kept.read_bytes() == b"sealed" and len(list((tmp_path / FILES / "another").iterdir())) == 1


def test_a_record_that_cannot_be_read_for_a_moment_is_folded_nevertheless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    class Away:
        def fold(self) -> None:
            tried.append("away")
            if len(tried) < 3:
                raise Unavailable("the server has ended the connection")

    class Another:
        def fold(self) -> None:
            tried.append("another")
            raise refuse("host.snapshot_fold", "It comes to something else.")

    told: list[Refused] = []
    monkeypatch.setattr(serve, "AGAIN", 0.0)
    serve._fold_each([Away(), Another(), Away()], told.append)  # type: ignore[list-item]
    assert tried == ["away", "away", "away", "another", "away"] and len(told) == 1


def test_a_key_of_ones_own_is_never_among_the_demonstration_s(server: Server, tmp_path: Path) -> None:
    convened(server.address, tmp_path / "M")
    server.stop()
    record = tmp_path / "record"
    with running(*DEMO, record) as (process, _address):
        told_to_stop(process, signal.SIGTERM)
    assert not list((record / "keys").rglob("*.key"))


def test_a_case_that_is_not_shipped_is_refused_with_those_that_are(tmp_path: Path) -> None:
    said = refused(say("demo", "atlantis", "--data", tmp_path / "data"), "case.unknown")
    assert all(case in said for case in ("istanbul", "labour", "water", "ceasefire"))
    assert not (tmp_path / "data").exists()


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.mark.parametrize("verb", ["demo", "serve"])
def test_a_port_that_is_taken_is_said_to_be_before_anything_is_made(
    tmp_path: Path, taken: int, verb: str
) -> None:
    words = ["--no-browser"] if verb == "demo" else []
    said = refused(run(verb, "--port", str(taken), "--data", tmp_path / "data", *words), "host.address")
    assert str(taken) in said and "Instead: " in said
    assert not (tmp_path / "data").exists()


def test_an_address_that_is_not_here_is_refused(tmp_path: Path) -> None:
    for host in ("192.0.2.1", "no.such.host.example"):
        answer = run("serve", "--host", host, "--port", "0", "--data", tmp_path / "data")
        assert host in refused(answer, "host.address")


def test_a_database_is_served_for_real(data: Path, origins: tuple[str, ...], tmp_path: Path) -> None:
    url, key = f"sqlite:///{data / 'record.sqlite'}", data / "host.key"
    with running("serve", "--database", url, "--host-key", key, "--port", "0") as (process, address):
        id_ = origins[0].removeprefix("detente/")
        status = httpx.get(f"{address}processes/{id_}/status")
        assert status.json()["process"] == id_
        shown = say("status", origins[0], "--json", "--data", data).json()
        assert status.json()["instruments"][0]["ladder"] == shown["instruments"][0]["ladder"]
        # Nobody looks as another here.
        page = httpx.get(f"{address}processes/{id_}/?as=A").text
        assert "Public" in page and not re.search(r'href="[^"]*as=', page)
        assert httpx.post(f"{address}processes").status_code == 201
        copy = tmp_path / "copy.detente"
        copy.write_bytes(httpx.get(f"{address}processes/{id_}/copy").content)
        answer = told_to_stop(process, signal.SIGTERM)
    assert (answer.code, answer.err) == (0, "")
    assert say("verify", copy).code == 0


def test_a_new_host_makes_its_database_and_its_key(tmp_path: Path) -> None:
    database, key = tmp_path / "new.sqlite", tmp_path / "keys" / "host.key"
    url = f"sqlite:///{database}"
    with running("serve", "--database", url, "--host-key", key, "--port", "0") as (process, address):
        assert "keeps no process" in httpx.get(address).text
        assert told_to_stop(process, signal.SIGTERM).code == 0
    assert database.exists() and len(key.read_bytes()) == 32
    assert oct(key.stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://127.0.0.1:1/db", "store.not_opened"), ("sqlite://x", "store.address"),
        ("sqlite:///", "store.address"), ("mysql://x", "store.address"), ("sqlite:////dev/null/x", "store.not_opened"),
        ("sqlite:///:memory:", "store.address"), ("", "store.address"),
    ],
)  # fmt: skip
def test_an_address_of_no_database_is_refused_and_no_key_is_made_for_it(
    tmp_path: Path, url: str, code: str
) -> None:
    for verb in (["serve", "--port", "0"], ["fsck"]):
        answer = say(*verb, "--database", url, "--host-key", tmp_path / "host.key")
        assert answer.err.startswith((code, "host.no_data")) and answer.code == 1
        if verb[0] == "serve":
            refused(answer, code)
    assert list(tmp_path.iterdir()) == []
