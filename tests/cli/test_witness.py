"""Two cosigners on machines of their own, at a host that is closed to the public: by them a text enters into force and
powers limited in time count. A host that goes back is refused, and what proves it is kept."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from detente.acts.time import log_verifier
from detente.cli.keys_folder import AtTheTable, held_keys
from detente.client.asking_witness import AskedWitness, OtherSize, add_checkpoint
from detente.client.keyring import Keyring
from detente.client.replica import Replica
from detente.proofs.misconduct import check_evidence, read_evidence
from detente.signing.reader_token import make_reader_token
from detente.tlog.add_checkpoint import AddCheckpoint
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.signed_note import format_vkey, parse_note, parse_vkey
from detente.web.serving import bind
from tests.cli.acting import Terminal, convened
from tests.cli.speaking import PATIENCE, PROGRAM, refused, run, say
from tests.depositary.forking import branch, note_of
from tests.depositary.talks import Talks, cosigner_named, open_host
from tests.room.serving import Server
from tests.web.hosting import on_a_socket

TEXT = "Article 1. Purpose\n1(1) The road stays open.\n1(2) A commission meets each month."
NAMES = ("harbour.example", "town.example")


def made(file: Path, name: str) -> str:
    """A cosigner's key, made at a first start; the verifier key that was printed."""
    said = say("witness", "--key", file, "--name", name)
    assert said.code == 0, said.err
    (vkey,) = (line.strip() for line in said.out.splitlines() if line.startswith("    "))
    assert parse_vkey(vkey).name == name
    return vkey


def copied(terminal: Terminal) -> Replica:
    """The record, copied and checked anew."""
    keyring = Keyring(terminal.folder)
    return AtTheTable(keyring, held_keys(keyring, terminal.process)).replica


def marks(terminal: Terminal) -> int:
    """How often the keeper has marked the time."""
    return len(copied(terminal).record.find(100, kind="mark_time"))


def answers(terminal: Terminal) -> dict[str, Any]:
    shown = say("status", terminal.address, "--keys", terminal.folder, "--json").json()
    instrument: dict[str, Any] = shown["instruments"][0]
    return instrument


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for what programs do by themselves, no longer than for one that hangs."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.3)


@contextmanager
def cosigning(terminal: Terminal, key: Path) -> Iterator[subprocess.Popen[str]]:
    """A cosigner at work, ended at the end."""
    with (key.parent / "cosigners.log").open("a") as log:
        witness = subprocess.Popen(
            [PROGRAM, "witness", terminal.address, "--key", key], stdout=log, stderr=log, text=True
        )
    try:
        yield witness
    finally:
        witness.terminate()
        witness.wait(PATIENCE)


def seated(mediator: Terminal, server: Server, folder: Path) -> dict[str, Terminal]:
    """Delegates with full powers that are limited in time."""
    people = {}
    for person, role, side in (
        ("A", "delegate", "A"),
        ("B", "delegate", "B"),
        ("PA", "principal", "A"),
        ("PB", "principal", "B"),
    ):
        mediator.does(
            "admit", f"person={person}", f"role={role}", f"side={side}", f"title=Office of {person}"
        )
        people[person] = Terminal(server.address, folder / person, mediator.process)
        people[person].enters(mediator, person)
    for principal, holder in (("PA", "A"), ("PB", "B")):
        mediator.does("confirm_fingerprint", f"key={principal}")
        people[principal].does("grant_mandate", f"holder={holder}", "capacities=sign", "terms=definitive",
                               "valid_from=2020-01-01T00:00:00Z", "valid_until=2090-01-01T00:00:00Z")  # fmt: skip
    return people


def test_by_two_cosigners_a_signed_text_enters_into_force(server: Server, tmp_path: Path) -> None:
    vkeys = [made(tmp_path / name, name) for name in NAMES]
    mediator = convened(server.address, tmp_path / "M", cosigners=vkeys, quorum=2)
    with cosigning(mediator, tmp_path / NAMES[0]):
        people = seated(mediator, server, tmp_path)
        assert marks(mediator) == 0  # one of two is not enough
        with cosigning(mediator, tmp_path / NAMES[1]):
            until(lambda: marks(mediator) == 1, "the first time was never marked")
            mediator.does("open_instrument", "instrument=accord", "basis=contract", "languages=en authentic",
                          "consent=signature", "title=Accord")  # fmt: skip
            mediator.does("issue", "instrument=accord", f"text={TEXT}")
            for side in ("A", "B"):
                people[side].does("sign", "instrument=accord")
            assert (answers(mediator)["binding"], answers(mediator)["ladder"]) == (True, {"A": "B", "B": "B"})
            until(lambda: answers(mediator)["in_force"], "the text never entered into force")
            size = copied(mediator).record.size
            until(lambda: cosigned_by(mediator) == (size, set(NAMES)), "the last mark was never cosigned")
            assert (
                copied(mediator).record.size == size
            )  # nothing waits for the time: the mark is not marked again
    assert answers(mediator)["ladder"] == {"A": "F", "B": "F"}


