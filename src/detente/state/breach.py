"""Notices of breach and what follows on them (VCLT 60, 65, 67, 68), as the record holds them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Measure = Literal["suspend", "terminate", "withdraw", "other"]
"""What a notice proposes (65(1)). other: short of the treaty itself, said in words."""


class Notice(Struct, frozen=True):
    """A side's notice that it claims a breach of an instrument, and what it proposes.

    by_side: who claims; of: the side said to have breached. provisions: ids. commitments: leaves. affects: the provisions
    that the measure is to reach, none for the whole text. measure: what is proposed; none is carried out by the notice.
    objections_by: the instant up to which others may object: not less than three months after the notice is received,
    except in cases of special urgency (65(2)), which `urgent` claims. notified: the first time marked after the notice,
    taken as its receipt; expired: the mark that showed the period to be over. objections, replies, cures: (leaf, index,
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
    affects: tuple[str, ...] = ()
    urgent: bool = False
    notified: str | None = None
    expired: int | None = None
    objections: tuple[tuple[str, int, str], ...] = ()
    replies: tuple[tuple[str, int, str], ...] = ()
    cures: tuple[tuple[str, int, str], ...] = ()
    carried_out: int | None = None
    revoked: int | None = None

    @property
    def opposed(self) -> tuple[str, ...]:
        """The sides that objected in time, each once."""
        in_time = (s for _leaf, at, s in self.objections if self.expired is None or at < self.expired)
        return tuple(dict.fromkeys(in_time))

    @property
    def cured(self) -> int | None:
        """The act by which the side that gave the notice accepted that the breach is cured."""
        return next((index for _leaf, index, side in self.cures if side == self.by_side), None)

    @property
    def stands(self) -> bool:
        """Whether the measure could still be carried out."""
        return self.carried_out is None and self.revoked is None and self.cured is None


class Protection(Struct, frozen=True):
    """That provisions protect persons (60(5)): no measure on a breach reaches them. group: a side's letter, or "M"."""

    leaf: str
    index: int
    by: str
    group: str
    instrument: str
    edition: str
    provisions: tuple[str, ...]


class Decision(Struct, frozen=True):
    """What the sides of an instrument decide together, as in a joint commission. notice: the notice of breach whose
    measure it agrees to. agreed: (leaf, index, side), the first the one that proposed it; taken: the act with which
    everybody who had to had agreed."""

    leaf: str
    index: int
    by: str
    instrument: str
    agreed: tuple[tuple[str, int, str], ...]
    notice: str | None = None
    taken: int | None = None
