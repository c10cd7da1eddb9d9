"""The policy that a process has of its own: its log, the cosigners that the convening act names, and its quorum
(C2SP tlog-policy). Others may ask for more, or for others."""

from __future__ import annotations

from typing import Final

from detente.acts.time import cosigner_verifiers, log_verifier
from detente.state.records import Process
from detente.tlog.policy import NONE, Group, KnownLog, KnownWitness, Policy

NAMED: Final = "named+at+convening"
"""The group of all cosigners. No key's name has a plus sign, so that none is called so."""


def policy_of(process: Process, address: str = "") -> Policy:
    """address: where the process is, for whoever is to follow it."""
    logs = (KnownLog(log_verifier(process.origin, process.log_key).key, address),)
    keys = [verifier.key for verifier in cosigner_verifiers(process)]
    witnesses = tuple(KnownWitness(key.name if key.name != NONE else f"{NONE}+", key) for key in keys)
    return Policy(logs, witnesses, Group(NAMED, process.quorum, witnesses) if process.quorum else None)
