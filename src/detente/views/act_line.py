"""An act in one line: letter, sentence, time, number. The timeline and the overview's last acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.views.marks import ActRef, Mark, Moment, Prose, SealedFile

Standing = Literal["effective", "unauthorised", "irregular"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    mark: Annotated[Mark, "whose act"]
    sentence: Annotated[str, "the act in words: Delegation B assented to edition 3, ad referendum"]
    time: Annotated[Moment, "when recorded; the day only where it is not in the group's head"]
    ref: Annotated[ActRef, "number and page"]
    digits: Annotated[str, "first 8 hexadecimal digits of the leaf, grouped by four: 5be0 91c2"]
    as_of: Annotated[str, "address: the overview as of this act"]
    effect: Annotated[str, "what it changed in the four answers or the brackets, or empty"] = ""
    sealed: Annotated[str, "who can read what it holds, or empty: sealed; readable by the mediators"] = ""
    content: Annotated[SealedFile | None, "what the reader's browser can open here"] = None
    standing: Annotated[Standing, "whether the act had effect; the two others are said in words"] = (
        "effective"
    )
    marked: Annotated[bool, "true sets the line off: the act looked at, or one that changed an answer"] = (
        False
    )
    before: Annotated[
        Prose, "acts just before it, told together: 4 acts about keys and people, #12 to #15; or empty"
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActGroup:
    head: Annotated[str, "28 October 2025; New since your last visit; or empty: no head"]
    acts: Annotated[tuple[ActLine, ...], "newest first"]
    note: Annotated[str, "quiet words beside the head: 17 acts to act 73"] = ""
