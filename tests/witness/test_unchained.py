"""A witness that is only asked, and shown a longer checkpoint that does not extend the last one: what a tree proves
becomes evidence, and where no tree can be read both are held, and it is said what they do not prove."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.acts.time import log_verifier
from detente.cli.verify import command as verify
from detente.cli.witness_contradictions import Contradictions
from detente.client import unchained
from detente.client.cosigner_key import CosignerKey, make_cosigner_key
from detente.client.remote_host import Address
from detente.client.witnessing import FollowedLog
from detente.depositary.certifying import copy_for_check
from detente.proofs.misconduct import check_evidence, read_evidence
from detente.tlog.add_checkpoint import AddCheckpoint, format_request
from detente.witness.answering import Answering
from detente.witness.cosigning import Witness
from tests.depositary.forking import branch
from tests.depositary.talks import NOW, Talks, open_host
from tests.web.hosting import on_a_socket


@pytest.fixture
def key(tmp_path: Path) -> CosignerKey:
    return make_cosigner_key(tmp_path / "harbour", "harbour.example")


@pytest.fixture
def talks(key: CosignerKey) -> Talks:
    talks = Talks(open_host())
    talks.convening |= {"cosigners": (key.vkey,), "quorum": 1}
    return talks.convene().seat()


@pytest.fixture
def other(talks: Talks) -> Iterator[Talks]:
    """The same record up to here; each goes on its own way, this one longer."""
    other = branch(talks)
    talks.say("A", "The road is open.")
    for words in ("The road is closed.", "It stays closed.", "Nobody passes."):
        other.say("A", words)
    yield other


def note_of(talks: Talks) -> bytes:
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    return head.checkpoint


def copy_of(talks: Talks, path: Path) -> Path:
    with path.open("wb") as out:
        copy_for_check(talks.depositary, talks.origin, NOW, out)
    return path


class Asked:
    """A witness that signed the first history to its end, and is asked to sign another checkpoint."""

    def __init__(self, talks: Talks, key: CosignerKey, folder: Path) -> None:
        self.talks, self.key, self.folder = talks, key, folder
        self.witness = Witness(key.cosigner)
        self.log = log_verifier(talks.origin, talks.log_key)

    def shown(self, note: bytes, address: str = "", mirrors: tuple[Path, ...] = ()) -> int:
        """The status of its answer; asked twice, as somebody who insists would."""
        at = Address(address, self.talks.origin)
        logs = [FollowedLog(at, self.key, self.witness, self.folder)] if address else []
        kept = Contradictions(self.folder, logs, {self.talks.origin: self.log.key}, mirrors)
        answering = Answering(self.witness, {self.talks.origin: self.log}, kept.keep)
        if self.witness.last_note(self.talks.origin) is None:
            first = format_request(AddCheckpoint(0, (), note_of(self.talks)))
            assert answering.answer(first, NOW).status == 200
        request = format_request(AddCheckpoint(self.talks.size, (bytes(32),), note))
        assert answering.answer(request, NOW).status == answering.answer(request, NOW).status
        return answering.answer(request, NOW).status

    @property
    def kept(self) -> list[Path]:
        return sorted((self.folder / f"contradiction-{self.talks.id}").glob("*.detente"))


@pytest.fixture
def asked(talks: Talks, key: CosignerKey, tmp_path: Path) -> Asked:
    return Asked(talks, key, tmp_path / "kept")


def proved_by(file: Path) -> tuple[int, int]:
    return check_evidence(read_evidence(io.BytesIO(file.read_bytes()))).sizes


def verified(file: Path) -> str:
    said = CliRunner().invoke(verify, [str(file)])
    assert said.exit_code == 0, said.output
    return said.output


def test_the_hosts_own_tiles_prove_it(asked: Asked, talks: Talks, other: Talks) -> None:
    with on_a_socket(other.depositary) as address:
        assert asked.shown(note_of(other), address) == 422
    (file,) = asked.kept
    assert proved_by(file) == (talks.size, other.size) and "two histories" in verified(file)


def test_a_mirror_of_the_longer_record_proves_it(
    asked: Asked, talks: Talks, other: Talks, tmp_path: Path
) -> None:
    other.say("A", "Still nobody.")  # the copy is longer than what is shown
    shown, mirror = note_of(other), copy_of(other, tmp_path / "mirror")
    assert asked.shown(shown, mirrors=(mirror,)) == 422
    (file,) = asked.kept
    assert proved_by(file) == (talks.size, other.size)


def test_a_mirror_of_the_record_that_was_signed_proves_what_was_shown_to_be_another(
    asked: Asked, talks: Talks, other: Talks, tmp_path: Path
) -> None:
    shown = note_of(other)
    asked.witness.cosign(note_of(talks), asked.log, (), NOW)
    for _ in range(4):
        talks.say("B", "The road is open.")
    mirror = copy_of(talks, tmp_path / "mirror")
    kept = Contradictions(asked.folder, (), {talks.origin: asked.log.key}, (mirror,))
    signed = asked.witness.last_note(talks.origin)
    assert signed is not None
    kept.keep(signed, shown)
    (file,) = asked.kept
    assert proved_by(file) == (other.size, talks.size)


def test_where_the_two_chain_nothing_is_kept(asked: Asked, talks: Talks, tmp_path: Path) -> None:
    """Whoever asked had a proof that does not hold: their mistake."""
    longer = branch(talks)
    longer.say("A", "More.")
    with on_a_socket(longer.depositary) as address:
        assert asked.shown(note_of(longer), address) == 422
    assert asked.shown(note_of(longer), mirrors=(copy_of(longer, tmp_path / "mirror"),)) == 422
    assert asked.kept == []


def test_where_no_tree_can_be_read_both_are_held_and_it_is_said_what_they_prove(
    asked: Asked, talks: Talks, other: Talks, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "mirror"
    broken.write_bytes(b"no copy\n")
    assert asked.shown(note_of(other), "http://127.0.0.1:9", (broken,)) == 422
    (file,) = asked.kept
    said, again = capsys.readouterr().err, verified(file)
    assert said.count("was not shown to extend") == 1  # once, however often somebody asks
    for words in ("Nothing against the log", f"{talks.size} acts and one of {other.size}", "a mirror of"):
        assert words in said and words in again
    assert talks.origin in again and "compare it with the one you were given" in again


def test_two_of_one_size_are_held_for_whoever_knows_the_key(
    asked: Asked, talks: Talks, tmp_path: Path
) -> None:
    other = branch(talks)
    talks.say("A", "The road is open.")
    other.say("A", "The road is closed.")
    assert asked.shown(note_of(other)) == 409
    (file,) = asked.kept
    assert f"This key has signed two different records of {talks.size} acts." in verified(file)
    asked.shown(note_of(other), mirrors=(copy_of(other, tmp_path / "mirror"),))
    assert [proved_by(file) for file in asked.kept if file.name.startswith("evidence-")] == [
        (talks.size, talks.size)
    ]


def test_nobody_fills_the_disk(
    asked: Asked, talks: Talks, other: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchained, "MOST_KEPT", 2)
    for _ in range(4):
        asked.shown(note_of(other))
        other.say("A", "More.")
    assert len(asked.kept) == 2
