"""An Akoma Ntoso file read as a `Document`: of whatever country, with the changes marked in it and its notes.

Any element with words becomes a block, whatever it is called, so that a profile that is not known here loses nothing. Ids
are taken only from files that were written here: other profiles name other things by them, and are given ids by how their
elements are nested (`naming`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from msgspec.structs import replace

from detente.codec.refusal import refuse
from detente.interchange.documents.akn import AGAIN, OURS
from detente.interchange.documents.akn.naming import Named, named, number_in, title_of, words_of
from detente.interchange.documents.document import Block, Document, Mark, Note, Remark, Run, bounded
from detente.interchange.documents.xml import Element, attribute, child, local_name, parse_xml

LARGEST: Final = 64_000_000
LONGEST_HEADING: Final = 300
"""Of a provision (`provisions.provision`)."""
_HOLD_BLOCKS: Final = frozenset({
    "p", "heading", "subheading", "num", "td", "th", "li", "item", "block", "longTitle", "crossHeading", "tocItem",
    "content", "intro", "wrapUp", "blockList", "listIntroduction", "listWrapUp",
})  # fmt: skip
_WHOLE: Final = {"insertion": "inserted", "repeal": "deleted"}


def read_akn(data: bytes) -> Document:
    """Raises `Refused`: `document.size`, `.malformed`, `.entities`, `.not_akn`."""
    if len(data) > LARGEST:
        raise refuse("document.size", f"A file of at most {LARGEST // 1_000_000} MB is read.",
                     instead="Send its parts as files of their own.")  # fmt: skip
    root = parse_xml(data, "The file")
    if local_name(root) != "akomaNtoso":
        raise refuse("document.not_akn", f"The file is XML, but its root is {local_name(root)} and not akomaNtoso.",
                     "Akoma Ntoso 1.0 part 2", "Send it as Word, PDF or text.")  # fmt: skip
    return _Reader(root).document()


class _Reader:
    def __init__(self, root: Element) -> None:
        self._root = root
        identified = next((e for e in root.iter() if local_name(e) == "identification"), None)
        self._ours = identified is not None and attribute(identified, "source") == OURS
        self._authors = {
            f"#{attribute(e, 'eId')}": attribute(e, "showAs")
            for e in root.iter()
            if local_name(e).startswith("TLC")
        }
        self._times = {
            attribute(e, "source"): attribute(e, "date") for e in root.iter() if local_name(e) == "eventRef"
        }
        self._whole = dict(self._changed_whole())
        self._notes: list[Note] = []
        self._found: list[Remark] = []
        self._places, self._tables = count(1), count(1)
        self._title = ""
        self._title_stands = title_of(root)
        self._named = Named({}, frozenset(), ()) if self._ours else named(root, self._title_stands)

    def document(self) -> Document:
        found = self._blocks(self._root, "", "", None)
        blocks = tuple(bounded(self._finished(block, name) for block, name in found))
        self._found += self._named.remarks
        self._elsewhere()
        return Document(blocks, "akn", tuple(self._notes), tuple(self._found), self._title)

    # --- blocks

    def _blocks(self, e: Element, name: str, language: str, mark: Mark | None) -> Iterator[tuple[Block, str]]:
        """Blocks with the name of the provision's place that they are in. name: of the nearest one around."""
        number = ""
        language = attribute(e, "lang") or language
        if e.text and e.text.strip():
            yield self._loose(e.text, name, language)
        for inner in e:
            kind = local_name(inner)
            if kind in ("meta", ""):
                continue
            here = self._name(inner, kind) or name
            if kind == "num":
                number = "".join(inner.itertext()).strip()
            elif inner is self._title_stands:
                self._title = " ".join(words_of(inner))
            elif kind == "heading" and self._ours and any(local_name(span) == "span" for span in inner):
                for span in inner:
                    yield self._block(span, "heading", number, language), here
                    number = ""
            elif kind == "table":
                yield from self._table(inner, here, language)
            elif kind in ("p", "heading", "subheading", "crossHeading") or not _holds_blocks(inner):
                block = self._block(inner, "heading" if "eading" in kind else "paragraph", number, language)
                if block.text.strip() or block.number or (self._ours and kind != "p"):
                    yield block, here
                    number = ""
            else:
                yield from self._numbered(self._blocks(inner, here, language, mark), number)
                number = ""
            if inner.tail and inner.tail.strip():
                yield self._loose(inner.tail, name, language)
        if number and not self._ours:
            yield self._loose(number, name, language)

    def _numbered(self, blocks: Iterator[tuple[Block, str]], number: str) -> Iterator[tuple[Block, str]]:
        """The first of them carries a number that stands outside of it."""
        for block, name in blocks:
            yield (replace(block, number=f"{number} {block.number}".strip()) if number else block), name
            number = ""

    def _table(self, table: Element, name: str, language: str) -> Iterator[tuple[Block, str]]:
        at = next(self._tables)
        for row, tr in enumerate((e for e in table.iter() if local_name(e) == "tr"), 1):
            for column, td in enumerate((e for e in tr if local_name(e) in ("td", "th")), 1):
                paragraphs = [e for e in td if local_name(e) == "p"] or [td]
                for p in paragraphs:
                    block = self._block(p, "cell", "", attribute(td, "lang") or language)
                    yield replace(block, cell=(at, row, column)), name

    def _block(self, e: Element, kind: str, number: str, language: str) -> Block:
        runs = tuple(self._runs(e, attribute(e, "lang") or language, None))
        of = {"heading": "heading", "cell": "cell"}.get(kind, "paragraph")
        return Block(runs, f"block {next(self._places)}", of, number)  # type: ignore[arg-type]

    def _loose(self, words: str, name: str, language: str) -> tuple[Block, str]:
        return Block((Run(" ".join(words.split()), language=language),), f"block {next(self._places)}"), name

    def _name(self, e: Element, kind: str) -> str:
        eid = attribute(e, "eId")
        if not self._ours:
            return self._named.places.get(e, "")
        if kind in (
            "content",
            "intro",
            "wrapUp",
            "table",
            "preamble",
            "recitals",
            "preface",
            "body",
        ):
            return ""
        return "" if kind == "hcontainer" and attribute(e, "name") in ("rows", "empty") else eid

    def _finished(self, block: Block, name: str) -> Block:
        """With its provision's id, and the tracked change of its end: the whole's, or that of all its words."""
        if not self._ours:
            return _placed(block, name, name in self._named.spelled)
        marks = {run.mark for run in block.runs}
        of_words = marks.pop() if len(marks) == 1 else None
        eid = name.partition(AGAIN)[0]
        return replace(block, id=eid, end=self._whole.get(name) or of_words, number="")

    # --- words

    def _runs(self, e: Element, language: str, mark: Mark | None) -> Iterator[Run]:
        if e.text:
            yield Run(e.text, mark, language=language)
        for inner in e:
            kind = local_name(inner)
            if kind in ("ins", "del"):
                yield from self._runs(inner, language, self._mark(inner, kind))
            elif kind == "authorialNote":
                yield self._note(inner, language, mark)
            elif kind == "eol":
                yield Run("\n", mark, language=language)
            elif kind in ("img", "noteRef") and not inner.text:
                self._found.append(Remark("in the words", f"akn.{kind}", "Something that is not words stands here.",
                                          attribute(inner, "src") or attribute(inner, "href")))  # fmt: skip
            elif kind:
                # Elsewhere a word of another language is so marked too; the paragraph is in its own.
                own = attribute(inner, "lang") if self._ours else ""
                yield from self._runs(inner, own or language, mark)
            if inner.tail:
                yield Run(inner.tail, mark, language=language)

    def _mark(self, e: Element, kind: str) -> Mark:
        who = attribute(e, "refersTo")
        return Mark(
            "inserted" if kind == "ins" else "deleted", self._authors.get(who, ""), self._times.get(who, "")
        )

    def _note(self, e: Element, language: str, mark: Mark | None) -> Run:
        number = attribute(e, "marker") or str(len(self._notes) + 1)
        name = f"note-{len(self._notes) + 1}"
        self._notes.append(Note(name, "footnote", ()))
        at = len(self._notes) - 1
        blocks = tuple(block for block, _name in self._blocks(e, "", language, None))
        self._notes[at] = Note(name, "footnote", blocks)
        return Run(number, mark, name, language=language)

    # --- about the text

    def _changed_whole(self) -> Iterator[tuple[str, Mark]]:
        for e in self._root.iter():
            kind = _WHOLE.get(attribute(e, "type")) if local_name(e) == "textualMod" else None
            place, who = child(e, "destination"), attribute(e, "refersTo")
            if kind is not None and place is not None:
                mark = Mark(kind, self._authors.get(who, ""), self._times.get(who, ""))  # type: ignore[arg-type]
                yield attribute(place, "href").removeprefix("#"), mark

    def _elsewhere(self) -> None:
        """Notes and proprietary words in the part about the text."""
        for meta in (e for e in self._root.iter() if local_name(e) == "meta"):
            if words := " ".join("".join(meta.itertext()).split()):
                self._found.append(
                    Remark(
                        "about the text", "akn.meta", "What is said about the text is no part of it.", words
                    )
                )


def _placed(block: Block, name: str, spelled: bool) -> Block:
    """With the id of its place. A number that the id does not say goes into the words; one that it does, out of them."""
    if block.cell is not None or not name:
        return block
    said, runs = name.rpartition("_")[2], tuple(replace(run, language="") for run in block.runs)
    if block.number and number_in(block.number, name.rpartition("__")[0]) != said:
        runs = (Run(f"{block.number} "), *runs)
    elif spelled and (begins := re.match(rf"\s*\W?{re.escape(said)}\W?\s+", runs[0].text)):
        runs = (replace(runs[0], text=runs[0].text[begins.end() :]), *runs[1:])
    kind = "paragraph" if block.kind == "heading" and len(block.text) > LONGEST_HEADING else block.kind
    return replace(block, id=name, runs=runs, number="", kind=kind)


def _holds_blocks(e: Element) -> bool:
    return any(local_name(inner) in _HOLD_BLOCKS for inner in e.iterdescendants())
