"""The words of a paragraph in a Word file, run by run, with what is tracked, commented or hidden in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from msgspec.structs import replace

from detente.interchange.documents.document import Mark, Remark, Run
from detente.interchange.documents.xml import Element, attribute, child, local_name
from detente.provisions.authentic import direction
from detente.provisions.bracket import not_set_apart

CHANGES: Final[dict[str, Literal["inserted", "deleted", "moved_from", "moved_to"]]] = {
    "ins": "inserted",
    "del": "deleted",
    "moveFrom": "moved_from",
    "moveTo": "moved_to",
}
_AROUND: Final = frozenset({
    "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "ruby", "rubyBase", "subDoc",
})  # fmt: skip
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_OF_CHANGED_MARK: Final = ("del", "moveFrom", "ins", "moveTo")


NUMBER_STYLE: Final = "ProvisionNumber"
"""The style of a provision's number before its words, in files that `writing` made."""
BOOKMARK: Final = "detente_"
_REMEMBERED: Final = 32
"""Signs before a run, of which a bracket and the letters behind it are at most 27."""


class Runs:
    """Reads paragraphs one after another: comments and moves may begin in one and end in another."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self._comments: dict[str, None] = {}
        self._moves: dict[str, str] = {}
        self._moves_named: dict[str, str] = {}
        self._note_numbers: dict[str, str] = {}
        self.number = self.bookmark = ""

    def of(self, paragraph: Element, place: str) -> tuple[tuple[Run, ...], list[Element]]:
        """The runs of a paragraph, and the contents of the text boxes that are tied to it; `number` and `bookmark` are
        then the provision's number and bookmark in it, if any."""
        self.number = self.bookmark = ""
        self._place, self._read, self._boxes = place, list[Run](), list[Element]()
        self._walk(paragraph, None)
        return tuple(_not_set_apart(self._read)), self._boxes

    def number_of(self, note: str) -> str:
        """Where a note is referred to, for people; by its own id where it never is."""
        kind, _, name = note.partition("-")
        return f"{kind} {self._note_numbers.get(note, name)}"

    def move_of(self, kind: str) -> str:
        return self._moves.get(kind, "")

    def note_range(self, e: Element) -> None:
        """Comments and moves that begin or end here."""
        name = local_name(e)
        if name == "bookmarkStart" and attribute(e, "name").startswith(BOOKMARK):
            self.bookmark = attribute(e, "name")
        elif name == "commentRangeStart":
            self._comments[attribute(e, "id")] = None
        elif name == "commentRangeEnd":
            self._comments.pop(attribute(e, "id"), None)
        elif name in ("moveFromRangeStart", "moveToRangeStart"):
            kind = name.removesuffix("RangeStart")
            self._moves[kind] = attribute(e, "name")
            self._moves_named[attribute(e, "id")] = kind
        elif name in ("moveFromRangeEnd", "moveToRangeEnd"):
            self._moves.pop(self._moves_named.pop(attribute(e, "id"), ""), None)

    def _walk(self, container: Element, mark: Mark | None) -> None:
        for e in container:
            name = local_name(e)
            if name == "r":
                self._run(e, mark)
            elif name in CHANGES:
                self._changed(e, name, mark)
            elif name in _AROUND:
                self._walk(e, mark)
            elif name in ("oMath", "oMathPara"):
                self._kept("docx.formula", "A formula is kept as its signs in a line.", _letters(e), mark)
            elif name == "AlternateContent":
                self._walk_choice(e, mark)
            else:
                self.note_range(e)

    def _changed(self, e: Element, name: str, around: Mark | None) -> None:
        """Words that one put in and another struck are there neither before nor after: they are remarked on."""
        mark = Mark(CHANGES[name], attribute(e, "author"), attribute(e, "date"), self.move_of(name))
        if around is not None and around.comes != mark.comes:
            who = f"{around.author or 'Somebody'} put words in that {mark.author or 'somebody'} struck again."
            self.remarks.append(Remark(self._place, "docx.put_in_and_struck", who, _letters(e)))
            return
        self._walk(e, mark)

    def _run(self, r: Element, mark: Mark | None) -> None:
        properties = child(r, "rPr")
        language = _language(properties)
        hidden = child(properties, "vanish")
        style = child(properties, "rStyle")
        if style is not None and attribute(style, "val") == NUMBER_STYLE:
            # Whether it is tracked says nothing: it comes and goes with its paragraph.
            self.number += _letters(r).strip()
            return
        marked = ""
        for e in r:
            text, note = self._piece(e, mark)
            if note and attribute(e, "customMarkFollows") in ("1", "true"):
                marked = note
                continue
            if text and marked:
                text, note, marked = text.strip(), marked, ""
            if text or note:
                self._read.append(Run(text, mark, note, tuple(self._comments), language))
                if hidden is not None and attribute(hidden, "val") not in ("0", "false"):
                    self.remarks.append(
                        Remark(self._place, "docx.hidden", "Words that Word does not show stand here.", text)
                    )

    def _piece(self, e: Element, mark: Mark | None) -> tuple[str, str]:
        """The words of one piece of a run, and the note that it refers to."""
        name = local_name(e)
        if name in ("t", "delText"):
            return e.text or "", ""
        if name in _SIGNS:
            return _SIGNS[name] if name != "br" or attribute(e, "type") in ("", "textWrapping") else "", ""
        if name in ("footnoteReference", "endnoteReference"):
            return self._reference(f"{name.removesuffix('Reference')}-{attribute(e, 'id')}")
        if name == "sym":
            return self._symbol(e), ""
        if name in ("drawing", "pict", "object", "AlternateContent"):
            self._drawing(e)
        elif name == "ruby":
            self._walk(e, mark)
        elif (
            name == "commentReference" and (number := attribute(e, "id")) not in self._comments and self._read
        ):
            last = self._read[-1]
            if number not in last.comments:
                self._read[-1] = Run(last.text, last.mark, last.note, (*last.comments, number), last.language)
        return "", ""

    def _reference(self, note: str) -> tuple[str, str]:
        kind = note.partition("-")[0]
        if note not in self._note_numbers:
            self._note_numbers[note] = str(1 + sum(n.startswith(kind) for n in self._note_numbers))
        return self._note_numbers[note], note

    def _symbol(self, e: Element) -> str:
        code = attribute(e, "char")
        self.remarks.append(
            Remark(
                self._place,
                "docx.symbol",
                "A sign stands here that only its font can show.",
                f"{attribute(e, 'font')} {code}",
            )
        )
        return "\ufffd"

    def _drawing(self, e: Element) -> None:
        boxes = [box for box in e.iter() if local_name(box) == "txbxContent" and not _in_fallback(box)]
        self._boxes += boxes
        if not boxes:
            self.remarks.append(
                Remark(
                    self._place,
                    "docx.picture",
                    "A picture or an embedded object stands here and is not read.",
                )
            )

    def _walk_choice(self, e: Element, mark: Mark | None) -> None:
        choice = child(e, "Choice")
        if (of := choice if choice is not None else child(e, "Fallback")) is not None:
            self._walk(of, mark)

    def _kept(self, code: str, sentence: str, words: str, mark: Mark | None) -> None:
        if words:
            self.remarks.append(Remark(self._place, code, sentence, words))
            self._read.append(Run(words, mark, "", tuple(self._comments)))


