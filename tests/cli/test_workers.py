"""Several server processes behind one address: they take acts at once, know who is signed in, and end together."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

pytest.importorskip("psycopg")

from detente.store.postgresql import PostgresqlStore
from tests.cli.acting import convened, words_of
from tests.cli.speaking import PATIENCE, refused, running, say, told_to_stop
from tests.cli.writing import Writer, check, end, write_on
from tests.depositary.talks import Talks, open_host
from tests.store.postgresql_server import is_installed
from tests.store.postgresql_server import running as server

pytestmark = pytest.mark.skipif(not is_installed(), reason="no PostgreSQL server is installed here")
FOUR = ("--port", "0", "--workers", "4")


@pytest.fixture
def database() -> Iterator[str]:
    with server() as address:
        yield address


def workers_of(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def runs(process: int) -> bool:
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False


def test_many_write_to_several_negotiations_at_once(database: str, tmp_path: Path) -> None:
    key = tmp_path / "host.key"
    with running("serve", "--database", database, "--host-key", key, *FOUR) as (process, address):
        with closing(PostgresqlStore(database)) as store:
            host = open_host(store, key.read_bytes())
            tables = [Talks(host, label=f"talks-{n}").convene().seat("A", "B") for n in range(3)]
            writers = [
                Writer(talks, person, address.rstrip("/")) for talks in tables for person in ("A", "B")
            ]
            for writer in writers:
                writer.start()
            write_on(writers, 5)
            # One that ends by itself is begun again, and nobody loses what was receipted.
            os.kill(workers_of(process.pid)[2], signal.SIGKILL)
            write_on(writers, 10)
            end(writers)
            check(writers)
        deadline = time.monotonic() + PATIENCE
        while len(workers_of(process.pid)) < 4:
            assert time.monotonic() < deadline, "it was not begun again"
            time.sleep(0.1)
        assert told_to_stop(process, signal.SIGTERM).code == 0
    answer = say("fsck", "--database", database, "--host-key", key)
    assert (answer.code, answer.out.count("nothing wrong")) == (0, 4), answer.out


def test_whoever_is_asked_by_one_may_answer_to_another(database: str, tmp_path: Path) -> None:
    """Invitations, challenges and sessions are known to all; each request goes to whichever takes it."""
    with running("serve", "--database", database, "--host-key", tmp_path / "key", *FOUR) as (
        process,
        address,
    ):
        mediator = convened(address.rstrip("/"), tmp_path / "M")
        mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Head")
        link = mediator.invites("A")
        waiting = words_of(say("join", link, "--no-wait", "--keys", tmp_path / "A"))
        for _ in range(8):
            assert waiting in mediator.act().out
        mediator.enrols(waiting)
        assert say("join", link, "--keys", tmp_path / "A").code == 0
        asked = f"{address}processes/{mediator.process}/session"
        found = {httpx.get(asked).json()["challenge"] for _ in range(8)}
        assert len(found) == 8
        children = workers_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while any(runs(child) for child in children):
            assert time.monotonic() < deadline, "they outlive the one that began them"
            time.sleep(0.1)


def test_a_session_is_known_to_every_process_and_ends_for_all(database: str) -> None:
    from detente.web.signing_in import Challenges, Sessions, WaitingKey, WaitingKeys

    with closing(PostgresqlStore(database)) as one, closing(PostgresqlStore(database)) as other:
        assert one.passing is not None and other.passing is not None
        name = Sessions(one.passing).open("detente/x", "A", "key")
        found = Sessions(other.passing).of(name, "detente/x")
        assert found is not None and found.person == "A"
        assert Sessions(other.passing).of(name, "detente/y") is None
        Sessions(other.passing).close(name)
        assert Sessions(one.passing).of(name, "detente/x") is None
        challenge = Challenges(one.passing).ask()
        assert Challenges(other.passing).answer(challenge)
        assert not Challenges(one.passing).answer(challenge), "once, wherever it is answered"
        for person in ("A", "B"):
            WaitingKeys(one.passing).keep("detente/x", WaitingKey(person, "public", "proof"))
        assert [key.person for key in WaitingKeys(other.passing).of("detente/x")] == ["A", "B"]
        with one.lend() as connection:
            kept = connection.execute("SELECT name, value FROM passing WHERE kind = 'session'").fetchall()
        assert name not in str(kept), "whoever reads the database holds no session"


def test_a_file_is_served_by_one_process_only(tmp_path: Path) -> None:
    refused(say("serve", "--data", tmp_path / "data", *FOUR), "host.workers")
