"""Notices of breach and what follows on them (VCLT 60, 65, 67, 68), as the record holds them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Measure = Literal["suspend", "terminate", "withdraw", "other"]
"""What a notice proposes (65(1)). other: short of the treaty itself, said in words."""


class Notice(Struct, frozen=True):
    """A side's notice that it claims a breach of an instrument, and what it proposes.

    by_side: who claims; of: the side said to have breached. provisions: ids. commitments: leaves. measure: what is
    proposed; none is carried out by the notice. objections_by: the instant up to which others may object: not less than
    three months after the notice except in cases of special urgency (65(2)). objections, replies, cures: (leaf, index,
    side). carried_out: the act by which the measure was taken (67). revoked: index (68)."""

    leaf: str
    index: int
    by: str
    by_side: str
    of: str
    instrument: str
    measure: Measure
    objections_by: str
    provisions: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    objections: tuple[tuple[str, int, str], ...] = ()
    replies: tuple[tuple[str, int, str], ...] = ()
    cures: tuple[tuple[str, int, str], ...] = ()
    carried_out: int | None = None
    revoked: int | None = None
