"""A second host with the same log's key, gone another way: what a faithless host is, and one restored from a backup."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from detente.codec.refusal import Refused
from detente.depositary.custody import secret_name
from detente.proofs.misconduct import LogIdentity
from detente.tlog.merkle import ReadNode, root_of
from tests.depositary.talks import Talks, open_host


def branch(talks: Talks, size: int | None = None) -> Talks:
    """The same talks at a second host that holds the same keys, after their first `size` acts, or all of them."""
    host = open_host()
    secrets = [(name, talks.depositary.store.secret(name))
               for name in map(secret_name, (talks.log_key, talks.keeper_key))]  # fmt: skip
    host.store.append((), [(name, wrapped) for name, wrapped in secrets if wrapped is not None])
    for entry in talks.depositary.store.entries(talks.origin, 0, talks.size if size is None else size):
        (outcome,) = host.receive_acts(["~".join([entry.entry.decode(), *entry.disclosures, ""]).encode()])
        assert not isinstance(outcome, Refused), outcome
    other = copy.copy(talks)
    other.depositary = host
    return other


def identity_of(talks: Talks) -> LogIdentity:
    named = talks.convening
    return LogIdentity(named["convenor_key"], named["label"], named["log_key"], named["nonce"])


def leaves_of(talks: Talks) -> list[bytes]:
    return [leaf for _entry, leaf in talks.depositary.store.bare_entries(talks.origin, 0, talks.size)]


def note_of(talks: Talks) -> bytes:
    head = talks.depositary.store.head(talks.origin)
    assert head is not None
    return head.checkpoint


def read_from(leaves: Sequence[bytes]) -> ReadNode:
    """Nodes of a tree by hashing its leaves again."""
    return lambda level, index: root_of(leaves[index << level : (index + 1) << level])
