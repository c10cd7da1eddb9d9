"""A document written as a Word file: its tracked changes are Word's own, to be accepted or rejected one by one.

Beside the words the file carries which provision each paragraph is: a bookmark around it, and a part of the file that
says the provision's id for each bookmark. So a text that is edited in Word and comes back is still known by its
provisions, whatever numbers stand before them. Changes that are made in it are tracked from the start.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml import etree
from msgspec.structs import replace

from detente.interchange.documents.document import Block, Document, Mark, Note, Run
from detente.interchange.documents.word.reading import PLACES
from detente.interchange.documents.word.runs import BOOKMARK, CHANGES, NUMBER_STYLE
from detente.provisions.authentic import direction
from detente.provisions.bracket import set_apart

_ELEMENTS: Final = {kind: name for name, kind in CHANGES.items()}
_CUSTOM_XML: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_DEEPEST: Final = 6
"""Levels that are set in; deeper ones stand under the last."""


def write_word(document: Document) -> bytes:
    """The document as a .docx file: the same bytes for the same document."""
    return _Writer(document).file()


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._count = 0
        self._ids: dict[str, str] = {}
        self._notes: dict[str, tuple[int, Note]] = {
            note.id: (n, note) for n, note in enumerate((n for n in document.notes if n.kind != "comment"), 1)
        }
        self._docx = docx.Document()
        _prepare(self._docx, document.title)
        self._body = self._docx.element.body

    def file(self) -> bytes:
        for is_table, of in groupby(self._document.blocks, lambda block: block.cell and block.cell[0]):
            if is_table:
                self._put(self._table(list(of)))
            else:
                for block in of:
                    self._put(self._paragraph(block))
        self._footnotes()
        self._places()
        return _without_times(self._docx)

    def _put(self, e: Any) -> None:
        self._body.insert(len(self._body) - 1, e)  # before the properties of the section

    # --- paragraphs

    def _paragraph(self, block: Block) -> Any:
        p = OxmlElement("w:p")
        p.append(self._properties(block))
        start, end = self._bookmark(block.id) if block.id else (None, None)
        if start is not None:
            p.append(start)
        if block.number:
            # Its number comes and goes with the paragraph.
            p.append(self._within(block.end, _numbered(block.number, deleted=_goes(block.end))))
        before = ""
        for run in block.runs:
            p.append(self._tracked(_set_apart(run, before)))
            before = run.text
        if end is not None:
            p.append(end)
        return p

    def _properties(self, block: Block) -> Any:
        """In the order that the schema asks for: style, direction, indent, then those of the paragraph's end."""
        properties = OxmlElement("w:pPr")
        if block.kind == "heading":
            properties.append(_valued("w:pStyle", f"Heading{min(block.level + 2, _DEEPEST)}"))
        if _is_right_to_left(block.runs):
            properties.append(OxmlElement("w:bidi"))
        if block.kind != "heading" and block.cell is None and block.level:
            indent = OxmlElement("w:ind")
            indent.set(qn("w:start"), str(360 * min(block.level, _DEEPEST)))
            properties.append(indent)
        if block.end is not None:
            of_end = OxmlElement("w:rPr")
            of_end.append(self._change(block.end))
            properties.append(of_end)
        return properties

    def _tracked(self, run: Run) -> Any:
        return self._within(run.mark, self._run(run))

    def _within(self, mark: Mark | None, r: Any) -> Any:
        if mark is None:
            return r
        change = self._change(mark)
        change.append(r)
        return change

    def _change(self, mark: Mark) -> Any:
        self._count += 1
        change = OxmlElement(f"w:{_ELEMENTS[mark.kind]}")
        change.set(qn("w:id"), str(self._count))
        change.set(qn("w:author"), mark.author or "detente")
        if mark.at:
            change.set(qn("w:date"), mark.at)
        return change

    def _run(self, run: Run) -> Any:
        r = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        if run.note:
            properties.append(_valued("w:vertAlign", "superscript"))
        if run.language:
            _speak(properties, run.language)
        if len(properties):
            r.append(properties)
        if run.note in self._notes:
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:customMarkFollows"), "1")
            reference.set(qn("w:id"), str(self._notes[run.note][0]))
            r.append(reference)
        r.append(_text(run.text, deleted=_goes(run.mark)))
        return r

    def _bookmark(self, eid: str) -> tuple[Any, Any]:
        name = f"{BOOKMARK}{len(self._ids) + 1}"
        self._ids[name] = eid
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), str(len(self._ids)))
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), str(len(self._ids)))
        return start, end

    # --- tables

    def _table(self, cells: list[Block]) -> Any:
        rows = [list(of) for _, of in groupby(cells, lambda block: block.cell and block.cell[1])]
        columns = max(len({block.cell for block in row}) for row in rows)
        table = self._docx.add_table(0, columns, self._docx.styles["Table Grid"])._element
        self._body.remove(table)
        for row in rows:
            table.append(self._row(row, columns))
        return table

    def _row(self, cells: list[Block], columns: int) -> Any:
        tr = OxmlElement("w:tr")
        ends = {block.end for block in cells}
        whole = ends.pop() if len(ends) == 1 else None
        if whole is not None and whole.kind in ("inserted", "deleted"):
            properties = OxmlElement("w:trPr")
            properties.append(self._change(whole))
            tr.append(properties)
        of_row = [list(of) for _, of in groupby(cells, lambda block: block.cell)]
        for column in range(columns):
            tc = OxmlElement("w:tc")
            for block in of_row[column] if column < len(of_row) else ():
                tc.append(self._paragraph(block))
            if column >= len(of_row):
                tc.append(OxmlElement("w:p"))
            tr.append(tc)
        return tr

    # --- parts of their own

    def _footnotes(self) -> None:
        if not self._notes:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for kind, number in (("separator", -1), ("continuationSeparator", 0)):
            root.append(_separator(kind, number))
        for number, note in self._notes.values():
            footnote = OxmlElement("w:footnote")
            footnote.set(qn("w:id"), str(number))
            for block in note.blocks:
                footnote.append(self._paragraph(block))
            root.append(footnote)
        self._part("footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, root)

    def _places(self) -> None:
        if not self._ids:
            return
        root = etree.Element(f"{{{PLACES}}}places", nsmap={None: PLACES})
        for bookmark, eid in self._ids.items():
            etree.SubElement(root, f"{{{PLACES}}}place", bookmark=bookmark, id=eid)
        self._part("places.xml", "application/xml", _CUSTOM_XML, root)

    def _part(self, name: str, content: str, relation: str, root: Any) -> None:
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI(f"/word/{name}"), content, blob, self._docx.part.package)
        self._docx.part.relate_to(part, relation)


