"""Checkpoints: the head of a log as a signed note (C2SP tlog-checkpoint).

The text has three lines, each ending in a newline: the log's origin, the number of leaves, the root in
base64. There are no extension lines: nobody could audit them, and ML-DSA-44 cosignatures do not sign them.

    >>> text = format_checkpoint(Checkpoint("detente/demonstration", 0, EMPTY_ROOT))
    >>> print(text, end="")
    detente/demonstration
    0
    47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
    >>> parse_checkpoint(text).size
    0
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from detente.codec.refusal import Refused, refuse
from detente.tlog.line import LARGEST_NUMBER, decode_hash, encode_base64, is_line, parse_decimal
from detente.tlog.merkle import EMPTY_ROOT
from detente.tlog.signed_note import Verifier, open_note, parse_note

_CLAUSE = "C2SP tlog-checkpoint"


class Checkpoint(msgspec.Struct, frozen=True):
    """A tree head. origin: the log's name, one line; size: leaves; root: 32 bytes.

    Raises `Refused` with code `checkpoint.origin`, `checkpoint.size` or `checkpoint.root`.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or not is_line(self.origin):
            raise _refuse("checkpoint.origin", "The origin is empty or is not one line of text.")
        if not 0 <= self.size <= LARGEST_NUMBER:
            raise _refuse("checkpoint.size", "The size is not a number from 0 to 2^63 - 1.")
        if len(self.root) != 32 or (self.size == 0 and self.root != EMPTY_ROOT):
            raise _refuse(
                "checkpoint.root", "The root is not 32 bytes, or is not the empty tree's where the size is 0."
            )


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """The note's text."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{encode_base64(checkpoint.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Raises `Refused` with code `checkpoint.lines`, or one of those of `Checkpoint`."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise _refuse("checkpoint.lines", "A checkpoint has three lines: origin, size and root.")
    size, root = parse_decimal(lines[1]), decode_hash(lines[2])
    if size is None:
        raise _refuse("checkpoint.size", "The size is not a decimal number without leading zeros.")
    if root is None:
        raise _refuse("checkpoint.root", "The root is not 32 bytes in base64.")
    return Checkpoint(lines[0], size, root)


def unverified_checkpoint(raw: bytes) -> Checkpoint:
    """What a note states, whoever has signed it: see `open_checkpoint`. Raises `Refused` as `parse_note` and
    `parse_checkpoint`."""
    return parse_checkpoint(parse_note(raw).text)


class Cosigned(NamedTuple):
    """A verified cosignature. time: Unix seconds; 0 where an ML-DSA-44 cosigner states no time."""

    name: str
    time: int


class OpenedCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint signed by its log.

    cosigners: one for each key that verified, in the order of the lines. A cosigner with two keys stands here
    twice: a quorum counts names. The log's own ML-DSA-44 line stands here under the origin: it is no witness.
    """

    checkpoint: Checkpoint
    cosigners: tuple[Cosigned, ...]

    @property
    def witnesses(self) -> tuple[Cosigned, ...]:
        """Those of the cosigners that are not the log itself."""
        return tuple(cosigned for cosigned in self.cosigners if cosigned.name != self.checkpoint.origin)

    @property
    def signed_with_mldsa(self) -> bool:
        """Whether the log itself has signed with ML-DSA-44 too, as far as that key was asked for."""
        return len(self.witnesses) < len(self.cosigners)


def open_checkpoint(raw: bytes, log: Verifier, cosigners: Sequence[Verifier] = ()) -> OpenedCheckpoint:
    """Verify the signature of `log` and those of the known `cosigners`; the log's key name is the origin.

    Raises `Refused` with code `checkpoint.unsigned` (no signature by `log`), `checkpoint.origin` (another
    log's), `note.shared_key` (one public key under two verifiers: an Ed25519 cosignature does not commit to
    the cosigner's name), or one of those of `open_note` and `parse_checkpoint`.
    """
    verifiers = [log, *cosigners]
    if len({verifier.key.public_key for verifier in verifiers}) != len(verifiers):
        raise refuse(
            "note.shared_key",
            "Two verifiers have the same public key.",
            "C2SP tlog-cosignature",
            "Name each key once.",
        )
    note = open_note(raw, verifiers)
    log_key = (log.key.name, log.key.key_id)
    if all((line.name, line.key_id) != log_key for line in note.verified):
        raise _refuse("checkpoint.unsigned", f"The log “{log.key.name}” has not signed the checkpoint.")
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.key.name:
        raise _refuse(
            "checkpoint.origin", f"The checkpoint is of “{checkpoint.origin}”, not of “{log.key.name}”."
        )
    cosigned = (Cosigned(line.name, line.time) for line in note.verified if line.time is not None)
    return OpenedCheckpoint(checkpoint, tuple(cosigned))


def _refuse(code: str, sentence: str) -> Refused:
    return refuse(code, sentence, _CLAUSE, "Send the checkpoint of this log as it was signed, whole.")