def cosigned_by(terminal: Terminal) -> tuple[int, set[str]]:
    """Size of the checkpoint that the host serves, and who signed it beside the log."""
    replica = copied(terminal)
    note = parse_note(replica.logs[replica.record.origin].note)
    return replica.record.size, {line.name for line in note.signatures} - {replica.record.origin}


def test_a_cosigner_keeps_what_proves_that_a_host_went_back(server: Server, tmp_path: Path) -> None:
    vkey = made(tmp_path / "harbour", "harbour.example")
    mediator = convened(server.address, tmp_path / "M", cosigners=[vkey], quorum=1)
    log_key = copied(mediator).verified.state.convened.log_key
    server.stop()
    backup = shutil.copytree(tmp_path / "record", tmp_path / "backup")
    server.start()
    mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Harbour, head")
    looked = ("witness", mediator.address, "--key", tmp_path / "harbour", "--once")
    said = run(*looked)
    assert (said.code, said.err) == (0, "") and "cosigned up to act 2" in said.out
    assert "cosigned up to act 3" in run(*looked).out  # the mark that followed
    server.stop()
    shutil.rmtree(tmp_path / "record")
    backup.rename(tmp_path / "record")
    server.start()
    said = run(*looked)
    assert (
        said.code == 1
        and "witness.contradiction: " in said.err
        and "the host shows 1 acts; 3 were cosigned" in said.err
    )
    kept = {
        file.name: file.read_bytes() for file in (tmp_path / "harbour.state").glob("contradiction-*/*.note")
    }
    assert set(kept) == {"kept-3.note", "shown-1.note"}
    for name, note in kept.items():
        opened = open_checkpoint(note, log_verifier(f"detente/{mediator.process}", log_key))
        assert name.endswith(f"-{opened.checkpoint.size}.note")


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    refused(say("witness", "--key", tmp_path / "key"), "cosigner.name")
    refused(say("witness", "--key", tmp_path / "key", "--name", "two words"), "vkey.name")
    assert not (tmp_path / "key").exists()
    vkey = made(tmp_path / "key", "harbour.example")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert made(tmp_path / "key", "harbour.example") == vkey
    (tmp_path / "key").write_text("{}")
    refused(say("witness", "--key", tmp_path / "key"), "cosigner.file")


def test_who_is_not_named_signs_nothing(server: Server, tmp_path: Path) -> None:
    named, other = made(tmp_path / "named", "harbour.example"), made(tmp_path / "other", "harbour.example")
    assert named != other
    mediator = convened(server.address, tmp_path / "M", cosigners=[named], quorum=1)
    said = run("witness", mediator.address, "--key", tmp_path / "other", "--once")
    assert said.code == 1 and "token.key: " in said.err
    assert marks(mediator) == 0


def test_a_host_asks_a_witness_that_only_listens(tmp_path: Path) -> None:
    """By the process's own policy, without an address to follow; ended and begun again, it goes on."""
    vkey = made(tmp_path / "harbour", "harbour.example")
    with closing(bind("127.0.0.1", 0)) as bound:
        place = f"127.0.0.1:{bound.getsockname()[1]}"
    server = Server(tmp_path, "--witness", vkey, f"http://{place}")
    server.start()
    try:
        mediator = convened(server.address, tmp_path / "M", cosigners=[vkey], quorum=1)
        policy = tmp_path / "talks.policy"
        policy.write_text(
            policy_of(mediator).partition(" http")[0] + f"\nwitness harbour {vkey}\nquorum harbour\n"
        )
        words = [PROGRAM, "witness", "--key", tmp_path / "harbour", "--policy", policy, "--listen", place]
        for person in ("A", "B"):
            with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as witness:
                try:
                    assert witness.stdout is not None and "/add-checkpoint" in witness.stdout.readline()
                    mediator.does(
                        "admit", f"person={person}", "role=delegate", f"side={person}", "title=Head"
                    )
                    until(
                        lambda: cosigned_by(mediator)[1] == {"harbour.example"}, "the witness was never asked"
                    )
                finally:
                    witness.terminate()
                assert witness.wait(PATIENCE) == 0
        assert marks(mediator) >= 1
    finally:
        server.stop()


