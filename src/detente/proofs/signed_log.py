"""How far a log was signed, by itself and by its cosigners, and that a proof's acts stand in what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from detente.acts.time import log_verifier, mldsa_verifiers
from detente.proofs.lines import LineReader
from detente.proofs.registry_acts import LaterCosigner, Placed
from detente.tlog.checkpoint import Cosigned, open_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.merkle import check_inclusion
from detente.tlog.signed_note import NoteVerifier, parse_note


class CosignedLater(NamedTuple):
    """A cosignature by a cosigner named after convening. time: as of `Cosigned`; by: the person who named it."""

    name: str
    time: int
    by: str


class SignedLog(Struct, frozen=True):
    """How far a log was signed. size: acts; note: that signed checkpoint; cosigners: whom the convening act names and who
    signed it; later: those named after it; signed_with_mldsa: the log has signed it with ML-DSA-44 too."""

    size: int
    note: bytes
    cosigners: tuple[Cosigned, ...]
    later: tuple[CosignedLater, ...]
    signed_with_mldsa: bool


class Signers(Struct, frozen=True):
    """Who may sign a note. log: its origin; first: the convening act, in the clear; cosigners: those that it names;
    later: those named after it."""

    log: str
    first: Mapping[str, Any]
    cosigners: tuple[CosignatureVerifier, ...]
    later: tuple[LaterCosigner, ...]

    @property
    def own(self) -> NoteVerifier:
        return log_verifier(self.log, self.first["log_key"])

    @property
    def others(self) -> tuple[CosignatureVerifier, ...]:
        later = (cosigner.verifier for cosigner in self.later)
        return (*self.cosigners, *mldsa_verifiers(self.log, self.first.get("log_mldsa_key", "")), *later)


def check_log(reader: LineReader, signers: Signers, note: bytes, acts: Sequence[Placed]) -> SignedLog:
    """That the checkpoint is signed, and holds these acts."""
    opened = open_checkpoint(note, signers.own, signers.others)
    own = (signers.own.key.name, signers.own.key.key_id)
    lines = [line for line in parse_note(note).signatures if (line.name, line.key_id) != own]
    if len(lines) != len(opened.cosigners):
        # A note may carry any signature; a proof is to mean the same to everybody who reads it.
        raise reader.fault(
            "signature", "a signature is neither the log's nor of a cosigner whom the process names."
        )
    signed = opened.checkpoint
    for placed in acts:
        check_inclusion(placed.leaf, placed.act.number - 1, signed.size, placed.path, signed.root)
    by = {(later.verifier.key.name, later.verifier.key.key_id): later.by for later in signers.later}
    named = [
        (cosigned, by.get((line.name, line.key_id)))
        for line, cosigned in zip(lines, opened.cosigners, strict=True)
    ]
    return SignedLog(
        signed.size,
        note,
        tuple(cosigned for cosigned, who in named if who is None and cosigned.name != signers.log),
        tuple(CosignedLater(*cosigned, who) for cosigned, who in named if who is not None),
        opened.signed_with_mldsa,
    )
