"""Two checkpoints that a log's key has signed, of which nobody has shown that the longer extends the shorter: what a
witness holds that was asked for its line under such a one, and could read no tree (docs/specs/evidence-against-a-log.md).

    detente unchained checkpoints v1
    key <the log's verifier key>
    checkpoint <number of lines>
    <the signed note, with the log's signature and no other>
    checkpoint <number of lines>
    <another, of as many acts or more>

Of one size, and two roots, they prove that this key has signed two records. Of two sizes they prove nothing against the
log: the longer record may begin with the shorter one, and whoever holds its acts can tell. That the key is the log's, the
file does not show either: the reader compares it with the one that they were given.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.proofs.lines import LineReader
from detente.proofs.misconduct import by_the_log_alone
from detente.tlog.checkpoint import Checkpoint, open_checkpoint
from detente.tlog.signed_note import NoteVerifier, VerifierKey, format_vkey, parse_note, parse_vkey

FIRST_LINE: Final = "detente unchained checkpoints v1"
NOT_SHOWN: Final = (
    "that this key is the one that the process id fixes: compare it with the one you were given"
)
_INSTEAD: Final = "Ask for the file again; this one says nothing about the log."


class Unchained(Struct, frozen=True):
    """key: said to be the log's; first, second: what it has signed, the second of as many acts or more."""

    key: VerifierKey
    first: Checkpoint
    second: Checkpoint

    @property
    def proved(self) -> str:
        """In words."""
        if self.first.size == self.second.size:
            return f"This key has signed two different records of {self.first.size} acts."
        return (f"Nothing against the log. This key has signed a record of {self.first.size} acts and one of "
                f"{self.second.size}: nobody has shown that the longer begins with the shorter, nor that it "
                "does not.")  # fmt: skip

    @property
    def lacking(self) -> str:
        """What would decide it, in words."""
        if self.first.size == self.second.size:
            return "What the process id is derived from: with it the two are evidence for anybody."
        return (f"The acts of the longer record, or its hash tiles: its host has them, and whoever keeps a mirror of "
                f"{self.second.size} acts or more.")  # fmt: skip


def write_unchained(key: VerifierKey, first: bytes, second: bytes) -> bytes:
    """The file, of notes with any signatures. Raises `Refused` as `check_unchained`: nothing else is ever written."""
    notes = [by_the_log_alone(note, NoteVerifier(key)) for note in (first, second)]
    check_unchained(key, *notes)
    parts = [f"checkpoint {note.count(10)}\n".encode() + note for note in notes]
    return f"{FIRST_LINE}\nkey {format_vkey(key)}\n".encode() + b"".join(parts)


def read_unchained(file: BinaryIO) -> Unchained:
    """Raises `Refused`: `unchained.*`, each naming the line, or as `check_unchained`."""
    reader = LineReader(file, "unchained", "Ask for the file again, and keep this one.")
    if reader.raw_line() != FIRST_LINE.encode():
        raise reader.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
    key, notes = parse_vkey(reader.text("key")), (reader.note(), reader.note())
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the second checkpoint.")
    return check_unchained(key, *notes)


def check_unchained(key: VerifierKey, first: bytes, second: bytes) -> Unchained:
    """Raises `Refused`: `unchained.signature` for a line that is not the key's, `unchained.order` where the first is the
    longer, `unchained.same` where both are one tree, or as `open_checkpoint`."""
    log = NoteVerifier(key)
    earlier, later = (open_checkpoint(note, log).checkpoint for note in (first, second))
    if any(len(parse_note(note).signatures) != 1 for note in (first, second)):
        raise refuse("unchained.signature", "A checkpoint is to carry its log's signature and no other.",
                     instead=_INSTEAD)  # fmt: skip
    if earlier.size > later.size:
        raise refuse("unchained.order", "The first checkpoint is to be of no more acts than the second.",
                     instead=_INSTEAD)  # fmt: skip
    if earlier == later:
        raise refuse("unchained.same", "Both checkpoints sign one tree.",
                     instead="Nothing stands against the log by this file.")  # fmt: skip
    return Unchained(key, earlier, later)
