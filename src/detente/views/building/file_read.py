"""What was read in a file, for pages: the reader's plain words, without the reader."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from detente.provisions.authentic import direction
from detente.provisions.bracket import set_apart
from detente.provisions.provision import Provision
from detente.provisions.redline import Change
from detente.views.remarks import RemarkLine
from detente.views.text import Change as Told
from detente.views.text import Piece
from detente.wording.language import translated

CHANGES: dict[str, Told] = {"equal": "kept", "insert": "added", "delete": "removed"}


class VisibleRemark(Struct, frozen=True):
    """place: in the file; kept: what stands there, where it was not understood."""

    place: str
    sentence: str
    kept: str = ""


class VisibleFile(Struct, frozen=True):
    """A file that was read as a text. marks: how many changes are tracked in it; authors: whose, as the file says;
    rejected: whether it was read as if they were rejected."""

    name: str
    title: str
    provisions: tuple[Provision, ...]
    remarks: tuple[VisibleRemark, ...]
    marks: int = 0
    authors: tuple[str, ...] = ()
    rejected: bool = False


class VisibleQuestion(Struct, frozen=True):
    """Where two languages of a text may not say the same. kind: `missing`, `date`, `number`, `brackets` or `length`;
    languages: the two, or the one that is missing; said: what each of them states."""

    kind: str
    provision: str
    languages: tuple[str, ...]
    said: tuple[str, ...]


def remark_lines(remarks: Iterable[VisibleRemark]) -> tuple[RemarkLine, ...]:
    return tuple(
        RemarkLine(place=one.place, sentence=translated(one.sentence), kept=one.kept) for one in remarks
    )


def pieces(changes: Iterable[Change], tag: str) -> tuple[Piece, ...]:
    """tag: the language of the words."""
    before, found = "", list[Piece]()
    for change in changes:
        text = set_apart(change.text, before) if direction(tag) == "rtl" else change.text
        found.append(Piece(text=text, change=CHANGES[change.op]))
        before = change.text
    return tuple(found)
