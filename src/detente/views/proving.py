"""Proving one act to somebody outside: what of it is to be shown, and the sheet to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.act import ActField
from detente.views.marks import Direction, Link, Prose, SealedFile
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenField:
    """A hidden field that the reader may read, and so may show."""

    name: Annotated[str, "as the act names it: text"]
    label: Annotated[str, "Words"]
    values: Annotated[tuple[ActField, ...], "what is in it, as on the page of the act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvePage:
    shell: Annotated[Shell, "around the page"]
    number: Annotated[int, "1 for the first act"]
    sentence: Annotated[str, "what was signed, in words"]
    fields: Annotated[tuple[ChosenField, ...], "to choose from"]
    content: Annotated[
        SealedFile | None, "of a chamber's act: what the reader's browser opens, to choose from too"
    ]
    none: Annotated[str, "why there is nothing to choose; or empty"]
    shows: Annotated[tuple[str, ...], "what the file shows in any case, a sentence each"]
    hides: Annotated[tuple[str, ...], "what it does not show, a sentence each"]
    file: Annotated[str, "address of the proof"]
    page: Annotated[str, "address of the page in one file"]
    sheet: Annotated[str, "address of the sheet to print"]
    log: Annotated[str, "name of the chamber that it stands in; empty for the main log"]
    name: Annotated[str, "what the files are called that a browser makes, without their endings"]
    checker: Annotated[
        str, "address of the page in one file with no proof in it, into which the browser puts one"
    ]
    looking_as: Annotated[str, "in a demonstration, as whom; or empty"]
    back: Annotated[Link, "the page of the act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    term: Annotated[str, "Whose words"]
    told: Annotated[str, "what the proof says there"]
    words: Annotated[bool, "true for what people wrote: in the serif"] = False
    mono: Annotated[bool, "true for what is compared sign by sign"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSheet:
    """A sheet of paper that carries a whole proof."""

    tag: Annotated[str, "language of the sheet's own words, BCP 47"]
    towards: Annotated[Direction, "direction of the sheet's own words"]
    rows: Annotated[tuple[SheetRow, ...], "what is proved, and what is not"]
    how: Annotated[Prose, "how to check it"]
    codes: Annotated[tuple[str, ...], "a QR code each, as SVG"]
