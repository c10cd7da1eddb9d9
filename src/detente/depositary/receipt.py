"""Receipts: the answer to a submission, given only after the act is durably sequenced. No receipt, not tabled."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from detente.codec.base64url import encode_base64url
from detente.tlog.proof import TlogProof, format_proof


class Receipt(msgspec.Struct, frozen=True):
    """What proves that an act stands: log, index from 0, leaf (base64url), and the tlog-proof."""

    origin: str
    index: int
    leaf: str
    proof: bytes


def make_receipt(origin: str, index: int, leaf: bytes, path: Sequence[bytes], note: bytes) -> Receipt:
    """leaf: its hash; path: its inclusion proof in the tree of `note`, a signed checkpoint."""
    return Receipt(origin, index, encode_base64url(leaf), format_proof(TlogProof(index, tuple(path), note)))
