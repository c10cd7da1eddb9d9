"""Cosigning a checkpoint: check that it extends the last one signed, keep it, and only then answer.

(C2SP tlog-witness, the rule; who asks is answered in `answering`.)
"""

from __future__ import annotations

import threading
from typing import Protocol

from detente.codec.refusal import refuse
from detente.tlog.checkpoint import Checkpoint, open_checkpoint, unverified_checkpoint
from detente.tlog.cosignature import Cosigner
from detente.tlog.merkle import EMPTY_ROOT, check_consistency
from detente.tlog.signed_note import NoteSignature, Verifier, parse_note


class Signed(Protocol):
    """The last checkpoint signed for each log. When `keep` returns, it is kept, whatever happens then."""

    def last(self, origin: str) -> bytes | None:
        """The note, as its log signed it."""
        ...

    def keep(self, origin: str, note: bytes) -> None: ...


class SignedInMemory:
    """For a witness that ends with its process: it must never begin again with the same key."""

    def __init__(self) -> None:
        self._notes: dict[str, bytes] = {}

    def last(self, origin: str) -> bytes | None:
        return self._notes.get(origin)

    def keep(self, origin: str, note: bytes) -> None:
        self._notes[origin] = note


class Witness:
    """One cosigner, which signs for each log only what extends all that it has signed."""

    def __init__(self, cosigner: Cosigner, signed: Signed | None = None) -> None:
        """signed: where it is kept how far this cosigner's key has signed; in memory where it is left out."""
        self.cosigner = cosigner
        self._signed = signed or SignedInMemory()
        self._lock = threading.Lock()

    def last_size(self, origin: str) -> int:
        """How far this witness has signed; the consistency proof starts there."""
        return self._last(origin).size

    def last_note(self, origin: str) -> bytes | None:
        """The last checkpoint signed, as its log signed it."""
        return self._signed.last(origin)

    def _last(self, origin: str) -> Checkpoint:
        note = self._signed.last(origin)
        return unverified_checkpoint(note) if note else Checkpoint(origin, 0, EMPTY_ROOT)

    def cosign(
        self, note: bytes, log: Verifier, proof: tuple[bytes, ...], now: int, old: int | None = None
    ) -> NoteSignature:
        """The cosignature line. `proof`: consistency from `last_size`; now: Unix seconds; old: the size that whoever
        asks takes for `last_size`.

        Raises `Refused`: `witness.old_size`, `witness.smaller`, or as `open_checkpoint` and `check_consistency` do.
        """
        checkpoint = open_checkpoint(note, log).checkpoint
        with self._lock:
            last = self._last(checkpoint.origin)
            if old not in (None, last.size):
                raise refuse("witness.old_size", f"The last checkpoint signed here is of {last.size} acts.",
                             "C2SP tlog-witness", "Prove that yours extends that one.")  # fmt: skip
            if checkpoint.size < last.size:
                raise refuse("witness.smaller", "The checkpoint is smaller than one that this witness has signed.",
                             "C2SP tlog-witness", "Keep both checkpoints: the log may have been forked.")  # fmt: skip
            check_consistency(last.size, checkpoint.size, proof, last.root, checkpoint.root)
            self._signed.keep(checkpoint.origin, note)
            return self.cosigner.sign(parse_note(note).text, now)
