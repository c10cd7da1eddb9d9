"""One edition of an instrument: clean, marked since another, or its languages side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.views.brackets import ArticleTile
from detente.views.looked import Looked
from detente.views.marks import Choice, Direction, Glyph, Link, Mark, Prose
from detente.views.shell import Shell

Change = Literal["kept", "added", "removed"]
Show = Literal["clean", "marked", "side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of negotiated words."""

    text: Annotated[str, "the words, spaces included"]
    change: Annotated[Change, "against the edition compared with"] = "kept"
    bracket: Annotated[Mark | None, "the side that holds these words in brackets within a line; or none"] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a row."""

    head: Annotated[
        str, "what stands over it in the first row, said again where a row becomes lines; or empty"
    ]
    pieces: Annotated[tuple[Piece, ...], "its words; may be empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A provision or alternative in one language."""

    lang: Annotated[str, "BCP 47: en, ur, ps"]
    direction: Annotated[Direction, "of this language"]
    pieces: Annotated[tuple[Piece, ...], "may be empty: missing is printed"]
    cells: Annotated[tuple[Cell, ...], "of a row, the same pieces cell by cell; empty elsewhere"] = ()
    missing: Annotated[str, "when this language holds nothing here: No Urdu text in the record"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    text: Annotated[Prose, "the note"]
    mark: Annotated[Mark | None, "whose"] = None
    glyph: Annotated[Glyph | None, "state before it"] = None
    quoted: Annotated[bool, "true sets it in the serif with the side's bar: a declared reading"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginNote:
    """At the right of the line it concerns: closures, agreement of languages, receipts."""

    head: Annotated[str, "Agreement of the languages; or empty"]
    lines: Annotated[tuple[NoteLine, ...], "its lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    number: Annotated[str, "5(1) bis"]
    marks: Annotated[tuple[Mark, ...], "the sides behind it, its author first"]
    wordings: Annotated[
        tuple[Wording, ...], "one for each language column; none where a heading alone is proposed"
    ]
    note: Annotated[Prose, "Tabled by A, #44. Supported by nobody else."]
    headings: Annotated[
        tuple[Wording, ...], "while an alternative proposes a heading: one for each language column"
    ] = ()
    lacks: Annotated[Prose, "4 of 9 elements missing, leading to which; or empty"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """The mediators' bridging proposal: dashed, for it is not part of the text."""

    mark: Annotated[Mark, "the mediators"]
    head: Annotated[Prose, "by the mediators, without prejudice, #60. Lapses 28 Oct 02:30."]
    wordings: Annotated[tuple[Wording, ...], "one for each language column"]
    note: Annotated[str, "who has answered; answers stay sealed until both are in"]
    headings: Annotated[tuple[Wording, ...], "where it proposes a heading: one for each language column"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    number: Annotated[str, "3(2)"]
    anchor: Annotated[str, "its id in the page, the eId"]
    wordings: Annotated[
        tuple[Wording, ...], "one for each language column; none where only alternatives stand"
    ]
    changed: Annotated[bool, "true draws the bar in the margin"] = False
    alternatives: Annotated[tuple[Alternative, ...], "while a bracket is open on it"] = ()
    possible: Annotated[Prose, "what can be done about the bracket, and by whom; or empty"] = ()
    bridge: Annotated[Bridge | None, "a bridging proposal that has not lapsed"] = None
    notes: Annotated[tuple[MarginNote, ...], "at the right of it"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageColumn:
    lang: Annotated[str, "BCP 47"]
    direction: Annotated[Direction, "of this language"]
    name: Annotated[str, "in itself: اردو"]
    english: Annotated[str, "in English: Urdu"]
    status: Annotated[str, "authentic, official, courtesy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    number: Annotated[str, "5"]
    anchor: Annotated[str, "its id in the page, the eId"]
    heading: Annotated[str, "Article 5. Monitoring"]
    state: Annotated[str, "no bracket open; 1 bracket open since 27 Oct 19:12"]
    open: Annotated[bool, "true sets the state in brackets and strong"]
    columns: Annotated[tuple[LanguageColumn, ...], "languages shown: one, or two or three side by side"]
    provisions: Annotated[tuple[Provision, ...], "in order"]
    lacking: Annotated[
        str, "languages asked for in which it does not stand at all: No text in Urdu; or empty"
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideItem:
    """One thing that stands beside the text, and is no part of it."""

    head: Annotated[Prose, "Package of Delegation A, #44. Or: Urdu, official"]
    mark: Annotated[Mark | None, "whose; none for a language"] = None
    words: Annotated[str, "its author's words, or why they are not shown; or empty"] = ""
    lines: Annotated[tuple[NoteLine, ...], "its texts, and what each side answered"] = ()
    state: Annotated[Prose, "where it stands: open, fell, accepted, withdrawn; or empty"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    anchor: Annotated[str, "its id in the page: packages"]
    head: Annotated[str, "Packages; Reservations; Interpretive declarations; Language versions"]
    lead: Annotated[str, "what they are and do, in a sentence or two"]
    items: Annotated[tuple[BesideItem, ...], "in the order in which they were made"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesOffered:
    """The text as files: for whom each is, and the files."""

    lead: Annotated[str, "For writing in: its brackets shown, changes tracked from the start"]
    links: Annotated[tuple[Link, ...], "the files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    shell: Annotated[Shell, "around the page"]
    title: Annotated[str, "title of the instrument"]
    edition: Annotated[str, "Edition 2; empty while none is issued"]
    issued: Annotated[Prose, "issued by the Secretariat, 28 Oct 00:05, #59"]
    fingerprint: Annotated[str, "first 16 hexadecimal digits, grouped by four; or empty"]
    standing: Annotated[
        str,
        "An edition implies nobody’s assent. Or: Final text since #75; only a correction changes it, unless …",
    ]
    show: Annotated[Show, "which of the three is shown"]
    shows: Annotated[tuple[Choice, ...], "Clean, Marked since edition 1, Side by side"]
    editions: Annotated[tuple[Choice, ...], "every edition issued"]
    compared: Annotated[tuple[Choice, ...], "while marked: the editions it can be compared with"]
    languages: Annotated[tuple[Choice, ...], "English, Urdu, Pashto, or pairs"]
    instruments: Annotated[tuple[Choice, ...], "when the process has several"]
    since: Annotated[str, "edition 1, while marked; or empty"]
    strip: Annotated[tuple[ArticleTile, ...], "the articles"]
    articles: Annotated[tuple[Article, ...], "in order; articles not given in the record are left out"]
    beside: Annotated[tuple[Beside, ...], "what stands beside this edition, by kind"] = ()
    empty: Annotated[str, "with no text: why, and what would fill it"] = ""
    about: Annotated[
        tuple[Prose, ...],
        "lines on the whole text: linked texts, corrections, signatures and places, silence",
    ] = ()
    pdf: Annotated[
        Link | None, "this edition typeset for signature; none where its words are not disclosed"
    ] = None
    files: Annotated[tuple[FilesOffered, ...], "the text as files; empty where no words are disclosed"] = ()
    ways: Annotated[
        tuple[Link, ...], "bring a changed file back; compare with a file; for those at the table"
    ] = ()
    looked: Annotated[Looked | None, "what a browser reckons “since you last looked” from; or none"] = None
