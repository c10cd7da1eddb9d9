"""A witness that is asked: one request, one answer (C2SP tlog-witness, add-checkpoint).

It signs for the logs that it was given, and for no other: to whoever asks for another, it knows none. What it answers
with is signed only when the checkpoint is kept, and of two requests that race the second is told how far it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from detente.codec.refusal import Refused
from detente.tlog.add_checkpoint import SIZE_TYPE, AddCheckpoint, parse_request
from detente.tlog.checkpoint import Checkpoint, open_checkpoint, unverified_checkpoint
from detente.tlog.signed_note import Verifier, format_signature, parse_note
from detente.witness.cosigning import Witness

TEXT: Final = "text/plain; charset=utf-8"

Unchained = Callable[[bytes, bytes], None]
"""Told of the checkpoint signed before and of another that was not shown to extend it, of as many acts or more, each
signed by the log."""


class Answer(Struct, frozen=True):
    """status: of HTTP."""

    status: int
    body: bytes
    media_type: str = TEXT


class Answering:
    """logs: by origin, whose checkpoints are signed."""

    def __init__(
        self,
        witness: Witness,
        logs: Mapping[str, Verifier],
        unchained: Unchained = lambda _signed, _shown: None,
    ) -> None:
        self._witness, self._logs, self._unchained = witness, logs, unchained

    def answer(self, raw: bytes, now: int) -> Answer:
        """now: Unix seconds."""
        try:
            request = parse_request(raw)
            origin = parse_note(request.checkpoint).text.partition("\n")[0]
        except Refused as refused:
            return _said(400, refused)
        log = self._logs.get(origin)
        if log is None:
            return Answer(404, b"This witness does not know that log.\n")
        try:
            checkpoint = open_checkpoint(request.checkpoint, log).checkpoint
        except Refused as refused:
            return _said(
                403 if refused.refusals[0].code.startswith(("note.", "checkpoint.unsigned")) else 400, refused
            )
        if request.old > checkpoint.size:
            return Answer(400, b"The old size is larger than the checkpoint's.\n")
        return self._signed(request, checkpoint, log, now)

    def _signed(self, request: AddCheckpoint, checkpoint: Checkpoint, log: Verifier, now: int) -> Answer:
        try:
            line = self._witness.cosign(request.checkpoint, log, request.proof, now, request.old)
        except Refused as refused:
            if refused.refusals[0].code == "witness.old_size":
                return self._how_far(checkpoint.origin)
            is_another = self._tell(checkpoint, request.checkpoint)
            return self._how_far(checkpoint.origin) if is_another else _said(422, refused)
        return Answer(200, format_signature(line).encode())

    def _how_far(self, origin: str) -> Answer:
        return Answer(409, f"{self._witness.last_size(origin)}\n".encode(), SIZE_TYPE)

    def _tell(self, shown: Checkpoint, note: bytes) -> bool:
        """Tell of what the log has signed and does not extend what was signed here, as far as was shown; whether it is
        another tree of the same size."""
        kept = self._witness.last_note(shown.origin)
        signed = unverified_checkpoint(kept) if kept else None
        if kept is None or signed is None or shown.size < signed.size or shown == signed:
            return False
        self._unchained(kept, note)
        return shown.size == signed.size


def _said(status: int, refused: Refused) -> Answer:
    return Answer(status, f"{refused.refusals[0].code}: {refused.refusals[0].sentence}\n".encode())
