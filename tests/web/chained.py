"""Many acts of one key, each on top of the one before, signed before any of them is sent."""

from __future__ import annotations

from detente.codec.base64url import encode_base64url
from detente.tlog.merkle import leaf_hash
from tests.depositary.talks import Talks


def statements(talks: Talks, by: str, count: int, text: str = "Words.") -> list[bytes]:
    chain = talks.chain(talks.keys[by])
    seq, prev, seen = (chain.seq + 1, chain.leaf, talks.seen()) if chain else (0, "", talks.seen())
    made = []
    for _ in range(count):
        made.append(talks.raw_statement(by, text, seq=seq, prev=prev, seen=seen))
        seq, prev = seq + 1, encode_base64url(leaf_hash(made[-1].split(b"~")[0]))
    return made
