"""Time: mark it. The keeper carries a checkpoint, with the cosignatures it has gathered, into the record.

Rules: replay asks no clock. A mark's time is the k-th smallest time of its valid cosignatures, k being the
record's quorum, or the k-th largest where that is earlier: while fewer than k cosigners are dishonest, an honest
one has seen that time come, so that nothing lapses or enters into force before its time. An uncosigned mark
orders display only. The checkpoint is the one that the act says its author had seen.
Time in the record never runs back: lapse, expiry and entry into force are derived from marks, not acts.
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.acts.act import KEEPERS, Act, Clear, Hidden, Kind, refusals
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.instant import LATEST_SECOND, instant_from_unix
from detente.codec.refusal import Refusal, Refused
from detente.state.records import Clock, Process, State
from detente.tlog.checkpoint import OpenedCheckpoint, open_checkpoint
from detente.tlog.cosignature import MLDSA44_COSIGNATURE, CosignatureVerifier
from detente.tlog.signed_note import ED25519, NoteVerifier, VerifierKey, parse_vkey


class MarkTime(Clear, frozen=True, kw_only=True, tag="mark_time"):
    """checkpoint: a signed note of this log's checkpoint, with its cosignatures."""

    checkpoint: str


def log_verifier(origin: str, log_key: str) -> NoteVerifier:
    """The verifier of a log's own signature. origin: the log's name; log_key: base64url."""
    return NoteVerifier(VerifierKey(origin, ED25519, decode_base64url(log_key)))


def cosigner_verifiers(process: Process) -> tuple[CosignatureVerifier, ...]:
    return tuple(CosignatureVerifier(parse_vkey(vkey)) for vkey in process.cosigners)


def mldsa_verifiers(origin: str, log_mldsa_key: str) -> tuple[CosignatureVerifier, ...]:
    """The verifier of a log's own ML-DSA-44 signature, where it has such a key. As `log_verifier`."""
    if not log_mldsa_key:
        return ()
    key = VerifierKey(origin, MLDSA44_COSIGNATURE, decode_base64url(log_mldsa_key))
    return (CosignatureVerifier(key),)


def _open(state: State, checkpoint: str) -> OpenedCheckpoint:
    process = state.convened
    verifier = log_verifier(process.origin, process.log_key)
    return open_checkpoint(checkpoint.encode(), verifier, cosigner_verifiers(process))


def cosigned_time(state: State, checkpoint: str) -> str | None:
    """The instant that `quorum` of the record's cosigners attest, or None where too few have signed.

    Raises `Refused` where the note is not a checkpoint of this log.
    """
    quorum = state.convened.quorum
    # A cosigner may hold two keys (Ed25519 and ML-DSA-44); a quorum counts cosigners, each by its latest time.
    stated: dict[str, int] = {}
    for cosigned in _open(state, checkpoint).cosigners:
        stated[cosigned.name] = max(cosigned.time, stated.get(cosigned.name, 0))
    times = sorted(time for time in stated.values() if time > 0)
    if not 0 < quorum <= len(times):
        return None
    return instant_from_unix(min(times[quorum - 1], times[-quorum]))


def examine(state: State, act: Act[MarkTime]) -> tuple[Refusal, ...]:
    try:
        opened = _open(state, act.clear.checkpoint)
    except Refused as refused:
        return refused.refusals
    marked = opened.checkpoint
    return refusals(
        Refusal("time.checkpoint", "The checkpoint is not the one that the keeper says it has seen.",
                instead="Mark the time with the checkpoint named in `seen`.")
        if act.clear.seen != (marked.size, encode_base64url(marked.root))
        else None,
        Refusal("time.ahead", "The checkpoint covers more acts than stand before this mark.",
                instead="Mark the time with a checkpoint of this log as it stands.")
        if marked.size > state.size
        else None,
        Refusal("time.beyond", "A cosignature states a time after the year 9999.",
                instead="Leave that cosignature out.")
        if any(cosigned.time > LATEST_SECOND for cosigned in opened.cosigners)
        else None,
    )  # fmt: skip


def evolve(state: State, act: Act[MarkTime]) -> State:
    now = cosigned_time(state, act.clear.checkpoint)
    if now is None or now <= state.clock.now:
        return state
    return replace(state, clock=Clock(now, state.size, act.clear.seen[0]))


KINDS = (
    Kind(MarkTime, Hidden, KEEPERS, examine, evolve, "{author} marks the time",
         "You carry the cosigners' time into the record; deadlines are derived from it."),
)  # fmt: skip
