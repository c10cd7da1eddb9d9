"""A host asks its witnesses: for the processes that name them, from where they are, and what they answer is kept."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from detente.acts.time import log_verifier
from detente.client import asking_witnesses
from detente.client.asking_witness import AskedWitness, OtherSize, add_checkpoint
from detente.client.asking_witnesses import Asking
from detente.codec.refusal import Refused, refuse
from detente.depositary.cosigning import Cosigning
from detente.depositary.recovery import HeldLog, recover
from detente.tlog.add_checkpoint import SIZE_TYPE, AddCheckpoint
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.signed_note import Verifier, format_vkey, parse_note
from detente.web.app import make_app
from detente.web.serving import Server, bind
from detente.witness.answering import Answering
from detente.witness.cosigning import Witness
from detente.witness.listening import make_witness_app
from tests.client.breaking_off import breaking_off
from tests.depositary.forking import branch
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host
from tests.web.hosting import TestClient, post

HARBOUR = cosigner_named(WITNESSES[0])
PATIENCE = 30


@contextmanager
def listening(*talks: Talks, witness: Witness | None = None) -> Iterator[AskedWitness]:
    """The harbour's witness on a socket, for the logs of these talks."""
    logs: dict[str, Verifier] = {t.origin: log_verifier(t.origin, t.log_key) for t in talks}
    app = make_witness_app(Answering(witness or Witness(HARBOUR), logs))
    started = threading.Event()
    with closing(bind("127.0.0.1", 0)) as bound:
        server = Server(app, started.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        assert started.wait(PATIENCE)
        try:
            yield AskedWitness(HARBOUR.key, f"http://127.0.0.1:{bound.getsockname()[1]}/")
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    talks = Talks(open_host(tmp_path / "record.sqlite"), cosigners=WITNESSES, quorum=2).convene().seat()
    yield talks
    talks.depositary.close()


def asking(talks: Talks, witness: AskedWitness) -> Asking:
    return Asking(talks.depositary, witness, Cosigning(talks.depositary).receive)


def last_size_known(witness: AskedWitness, checkpoint: bytes) -> int:
    """How far a witness has signed the log of a checkpoint: asked from size 0, it says so, or signs the first."""
    answer = add_checkpoint(witness, AddCheckpoint(0, (), checkpoint))
    return (
        answer.size if isinstance(answer, OtherSize) else parse_checkpoint(parse_note(checkpoint).text).size
    )


def sizes(talks: Talks) -> dict[str, int]:
    return {kept.cosigner: kept.size for kept in talks.depositary.store.cosignatures(talks.origin)}


def note(talks: Talks) -> bytes:
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    return head.checkpoint


def refusal_of(ask: Asking, talks: Talks) -> str:
    with pytest.raises(Refused) as caught:
        ask.ask(talks.origin, NOW)
    return caught.value.refusals[0].code


def test_what_a_witness_answers_is_kept_at_each_size(talks: Talks) -> None:
    with listening(talks) as witness:
        ask = asking(talks, witness)
        for _turn in range(3):
            assert ask.ask(talks.origin, NOW) and sizes(talks) == {HARBOUR.name: talks.size}
            talks.say("A")


def test_begun_anew_it_learns_from_the_witness_where_to_start(talks: Talks) -> None:
    with listening(talks) as witness:
        assert asking(talks, witness).ask(talks.origin, NOW)
        talks.say("A")
        assert asking(talks, witness).ask(talks.origin, NOW) and sizes(talks) == {HARBOUR.name: talks.size}


def test_a_process_that_does_not_name_the_witness_is_not_shown_to_it(talks: Talks) -> None:
    host = talks.depositary
    other = Talks(host, label="other", cosigners=WITNESSES[1:], quorum=1).convene()
    with listening(talks, other) as witness:
        assert not asking(other, witness).ask(other.origin, NOW)
        assert last_size_known(witness, note(other)) == other.size  # it had heard nothing of it before


def test_a_process_whose_record_names_the_witness_later_is_shown_to_it_until_it_is_dropped(
    talks: Talks,
) -> None:
    other = Talks(talks.depositary, label="other", cosigners=WITNESSES[1:], quorum=1).convene()
    with listening(talks, other) as witness:
        leaf = other.do("M", "name_cosigner", vkey=format_vkey(HARBOUR.key)).leaf
        assert asking(other, witness).ask(other.origin, NOW) and sizes(other) == {HARBOUR.name: other.size}
        other.do("M", "drop_cosigner", cosigner=leaf)
        assert not asking(other, witness).ask(other.origin, NOW)


def test_how_far_a_witness_is_can_be_asked(talks: Talks) -> None:
    with listening(talks) as witness:
        size = talks.size
        assert last_size_known(witness, note(talks)) == size
        talks.say("A")
        assert last_size_known(witness, note(talks)) == size  # and nothing more is signed
        assert asking(talks, witness).ask(talks.origin, NOW)
        assert last_size_known(witness, note(talks)) == size + 1


def test_a_host_that_went_back_is_told(talks: Talks, tmp_path: Path) -> None:
    """Restored from a copy of the database that is older than what the witness has signed."""
    with (
        closing(sqlite3.connect(tmp_path / "record.sqlite")) as now,
        closing(sqlite3.connect(tmp_path / "old.sqlite")) as old,
    ):
        now.backup(old)
    size, before = talks.size, note(talks)
    with listening(talks) as witness:
        talks.say("A")
        asking(talks, witness).ask(talks.origin, NOW)
        newest, talks.depositary = talks.depositary, open_host(tmp_path / "old.sqlite")
        with closing(newest):
            assert (talks.size, last_size_known(witness, before)) == (size, size + 1)
            assert refusal_of(asking(talks, witness), talks) == "witness.ahead"
            talks.say("B")  # as large again, and another history
            assert last_size_known(witness, note(talks)) == size + 1
            assert refusal_of(asking(talks, witness), talks) == "witness.other_history"
            talks.say("B")
            assert refusal_of(asking(talks, witness), talks) == "witness.other_history"


def test_a_witness_that_does_not_follow_the_log_refuses(talks: Talks) -> None:
    with listening() as witness:
        assert refusal_of(asking(talks, witness), talks) == "witness.refused"


def test_a_witness_that_is_not_there(talks: Talks) -> None:
    with closing(bind("127.0.0.1", 0)) as bound:
        gone = AskedWitness(HARBOUR.key, f"http://127.0.0.1:{bound.getsockname()[1]}")
    assert refusal_of(asking(talks, gone), talks) == "witness.unreachable"
    assert sizes(talks) == {}


@pytest.mark.parametrize("status", [200, 409, 500])
def test_a_witness_that_breaks_off_amid_its_answer(talks: Talks, status: int) -> None:
    said: list[str] = []
    with breaking_off(status, SIZE_TYPE) as address:
        ask = asking(talks, AskedWitness(HARBOUR.key, address))
        ask.ask_everything(lambda refused: said.append(refused.refusals[0].code))
    assert said == ["witness.unreachable"] and sizes(talks) == {}


def test_a_line_by_another_key_is_not_kept(talks: Talks) -> None:
    impostor = Witness(cosigner_named("stranger.example"))
    with listening(talks, witness=impostor) as witness:
        assert refusal_of(asking(talks, witness), talks) == "cosigning.none"
    assert sizes(talks) == {}


# --- at work


def until(holds: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def at_work(ask: Asking, said: list[str]) -> Iterator[None]:
    thread = threading.Thread(target=ask.run, args=(lambda refused: said.append(refused.refusals[0].code),))
    thread.start()
    try:
        yield
    finally:
        ask.end()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def test_after_an_act_it_is_asked_by_itself(talks: Talks) -> None:
    said: list[str] = []
    with listening(talks) as witness:
        ask = asking(talks, witness)
        with at_work(ask, said):
            until(lambda: sizes(talks).get(HARBOUR.name) == talks.size)  # begun, it asks for what stands
            talks.say("A")
            ask.grown(talks.origin)
            until(lambda: sizes(talks).get(HARBOUR.name) == talks.size)
    assert said == []


def test_an_act_waits_for_no_witness(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    """A witness that takes its time: acts are received meanwhile, and one asking follows for all of them."""
    held, asked = threading.Event(), []

    def slow(_witness: AskedWitness, request: Any) -> bytes:
        asked.append(request)
        assert held.wait(PATIENCE)
        raise refuse("witness.unreachable", "It has gone.")

    monkeypatch.setattr(asking_witnesses, "add_checkpoint", slow)
    ask = asking(talks, AskedWitness(HARBOUR.key, "http://unused"))
    with at_work(ask, []):
        until(lambda: asked)
        for _turn in range(5):
            talks.say("A")
            ask.grown(talks.origin)
        assert len(asked) == 1
        ask.end()
        held.set()


def test_an_act_that_comes_in_by_the_door_is_told(talks: Talks) -> None:
    told: list[str] = []
    app = make_app(talks.depositary, grown=told.append)
    with TestClient(app, base_url="http://localhost") as client:
        assert post(client, talks, talks.raw_statement("A")).status_code == 201
    assert told == [talks.origin]


def test_a_host_that_a_witness_has_seen_more_of_signs_nothing_until_it_holds_it(talks: Talks) -> None:
    backup = branch(talks)
    witness = Witness(HARBOUR)
    talks.say("A", "After the backup.")
    with listening(talks, witness=witness) as asked:
        assert asking(talks, asked).ask(talks.origin, NOW)
        said: list[str] = []
        again = asking(backup, asked)
        again.ask_everything(lambda refused: said.append(refused.refusals[0].code))
        assert said == ["witness.ahead"]
        with pytest.raises(Refused) as caught:
            backup.say("B")
        assert (
            caught.value.refusals[0].code == "host.stopped"
            and HARBOUR.name in caught.value.refusals[0].sentence
        )
        with pytest.raises(Refused):
            backup.do("A", "note", {"text": "Quiet."}, chamber="side-A")
        for entry in talks.depositary.store.entries(talks.origin, backup.size, talks.size):
            back = HeldLog(
                talks.origin, (*backup.depositary.store.entries(talks.origin, 0, 99), entry), note(talks)
            )
            recover(backup.depositary, [back])
        again.ask_everything(lambda refused: said.append(refused.refusals[0].code))
        assert said == ["witness.ahead"]
        assert backup.say("B").index


def test_a_host_that_forked_from_what_a_witness_cosigned_signs_nothing(talks: Talks) -> None:
    other = branch(talks)
    witness = Witness(HARBOUR)
    talks.say("A", "Yes.")
    other.say("A", "No.")
    other.say("A", "No, no.")
    with listening(talks, witness=witness) as asked:
        asking(talks, asked).ask(talks.origin, NOW)
        asking(other, asked).ask_everything(lambda _refused: None)
    with pytest.raises(Refused):
        other.say("B")


def test_a_witness_that_cannot_be_reached_holds_nobody_up(talks: Talks) -> None:
    said: list[str] = []
    away = AskedWitness(HARBOUR.key, "http://127.0.0.1:9/")
    asking(talks, away).ask_everything(lambda refused: said.append(refused.refusals[0].code))
    assert said == ["witness.unreachable"] and talks.say("A").index
