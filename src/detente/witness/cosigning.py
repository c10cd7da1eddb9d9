"""Cosigning a checkpoint: check that it extends the last one signed, keep it, and only then answer.

(C2SP tlog-witness, the rule; the protocol over HTTP is not spoken here.)
"""

from __future__ import annotations

import threading

from detente.codec.refusal import refuse
from detente.tlog.checkpoint import Checkpoint, open_checkpoint
from detente.tlog.cosignature import Cosigner
from detente.tlog.merkle import EMPTY_ROOT, check_consistency
from detente.tlog.signed_note import NoteSignature, Verifier, parse_note


class Witness:
    """One cosigner and the last checkpoint that it signed for each log, kept in memory."""

    def __init__(self, cosigner: Cosigner) -> None:
        self.cosigner = cosigner
        self._last: dict[str, Checkpoint] = {}
        self._lock = threading.Lock()

    def last_size(self, origin: str) -> int:
        """How far this witness has signed; the consistency proof starts there."""
        last = self._last.get(origin)
        return last.size if last else 0

    def cosign(self, note: bytes, log: Verifier, proof: tuple[bytes, ...], now: int) -> NoteSignature:
        """The cosignature line. `proof`: consistency from `last_size`; now: Unix seconds.

        Raises `Refused`: `witness.smaller`, or as `open_checkpoint` and `check_consistency` do.
        """
        checkpoint = open_checkpoint(note, log).checkpoint
        with self._lock:
            last = self._last.get(checkpoint.origin, Checkpoint(checkpoint.origin, 0, EMPTY_ROOT))
            if checkpoint.size < last.size:
                raise refuse("witness.smaller", "The checkpoint is smaller than one that this witness has signed.",
                             "C2SP tlog-witness", "Keep both checkpoints: the log may have been forked.")  # fmt: skip
            check_consistency(last.size, checkpoint.size, proof, last.root, checkpoint.root)
            self._last[checkpoint.origin] = checkpoint
            return self.cosigner.sign(parse_note(note).text, now)
