"""Evidence and undertakings: each chain from an exhibit to what was observed, and how far each exhibit got with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Glyph, Link, Mark, Prose
from detente.views.shell import Shell
from detente.views.verifiable import ProvisionChecked


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCell:
    """One place of a chain: what stands there, or what is missing, or nothing."""

    place: Annotated[str, "Exhibit; Demand; Assurance; Commitment; Observance"]
    glyph: Annotated[
        Glyph | None, "done, spoken where only claimed, gap, empty where nothing is owed yet; or none"
    ] = None
    onward: Annotated[bool, "true where a line leads to the next place"] = False
    gap: Annotated[bool, "true for a dashed frame with the word Gap"] = False
    mark: Annotated[Mark | None, "of whoever presented, demanded or assured"] = None
    title: Annotated[Prose, "E1 Incident file; D1; Article 6(1); No assurance by Delegation B"] = ()
    detail: Annotated[Prose, "Delegation B: examined, #37; as above"] = ()
    turn: Annotated[Prose, "Turn: Delegation B, since 27 Oct 10:21, #34; or empty"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainColumn:
    name: Annotated[str, "Assurance"]
    note: Annotated[str, "given, confirmed by its speaker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitAnswer:
    """How far one exhibit got with one group."""

    whose: Annotated[str, "Delegation B; repeated as words where columns become lines"]
    glyph: Annotated[
        Glyph | None, "done once acknowledged, gap without a receipt; none where it was not asked"
    ]
    word: Annotated[str, "Examined; No receipt; Presented it; Not presented to it"]
    details: Annotated[tuple[Prose, ...], "each grade and challenge with its act, the oldest first"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitRow:
    anchor: Annotated[str, "its id in the page"]
    mark: Annotated[Mark, "of whoever presented it"]
    title: Annotated[str, "E1 Incident file"]
    presented: Annotated[Prose, "presented 27 Oct 10:14, #30; or: described, not presented"]
    custody: Annotated[Prose, "custody recorded in #31; or empty"]
    answers: Annotated[tuple[ExhibitAnswer, ...], "one for each side and the mediators, in one order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndertakingsPage:
    shell: Annotated[Shell, "around the page"]
    gaps: Annotated[str, "4 gaps in 5 chains; or empty where there is no chain"]
    lead: Annotated[str, "A line stops where an act is missing. Each entry is its author's claim."]
    columns: Annotated[tuple[ChainColumn, ...], "the five places"]
    chains: Annotated[tuple[tuple[ChainCell, ...], ...], "five cells each, in the order of the record"]
    empty: Annotated[str, "with no chain: why, and what would fill it"]
    earlier: Annotated[Link | None, "the chains before these, of a long record; or none"]
    groups: Annotated[tuple[Mark, ...], "the sides and the mediators: columns of the exhibits"]
    exhibits: Annotated[tuple[ExhibitRow, ...], "oldest first; with none the section is left out"]
    checked: Annotated[ProvisionChecked | None, "the first provision that lacks an element; or none"]
    exhibits_count: Annotated[str, "two exhibits, one of them described only"]
