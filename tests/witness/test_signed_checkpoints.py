"""How far a cosigner has signed outlives its program: nothing is signed that is not on disk, and nothing twice over."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.tlog.cosignature import Cosigner
from detente.tlog.merkle import leaf_hash, prove_consistency
from detente.witness.cosigning import Witness
from detente.witness.signed_checkpoints import NAME, SignedCheckpoints
from tests.tlog.demonstration import (
    LEAVES,
    LOG_VERIFIER,
    ORIGIN,
    TIME,
    WITNESS_A,
    read_from,
    signed_checkpoint,
)

FORK = (*LEAVES[:4], leaf_hash(b"another"))
GROWN = (*LEAVES, leaf_hash(b"one more"))


def code_of(folder: Path, leaves: tuple[bytes, ...], proof: tuple[bytes, ...] = ()) -> str:
    """What a witness begun anew from this folder answers; "" where it signs."""
    signed = SignedCheckpoints(folder)
    try:
        Witness(WITNESS_A, signed).cosign(signed_checkpoint(leaves=leaves), LOG_VERIFIER, proof, TIME)
    except Refused as refused:
        return refused.refusals[0].code
    finally:
        signed.close()
    return ""


def test_a_witness_begun_again_goes_on_from_what_it_signed(tmp_path: Path) -> None:
    assert code_of(tmp_path / "kept", LEAVES) == ""
    assert code_of(tmp_path / "kept", FORK).startswith("proof.")
    assert code_of(tmp_path / "kept", LEAVES[:4]) == "witness.smaller"
    assert code_of(tmp_path / "kept", GROWN).startswith("proof.")  # no proof is given
    assert code_of(tmp_path / "kept", LEAVES) == ""  # the same again, at another time
    assert code_of(tmp_path / "kept", GROWN, prove_consistency(5, 6, read_from(GROWN))) == ""
    assert code_of(tmp_path / "kept", LEAVES) == "witness.smaller"


def test_each_log_is_kept_by_itself(tmp_path: Path) -> None:
    signed = SignedCheckpoints(tmp_path)
    signed.keep("one", b"first")
    signed.keep("another", b"second")
    signed.keep("one", b"third")
    assert (signed.last("one"), signed.last("another"), signed.last("none")) == (b"third", b"second", None)
    signed.close()


def _ended_while_signing(folder: Path) -> None:
    def sign(_message: bytes) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    dying = Cosigner(WITNESS_A.name, WITNESS_A.algorithm, WITNESS_A.public_key, sign)
    Witness(dying, SignedCheckpoints(folder)).cosign(signed_checkpoint(leaves=LEAVES), LOG_VERIFIER, (), TIME)


def test_a_witness_killed_between_keeping_and_answering_does_not_sign_another_history(tmp_path: Path) -> None:
    """The signature may have been on its way: from then on only what extends that checkpoint is signed."""
    process = multiprocessing.get_context("fork").Process(target=_ended_while_signing, args=(tmp_path,))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert code_of(tmp_path, FORK).startswith("proof.")
    assert code_of(tmp_path, LEAVES) == ""


def test_what_cannot_be_kept_is_not_signed(tmp_path: Path) -> None:
    class Full(SignedCheckpoints):
        def keep(self, origin: str, note: bytes) -> None:
            raise OSError(28, "No space left on device")

    def sign(_message: bytes) -> bytes:
        raise AssertionError("signed before it was kept")

    signed = Full(tmp_path)
    witness = Witness(Cosigner(WITNESS_A.name, WITNESS_A.algorithm, WITNESS_A.public_key, sign), signed)
    with pytest.raises(OSError, match="space"):
        witness.cosign(signed_checkpoint(leaves=LEAVES), LOG_VERIFIER, (), TIME)
    assert witness.last_size(ORIGIN) == 0
    signed.close()


def test_two_programs_do_not_share_what_was_signed(tmp_path: Path) -> None:
    for _time in range(2):  # the file is new, and then it is there already
        first = SignedCheckpoints(tmp_path)
        with pytest.raises(Refused) as caught:
            SignedCheckpoints(tmp_path)
        assert caught.value.refusals[0].code == "witness.running" and caught.value.refusals[0].instead
        first.keep("log", b"note")
        first.close()
    assert (tmp_path / NAME).exists()