def _prepare(to: Any, title: str) -> None:
    """A page of A4, a face that is read easily, and changes tracked from the start."""
    section, normal = to.sections[0], to.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    normal.font.name, normal.font.size = "Cambria", Pt(11)
    to.styles.add_style(NUMBER_STYLE, WD_STYLE_TYPE.CHARACTER)
    to.settings.element.insert(0, OxmlElement("w:trackRevisions"))
    core = to.core_properties
    core.title, core.author, core.comments, core.last_modified_by = title, "detente", "", "detente"


def _without_times(document: Any) -> bytes:
    """The archive with no time of its own, so that it says nothing of when it was made."""
    saved, out = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name in made.namelist():
            to.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _goes(mark: Mark | None) -> bool:
    return mark is not None and mark.kind == "deleted"


def _numbered(number: str, *, deleted: bool) -> Any:
    r = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(_valued("w:rStyle", NUMBER_STYLE))
    r.extend([properties, _text(number, deleted=deleted), OxmlElement("w:tab")])
    return r


def _text(words: str, *, deleted: bool = False) -> Any:
    t = OxmlElement("w:delText" if deleted else "w:t")
    t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    t.text = words
    return t


def _valued(name: str, value: str) -> Any:
    e = OxmlElement(name)
    e.set(qn("w:val"), value)
    return e


def _speak(properties: Any, tag: str) -> None:
    """Which language the words are in, and so which way they run."""
    language = OxmlElement("w:lang")
    if direction(tag) == "rtl":
        properties.append(OxmlElement("w:rtl"))
        language.set(qn("w:bidi"), tag)
    else:
        language.set(qn("w:val"), tag)
    properties.append(language)


def _set_apart(run: Run, before: str) -> Run:
    if not run.language or direction(run.language) != "rtl":
        return run
    return replace(run, text=set_apart(run.text, before))


def _is_right_to_left(runs: Iterable[Run]) -> bool:
    return any(run.language and direction(run.language) == "rtl" for run in runs)


def _separator(kind: str, number: int) -> Any:
    """The line between text and notes, which Word wants as a note of its own."""
    footnote, p, r = OxmlElement("w:footnote"), OxmlElement("w:p"), OxmlElement("w:r")
    footnote.set(qn("w:type"), kind)
    footnote.set(qn("w:id"), str(number))
    r.append(OxmlElement(f"w:{kind}"))
    p.append(r)
    footnote.append(p)
    return footnote
