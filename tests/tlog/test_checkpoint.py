from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.tlog.checkpoint import Checkpoint, Cosigned, format_checkpoint, open_checkpoint, parse_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE, CosignatureVerifier
from detente.tlog.line import encode_base64
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.signed_note import Note, NoteSigner, VerifierKey, add_signatures, format_note
from tests.tlog.demonstration import (
    LOG,
    LOG_MLDSA,
    LOG_VERIFIER,
    ORIGIN,
    TIME,
    VERIFIER_A,
    VERIFIER_B,
    VERIFIER_MLDSA,
    WITNESS_A,
    WITNESS_B,
    checkpoint_text,
    signed_checkpoint,
)
from tests.tlog.refused import refused_with

ROOT = encode_base64(bytes(32))


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_checkpoint_comes_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root)
    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "checkpoint.lines"),
        (f"o\n1\n{ROOT}", "checkpoint.lines"),
        (f"o\n1\n{ROOT}\nextension\n", "checkpoint.lines"),
        (f"o\n1\n{ROOT}\n\n", "checkpoint.lines"),
        (f"\n1\n{ROOT}\n", "checkpoint.origin"),
        (f"o\r\n1\n{ROOT}\n", "checkpoint.origin"),
        (f"o\n01\n{ROOT}\n", "checkpoint.size"),
        (f"o\n+1\n{ROOT}\n", "checkpoint.size"),
        (f"o\n\n{ROOT}\n", "checkpoint.size"),
        (f"o\n9223372036854775808\n{ROOT}\n", "checkpoint.size"),
        (f"o\n1\n{ROOT[:-1]}\n", "checkpoint.root"),
        (f"o\n1\n{encode_base64(bytes(31))}\n", "checkpoint.root"),
        (f"o\n1\n{ROOT[:-2]}B=\n", "checkpoint.root"),
        (f"o\n0\n{ROOT}\n", "checkpoint.root"),
    ],
)
def test_text_of_no_checkpoint_is_refused(text: str, code: str) -> None:
    with refused_with(code):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("origin", "size", "root", "code"),
    [
        ("two\nlines", 1, bytes(32), "checkpoint.origin"),
        ("\ud800", 1, bytes(32), "checkpoint.origin"),
        (ORIGIN, -1, bytes(32), "checkpoint.size"),
        (ORIGIN, 2**63, bytes(32), "checkpoint.size"),
        (ORIGIN, 1, bytes(33), "checkpoint.root"),
        (ORIGIN, 0, bytes(32), "checkpoint.root"),
    ],
)
def test_parts_of_no_checkpoint_are_refused(origin: str, size: int, root: bytes, code: str) -> None:
    with refused_with(code):
        Checkpoint(origin, size, root)


def test_opened_checkpoint_names_its_cosigners_and_their_times() -> None:
    raw = signed_checkpoint(WITNESS_A, WITNESS_B, LOG_MLDSA)
    opened = open_checkpoint(raw, LOG_VERIFIER, [VERIFIER_MLDSA, VERIFIER_B, VERIFIER_A])
    assert opened.checkpoint.size == 5
    assert opened.cosigners == (
        Cosigned("witness-a.example", TIME),
        Cosigned("witness-b.example", TIME + 1),
        Cosigned(ORIGIN, TIME + 2),
    )
    assert open_checkpoint(raw, LOG_VERIFIER).cosigners == ()


def test_checkpoint_of_the_empty_log_opens() -> None:
    opened = open_checkpoint(signed_checkpoint(leaves=()), LOG_VERIFIER)
    assert opened.checkpoint == Checkpoint(ORIGIN, 0, EMPTY_ROOT)


def test_cosigned_checkpoint_without_the_log_is_refused() -> None:
    text = checkpoint_text()
    raw = format_note(Note(text, (WITNESS_A.sign(text, TIME), LOG_MLDSA.sign(text, TIME))))
    with refused_with("checkpoint.unsigned"):
        open_checkpoint(raw, LOG_VERIFIER, [VERIFIER_A, VERIFIER_MLDSA])


def test_checkpoint_of_another_log_is_refused() -> None:
    text = checkpoint_text(origin="detente/another")
    raw = format_note(Note(text, (LOG.sign(text),)))
    with refused_with("checkpoint.origin"):
        open_checkpoint(raw, LOG_VERIFIER)


def test_signed_text_that_is_no_checkpoint_is_refused() -> None:
    text = checkpoint_text() + "extension\n"
    with refused_with("checkpoint.lines"):
        open_checkpoint(format_note(Note(text, (LOG.sign(text),))), LOG_VERIFIER)


def test_bad_cosignature_of_a_known_witness_is_refused() -> None:
    later = WITNESS_A.sign(checkpoint_text(leaves=()), TIME)
    raw = add_signatures(signed_checkpoint(WITNESS_B), [later])
    with refused_with("note.signature"):
        open_checkpoint(raw, LOG_VERIFIER, [VERIFIER_A, VERIFIER_B])
    assert len(open_checkpoint(raw, LOG_VERIFIER, [VERIFIER_B]).cosigners) == 1


def test_one_key_is_not_two_witnesses() -> None:
    """An Ed25519 cosignature says nothing of the name: whoever relays the line could write either."""
    second_name = CosignatureVerifier(VerifierKey("c.example", ED25519_COSIGNATURE, WITNESS_A.public_key))
    with refused_with("note.shared_key"):
        open_checkpoint(signed_checkpoint(WITNESS_A), LOG_VERIFIER, [VERIFIER_A, second_name])


def test_log_key_is_no_witness_key() -> None:
    own = CosignatureVerifier(VerifierKey("c.example", ED25519_COSIGNATURE, LOG.public_key))
    with refused_with("note.shared_key"):
        open_checkpoint(signed_checkpoint(), LOG_VERIFIER, [own])


def test_signer_with_another_seed_is_unknown() -> None:
    impostor = NoteSigner.from_seed(ORIGIN, bytes(32))
    text = checkpoint_text()
    with refused_with("note.unverified"):
        open_checkpoint(format_note(Note(text, (impostor.sign(text),))), LOG_VERIFIER)
