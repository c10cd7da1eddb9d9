"""What the open choices of a text are worth to a side: every choice with its words, to be answered in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Choice, Direction, Mark, Prose, SealedFile
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedOption:
    value: Annotated[str, "leaf of the alternative, or as-it-stands"]
    number: Annotated[str, "5(1) bis; or: as it stands"]
    marks: Annotated[tuple[Mark, ...], "the sides behind it; none for the text as it stands"]
    text: Annotated[str, "its words"]
    lang: Annotated[str, "language of the words, BCP 47; empty where the page says it"]
    direction: Annotated[Direction, "direction of the words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedIssue:
    provision: Annotated[str, "its id: art_5__para_1"]
    number: Annotated[str, "5(1)"]
    heading: Annotated[str, "Article 5, paragraph 1. Who observes"]
    around: Annotated[str, "the words that all options share, with […] between; or empty"]
    lang: Annotated[str, "language of these, BCP 47"]
    direction: Annotated[Direction, "direction of that language"]
    options: Annotated[tuple[WeighedOption, ...], "in the order tabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBefore:
    said: Annotated[Prose, "Last given by the Head of Delegation A, in act 4 of this chamber, on edition 2."]
    content: Annotated[SealedFile | None, "what the reader's browser can open and fill in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOfSide:
    mark: Annotated[Mark, "whose"]
    said: Annotated[Prose, "stated in #4, on edition 2; estimated in #2; nothing yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesPage:
    shell: Annotated[Shell, "around the page"]
    title: Annotated[str, "What the open points are worth to your side"]
    process: Annotated[str, "origin of the record"]
    kind: Annotated[str, "state_preferences or estimate_preferences; empty where the reader can give none"]
    log: Annotated[str, "chamber in which it stands: mediators-A"]
    side: Annotated[str, "whose, where the mediators estimate; else empty"]
    instrument: Annotated[str, "id of the text"]
    lead: Annotated[str, "who will be able to read it, and who will not"]
    sides: Annotated[tuple[Choice, ...], "the sides that mediators can estimate"]
    instruments: Annotated[tuple[Choice, ...], "the texts with something open, where there are several"]
    issues: Annotated[tuple[WeighedIssue, ...], "what is open"]
    given: Annotated[tuple[GivenOfSide, ...], "for mediators: of which sides there is something"]
    before: Annotated[GivenBefore | None, "what was given last"]
    empty: Annotated[str, "why there is nothing to answer, and what next; or empty"]
    unsealed: Annotated[str, "why nothing can be sealed yet, and what is to be done; or empty"]
    chambers: Annotated[str, "address of the sealed chambers"]
    sign: Annotated[str, "address of the page on which acts are signed"]
