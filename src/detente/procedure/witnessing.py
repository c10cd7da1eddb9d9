"""The policy that a process has of its own: its log, the cosigners that the convening act names, and its quorum
(C2SP tlog-policy). Those named later stand beside the group and are asked for by nobody: a reader's own policy may ask
for them, or for others."""

from __future__ import annotations

from typing import Final

from detente.acts.cosigners import verifiers_of_all
from detente.acts.time import log_verifier
from detente.state.records import State
from detente.tlog.policy import NONE, Group, KnownLog, KnownWitness, Policy

NAMED: Final = "named+at+convening"
"""The group of all cosigners. No key's name has a plus sign, so that none is called so."""


def policy_of(state: State, address: str = "") -> Policy:
    """address: where the process is, for whoever is to follow it."""
    process = state.convened
    logs = (KnownLog(log_verifier(process.origin, process.log_key).key, address),)
    keys = [verifier.key for verifier in verifiers_of_all(state)]
    witnesses = tuple(KnownWitness(key.name if key.name != NONE else f"{NONE}+", key) for key in keys)
    convened = witnesses[: len(process.cosigners)]
    return Policy(logs, witnesses, Group(NAMED, process.quorum, convened) if process.quorum else None)
