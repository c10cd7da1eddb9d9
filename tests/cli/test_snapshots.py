"""A long record known from a snapshot: what came after it is fetched from the host, and folded on this machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from detente.client.keyring import Keyring
from detente.client.remote_host import RemoteHost
from detente.signing.reader_token import make_reader_token
from detente.tlog.line import encode_base64
from detente.tlog.signed_note import Note, format_note, parse_note
from tests.cli.acting import Terminal, convened
from tests.cli.speaking import Said, refused, say
from tests.cli.test_witness import cosigning, made, until
from tests.room.serving import Server

NAME = "harbour.example"


class Followed(NamedTuple):
    """A process whose cosigner has signed what its first acts come to; then more was done. vkey: the cosigner's;
    data: the host's folder."""

    mediator: Terminal
    snapshot: Path
    bundle: Path
    vkey: str
    data: Path


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    folder = tmp_path_factory.mktemp("followed")
    server, key = Server(folder), folder / "witness.key"
    server.start()
    try:
        vkey = made(key, NAME)
        mediator = convened(server.address, folder / "M", cosigners=[vkey], quorum=1)
        with cosigning(mediator, key):
            until(
                lambda: NAME in say("verify", bundled(mediator, folder / "waiting")).out,
                "nothing was cosigned",
            )
            bundle = bundled(mediator, folder / "bundle")
            statement, snapshot = folder / "statement", folder / "snapshot"
            assert say("state", "sign", bundle, statement, "--key", key).code == 0
            assert say("state", "snapshot", bundle, statement, snapshot).code == 0
            mediator.does("admit", "person=A", "role=delegate", "side=A", "title=Office A")
            until(
                lambda: f"by {NAME}, " in status(mediator, snapshot).out.partition("Cosigned")[2],
                "not cosigned",
            )
        yield Followed(mediator, snapshot, bundle, vkey, folder / "record")
    finally:
        server.stop()


def bundled(mediator: Terminal, file: Path) -> Path:
    file.unlink(missing_ok=True)
    assert say("bundle", mediator.process[:8], file, "--keys", mediator.folder, "--yes").code == 0
    return file


def status(mediator: Terminal, snapshot: Path, *words: str | Path) -> Said:
    return say("status", mediator.address, "--keys", mediator.folder, "--snapshot", snapshot, *words)


def test_the_answer_says_who_verified_what(followed: Followed) -> None:
    said = status(followed.mediator, followed.snapshot)
    assert said.code == 0, said.err
    for words in (
        f"Verified   by {NAME} up to act 2: they say that they folded these acts; you rely on them",
        "by this machine from there on: 1 act, folded by the rules",
        "In the main record, up to act 3, there is no text on the table.",
    ):
        assert words in said.out


def test_for_programs_it_says_the_same(followed: Followed) -> None:
    found = status(followed.mediator, followed.snapshot, "--json").json()
    assert (found["size"], found["vouched"]) == (3, {"size": 2, "by": [NAME]})
    assert found["facts"]["admitted/A"] == "delegate A 3"


def test_a_policy_asks_who_signed_the_state_and_the_checkpoint(followed: Followed, tmp_path: Path) -> None:
    own, stranger = tmp_path / "own", tmp_path / "stranger"
    own.write_text(f"witness h {followed.vkey}\nquorum h\n")
    other = made(tmp_path / "other.key", "mill.example")
    stranger.write_text(f"witness m {other}\nquorum m\n")
    assert status(followed.mediator, followed.snapshot, "--policy", own).code == 0
    refused(status(followed.mediator, followed.snapshot, "--policy", stranger), "policy.unmet")
    said = say("verify", followed.snapshot, "--policy", own)
    assert said.code == 0 and "enough have cosigned and signed the state" in said.out
    refused(say("verify", followed.snapshot, "--policy", stranger), "policy.unmet")


