from __future__ import annotations

import pytest

from detente.tlog.cosignature import (
    ED25519_COSIGNATURE,
    MLDSA44_COSIGNATURE,
    CosignatureVerifier,
    Cosigner,
    signed_message,
)
from detente.tlog.signed_note import VerifierKey, format_vkey, parse_vkey
from tests.tlog.demonstration import LOG, TIME, checkpoint_text, seed_of
from tests.tlog.refused import refused_with

TEXT = checkpoint_text()
ALGORITHMS = [ED25519_COSIGNATURE, MLDSA44_COSIGNATURE]


def cosigner(algorithm: int, name: str = "w.example") -> Cosigner:
    return Cosigner.from_seed(name, algorithm, seed_of(name))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("time", [0, TIME, 2**63 - 1])
def test_time_comes_back_from_the_signature(algorithm: int, time: int) -> None:
    line = cosigner(algorithm).sign(TEXT, time)
    assert len(line.signature) == 8 + (64 if algorithm == ED25519_COSIGNATURE else 2420)
    verifier = CosignatureVerifier(parse_vkey(format_vkey(cosigner(algorithm).key)))
    assert verifier.verify(TEXT, line.signature) == time


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_cosignature_with_a_changed_part_is_refused(algorithm: int) -> None:
    signature = cosigner(algorithm).sign(TEXT, TIME).signature
    verifier = CosignatureVerifier(cosigner(algorithm).key)
    for at in (7, 8, len(signature) - 1):
        changed = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        with refused_with("note.signature"):
            verifier.verify(TEXT, changed)
    for other in (b"", signature[:7], signature[:-1], signature + b"\x00"):
        with refused_with("note.signature"):
            verifier.verify(TEXT, other)
    with refused_with("note.signature"):
        verifier.verify(checkpoint_text(leaves=()), signature)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_time_above_the_bound_is_refused(algorithm: int) -> None:
    with refused_with("cosignature.time"):
        CosignatureVerifier(cosigner(algorithm).key).verify(TEXT, bytes([0x80]) + bytes(71))


def test_mldsa_commits_to_the_cosigners_name_and_ed25519_does_not() -> None:
    """Why each witness has an Ed25519 key of its own."""
    for algorithm in ALGORITHMS:
        signer = cosigner(algorithm)
        namesake = CosignatureVerifier(VerifierKey("other.example", algorithm, signer.public_key))
        signature = signer.sign(TEXT, TIME).signature
        if algorithm == ED25519_COSIGNATURE:
            assert namesake.verify(TEXT, signature) == TIME
        else:
            with refused_with("note.signature"):
                namesake.verify(TEXT, signature)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_only_a_checkpoint_is_cosigned(algorithm: int) -> None:
    with refused_with("checkpoint.lines"):
        cosigner(algorithm).sign("I owe you a fish.\n", TIME)
    with refused_with("cosignature.time"):
        cosigner(algorithm).sign(TEXT, 2**63)
    with refused_with("cosignature.time"):
        cosigner(algorithm).sign(TEXT, -1)


def test_name_that_does_not_fit_one_byte_of_length_is_refused() -> None:
    longest = cosigner(MLDSA44_COSIGNATURE, "w" * 255)
    assert signed_message(longest.key, TEXT, TIME)[12] == 255
    with refused_with("cosignature.name"):
        cosigner(MLDSA44_COSIGNATURE, "w" * 256).sign(TEXT, TIME)
    with refused_with("cosignature.name"):
        longest.sign(checkpoint_text(origin="é" * 128), TIME)


def test_keys_of_other_algorithms_cosign_nothing() -> None:
    with refused_with("vkey.algorithm"):
        CosignatureVerifier(LOG.key)
    with refused_with("vkey.algorithm"):
        Cosigner.from_seed("w.example", 0x01, bytes(32))


def test_identity_point_is_no_witness() -> None:
    with refused_with("key.small_order"):
        CosignatureVerifier(VerifierKey("w.example", ED25519_COSIGNATURE, b"\x01" + bytes(31)))
