"""The small signs on every page: letters of sides, glyphs, times, act numbers, linked words.

Each field of a page type says in its annotation what it holds: `name: Annotated[type, "help"]`.
Types of pages hold finished words and addresses, no ids to look up and no HTML.

| glyph | means | drawn |
|---|---|---|
| `done` | a signed act in the record | filled tick |
| `awaited` | awaited now | ring with a dot |
| `empty` | not yet | ring |
| `spoken` | spoken or claimed, unconfirmed: no step | dotted ring |
| `gap` | something is missing where it would stand | broken ring |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from detente.wording.language import gettext

Glyph = Literal["done", "awaited", "empty", "spoken", "gap"]
Tone = Literal["first", "second", "third", "fourth", "mediator", "neutral"]
Direction = Literal["ltr", "rtl", "auto"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The lettered square (a ring for a principal) that says whose something is."""

    letter: Annotated[str, "the side's letter; M mediators, K keeper, N a neutral cosigner"]
    tone: Annotated[Tone, "colour and underline: sides in order of admission, mediators, everyone else"]
    name: Annotated[str, "the office in words, read aloud and shown on hover: Delegation A"]
    principal: Annotated[bool, "true draws a ring: the capital, board or members behind a delegation"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as shown, with the instant it stands for."""

    instant: Annotated[str, "UTC, ISO 8601, for machines: 2025-10-27T23:36:00Z"]
    shown: Annotated[str, "as printed, in the zone of the process: 28 Oct 2025, 02:36"]
    utc: Annotated[str, "the same in words and UTC, shown on hover: 27 Oct 2025, 23:36 UTC"] = ""
    illustrative: Annotated[bool, "true prints a dagger: a time of the reconstruction, not reported"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRef:
    """An act by its number, linked to its page."""

    number: Annotated[int, "1 for the first act of the record"]
    href: Annotated[str, "address of the act's page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    text: Annotated[str, "words of the link"]
    href: Annotated[str, "its address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several views of the same thing: a tab, a language, an edition, a landmark."""

    text: Annotated[str, "words of the link"]
    href: Annotated[str, "its address"]
    current: Annotated[bool, "true for the one now shown"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """Content that the reader's own browser opens, or nobody."""

    log: Annotated[str, "origin of the chamber that it stands in"]
    epoch: Annotated[str, "leaf of the act that put the chamber's key in use"]
    file: Annotated[str, "age file, base64url"]
    digests: Annotated[str, "of the act's hidden fields, with a space between: what the file may open"]
    labels: Annotated[str, "JSON object: what each hidden field is called on a page"]
    words: Annotated[str, "what stands there until it is opened: sealed; readable by the people of side A"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of words: plain, strong, or a link."""

    text: Annotated[str, "the words, spaces included"]
    href: Annotated[str, "address, or empty: no link"] = ""
    strong: Annotated[bool, "true for the one thing that matters in the line"] = False


Prose = tuple[Run, ...]


def prose(*parts: str | Run) -> Prose:
    """A line out of words and runs.

    >>> [run.text for run in prose("open since ", strong("19:12"))]
    ['open since ', '19:12']
    """
    return tuple(Run(text=part) if isinstance(part, str) else part for part in parts)


def strong(text: str) -> Run:
    return Run(text=text, strong=True)


def linked(text: str, href: str) -> Run:
    return Run(text=text, href=href)


_PLACE: Final = re.compile(r"\{(\w+)\}")


def worded(message: str, /, **parts: str | Run | Prose) -> Prose:
    """A line out of a message of the catalogue and what stands in its places: words, a run, or a line of its own.

    >>> [run.text for run in worded("{who} asked, {act}.", who="Delegation A", act=linked("#3", "acts/3"))]
    ['Delegation A asked, ', '#3', '.']
    """
    return filled(gettext(message), **parts)


def filled(template: str, /, **parts: str | Run | Prose) -> Prose:
    """The same with a template that is in the language spoken already: one that `ngettext` has chosen."""
    runs: list[Run] = []
    for at, piece in enumerate(_PLACE.split(template)):
        part = parts[piece] if at % 2 else piece
        if isinstance(part, tuple):
            runs.extend(part)
        elif isinstance(part, Run):
            runs.append(part)
        elif runs and not runs[-1].href and not runs[-1].strong:
            runs[-1] = Run(text=runs[-1].text + part)
        elif part:
            runs.append(Run(text=part))
    return tuple(runs)
