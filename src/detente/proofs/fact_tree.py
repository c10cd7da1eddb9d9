"""The Merkle tree of a record's facts, sorted so that what is not in it can be shown by its two neighbours.

A leaf is a label and a commitment, 32 bytes each:

    label       SHA-256("detente fact" || newline || origin || newline || key)
    commitment  SHA-256(salt || value)
    salt        HMAC-SHA-256(SHA-256("detente fact salts" || newline || every act's JWS with its “~”), key)

The leaves stand in the order of their labels, in the tree of RFC 6962. Whoever holds the record can reckon every salt,
and so every witness gets one root; whoever does not learns a salt only with its value. A neighbour shows its label and
its commitment: no key, no value, nothing to test a guessed value by. A guessed *key* can be tested against a label.
"""

from __future__ import annotations

import hmac
from bisect import bisect_left
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from msgspec import Struct

from detente.tlog.merkle import leaf_hash, nodes_over, prove_inclusion, root_of

_LABEL: Final = b"detente fact\n"
_SALTS: Final = b"detente fact salts\n"


class FactLeaf(Struct, frozen=True):
    """A leaf with its place. label, commitment: 32 bytes each; path: its inclusion proof."""

    index: int
    label: bytes
    commitment: bytes
    path: tuple[bytes, ...]

    @property
    def hash(self) -> bytes:
        return leaf_hash(self.label + self.commitment)


def label_of(origin: str, key: str) -> bytes:
    return sha256(_LABEL + f"{origin}\n{key}".encode()).digest()


def commitment_of(salt: bytes, value: str) -> bytes:
    return sha256(salt + value.encode()).digest()


class FactTree:
    """All facts of one record. content: SHA-256 over every act's JWS, as `VerifiedBundle` has it."""

    def __init__(self, origin: str, facts: Mapping[str, str], content: bytes) -> None:
        self._origin, self._facts = origin, facts
        self._salting = sha256(_SALTS + content).digest()
        self._leaves = sorted(
            (label_of(origin, key), commitment_of(self.salt(key), value)) for key, value in facts.items()
        )
        self._hashes = [leaf_hash(label + commitment) for label, commitment in self._leaves]

    @property
    def size(self) -> int:
        return len(self._leaves)

    @property
    def root(self) -> bytes:
        return root_of(self._hashes)

    def value(self, key: str) -> str | None:
        return self._facts.get(key)

    def salt(self, key: str) -> bytes:
        return hmac.digest(self._salting, key.encode(), "sha256")

    def shown(self, key: str) -> tuple[FactLeaf, ...]:
        """The fact's own leaf where it is there; else its neighbours: two, or one where it would stand at an end."""
        place = bisect_left(self._leaves, (label_of(self._origin, key), b""))
        indices = (place,) if key in self._facts else (place - 1, place)
        return tuple(self.leaf(index) for index in indices if 0 <= index < self.size)

    def leaf(self, index: int) -> FactLeaf:
        path = prove_inclusion(index, self.size, nodes_over(self._hashes))
        return FactLeaf(index, *self._leaves[index], path)
