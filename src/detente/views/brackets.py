"""Articles as a strip, and the open brackets with their alternatives stacked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Direction, Link, Mark, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTile:
    number: Annotated[str, "5"]
    heading: Annotated[str, "Monitoring"]
    state: Annotated[str, "No bracket; Closed, #58; Open"]
    href: Annotated[str, "the article in the text"]
    open: Annotated[bool, "true: number in brackets, tile in ink"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedAlternative:
    number: Annotated[str, "5(1) bis; bridge"]
    marks: Annotated[tuple[Mark, ...], "the sides behind it; the mediators for a bridge"]
    text: Annotated[str, "the words, without brackets"]
    bracketed: Annotated[bool, "true prints [ ]; false for a bridging proposal"]
    note: Annotated[str, "quiet words after it: without prejudice, lapses 02:30; or empty"] = ""
    lang: Annotated[str, "language of the words, BCP 47"] = "en"
    direction: Annotated[Direction, "direction of the words"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBracket:
    heading: Annotated[str, "Article 5, paragraph 1. Who observes, and how soon they get access"]
    since: Annotated[Prose, "open since 27 Oct 19:12, #44"]
    alternatives: Annotated[tuple[StackedAlternative, ...], "in order of tabling, a bridge last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    count: Annotated[str, "quiet words beside the head: 1 provision of 23, in 1 article of 8; None"]
    text: Annotated[Link | None, "Text of edition 2; none while no text is tabled"]
    articles: Annotated[
        tuple[ArticleTile, ...], "the strip; of many, those with an open bracket; may be empty"
    ]
    open: Annotated[tuple[OpenBracket, ...], "each open bracket"]
    closing: Annotated[Prose, "with none open: how the last one closed; or empty"] = ()
    empty: Annotated[str, "with nothing to show: why, and what would fill it"] = ""