def test_a_witness_follows_by_the_policy_that_the_host_serves(server: Server, tmp_path: Path) -> None:
    vkey = made(tmp_path / "harbour", "harbour.example")
    mediator = convened(server.address, tmp_path / "M", cosigners=[vkey], quorum=1)
    policy = tmp_path / "talks.policy"
    policy.write_text(policy_of(mediator))
    said = run("witness", "--key", tmp_path / "harbour", "--policy", policy, "--once")
    assert (said.code, said.err) == (
        0,
        "",
    ) and f"detente/{mediator.process}: cosigned up to act 1" in said.out
    assert marks(mediator) == 1


def policy_of(terminal: Terminal) -> str:
    """As the host serves it to its cosigners and to its people."""
    keyring = Keyring(terminal.folder)
    table = AtTheTable(keyring, held_keys(keyring, terminal.process))
    token = make_reader_token(table.held.signing, table.held.process, int(time.time()))
    return table.host.ask("log/policy", token=token).decode()


@contextmanager
def listening(folder: Path, policy: str) -> Iterator[AskedWitness]:
    """The cosigner of `folder`, as its people start it, asked at an address of its own."""
    (folder / "talks.policy").write_text(policy)
    key = parse_vkey(policy.partition("witness harbour ")[2].split()[0])
    words = ["--key", folder / "harbour", "--policy", folder / "talks.policy", "--listen", "127.0.0.1:0"]
    command = [PROGRAM, "witness", *words]
    with (folder / "said").open("a") as said, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=said, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as witness:  # fmt: skip
        assert witness.stdout is not None
        try:
            asked = next(line for line in witness.stdout if line.startswith("Asked at "))
            yield AskedWitness(key, asked.removeprefix("Asked at ").strip().removesuffix("add-checkpoint"))
        finally:
            witness.terminate()


@pytest.mark.parametrize("told", [True, False], ids=["address in the policy", "no address"])
def test_who_is_only_asked_and_shown_two_histories_keeps_what_proves_it(tmp_path: Path, told: bool) -> None:
    """The host of the address follows the first history, and somebody asks with the second."""
    vkey = made(tmp_path / "harbour", "harbour.example")
    talks = Talks(open_host())
    absent = format_vkey(cosigner_named("town.example").key)  # without whom the keeper marks no time
    talks.convening |= {"cosigners": (vkey, absent), "quorum": 2}
    talks.convene().seat()
    other = branch(talks)
    talks.say("A", "The road is open.")
    other.say("A", "The road is closed.")
    log = format_vkey(log_verifier(talks.origin, talks.log_key).key)
    with on_a_socket(talks.depositary) as address:
        where = f" {address}/processes/{talks.id}" if told else ""
        policy = f"log {log}{where}\nwitness harbour {vkey}\nquorum harbour\n"
        with listening(tmp_path, policy) as witness:
            if told:
                until(lambda: bool(talks.depositary.store.cosignatures(talks.origin)), "nothing was cosigned")
            else:
                add_checkpoint(witness, AddCheckpoint(0, (), note_of(talks)))
            answer = add_checkpoint(witness, AddCheckpoint(talks.size, (), note_of(other)))
    assert answer == OtherSize(talks.size)
    kept = tmp_path / "harbour.state" / f"contradiction-{talks.id}"
    assert len(list(kept.glob("*.note"))) == 2
    said = (tmp_path / "said").read_text()
    assert f"two different records of {talks.size} acts" in said
    if told:
        (file,) = kept.glob("evidence-first-*.detente")
        proved = check_evidence(read_evidence(io.BytesIO(file.read_bytes())))
        assert proved.sizes == (talks.size, talks.size) and str(file) in said
    else:
        assert not list(kept.glob("evidence-*")) and "needs the address of the process" in said


def test_listening_needs_a_policy(tmp_path: Path) -> None:
    made(tmp_path / "key", "harbour.example")
    said = say("witness", "--key", tmp_path / "key", "--listen", "127.0.0.1:0")
    assert said.code == 2 and "--policy" in said.err


def test_a_witness_that_cannot_be_asked_is_refused_when_the_host_starts(tmp_path: Path) -> None:
    vkey = made(tmp_path / "key", "harbour.example")
    words = ("serve", "--data", tmp_path / "record", "--port", "0", "--witness")
    refused(say(*words, vkey, "harbour.example:80"), "witness.address")
    refused(say(*words, vkey[:-4], "http://harbour.example"), "vkey.length")
