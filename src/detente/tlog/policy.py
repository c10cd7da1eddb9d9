"""Policies: which logs and witnesses a reader believes, and how many of them must have signed (C2SP tlog-policy).

A witness or a group of them is the quorum; a group has witnessed a checkpoint where enough of its members have. Each
witness counts in one way, and by its key: two of the same name are two.

    >>> from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
    >>> keys = [Cosigner.from_seed(name, ED25519_COSIGNATURE, bytes([at]) * 32).key for at, name in enumerate("abc")]
    >>> a, b, c = (KnownWitness(key.name, key) for key in keys)
    >>> policy = Policy((), (a, b, c), Group("both", 2, (Group("sides", 2, (a, b)), c)))
    >>> satisfied(policy, keys), satisfied(policy, keys[1:])
    (True, False)
    >>> missing(policy, keys[1:])
    '1 of 2 in “both”, which asks for 2; missing: sides (1 of 2, which asks for 2; missing: a)'
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.tlog.checkpoint import OpenedCheckpoint, open_checkpoint, unverified_checkpoint
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.signed_note import NoteVerifier, VerifierKey, open_note

CLAUSE: Final = "C2SP tlog-policy"
NONE: Final = "none"
"""What a quorum is called that asks for nobody, and so no witness or group."""


class KnownLog(Struct, frozen=True):
    """A log that is believed. key: under its origin's name; url: where it is, or ""."""

    key: VerifierKey
    url: str = ""


class KnownWitness(Struct, frozen=True):
    """name: in this policy only; url: where it is asked (C2SP tlog-witness, submission prefix), or ""."""

    name: str
    key: VerifierKey
    url: str = ""


class Group(Struct, frozen=True):
    """Has witnessed a checkpoint where at least `threshold` of its members have."""

    name: str
    threshold: int
    members: tuple[KnownWitness | Group, ...]


class Policy(Struct, frozen=True):
    """quorum: what must have witnessed a checkpoint; None where nothing must (`quorum none`)."""

    logs: tuple[KnownLog, ...]
    witnesses: tuple[KnownWitness, ...]
    quorum: KnownWitness | Group | None


def satisfied(policy: Policy, cosigners: Collection[VerifierKey]) -> bool:
    """Whether those who have cosigned are enough. cosigners: the keys whose cosignatures were verified."""
    return policy.quorum is None or _has_witnessed(policy.quorum, cosigners)


def missing(policy: Policy, cosigners: Collection[VerifierKey]) -> str:
    """In words, how many have cosigned of how many, and who is missing; "" where the policy is satisfied."""
    if policy.quorum is None or _has_witnessed(policy.quorum, cosigners):
        return ""
    if isinstance(policy.quorum, Group):
        return _lacks(policy.quorum, cosigners, f" in “{policy.quorum.name}”")
    return f"0 of 1; missing: {policy.quorum.name}"


def _has_witnessed(part: KnownWitness | Group, cosigners: Collection[VerifierKey]) -> bool:
    if isinstance(part, KnownWitness):
        return part.key in cosigners
    return sum(_has_witnessed(member, cosigners) for member in part.members) >= part.threshold


def _lacks(group: Group, cosigners: Collection[VerifierKey], where: str) -> str:
    lacking = [member for member in group.members if not _has_witnessed(member, cosigners)]
    named = (
        m.name if isinstance(m, KnownWitness) else f"{m.name} ({_lacks(m, cosigners, '')})" for m in lacking
    )
    have, total = len(group.members) - len(lacking), len(group.members)
    return f"{have} of {total}{where}, which asks for {group.threshold}; missing: {', '.join(named)}"


def check_policy(policy: Policy, note: bytes, log: NoteVerifier | None = None) -> OpenedCheckpoint:
    """The checkpoint of `note`, with the cosigners whom the policy knows. log: of the checkpoint, where it is known
    otherwise, as from a process id; the policy may then name no log.

    Raises `Refused`: `policy.log`, `policy.unmet`, or as `open_checkpoint` does.
    """
    origin = unverified_checkpoint(note).origin
    named = [known.key for known in policy.logs if known.key.name == origin]
    if log is None and named:
        log = NoteVerifier(named[0])
    if log is None or (policy.logs and log.key not in named):
        raise refuse("policy.log", f"The policy names no log “{origin}” with this key.", CLAUSE,
                     "Compare the log’s line with the process id that you were given.")  # fmt: skip
    witnesses = [CosignatureVerifier(witness.key) for witness in policy.witnesses]
    opened = open_checkpoint(note, log, witnesses)
    signed = {(line.name, line.key_id) for line in open_note(note, [log, *witnesses]).verified}
    lacking = missing(policy, [w.key for w in policy.witnesses if (w.key.name, w.key.key_id) in signed])
    if lacking:
        raise refuse("policy.unmet", f"Too few have cosigned the checkpoint of {opened.checkpoint.size} acts: {lacking}.",
                     CLAUSE, "Ask for the same again once they have cosigned.")  # fmt: skip
    return opened
