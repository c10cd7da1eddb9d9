"""`detente bundle` and `detente state`: from a copy to a proof that something is *not* in the record, each checked."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from detente.client.cosigner_key import CosignerKey
from detente.codec.base64url import encode_base64url
from tests.cli.acting import convened
from tests.cli.speaking import refused, run, say
from tests.depositary.talks import WITNESSES, key_named
from tests.proofs.copies import copy_for
from tests.proofs.stated import SECRET, small
from tests.room.serving import Server

HELD, LACKING = "steps/road/A/I", "steps/road/B/I"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Made from A's own certified copy."""
    copy, file = tmp_path / "copy", tmp_path / "bundle"
    copy.write_bytes(copy_for(small(), "A"))
    said = say("bundle", copy, file, "--yes")
    assert said.code == 0 and "It shows the skeleton of the talks" in said.out
    return file


def key_of(folder: Path, name: str) -> Path:
    """A cosigner's key in the file that `detente witness` keeps."""
    file = folder / f"{name}.key"
    file.write_bytes(msgspec.json.encode(CosignerKey(name, encode_base64url(key_named(name).seed))))
    return file


@pytest.fixture
def statement(bundle: Path, tmp_path: Path) -> Path:
    """Signed by one cosigner, and by another under it."""
    file = tmp_path / "statement"
    for name, have in zip(WITNESSES[:2], (1, 2), strict=True):
        said = say("state", "sign", bundle, file, "--key", key_of(tmp_path, name))
        assert (
            said.code == 0
            and f"Signed by {have} of those whom the convening act names; it asks for 2." in said.out
        )
    return file


def test_whoever_gets_a_bundle_learns_what_is_not_in_the_record(bundle: Path) -> None:
    assert SECRET.encode() not in bundle.read_bytes()
    answer = run("verify", bundle)
    assert answer.code == 0 and answer.err == "" and answer.out.startswith(f"Everything checks: {bundle}\n")
    size = small().size
    for words in (
        f"In the main record, up to act {size}, “road” is not adopted.",
        f"In the main record, up to act {size}, side A stands towards “road” at “initialled”, by act {size}.",
        f"Up to act {size}, there is no act by which side B took any of these steps: assented; initialled;",
        "no words",
    ):
        assert words in answer.out


def test_the_warning_comes_before_anything_is_written(bundle: Path, tmp_path: Path) -> None:
    refusing = run("bundle", tmp_path / "copy", tmp_path / "other")
    assert "It shows the skeleton of the talks" in refusing.out and "Write it?" in refusing.out
    assert refusing.code == 130 and not (tmp_path / "other").exists()
    assert say("bundle", tmp_path / "copy", bundle, "--yes").code == 1  # never over another file


def test_a_bundle_answers_what_it_is_asked(bundle: Path) -> None:
    said = say("state", "ask", bundle, HELD, LACKING)
    size = small().size
    upto = f"In the main record, up to act {size}, "
    assert said.out.splitlines() == [
        f"{upto}side A took towards “road” the step “initialled”, by act {size}.",
        f"{upto}there is no act by which side B took towards “road” the step “initialled”.",
    ]
    assert f"{HELD} = {size}\n" in say("state", "ask", bundle).out
    assert "Texts: road." in refused(say("state", "ask", bundle, "adopted/raod"), "fact.text")


def test_absence_is_proved_to_anybody_by_a_quorum(bundle: Path, statement: Path, tmp_path: Path) -> None:
    file = tmp_path / "proof"
    made = say("state", "prove", bundle, statement, file, LACKING)
    assert made.code == 0 and "there is no act by which side B took" in made.out
    answer = run("verify", file)
    assert answer.code == 0 and answer.err == ""
    for words in (
        f"Signed     by {', '.join(WITNESSES[:2])}: they say that they folded",
        "names 3 cosigners and asks for 2; you rely on them",
        f"In the main record, up to act {small().size}, there is no act by which side B took towards “road”",
        "Compare the text’s id “road”",
        "Not shown",
    ):
        assert words in answer.out
    both = tmp_path / "both"
    assert say("state", "prove", bundle, statement, both, "text/road", LACKING).code == 0
    assert "Compare the text’s id" not in say("verify", both).out
    file.write_bytes(file.read_bytes().replace(LACKING.encode(), HELD.encode()))
    refused(say("verify", file), "facts.absent")


def test_a_snapshot_opens_to_what_the_bundle_says(bundle: Path, statement: Path, tmp_path: Path) -> None:
    file = tmp_path / "snapshot"
    assert say("state", "snapshot", bundle, statement, file).code == 0
    answer, folded = say("verify", file), say("verify", bundle)
    assert answer.code == 0 and f"by {WITNESSES[0]}, {WITNESSES[1]}: they say" in answer.out
    stands = [line for line in folded.out.splitlines() if "p to act" in line]
    assert stands and stands == [line for line in answer.out.splitlines() if "p to act" in line]


def test_one_signature_of_two_proves_nothing(bundle: Path, tmp_path: Path) -> None:
    one, proof = tmp_path / "one", tmp_path / "proof"
    assert say("state", "sign", bundle, one, "--key", key_of(tmp_path, WITNESSES[0])).code == 0
    refused(say("state", "prove", bundle, one, proof, HELD), "statement.quorum")
    assert not proof.exists()


def test_lines_signed_apart_are_gathered(bundle: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for file, name in ((one, WITNESSES[0]), (other, WITNESSES[1])):
        assert say("state", "sign", bundle, file, "--key", key_of(tmp_path, name)).code == 0
    assert "2 lines under a statement" in say("state", "merge", one, other).out
    assert say("state", "prove", bundle, one, tmp_path / "proof", HELD).code == 0


def test_only_a_cosigner_who_is_named_and_has_cosigned_this_record_signs(
    bundle: Path, tmp_path: Path
) -> None:
    for name, code in (("stranger.example", "statement.stranger"), (WITNESSES[2], "statement.not_cosigned")):
        file = tmp_path / "statement"
        refused(say("state", "sign", bundle, file, "--key", key_of(tmp_path, name)), code)
        assert not file.exists()


def test_a_statement_on_something_else_is_not_signed_over(
    bundle: Path, statement: Path, tmp_path: Path
) -> None:
    said = statement.read_bytes()
    statement.write_bytes(said.replace(f"\n{small().size}\n".encode(), b"\n3\n", 1))
    before = statement.read_bytes()
    refused(
        say("state", "sign", bundle, statement, "--key", key_of(tmp_path, WITNESSES[0])), "statement.differs"
    )
    assert statement.read_bytes() == before


def test_a_bundle_is_made_from_a_host_too(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        mediator = convened(server.address, tmp_path / "M")
        file = tmp_path / "bundle"
        assert say("bundle", mediator.process[:8], file, "--keys", mediator.folder, "--yes").code == 0
    finally:
        server.stop()
    assert "there is no text on the table" in say("verify", file).out
    key = key_of(tmp_path, WITNESSES[0])
    refused(say("state", "sign", file, tmp_path / "statement", "--key", key), "statement.stranger")
