"""Powers: who may do what, on whose authority, until when, and what was notified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.act_line import ActLine
from detente.views.marks import Glyph, Mark, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerCell:
    glyph: Annotated[Glyph, "done: within a mandate now valid; empty: no; gap: mandate revoked or expired"]
    word: Annotated[str, "Yes; No; Revoked; By the principal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRow:
    mark: Annotated[Mark, "whose"]
    name: Annotated[str, "Head of Delegation A"]
    cells: Annotated[tuple[PowerCell, ...], "one for each capacity, in that order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    text: Annotated[Prose, "the words, or: sealed; readable by ..."]
    notified: Annotated[bool, "true: notified to the others, so it limits (47); false: it does not limit"]
    state: Annotated[
        str, "Notified 27 Oct 09:10, #16; Not notified: it does not limit the mandate towards others"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    mark: Annotated[Mark, "the holder"]
    holder: Annotated[str, "Head of Delegation A"]
    title: Annotated[str, "Full powers; Mandate"]
    glyph: Annotated[Glyph, "done: valid; gap: revoked or expired; awaited: not yet valid"]
    state: Annotated[str, "Valid; Revoked 28 Oct, #80; Expired 30 Nov"]
    given: Annotated[Prose, "by Islamabad, 27 Oct 08:55, #14"]
    capacities: Annotated[str, "assent, initial, sign ad referendum"]
    texts: Annotated[str, "the whole Understanding; Articles 1 to 4"]
    validity: Annotated[str, "27 Oct to 30 Nov 2025; without a term"]
    restrictions: Annotated[tuple[Restriction, ...], "may be empty: none in the record"]
    revoked: Annotated[Prose, "Revoked by Islamabad, #80; or empty"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePowers:
    mark: Annotated[Mark, "the side"]
    name: Annotated[str, "Delegation A"]
    principal: Annotated[str, "Principal: Islamabad"]
    mandates: Annotated[tuple[Mandate, ...], "newest first"]
    empty: Annotated[str, "with no mandate: No powers in the record, and what that means"]
    note: Annotated[Prose, "inherent powers (7(2)), or that none are presumed; or empty"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeyondMandate:
    """An act that arrived beyond its author's mandate."""

    act: Annotated[ActLine, "the act"]
    glyph: Annotated[Glyph, "done when confirmed, gap while not"]
    state: Annotated[str, "Without effect unless Islamabad confirms it (8); Confirmed, #41"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatesPage:
    shell: Annotated[Shell, "around the page"]
    headline: Annotated[str, "Both delegations may sign ad referendum, none definitively"]
    lead: Annotated[Prose, "one line of why"]
    capacities: Annotated[tuple[str, ...], "columns: Assent, Initial, Sign ad referendum, Sign, Confirm"]
    rows: Annotated[tuple[PowerRow, ...], "persons who may act for a side; may be empty"]
    sides: Annotated[tuple[SidePowers, ...], "each side's mandates"]
    beyond: Annotated[tuple[BeyondMandate, ...], "acts beyond a mandate; may be empty"]
    basis: Annotated[str, "Vienna Convention, Articles 7, 8 and 47, by analogy"]
