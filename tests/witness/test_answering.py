"""A witness that is asked answers as C2SP tlog-witness says, and signs only what extends; over HTTP, the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.tlog.add_checkpoint import LARGEST, SIZE_TYPE, AddCheckpoint, format_request, parse_request
from detente.tlog.checkpoint import open_checkpoint
from detente.tlog.merkle import leaf_hash, prove_consistency
from detente.tlog.signed_note import Note, NoteSigner, format_note
from detente.witness.answering import Answer, Answering
from detente.witness.cosigning import Witness
from detente.witness.listening import make_witness_app
from detente.witness.signed_checkpoints import SignedCheckpoints
from tests.tlog.demonstration import (
    LEAVES,
    LOG,
    LOG_VERIFIER,
    ORIGIN,
    TIME,
    VERIFIER_A,
    WITNESS_A,
    checkpoint_text,
    read_from,
    seed_of,
    signed_checkpoint,
)
from tests.web.hosting import TestClient

GROWN = (*LEAVES, *(leaf_hash(f"entry {number}".encode()) for number in range(5, 13)))
FORK = (*GROWN[:4], leaf_hash(b"another"), *GROWN[5:])


@pytest.fixture
def kept(tmp_path: Path) -> SignedCheckpoints:
    return SignedCheckpoints(tmp_path / "state")


@pytest.fixture
def contradictions() -> list[tuple[bytes, bytes]]:
    return []


@pytest.fixture
def answering(kept: SignedCheckpoints, contradictions: list[tuple[bytes, bytes]]) -> Answering:
    witness = Witness(WITNESS_A, kept)
    return Answering(witness, {ORIGIN: LOG_VERIFIER}, lambda *notes: contradictions.append(notes))


def asked(
    old: int, leaves: Sequence[bytes], *, note: bytes = b"", proof: tuple[bytes, ...] | None = None
) -> bytes:
    """What a log asks that has grown from `old` to `leaves`."""
    sound = prove_consistency(old, len(leaves), read_from(leaves)) if 0 < old <= len(leaves) else ()
    return format_request(
        AddCheckpoint(old, sound if proof is None else proof, note or signed_checkpoint(leaves=leaves))
    )


def test_it_signs_the_first_and_whatever_extends_it(answering: Answering, kept: SignedCheckpoints) -> None:
    for at, (old, leaves) in enumerate([(0, LEAVES), (5, GROWN[:8]), (8, GROWN[:8]), (8, GROWN)]):
        answer = answering.answer(asked(old, leaves), TIME + at)
        assert answer.status == 200
        note = signed_checkpoint(leaves=leaves)
        assert kept.last(ORIGIN) == note  # on disk when it answers
        (cosigned,) = open_checkpoint(note + answer.body, LOG_VERIFIER, [VERIFIER_A]).cosigners
        assert cosigned.time == TIME + at


@pytest.mark.parametrize("old", [0, 4, 6])
def test_whoever_starts_from_another_size_is_told_how_far_it_is(answering: Answering, old: int) -> None:
    assert answering.answer(asked(0, LEAVES), TIME).status == 200
    assert answering.answer(asked(old, GROWN), TIME) == Answer(409, b"5\n", SIZE_TYPE)
    assert answering.answer(asked(5, GROWN), TIME).status == 200


def test_a_proof_that_does_not_hold_is_422(answering: Answering, kept: SignedCheckpoints) -> None:
    assert answering.answer(asked(0, LEAVES, proof=(bytes(32),)), TIME).status == 422
    assert answering.answer(asked(0, LEAVES), TIME).status == 200
    sound = prove_consistency(5, 13, read_from(GROWN))
    for proof in ((), sound[:-1], sound[::-1], (bytes(32), *sound[1:])):
        assert answering.answer(asked(5, GROWN, proof=proof), TIME).status == 422
    assert answering.answer(asked(5, FORK), TIME).status == 422
    assert kept.last(ORIGIN) == signed_checkpoint()


def test_another_tree_of_the_same_size_is_409_and_kept_as_what_it_proves(
    answering: Answering, kept: SignedCheckpoints, contradictions: list[tuple[bytes, bytes]]
) -> None:
    assert answering.answer(asked(0, LEAVES), TIME).status == 200
    other = signed_checkpoint(leaves=FORK[:5])
    assert answering.answer(asked(5, FORK[:5]), TIME) == Answer(409, b"5\n", SIZE_TYPE)
    assert contradictions == [(signed_checkpoint(), other)] and kept.last(ORIGIN) == signed_checkpoint()


def test_a_log_that_it_was_not_given_is_404(answering: Answering) -> None:
    stranger = NoteSigner.from_seed("detente/another", seed_of("another"))
    text = checkpoint_text(origin="detente/another")
    assert (
        answering.answer(asked(0, LEAVES, note=format_note(Note(text, (stranger.sign(text),)))), TIME).status
        == 404
    )


def test_a_checkpoint_that_the_log_has_not_signed_is_403(
    answering: Answering, kept: SignedCheckpoints
) -> None:
    stranger = NoteSigner.from_seed(ORIGIN, seed_of("stranger"))
    text = checkpoint_text()
    changed = signed_checkpoint().replace(b"\n5\n", b"\n4\n")
    for note in (format_note(Note(text, (stranger.sign(text),))), changed):
        assert answering.answer(asked(0, LEAVES, note=note), TIME).status == 403
    both = format_note(Note(text, (stranger.sign(text), LOG.sign(text))))
    assert kept.last(ORIGIN) is None
    assert answering.answer(asked(0, LEAVES, note=both), TIME).status == 200  # unknown keys are ignored


MALFORMED = {
    "nothing": b"",
    "no checkpoint": b"old 0\n\n",
    "no empty line": b"old 0\n" + signed_checkpoint(),
    "no old size": b"\n\n" + signed_checkpoint(),
    "an old size with a leading zero": b"old 00\n\n" + signed_checkpoint(),
    "an old size with a sign": b"old +0\n\n" + signed_checkpoint(),
    "a hash that is too short": b"old 0\nAAAA\n\n" + signed_checkpoint(),
    "a hash that is no base64": b"old 0\n" + b"!" * 44 + b"\n\n" + signed_checkpoint(),
    "too many hashes": asked(0, LEAVES, proof=(bytes(32),) * 64),
    "octets": b"old 0\n\xff\n\n" + signed_checkpoint(),
    "an old size beyond the checkpoint's": asked(6, LEAVES),
    "a line of a checkpoint too many": asked(
        0,
        LEAVES,
        note=format_note(Note(checkpoint_text() + "more\n", (LOG.sign(checkpoint_text() + "more\n"),))),
    ),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_request_is_400(answering: Answering, kept: SignedCheckpoints, raw: bytes) -> None:
    assert answering.answer(raw, TIME).status == 400
    assert kept.last(ORIGIN) is None


def test_a_request_is_read_as_written() -> None:
    request = AddCheckpoint(5, (bytes(32), b"\x01" * 32), signed_checkpoint())
    assert parse_request(format_request(request)) == request
    with pytest.raises(Refused):
        parse_request(format_request(AddCheckpoint(5, (), b"x" * LARGEST)))


def test_over_http(answering: Answering) -> None:
    with TestClient(make_witness_app(answering)) as client:
        answer = client.post("/add-checkpoint", content=asked(0, LEAVES))
        assert answer.status_code == 200 and answer.text.startswith("— witness-a.example ")
        told = client.post("/add-checkpoint", content=asked(0, GROWN))
        assert (told.status_code, told.text, told.headers["content-type"]) == (
            409,
            "5\n",
            f"{SIZE_TYPE}; charset=utf-8",
        )
        assert client.post("/add-checkpoint", content=b"x" * (LARGEST + 1)).status_code == 413
        assert client.get("/add-checkpoint").status_code == 405
        assert client.post("/", content=b"").status_code == 404
