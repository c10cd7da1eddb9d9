"""From evidence to commitments, as the record holds them: who was shown what, asked what, and undertook what.

A *group* is a side's letter, or "M" for the mediators and their secretariat. `index`: position in the main log.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from msgspec import Struct

Grade = Literal["received", "examined", "authentic", "accepted"]
"""How far an acknowledgment goes: the exhibit arrived; it was examined; it is what it is said to be; it shows what it
is said to show."""
GRADES: Final[tuple[Grade, ...]] = get_args(Grade)
"""From the lowest to the highest."""

Ground = Literal["authenticity", "custody", "completeness", "meaning", "relevance", "other"]
"""What a challenge of an exhibit disputes."""

Duty = Literal["deliver", "refrain", "use_influence", "ensure", "event"]
"""What a commitment obliges to. event: something is to happen, and the text states nobody who owes it."""

Element = Literal[
    "actor", "duty", "action", "area", "period", "indicator", "verifier", "method", "consequence",
]  # fmt: skip
"""What makes an undertaking verifiable. area: a place, or the object of the action."""

Relation = Literal["before", "after", "concurrently", "within"]


class Acknowledgment(Struct, frozen=True):
    """One grade, by one person. A later one by the same group stands beside the earlier."""

    leaf: str
    index: int
    by: str
    group: str
    grade: Grade


class Challenge(Struct, frozen=True):
    leaf: str
    index: int
    by: str
    group: str
    ground: Ground
    withdrawn: int | None = None


class Exhibit(Struct, frozen=True):
    """What was presented. files: (SHA-256, bytes) of each sealed file, kept beside the log. to: the groups it was
    presented to, whose people hold keys that open it. custody: (leaf, index, author) of entries of its chain of
    custody after it was presented. boxed: ids of the keys, and groups, that were given the key that opens its files;
    shared: indices of the acts that gave it after it was presented."""

    leaf: str
    index: int
    by: str
    files: tuple[tuple[str, int], ...]
    to: tuple[str, ...] = ()
    acknowledged: tuple[Acknowledgment, ...] = ()
    challenged: tuple[Challenge, ...] = ()
    custody: tuple[tuple[str, int, str], ...] = ()
    boxed: frozenset[str] = frozenset()
    shared: tuple[int, ...] = ()


class Demand(Struct, frozen=True):
    """What `group` asks of `of`, a side. exhibits: leaves of those it rests on. provision: (instrument, provision) of
    the words that would meet it, where it names any. declined: (leaf, index) of the refusal by the side asked."""

    leaf: str
    index: int
    by: str
    group: str
    of: str
    exhibits: tuple[str, ...] = ()
    provision: tuple[str, str] | None = None
    withdrawn: int | None = None
    declined: tuple[str, int] | None = None


class Assurance(Struct, frozen=True):
    """What `side` gave its word for. spoken: minuted by somebody else, `by`, as said by `speaker`; it counts as given
    once the speaker has confirmed it. A signed one is by its speaker, and confirmed from its own index on."""

    leaf: str
    index: int
    by: str
    speaker: str
    side: str
    demand: str | None = None
    spoken: bool = False
    confirmed: int | None = None
    refused: int | None = None
    withdrawn: int | None = None


class Commitment(Struct, frozen=True):
    """An undertaking drawn from a provision. by: who drew it, which binds nobody: what binds is the text.

    edition: leaf of the edition whose words were read. actors: letters of the sides that owe it; none where the actor is
    not a side (VCLT 34-35) or nobody is stated. elements: those of the nine that the drawing gives. begins, ends:
    instants, ends exclusive; None where the text states none (from its entry into force; without end). verifier: a
    person of the record, where it names one. assurance: leaf of the one that it takes up. replaces: leaf of the drawing
    that this one takes the place of; replaced: index of the act that took its place. withdrawal: (group, index) of each
    that has said that it is to be withdrawn; withdrawn: index of the act with which it was."""

    leaf: str
    index: int
    by: str
    instrument: str
    edition: str
    provision: str
    duty: Duty
    actors: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    begins: str | None = None
    ends: str | None = None
    verifier: str | None = None
    assurance: str | None = None
    replaces: str | None = None
    replaced: int | None = None
    withdrawal: tuple[tuple[str, int], ...] = ()
    withdrawn: int | None = None

    @property
    def stands(self) -> bool:
        return self.replaced is None and self.withdrawn is None


class Ordering(Struct, frozen=True):
    """That one commitment comes before, after, with, or within `days` after another, as `group` reads a provision.
    first, second: leaves of commitments."""

    leaf: str
    index: int
    by: str
    group: str
    first: str
    second: str
    relation: Relation
    instrument: str
    edition: str
    provision: str
    days: int | None = None
    withdrawn: int | None = None
