"""Signing checkpoints once more, with ML-DSA-44, beside the Ed25519 line that every append signs
(C2SP tlog-cosignature; docs/adr/0020-long-life.md).

It is made outside the append's transaction. The rule:

| when | which |
|---|---|
| the log has not grown for `QUIET` seconds | its latest checkpoint |
| it grows without a pause | its latest checkpoint, `UNDER_LOAD` seconds after the last that was signed so |
| before a certified copy, the proof of an act, a time stamp | its latest checkpoint, at once |

The latest cosigned checkpoint gets the line too, since receipts stand under it. The line states no time: a log attests
none.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from msgspec import Struct

from detente.acts.time import mldsa_verifiers
from detente.codec.refusal import Refused
from detente.depositary.cosigning import keep_cosigned
from detente.depositary.host import Depositary, latest_note
from detente.depositary.logs import convening_of, main_origin
from detente.store.appending import NotStored
from detente.store.port import Head
from detente.tlog.cosignature import MLDSA44_COSIGNATURE, Cosigner
from detente.tlog.signed_note import VerifierKey, add_signatures, parse_note

QUIET: Final = 30
"""Seconds. With the pause between two looks it stays within a minute."""
UNDER_LOAD: Final = 3600


def sign_again(depositary: Depositary, origin: str) -> None:
    """Add the log's ML-DSA-44 line to its latest checkpoint and its latest cosigned one, where it is missing.

    Nothing happens where the convening act names no such key. Raises `Refused` with code `custody.*`, or `NotStored`.
    """
    head, key = depositary.store.head(origin), own_key(depositary, origin)
    if head is None or key is None:
        return
    lacking = [note for note in _notes(head) if not is_signed_by(note, key)]
    if not lacking:
        return
    seed = depositary.own_seed(depositary.main(main_origin(origin)).state().convened.log_mldsa_key)
    signer = Cosigner.from_seed(origin, MLDSA44_COSIGNATURE, seed)
    for note in lacking:
        signed = add_signatures(note, [signer.sign(parse_note(note).text, 0)])
        if note == head.cosigned:
            keep_cosigned(depositary, origin, signed)
        else:
            depositary.store.keep_signed_again(origin, head.size, signed)


def own_key(depositary: Depositary, origin: str) -> VerifierKey | None:
    """A log's ML-DSA-44 key, as its record names it."""
    convening = convening_of(depositary.store, origin)
    named = (convening.log_mldsa_key or "") if convening is not None else ""
    return next((verifier.key for verifier in mldsa_verifiers(origin, named)), None)


def is_signed_by(note: bytes, key: VerifierKey) -> bool:
    """Whether a note that this host keeps carries a line by this key."""
    return any((line.name, line.key_id) == (key.name, key.key_id) for line in parse_note(note).signatures)


def _notes(head: Head) -> set[bytes]:
    """The latest checkpoint and the latest cosigned one, which may be the same."""
    return {note for note in (head.cosigned, latest_note(head)) if note}


class _Waiting(Struct):
    """size: acts in the log when it was last looked at; grown: when it was first seen at that size; since: when it was
    first seen to lack the line. Unix seconds."""

    size: int
    grown: int
    since: int


class SigningAgain:
    """The background part: looked at every few seconds, it signs what the rule says is due."""

    def __init__(self, depositary: Depositary) -> None:
        self._depositary = depositary
        self._done: dict[str, tuple[int, bytes]] = {}
        self._waiting: dict[str, _Waiting] = {}

    def look(self, now: int) -> None:
        """now: Unix seconds. What cannot be stored now is tried again at the next look. Raises `Refused` for the first
        log that could not be signed; the others are."""
        failed: Refused | None = None
        for head in self._depositary.store.heads():
            if head.size and self._done.get(head.origin) != (head.size, head.cosigned):
                try:
                    self._look_at(head, now)
                except Refused as refused:
                    failed = failed or refused
        if failed is not None:
            raise failed

    def _look_at(self, head: Head, now: int) -> None:
        origin, key = head.origin, own_key(self._depositary, head.origin)
        if key is None or all(is_signed_by(note, key) for note in _notes(head)):
            self._done[origin] = (head.size, head.cosigned)
            self._waiting.pop(origin, None)
            return
        waiting = self._waiting.setdefault(origin, _Waiting(head.size, now, now))
        waiting.since = min(waiting.since, now)  # a clock that was set back would wait for its old time
        if waiting.size != head.size or now < waiting.grown:
            waiting.size, waiting.grown = head.size, now
        if now - waiting.grown >= QUIET or now - waiting.since >= UNDER_LOAD:
            with suppress(NotStored):
                sign_again(self._depositary, origin)
                del self._waiting[origin]
