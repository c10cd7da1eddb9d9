"""Whether the host is alive, and whether it can work: what it answers when a part of it is broken, naming nothing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from detente.depositary.custody import Custody
from detente.web import health
from tests.depositary.forking import note_of
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import PAGE, codes_of, front


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Talks]:
    """Talks in a database that can be broken."""
    depositary = open_host(tmp_path / "record.sqlite")
    yield Talks(depositary).convene()
    depositary.close()


def test_a_sound_host_is_alive_and_ready(kept: Talks) -> None:
    with front(kept.depositary) as client:
        for path, status in (("/health", "alive"), ("/ready", "ready")):
            answer = client.get(path)
            assert (answer.status_code, answer.json()) == (200, {"status": status})
            assert client.get(path, headers={"accept": "text/plain"}).text == f"{status}\n"
            assert answer.headers["cache-control"] == "private, no-store"


def test_a_host_that_keeps_nothing_yet_is_ready(client: Any) -> None:
    assert front(open_host()).get("/ready").status_code == 200


def not_ready(client: Any) -> list[str]:
    """Why it is not, which a browser is told too; it is alive all the same."""
    answer = client.get("/ready")
    assert answer.status_code == 503
    page = client.get("/ready", headers=PAGE)
    assert page.status_code == 503 and answer.json()["errors"][0]["sentence"] in page.text
    assert client.get("/health").status_code == 200
    return codes_of(answer)


def test_a_host_without_its_database_is_not_ready_and_is_again_when_it_is_back(
    kept: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    with front(kept.depositary) as client:
        with monkeypatch.context() as broken:
            broken.setattr(type(kept.depositary.store), "check_schema", _fails)
            assert not_ready(client) == ["ready.database"]
            assert "postgresql://" not in client.get("/ready").text
        assert client.get("/ready").status_code == 200


def _fails(_store: object) -> None:
    raise sqlite3.OperationalError("no connection to postgresql://somebody:secret@host")


def test_a_database_that_hangs_holds_up_nobody(kept: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    monkeypatch.setattr(type(kept.depositary.store), "check_schema", lambda _store: held.wait(30))
    with front(kept.depositary) as client:
        for _ in range(3):  # the second and third find the first still asking
            assert not_ready(client) == ["ready.database"]
        held.set()


def test_a_database_that_a_later_version_has_changed_is_none_for_this_one(
    kept: Talks, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "record.sqlite", isolation_level=None)) as later:
        later.execute("INSERT INTO migration (number, checksum) VALUES (9999, 'x')")
    with front(kept.depositary) as client:
        assert not_ready(client) == ["store.later_version"]


def test_a_host_with_another_key_is_not_ready(kept: Talks) -> None:
    other = open_host(kept.depositary.store)
    other.custody = Custody(b"another host key, of 32 bytes...")
    with front(other) as client:
        assert not_ready(client) == ["ready.keys"]


def test_a_host_that_signs_for_none_is_not_ready_and_one_that_signs_for_some_is(kept: Talks) -> None:
    with front(kept.depositary) as client:
        kept.depositary.store.stop(kept.origin, note_of(kept))
        assert not_ready(client) == ["ready.signing"]
        assert kept.id not in client.get("/ready").text
        Talks(kept.depositary, label="others").convene()
        assert client.get("/ready").status_code == 200


def test_a_host_behind_its_witness_is_not_ready(kept: Talks) -> None:
    with front(kept.depositary) as client:
        kept.depositary.ahead.add((kept.origin, "harbour.example"))
        assert not_ready(client) == ["ready.signing"]
        assert "harbour" not in client.get("/ready").text


def test_a_host_that_is_being_stopped_is_not_ready(kept: Talks) -> None:
    with front(kept.depositary) as client:
        client.app.state.stopping = True
        assert not_ready(client) == ["ready.stopping"]
