from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest

from detente.codec.refusal import Refused
from detente.tlog.checkpoint import Cosigned
from detente.tlog.merkle import root_of
from detente.tlog.proof import CheckedProof, TlogProof, check_proof, format_proof, parse_proof
from tests.tlog.demonstration import (
    LEAVES,
    LOG_MLDSA,
    LOG_VERIFIER,
    TIME,
    VERIFIER_A,
    VERIFIER_B,
    VERIFIER_MLDSA,
    WITNESS_A,
    WITNESS_B,
    receipt,
)
from tests.tlog.refused import refused_with

COSIGNERS = [VERIFIER_A, VERIFIER_B, VERIFIER_MLDSA]


@pytest.mark.parametrize("index", range(len(LEAVES)))
def test_receipt_is_checked_for_every_entry(index: int) -> None:
    proof = parse_proof(format_proof(receipt(index, WITNESS_A, WITNESS_B)))
    checked = check_proof(proof, LEAVES[index], LOG_VERIFIER, COSIGNERS)
    assert checked == CheckedProof(
        index,
        len(LEAVES),
        root_of(LEAVES),
        (Cosigned("witness-a.example", TIME), Cosigned("witness-b.example", TIME + 1)),
    )


def test_receipt_of_the_only_entry_has_no_path() -> None:
    proof = receipt(0, leaves=LEAVES[:1])
    assert proof.hashes == ()
    assert check_proof(parse_proof(format_proof(proof)), LEAVES[0], LOG_VERIFIER).size == 1


def test_receipt_for_another_entry_is_refused() -> None:
    with refused_with("proof.root"):
        check_proof(receipt(2), LEAVES[3], LOG_VERIFIER)


def test_index_beyond_the_size_is_refused() -> None:
    with refused_with("proof.index"):
        check_proof(msgspec.structs.replace(receipt(2), index=5), LEAVES[2], LOG_VERIFIER)


def test_path_of_the_wrong_length_is_refused() -> None:
    proof = receipt(2)
    with refused_with("proof.path_length"):
        check_proof(msgspec.structs.replace(proof, hashes=proof.hashes[:-1]), LEAVES[2], LOG_VERIFIER)


def test_extra_data_comes_back_and_is_not_trusted() -> None:
    proof = msgspec.structs.replace(receipt(2), extra=b"context")
    assert parse_proof(format_proof(proof)) == proof
    with refused_with("proof.extra"):
        check_proof(proof, LEAVES[2], LOG_VERIFIER)


HASH = "YcoROfaBWEHVuvLQ0tm9nf7pfImN1ve6DAqpQe5sAes="


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n", "proof.malformed"),
        ("c2sp.org/tlog-proof@v2\nindex 0\n\n", "proof.malformed"),
        ("\nc2sp.org/tlog-proof@v1\nindex 0\n\n", "proof.malformed"),
        ("c2sp.org/tlog-proof@v1\r\nindex 0\n\n", "proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nindex 0é\n\n", "proof.malformed"),
        ("c2sp.org/tlog-proof@v1\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex 00\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex -1\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\n0\n\n", "proof.index"),
        (f"c2sp.org/tlog-proof@v1\n{HASH}\nindex 0\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n", "proof.extra"),
        ("c2sp.org/tlog-proof@v1\nextra AB==\nindex 0\n\n", "proof.extra"),
        ("c2sp.org/tlog-proof@v1\nextra AA==\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\nextra AA==\nextra AA==\nindex 0\n\n", "proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\n", "proof.hash"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nAA==\n\n", "proof.hash"),
        (f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH} \n\n", "proof.hash"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n" + f"{HASH}\n" * 64 + "\n", "proof.path_length"),
    ],
)
def test_bytes_of_no_proof_are_refused(raw: str, code: str) -> None:
    with refused_with(code):
        parse_proof(raw.encode())


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (TlogProof(-1, (), b""), "proof.index"),
        (TlogProof(2**63, (), b""), "proof.index"),
        (TlogProof(0, (bytes(31),), b""), "proof.hash"),
    ],
)
def test_parts_of_no_proof_are_refused(proof: TlogProof, code: str) -> None:
    with refused_with(code):
        format_proof(proof)


def check_bytes(raw: bytes) -> CheckedProof | None:
    try:
        return check_proof(parse_proof(raw), LEAVES[2], LOG_VERIFIER, COSIGNERS)
    except Refused:
        return None


@dataclass(frozen=True)
class Corruption:
    """What became of a receipt after each change: how many changes were refused, how many cost a cosigner."""

    refused: int
    shrunk: int


def corrupt(raw: bytes, masks: list[int]) -> Corruption:
    """Change each byte by each mask. Whatever is not refused says the same of fewer cosigners."""
    whole = check_bytes(raw)
    assert whole is not None
    refused = shrunk = 0
    for at in range(len(raw)):
        for mask in masks:
            checked = check_bytes(raw[:at] + bytes([raw[at] ^ mask]) + raw[at + 1 :])
            if checked is None:
                refused += 1
                continue
            shrunk += 1
            assert set(checked.cosigners) < set(whole.cosigners), f"byte {at} changed by {mask:#x}"
            assert msgspec.structs.replace(checked, cosigners=whole.cosigners) == whole
    return Corruption(refused, shrunk)


def test_each_byte_of_a_receipt_changed_in_each_bit() -> None:
    """Only a cosigner's name and key id can change without refusal: the line is then by an unknown key."""
    outcome = corrupt(format_proof(receipt(2, WITNESS_A, WITNESS_B)), [1 << bit for bit in range(8)])
    assert outcome.refused > 10 * outcome.shrunk > 0


def test_each_byte_of_a_receipt_with_a_line_by_mldsa_changed() -> None:
    outcome = corrupt(format_proof(receipt(2, WITNESS_A, LOG_MLDSA)), [1])
    assert outcome.refused > 10 * outcome.shrunk > 0


def test_each_byte_of_a_receipt_left_out_or_doubled() -> None:
    raw = format_proof(receipt(2, WITNESS_A, WITNESS_B))
    whole = check_bytes(raw)
    assert whole is not None
    for at in range(len(raw)):
        for changed in (raw[:at] + raw[at + 1 :], raw[:at] + raw[at : at + 1] + raw[at:]):
            checked = check_bytes(changed)
            if changed != raw and checked is not None:
                assert set(checked.cosigners) < set(whole.cosigners)
    for end in range(len(raw)):
        checked = check_bytes(raw[:end])
        assert checked is None or set(checked.cosigners) < set(whole.cosigners)
