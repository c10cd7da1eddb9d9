"""A receipt, beside the act that it is for: the same name with another ending, as a browser and a terminal keep both."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Final

from detente.cli.terminal import say
from detente.cli.verifying.container import Checked, Container
from detente.codec.refusal import refuse
from detente.signing.envelope import LARGEST_SUBMISSION, parse_envelope
from detente.tlog.checkpoint import Checkpoint, unverified_checkpoint
from detente.tlog.merkle import check_inclusion, leaf_hash
from detente.tlog.proof import FIRST_LINE, parse_proof

LARGEST: Final = 1_048_576
"""Bytes of a receipt that is read."""
ENDINGS: Final = (".sd-jwt", ".act")
"""Of an act, as a browser and a terminal name it."""


def check(path: Path, file: BinaryIO) -> Checked:
    """That the act stands under the checkpoint of the receipt; by whom that is signed, a policy tells.

    Raises `Refused`: `receipt.act` where the act is not beside it, or as its parts do.
    """
    proof = parse_proof(file.read(LARGEST))
    if proof.extra:
        raise refuse("proof.extra", "The receipt carries extra data, which nothing authenticates.")
    with _act_beside(path).open("rb") as submitted:
        entry = parse_envelope(submitted.read(LARGEST_SUBMISSION + 1)).entry
    signed = unverified_checkpoint(proof.checkpoint)
    check_inclusion(leaf_hash(entry), proof.index, signed.size, proof.hashes, signed.root)
    return Checked(proof.checkpoint, None, lambda: _report(path, proof.index + 1, signed))


def _act_beside(path: Path) -> Path:
    for ending in ENDINGS:
        if path.with_suffix(ending).is_file():
            return path.with_suffix(ending)
    raise refuse("receipt.act", "The act that the receipt is for is not beside it.",
                 instead=f"Put it there as {path.with_suffix(ENDINGS[0]).name}: it was kept with the receipt.",
                 )  # fmt: skip


def _report(path: Path, number: int, signed: Checkpoint) -> None:
    say(f"Everything checks: {os.fspath(path)}")
    say(f"  Log        {signed.origin}")
    say(f"  Received   the act beside it, as act {number} of {signed.size}")
    say("  Not shown  by whom the act was signed, and whether it was regular")


RECEIPT = Container(FIRST_LINE, check)