def _not_set_apart(runs: list[Run]) -> Iterator[Run]:
    """Without the marks that `writing` puts behind the letters of brackets on a line from right to left. Programs cut
    such a line anew at each change of script, and say no language of the letters."""
    if not any(_runs_right_to_left(run) for run in runs):
        yield from runs
        return
    before = ""
    for run in runs:
        text = not_set_apart(run.text, before) if not run.language or _runs_right_to_left(run) else run.text
        before = (before + text)[-_REMEMBERED:]
        if text or run.note:
            yield replace(run, text=text)


def _runs_right_to_left(run: Run) -> bool:
    return bool(run.language) and direction(run.language) == "rtl"


def mark_of(properties: Element | None, runs: Runs) -> Mark | None:
    """The tracked change that a paragraph's end or a table's row has in its properties."""
    for name in _OF_CHANGED_MARK:
        if (e := child(properties, name)) is not None:
            return Mark(CHANGES[name], attribute(e, "author"), attribute(e, "date"), runs.move_of(name))
    return None


def _language(properties: Element | None) -> str:
    of = child(properties, "lang")
    if of is None:
        return ""
    right_to_left = child(properties, "rtl")
    if right_to_left is not None and attribute(right_to_left, "val") not in ("0", "false"):
        return attribute(of, "bidi")
    return attribute(of, "val")


def _letters(e: Element) -> str:
    return "".join(t.text or "" for t in e.iter() if local_name(t) in ("t", "delText"))


def _in_fallback(e: Element) -> bool:
    return any(local_name(outer) == "Fallback" for outer in e.iterancestors())
