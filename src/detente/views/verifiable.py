"""Can it be verified? One provision, element by element; and in which order the commitments come, as each side reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Choice, Direction, Glyph, Link, Mark, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """One of the nine elements."""

    name: Annotated[str, "Area or object"]
    words: Annotated[str, "of the provision, as it writes them; empty: it says nothing"]
    glyph: Annotated[Glyph, "done, gap, or awaited for two readings"]
    presence: Annotated[str, "Yes, Missing, Two readings"]
    present: Annotated[bool, "false sets the presence strong"]
    why: Annotated[
        Prose, "what is missing and where it could go; or which other provision gives it; or empty"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtLine:
    """Words that leave something open."""

    sentence: Annotated[str, "“promptly” fixes no time."]
    instead: Annotated[str, "what could be written instead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A commitment that somebody drew from the provision. It binds nobody."""

    mark: Annotated[Mark, "whose drawing"]
    head: Annotated[Prose, "Drawn by Delegation A, #50, from edition 2: 9 of 9 elements"]
    pairs: Annotated[tuple[tuple[str, str], ...], "each element that it gives, and its words"]
    lacking: Annotated[str, "the elements that it does not give; or empty"]
    since: Annotated[tuple[Prose, ...], "that its words have changed since; that it is to be withdrawn"] = ()
    withdraw: Annotated[Link | None, "for whoever can withdraw it"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsChecked:
    """The check of the words of a provision, or of one alternative in brackets."""

    anchor: Annotated[str, "its id in the page"]
    marks: Annotated[
        tuple[Mark, ...], "the sides behind an alternative, its author first; none for an edition's words"
    ]
    note: Annotated[Prose, "In brackets, tabled by Delegation A, #44; or empty"]
    verdict: Annotated[str, "Not yet. 4 of 9 elements are missing."]
    number: Annotated[str, "3(1); 3(1) bis"]
    words: Annotated[str, "of the provision"]
    rows: Annotated[tuple[ElementRow, ...], "the nine; none where it states no duty, or is not checked"]
    doubts: Annotated[tuple[DoubtLine, ...], "words that leave it open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionChecked:
    """The check of one provision."""

    head: Annotated[str, "Can Article 3(1) be verified?"]
    about: Annotated[str, "Check of edition 2, before anyone assents"]
    text: Annotated[Link, "the provision in the text"]
    in_brackets: Annotated[str, "that its words stand in brackets, and that each is checked; or empty"]
    lang: Annotated[str, "BCP 47"]
    direction: Annotated[Direction, "of that language"]
    texts: Annotated[tuple[WordsChecked, ...], "its words; while a bracket is open, each alternative"]
    drawn: Annotated[tuple[Drawn, ...], "commitments drawn from it"]
    links: Annotated[tuple[Link, ...], "what the person looking can do: draw a commitment, propose words"]
    caution: Annotated[str, "that the check reads words, and refuses nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One provision to choose, with how much of it can be verified."""

    choice: Annotated[Choice, "3(1)"]
    glyph: Annotated[Glyph, "done where nothing is missing, else gap"]
    state: Annotated[str, "4 of 9 elements missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One commitment in the figure of an order. Places are in units of the figure."""

    x: Annotated[int, "of its beginning"]
    y: Annotated[int, "of its top"]
    width: Annotated[int, "of the box"]
    height: Annotated[int, "of the box"]
    number: Annotated[str, "act from which it comes: #50"]
    label: Annotated[str, "its title, or its provision, cut to fit"]
    href: Annotated[str, "address of the act"]
    dashed: Annotated[bool, "true for an event that nobody is said to owe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFigure:
    width: Annotated[int, "in units of the figure"]
    height: Annotated[int, "in units of the figure"]
    boxes: Annotated[tuple[Box, ...], "in the order of the steps"]
    arrows: Annotated[tuple[tuple[int, int, int, int], ...], "x and y of the beginning and of the end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The order that one side, or the mediators, read."""

    mark: Annotated[Mark, "whose reading"]
    head: Annotated[str, "As Delegation A reads it"]
    figure: Annotated[OrderFigure | None, "none where the order cannot be"]
    steps: Annotated[tuple[Prose, ...], "the same as a list, one step a line"]
    orderings: Annotated[tuple[Prose, ...], "each ordering with its provision and act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTrouble:
    head: Annotated[str, "Two readings give two orders; goes round in a circle; waits for nobody's act"]
    text: Annotated[Prose, "which commitments, by which acts"]
    instead: Annotated[str, "what could be done before anybody adopts the text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentOrders:
    """In which order the commitments come."""

    verdict: Annotated[str, "Two readings give two orders. Or: One order, and it can be kept."]
    readings: Annotated[tuple[Reading, ...], "by side, never merged"]
    troubles: Annotated[tuple[OrderTrouble, ...], "what is said before anybody adopts the text"]
    order: Annotated[Link | None, "to say in which order two come; none for whoever cannot act here"]
    empty: Annotated[str, "why there is none, and what would give one; or empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiablePage:
    shell: Annotated[Shell, "around the page"]
    title: Annotated[str, "title of the instrument"]
    lead: Annotated[str, "3 of 12 provisions with a duty lack nothing. Or why nothing is checked"]
    instruments: Annotated[tuple[Choice, ...], "when the process has several"]
    offered: Annotated[tuple[Offered, ...], "the provisions that state a duty, in the order of the text"]
    checked: Annotated[ProvisionChecked | None, "the one chosen; none where the text states no duty"]
    orders: Annotated[CommitmentOrders, "in which order the commitments come"]
