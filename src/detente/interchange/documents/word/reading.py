"""A Word file read as a `Document`: every word, with the changes tracked in it, its comments and its notes.

What decides (ISO/IEC 29500-1, 17): `ins`, `del`, `moveFrom`, `moveTo` around runs, and in the properties of a
paragraph's end or of a table's row. Layout says nothing here. What has words and is not read as a block (headers,
hidden text, text boxes, formulas) is kept and remarked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from lxml import etree
from msgspec.structs import replace

from detente.interchange.documents.document import Block, Document, Note, Remark, Run, bounded
from detente.interchange.documents.word.numbers import Numbers
from detente.interchange.documents.word.package import WordPackage
from detente.interchange.documents.word.runs import CHANGES, Runs, mark_of
from detente.interchange.documents.word.styles import Styles
from detente.interchange.documents.xml import Element, attribute, child, local_name

PLACES: Final = "urn:detente:places"
"""Namespace of the part that says which bookmark stands at which provision (docs/specs/documents.md)."""
_AROUND: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", *CHANGES})
"""What stands around paragraphs, tables, rows and cells without being one."""
_WITHOUT_WORDS: Final = frozenset({
    "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sdtPr", "sdtEndPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "tblPrEx", "customXmlPr", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd",
})  # fmt: skip


def read_word(data: bytes) -> Document:
    """The document in a .docx file. Raises `Refused`: see `WordPackage` and `parse_xml`."""
    package = WordPackage(data)
    reader = _Reader(package)
    body = child(package.document(), "body")
    blocks = tuple(bounded(reader.blocks(body))) if body is not None else ()
    notes = (*reader.notes("footnote"), *reader.notes("endnote"), *reader.comments())
    # Of a file that somebody else wrote the title in its properties is often that of a file before it.
    title = package.title() if any(block.id for block in blocks) else ""
    return Document(blocks, "docx", notes, (*reader.remarks(), *_margins(package)), title)


class _Reader:
    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._numbers = Numbers(package.part("numbering"))
        self._styles = Styles(package.part("styles"))
        self._runs = Runs()
        self._ids = ids_in(package)
        self._paragraphs = self._tables = 0
        self._found: list[Remark] = []

    def blocks(self, container: Element, within: str = "") -> Iterator[Block]:
        """within: what holds the container, for people (`footnote 2, `)."""
        for e in container:
            name = local_name(e)
            if name == "p":
                self._paragraphs += 0 if within else 1
                yield from self._paragraph(e, within or f"paragraph {self._paragraphs}")
            elif name == "tbl":
                self._tables += 1
                yield from self._table(e, self._tables, within)
            elif name in _AROUND:
                yield from self.blocks(e, within)
            else:
                self._runs.note_range(e)
                if name not in _WITHOUT_WORDS:
                    yield from self._kept(e, f"after paragraph {self._paragraphs}")

    def _paragraph(self, p: Element, place: str) -> Iterator[Block]:
        properties = child(p, "pPr")
        runs, inner = self._runs.of(p, place)
        heading, at = self._styles.heading_level(properties), self._styles.place(properties, self._numbers)
        number = self._runs.number or (self._numbers.next(at) if at is not None else "")
        kind: Literal["heading", "item", "paragraph"] = (
            "heading" if heading is not None else "item" if number else "paragraph"
        )
        level = heading if heading is not None else at.level if at is not None else 0
        end = mark_of(child(properties, "rPr"), self._runs)
        yield Block(runs, place, kind, number, level, self._ids.get(self._runs.bookmark, ""), end=end)
        for box in inner:
            self._found.append(
                Remark(place, "docx.text_box", "Words in a text box stand after the paragraph it is tied to.")
            )
            yield from self.blocks(box, f"{place}, text box")

    def _table(self, table: Element, count: int, within: str) -> Iterator[Block]:
        for row, tr in enumerate(_named("tr", table), 1):
            of_row = mark_of(child(tr, "trPr"), self._runs)
            for column, tc in enumerate(_named("tc", tr), 1):
                place = f"{within}table {count}, row {row}, column {column}"
                for block in self.blocks(tc, place):
                    runs, end = block.runs, block.end
                    if of_row is not None:
                        runs, end = tuple(replace(r, mark=r.mark or of_row) for r in runs), end or of_row
                    kind = block.kind if block.cell else "cell"
                    yield replace(
                        block, runs=runs, end=end, kind=kind, cell=block.cell or (count, row, column)
                    )

    def _kept(self, e: Element, place: str) -> Iterator[Block]:
        if words := "".join(str(t) for t in e.itertext()).strip():
            name = local_name(e)
            self._found.append(
                Remark(place, "docx.unknown", f"An element that is not read here ({name}) has words.", words)
            )
            yield Block((Run(words),), place)

    def notes(self, kind: Literal["footnote", "endnote"]) -> Iterator[Note]:
        part = self._package.part(f"{kind}s")
        for e in () if part is None else part:
            if local_name(e) == kind and attribute(e, "type") in ("", "normal"):
                name = attribute(e, "id")
                yield Note(
                    f"{kind}-{name}", kind, tuple(self.blocks(e, self._runs.number_of(f"{kind}-{name}")))
                )

    def comments(self) -> Iterator[Note]:
        part, threads = self._package.part("comments"), self._threads()
        by_paragraph = {
            attribute(p, "paraId"): attribute(e, "id")
            for e in (() if part is None else part)
            for p in _named("p", e)
        }
        for e in () if part is None else part:
            name, paragraphs = attribute(e, "id"), [attribute(p, "paraId") for p in _named("p", e)]
            answered = next((by_paragraph.get(threads[p], "") for p in paragraphs if p in threads), "")
            yield Note(name, "comment", tuple(self.blocks(e, f"comment {name}")), attribute(e, "author"),
                       attribute(e, "date"), answered)  # fmt: skip

    def _threads(self) -> dict[str, str]:
        """The paragraph of a comment, and that of the comment that it answers."""
        part = self._package.part("commentsExtended")
        return {
            attribute(e, "paraId"): attribute(e, "paraIdParent")
            for e in (() if part is None else part)
            if attribute(e, "paraIdParent")
        }

    def remarks(self) -> Iterator[Remark]:
        yield from self._found
        yield from self._runs.remarks
        for form in sorted(self._numbers.unknown_formats):
            yield Remark(
                "numbers", "docx.number_format", f"Numbers of the form {form} are shown as 1, 2, 3.", form
            )


def ids_in(package: WordPackage) -> dict[str, str]:
    """By bookmark, the provision's id, where a file says them (`writing`)."""
    return {
        attribute(e, "bookmark"): attribute(e, "id")
        for part in package.parts("customXml")
        if etree.QName(part).namespace == PLACES
        for e in part
    }


def _named(name: str, container: Element) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for e in container:
        if local_name(e) == name:
            yield e
        elif local_name(e) in _AROUND:
            yield from _named(name, e)


def _margins(package: WordPackage) -> Iterator[Remark]:
    """Headers and footers: no part of the text, and not to be lost either (“Confidential, draft of 4 May”)."""
    for kind in ("header", "footer"):
        for part in package.parts(kind):
            if words := " ".join(" ".join(str(t) for t in part.itertext()).split()):
                yield Remark(
                    f"page {kind}", f"docx.{kind}", f"The {kind} of the pages is not part of the text.", words
                )
