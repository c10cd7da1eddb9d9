"""A text as a document: what `structure` reads back as the same provisions, with the changes between two of them tracked.

`document_of(new)` and, from an older state of the text, `redline(old, new)`: accepted it is the new text, rejected the
old one, provision by provision and language by language, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.interchange.documents.document import Block, Document, Mark, Note, Run
from detente.interchange.documents.structure import CELLS, RAISED
from detente.provisions.comparison import steady
from detente.provisions.eid import kind_of, parent_of, parse_eid
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision
from detente.provisions.redline import Change, compare_texts

Text = Sequence[Provision]


class Author(Struct, frozen=True):
    """Whose changes they are, as the file will say. at: RFC 3339, UTC."""

    name: str
    at: str


def document_of(provisions: Text, language: str = "en", title: str = "") -> Document:
    """The text without any change tracked; `language` comes first in each provision."""
    return redline(provisions, provisions, Author("", ""), language, title)


def redline(old: Text, new: Text, author: Author, language: str = "en", title: str = "") -> Document:
    """The new text with its changes since the old one as tracked changes of `author`. A provision that stands in another
    order is moved where its words are the same, and else taken out in one place and put in at the other."""
    return _Writing(old, new, author, language).document(title)


class _Writing:
    def __init__(self, old: Text, new: Text, author: Author, language: str) -> None:
        self._old, self._new = ({p.id: p for p in text} for text in (old, new))
        self._author, self._language = author, language
        self._notes: list[Note] = []
        self._blocks: list[Block] = []
        self._tables = self._rows = 0
        placed = [set(_notes_in_place(text)) for text in (old, new)]
        apart = [
            eid
            for of, text in zip(placed, (self._old, self._new), strict=True)
            for eid in text
            if eid not in of
        ]
        self._as_notes = (placed[0] | placed[1]).difference(apart)

    def document(self, title: str) -> Document:
        for eid, whole in _order(list(self._old), list(self._new)):
            old, new = self._old.get(eid), self._new.get(eid)
            if whole == "moved_from":
                new = None
            elif whole == "moved_to":
                old = None
            moved = whole and self._old[eid] == self._new[eid]
            self._provision(eid, old, new, whole if moved else "")
        return Document(tuple(self._blocks), "text", tuple(self._notes), (), title)

    def _provision(self, eid: str, old: Provision | None, new: Provision | None, moved: str) -> None:
        if eid in self._as_notes:
            return
        is_row = kind_of(eid) == "row"
        headings = [(p.heading if p else {}) for p in (old, new)]
        texts = [(p.texts if p else {}) for p in (old, new)]
        whole = self._mark(old, new, moved)
        numbered = False
        if any(headings) or not any(texts):
            for tag in self._tags(*headings) or ("",):
                runs = self._runs(eid, tag, headings[0].get(tag), headings[1].get(tag), moved)
                number = "" if numbered else f"{number_of(eid, full=True)}."
                self._put(eid, "heading", runs, number, self._end(headings, tag, whole), None)
                numbered = True
        numbered = False
        for tag in self._tags(*texts):
            if is_row:
                self._row(eid, tag, texts, moved, whole)
                continue
            runs = self._runs(eid, tag, texts[0].get(tag), texts[1].get(tag), moved)
            number = "" if numbered else number_of(eid)
            self._put(eid, "paragraph", runs, number, self._end(texts, tag, whole), None)
            numbered = True

    def _row(self, eid: str, tag: str, texts: list[dict[str, str]], moved: str, whole: Mark | None) -> None:
        before, after = (texts[0].get(tag), texts[1].get(tag))
        olds, news = (t.split(CELLS) if t is not None else None for t in (before, after))
        if olds is not None and news is not None and len(olds) != len(news):
            self._row(eid, tag, [texts[0], {}], moved, self._mark(self._old[eid], None, ""))
            self._row(eid, tag, [{}, texts[1]], moved, self._mark(None, self._new[eid], ""))
            return
        last = self._blocks[-1].cell if self._blocks else None
        self._tables, self._rows = (self._tables, self._rows + 1) if last else (self._tables + 1, 1)
        end = self._end(texts, tag, whole)
        for column in range(len(news or olds or ())):
            before, after = (cut[column] if cut else None for cut in (olds, news))
            runs = self._runs(eid, tag, before, after, moved)
            self._put(eid, "cell", runs, "", end, (self._tables, self._rows, column + 1))

    def _put(self, eid: str, kind: Literal["paragraph", "heading", "cell"], runs: tuple[Run, ...], number: str,
             end: Mark | None, cell: tuple[int, int, int] | None) -> None:  # fmt: skip
        level = len(parse_eid(eid)) - 1
        place = number_of(eid, full=True)
        self._blocks.append(Block(runs, place, kind, number, level, eid, cell, end=end))

    def _tags(self, *of: dict[str, str]) -> tuple[str, ...]:
        return tuple(sorted({*chain.from_iterable(of)}, key=lambda tag: (tag != self._language, tag)))

    # --- what is tracked

    def _mark(self, old: object | None, new: object | None, moved: str) -> Mark | None:
        if old is not None and new is not None:
            return None
        kind: Literal["inserted", "deleted"] = "inserted" if old is None else "deleted"
        return Mark(_MOVED.get(moved, kind), self._author.name, self._author.at)

    def _end(self, versions: Sequence[dict[str, str]], tag: str, whole: Mark | None) -> Mark | None:
        """The mark of a paragraph's end: the whole's, or that of a language that is there only before or only after."""
        if whole is not None:
            return whole
        before, after = (version.get(tag) for version in versions)
        return None if tag == "" else self._mark(before, after, "")

    def _runs(self, eid: str, tag: str, old: str | None, new: str | None, moved: str) -> tuple[Run, ...]:
        runs: list[Run] = []
        for change in _changes(old or "", new or "", tag):
            mark = None
            if change.op != "equal":
                kind: Literal["inserted", "deleted"] = "inserted" if change.op == "insert" else "deleted"
                mark = Mark(_MOVED.get(moved, kind), self._author.name, self._author.at, eid if moved else "")
            runs += self._referring(eid, tag, Run(change.text, mark, language=tag))
        return tuple(runs)

    def _referring(self, eid: str, tag: str, run: Run) -> Iterator[Run]:
        """The run in pieces, where raised numbers refer to notes."""
        if kind_of(eid) == "note":
            yield run
            return
        for piece in re.split("([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", run.text):
            number = piece.translate(_LOWERED)
            note = f"{eid}__note_{number}"
            if piece and piece != number and note in self._as_notes and self._says(note, tag):
                name = self._note(note, tag)
                yield replace(run, text=number, note=name)
            elif piece:
                yield replace(run, text=piece)

    def _says(self, eid: str, tag: str) -> bool:
        return any(tag in text[eid].texts for text in (self._old, self._new) if eid in text)

    def _note(self, eid: str, tag: str) -> str:
        name = f"{eid}/{tag}"
        if all(note.id != name for note in self._notes):
            old, new = self._old.get(eid), self._new.get(eid)
            before, after = (p.texts.get(tag) if p else None for p in (old, new))
            if before is None or after is None:
                before = after = before or after
            block = Block(self._runs(eid, tag, before, after, ""), number_of(eid, full=True))
            self._notes.append(Note(name, "footnote", (block,)))
        return name


_MOVED: dict[str, Literal["inserted", "deleted", "moved_from", "moved_to"]] = {
    "moved_from": "moved_from", "moved_to": "moved_to",
}  # fmt: skip
_LOWERED = {raised: plain for plain, raised in RAISED.items()}


def _changes(old: str, new: str, tag: str) -> Sequence[Change]:
    return compare_texts(old, new, tag) if old != new else (Change("equal", new),) if new else ()


def _notes_in_place(text: Text) -> Iterator[str]:
    """The notes that follow the provision they belong to, in the order of their numbers in its words, as a reader will
    find them; other notes are written as paragraphs."""
    words = {p.id: p.texts for p in text}
    last, due = "", list[str]()
    for provision in text:
        if kind_of(provision.id) != "note":
            last, due = provision.id, _referred(provision)
        elif parent_of(provision.id) == last and due and due[0] == provision.id and not provision.heading:
            due.pop(0)
            number = parse_eid(provision.id)[-1].number.translate(RAISED)
            if provision.texts and all(
                number in _raised(words[last].get(tag, "")) for tag in provision.texts
            ):
                yield provision.id
        else:
            due = []


def _referred(provision: Provision) -> list[str]:
    found = chain.from_iterable(map(_raised, provision.texts.values()))
    return list(dict.fromkeys(f"{provision.id}__note_{number.translate(_LOWERED)}" for number in found))


def _raised(words: str) -> list[str]:
    return re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", words)


def _order(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, Literal["", "moved_from", "moved_to"]]]:
    """The ids of both: what keeps its order stands once; before it what was only in the old text there, then what is only
    in the new one. What stands in another order stands twice."""
    kept, olds, news = steady(old, new), set(old), set(new)
    left, right = iter(old), iter(new)
    for anchor in (*(eid for eid in new if eid in kept), None):
        for eid in left:
            if eid == anchor:
                break
            yield eid, "moved_from" if eid in news else ""
        for eid in right:
            if eid == anchor:
                break
            yield eid, "moved_to" if eid in olds else ""
        if anchor is not None:
            yield anchor, ""
