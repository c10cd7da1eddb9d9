"""What could both sides sign: the mediators' own page, on their own machine or on paper.

Lengths along a figure are percentages of its width or height, so that its words keep their size on every screen. Points
mean something within one party only: wherever two parties stand side by side, each is drawn on a scale of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.views.marks import Direction

Arrow = Literal["gains", "gives", "between"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    head: Annotated[str, "Packages there are; Delegation A"]
    words: Annotated[str, "one sentence or more"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeCell:
    arrow: Annotated[Arrow, "which way it went for this party; the words say the same"]
    words: Annotated[str, "Its first choice: 300 of 300 points"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    issue: Annotated[str, "Article 3(2)"]
    option: Annotated[str, "what the package chooses there"]
    cells: Annotated[tuple[TradeCell, ...], "one for each party, in the order of the page's parties"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A package worth looking at issue by issue."""

    number: Annotated[str, "as `--table` takes it: 1"]
    chosen: Annotated[tuple[str, ...], "by which rules of choice, in words; or why it is here"]
    worth: Annotated[tuple[Fact, ...], "each party: its points, and how far above its reservation"]
    sure: Annotated[str, "exact, or how far from proven"]
    ties: Annotated[str, "how many others are of the same worth; or empty"]
    better: Annotated[
        tuple[str, ...], "what improves on it, or that nothing does; and what the ranges say of that"
    ]
    trades: Annotated[tuple[Trade, ...], "issue by issue"]
    tabling: Annotated[str, "address of the room's signing page with this package in it; or empty"]
    command: Annotated[str, "that tables it from a terminal; or empty"]
    untabled: Annotated[str, "why it cannot be tabled as it is; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    across: Annotated[str, "percent of the width"]
    down: Annotated[str, "percent of the height"]
    words: Annotated[str, "read on hover: 640 and 710 points"]
    label: Annotated[str, "numbers of the package and of those that lie close to it; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Two parties: what packages are worth to the one and to the other."""

    across: Annotated[str, "the party whose points run from left to right"]
    up: Annotated[str, "the party whose points run upwards"]
    least_across: Annotated[str, "its points at the left edge"]
    most_across: Annotated[str, "at the right edge"]
    least_up: Annotated[str, "at the lower edge"]
    most_up: Annotated[str, "at the upper edge"]
    reserved_across: Annotated[
        str, "where its reservation stands, percent; or empty, where no package could be worth it"
    ]
    reserved_up: Annotated[str, "percent from above; or empty"]
    zone_across: Annotated[str, "where it begins that both have more than without a deal; or empty"]
    zone_up: Annotated[str, "percent from above, where it ends; or empty"]
    outside: Annotated[tuple[str, ...], "of reservations off the figure: on which side they lie"]
    dots: Annotated[tuple[Dot, ...], "packages on the frontier"]
    labelled: Annotated[tuple[Dot, ...], "packages that are shown issue by issue"]
    words: Annotated[str, "the figure read aloud"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    label: Annotated[str, "what it is of"]
    wide: Annotated[str, "percent"]
    words: Annotated[str, "118 points; 86 of 100 draws"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars that may be compared with one another, and with no others."""

    name: Annotated[str, "a party, or a rule of choice"]
    bars: Annotated[tuple[Bar, ...], "the longest first"]
    words: Annotated[str, "what they are, and that no other party's are on this scale"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    head: Annotated[tuple[str, ...], "of its columns; the first heads the rows"]
    rows: Annotated[tuple[tuple[str, ...], ...], "as long as the head"]
    left_out: Annotated[str, "how many rows more there are, and where; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagesPage:
    lang: Annotated[str, "BCP 47"]
    direction: Annotated[Direction, "of that language"]
    headline: Annotated[str, "the answer in a sentence: A deal exists"]
    lead: Annotated[str, "what it rests on, or what would open one"]
    secret: Annotated[str, "what this page gives away, and to whom"]
    parties: Annotated[tuple[str, ...], "their names, in the order of every table"]
    facts: Annotated[tuple[Fact, ...], "how many packages, how wide for whom, how sure"]
    blocks: Annotated[tuple[Fact, ...], "where there is no deal: what contradicts what, what would open one"]
    suggestions: Annotated[tuple[Suggestion, ...], "issue by issue"]
    suggestions_note: Annotated[str, "that this page names rules of choice, and nobody else should"]
    suggestions_empty: Annotated[str, "why there are none, and what next; or empty"]
    plots: Annotated[tuple[Plot, ...], "one for each pair of parties"]
    plots_note: Annotated[str, "how to read them, and how sure they are"]
    frontier: Annotated[Table | None, "the same as numbers"]
    improvements: Annotated[tuple[Fact, ...], "on the text as it stands, by how many issues change"]
    improvements_note: Annotated[str, "what they are counted from; or why there are none, and what next"]
    concessions: Annotated[tuple[Fact, ...], "which single concession opens most"]
    costs: Annotated[tuple[Bars, ...], "what each constraint costs each party"]
    costs_note: Annotated[str, "how to read them; or why there are none"]
    robustness: Annotated[tuple[Bars, ...], "which packages hold where the points lie off"]
    robustness_note: Annotated[str, "how many draws, from which ranges; or why there are none, and what next"]
    unanswered: Annotated[tuple[Fact, ...], "what could not be answered, and why"]
    notes: Annotated[tuple[str, ...], "about what went in: estimates, what is missing, what was rounded"]