def test_later_acts_are_a_file_that_says_nothing_by_itself(followed: Followed, tmp_path: Path) -> None:
    file, mediator = tmp_path / "later", followed.mediator
    made_it = say(
        "bundle",
        mediator.process[:8],
        file,
        "--keys",
        mediator.folder,
        "--yes",
        "--snapshot",
        followed.snapshot,
    )
    assert made_it.code == 0, made_it.err
    refused(say("verify", file), "later.snapshot")
    said = say("verify", file, "--snapshot", followed.snapshot)
    assert said.code == 0 and "by this machine from there on: 1 act" in said.out
    refused(say("verify", followed.snapshot, "--snapshot", followed.snapshot), "verify.snapshot")


def test_a_whole_fold_says_whether_the_signers_told_the_truth(followed: Followed, tmp_path: Path) -> None:
    for bundle in (followed.bundle, bundled(followed.mediator, tmp_path / "whole")):
        said = say("verify", bundle, "--snapshot", followed.snapshot)
        assert said.code == 0 and f"the first 2 acts come to the state that {NAME} signed" in said.out


def test_a_snapshot_of_another_process_is_refused(followed: Followed, tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        other = convened(server.address, tmp_path / "M")
        refused(status(other, followed.snapshot), "snapshot.process")
    finally:
        server.stop()


def test_a_host_that_lost_its_states_serves_from_it(followed: Followed, tmp_path: Path) -> None:
    shutil.copytree(followed.data, tmp_path / "record")
    shutil.rmtree(tmp_path / "record" / "snapshots", ignore_errors=True)
    server = Server(tmp_path, "--snapshot", str(followed.snapshot))
    server.start()
    try:
        host = RemoteHost(server.address, f"detente/{followed.mediator.process}")
        (held,) = Keyring(followed.mediator.folder).all()
        token = make_reader_token(held.signing, held.process, int(time.time()))
        assert b"\n3\n" in host.ask(
            "log/checkpoint", token=token
        )  # that the reader belongs is said by the state
    finally:
        server.stop()
    assert (tmp_path / "stderr").read_text() == ""
    other = Server(tmp_path / "empty", "--snapshot", str(followed.snapshot))
    other.folder.mkdir()
    with pytest.raises(AssertionError, match=r"log\.unknown"):
        other.start()


def test_texts_are_named_by_their_titles_as_the_host_proves_them(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Understanding on a road"
    followed.mediator.does(
        "open_instrument", "instrument=road", f"title={title}", "sides=A,B", "basis=analogy",
        'languages=[["en","authentic"]]',
    )  # fmt: skip
    said = status(followed.mediator, followed.snapshot)
    assert said.code == 0 and f"Text road: “{title}”" in said.out, said.err
    assert status(followed.mediator, followed.snapshot, "--json").json()["titles"] == {"road": title}
    asked = RemoteHost.ask

    def lying(self: RemoteHost, path: str, **words: Any) -> bytes:
        raw = asked(self, path, **words)
        return raw.replace(b"A", b"B") if path.endswith("?show=title") else raw

    monkeypatch.setattr(RemoteHost, "ask", lying)
    assert status(followed.mediator, followed.snapshot, "--json").json()["titles"] == {}


def test_what_is_kept_here_must_be_in_a_record_known_from_a_snapshot(
    followed: Followed, tmp_path: Path
) -> None:
    """Whoever holds the log's key and goes another way is found out by the receipts that a person keeps."""
    mediator = followed.mediator
    folder = Keyring(mediator.folder).folder_of(f"detente/{mediator.process}")
    assert status(mediator, followed.snapshot).code == 0
    mediator.does("admit", "person=B", "role=delegate", "side=B", "title=Head of B")
    note = (folder / "last-seen.note").read_bytes()
    assert status(mediator, followed.snapshot).code == 0
    longer = (folder / "last-seen.note").read_bytes()
    assert longer != note  # it is the last one seen now
    other = parse_note(longer).text.split("\n")
    for size, code in ((int(other[1]) + 1, "seen.behind"), (int(other[1]), "seen.foreign")):
        text = f"{other[0]}\n{size}\n{encode_base64(bytes(32))}\n"
        (folder / "last-seen.note").write_bytes(format_note(Note(text, parse_note(longer).signatures)))
        refused(status(mediator, followed.snapshot), code)
