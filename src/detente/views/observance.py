"""What happened after: reports of incidents, by month, place and spot; which of them may bear on which commitment.

Everything on it is as its sources report it, and alleged until the verifier finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.incident_figures import Columns, IncidentMap
from detente.views.marks import Link, Mark, Prose
from detente.views.shell import Shell
from detente.views.timeline import Carried, Option


@dataclass(frozen=True, slots=True, kw_only=True)
class BearsOn:
    """One commitment, and the reports that may bear on it."""

    title: Annotated[str, "title of the drawing, or its provision"]
    where: Annotated[Prose, "Article 3(1), drawn #91"]
    owed_by: Annotated[tuple[Mark, ...], "the sides that owe it"]
    candidates: Annotated[str, "incidents that may bear on it; by how many reports, where these are more"]
    doubtful: Annotated[str, "those of them in which something is in doubt"]
    unplaced: Annotated[str, "reports without a place that can be compared"]
    choose: Annotated[Link | None, "shows its candidates; none for the one shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """One report that may bear on the commitment shown."""

    when: Annotated[str, "2026-05-10, or 2026-05-01 to 2026-05-31"]
    what: Annotated[str, "Attack, Ford, North"]
    claimed: Annotated[str, "actors as the source claims them; or empty"]
    source: Annotated[str, "who says so"]
    answers: Annotated[str, "the four answers in words"]
    doubtful: Annotated[bool, "true where one of them is in doubt"]
    where: Annotated[Prose, "the act that reports it, and its row"]
    same: Annotated[tuple[Prose, ...], "other reports of the same incident, as people decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    place: Annotated[str, "as the source names it"]
    total: Annotated[str, "reports in all"]
    month: Annotated[str, "in the month tested"]
    expected: Annotated[str, "a month before it, on average; or: too few to tell"]
    chance: Annotated[str, "0.2 %; or empty"]
    surge: Annotated[bool, "true where it is called a surge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedNames:
    """A field for the names by which sources call a side."""

    name: Annotated[str, "of the parameter: names_A"]
    label: Annotated[str, "Names that sources use for Delegation A"]
    value: Annotated[str, "as typed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatCounts:
    """A plain GET form: which reports are counted."""

    action: Annotated[str, "address of this page"]
    carried: Annotated[tuple[Carried, ...], "the person looking, the act shown, the commitment shown"]
    kinds: Annotated[tuple[Option, ...], "kinds of incident"]
    names: Annotated[tuple[CountedNames, ...], "one for each side that owes a commitment"]
    months: Annotated[tuple[Option, ...], "the month that is tested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservancePage:
    shell: Annotated[Shell, "around the page"]
    headline: Annotated[str, "1,848 reports of incidents, none of them found yet"]
    lead: Annotated[Prose, "As reported by UCDP GED, #95; alleged until found."]
    empty: Annotated[str, "why there is nothing to count, and what next; or empty"]
    surge: Annotated[str, "whether any place has a surge, in one sentence; or empty"]
    surge_means: Annotated[str, "what is assumed, and how often the test is wrong; or empty"]
    change: Annotated[str, "before and after, in one sentence; or empty"]
    change_means: Annotated[str, "what the interval says, and that reporting may have changed; or empty"]
    months: Annotated[Columns | None, "all reports by month"]
    places: Annotated[tuple[Columns, ...], "the places with most, to the same scale"]
    places_note: Annotated[str, "how many more places there are; or empty"]
    left_out: Annotated[str, "how many reports are in no column or on no map, and why; or empty"]
    map: Annotated[IncidentMap | None, "none where no report has a point"]
    map_note: Annotated[str, "what is drawn, and that no borders are"]
    commitments: Annotated[tuple[BearsOn, ...], "those that stand, the oldest first"]
    commitments_empty: Annotated[str, "why there are none, and what next"]
    candidates: Annotated[tuple[CandidateLine, ...], "the latest of the commitment shown"]
    candidates_head: Annotated[str, "Candidates for: what it is called; or empty"]
    candidates_note: Annotated[str, "how many there are, or why none"]
    table: Annotated[tuple[PlaceLine, ...], "places, those tested and least likely first"]
    tested: Annotated[str, "the month tested: April 2022; or empty"]
    counting: Annotated[WhatCounts | None, "none while there is nothing to count"]
    report: Annotated[tuple[Link, ...], "to report one incident, or a feed; none for who cannot act"]
    downloads: Annotated[tuple[Link, ...], "figures as SVG, tables as CSV"]
