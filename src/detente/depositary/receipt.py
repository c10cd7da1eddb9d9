"""Receipts: the answer to a submission, given only after the act is durably sequenced. No receipt, not tabled."""

from __future__ import annotations

import msgspec


class Receipt(msgspec.Struct, frozen=True):
    """What proves that an act stands: log, index from 0, leaf (base64url), and the tlog-proof."""

    origin: str
    index: int
    leaf: str
    proof: bytes
