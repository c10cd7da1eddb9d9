"""The sealed chambers of one person: who can open each, and what is to be done about its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Glyph, Link, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody, or a key on paper, for whom a chamber is."""

    who: Annotated[str, "office; or: Recovery key of Kabul, on paper"]
    glyph: Annotated[Glyph, "done where they can open it, gap where not"]
    said: Annotated[str, "can open it; has no key to read with; not given the key yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedChamber:
    name: Annotated[str, "its log: side-A"]
    title: Annotated[str, "Side A; Mediators with side A"]
    sealed: Annotated[bool, "whether it has a key"]
    state: Annotated[Prose, "Sealed since act 3 of this chamber; or: not sealed yet, the host could read it"]
    readers: Annotated[tuple[Reader, ...], "for whom it is"]
    deed: Annotated[str, "what its key needs now: begin, change, share; or empty"]
    deed_words: Annotated[str, "the same on the button; or empty"]
    why: Annotated[str, "why that is to be done; or empty"]
    acts: Annotated[Link | None, "what stands in it, or none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChambersPage:
    shell: Annotated[Shell, "around the page"]
    process: Annotated[str, "origin of the record"]
    group: Annotated[str, "whose recovery key the reader can name: Kabul; the mediators; or empty"]
    recovery: Annotated[Prose, "Named in act 12; or: none yet"]
    recovery_named: Annotated[bool, "whether the group has one"]
    chambers: Annotated[tuple[SealedChamber, ...], "those that the reader belongs to"]
    sign: Annotated[str, "address of the page on which acts are signed"]
