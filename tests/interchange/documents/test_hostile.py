"""Files made to hurt: each is refused in words or read, within a gigabyte and a minute (`limits`)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from detente.codec.refusal import Refused
from detente.interchange.documents.document import MOST_BLOCKS
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.interchange.limits import within_limits

DEEP = 10_000
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_IN_A_CELL, _AFTER_A_CELL = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
_ENTITY = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def docx(body: str | bytes, **parts: str) -> bytes:
    whole = body if isinstance(body, bytes) else f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", whole)
        for name, part in parts.items():
            archive.writestr(f"word/{name}", part)
    return out.getvalue()


def akn(body: str) -> bytes:
    space = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    return f'<akomaNtoso xmlns="{space}"><act name="a"><meta/><body>{body}</body></act></akomaNtoso>'.encode()


def headers(count: int, content: str, same: bool = False) -> bytes:
    names = ["h.xml" if same else f"h{n}.xml" for n in range(count)]
    related = "".join(
        f'<Relationship Id="{n}" Type="x/header" Target="{name}"/>' for n, name in enumerate(names)
    )
    parts = dict.fromkeys(names, content)
    return docx("<w:p/>", **{"_rels/document.xml.rels": f"<Relationships>{related}</Relationships>"}, **parts)


def pdf(pages: int) -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter()
    font = writer._add_object(DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }))  # fmt: skip
    for number in range(pages):
        page, stream = writer.add_blank_page(200, 200), StreamObject()
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream.set_data(f"BT /F1 12 Tf 10 100 Td (Page {number} has words.) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drawing_itself() -> bytes:
    """A form of a PDF that draws itself twice."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer, form = PdfWriter(), StreamObject()
    form.set_data(b"/X Do /X Do")
    form[NameObject("/Subtype")] = NameObject("/Form")
    reference = writer._add_object(form)
    own = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): reference})})
    form[NameObject("/Resources")] = own
    page, stream = writer.add_blank_page(200, 200), StreamObject()
    stream.set_data(b"/X Do")
    page[NameObject("/Resources")], page[NameObject("/Contents")] = own, writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


_LIST = "\n".join(" " * min(n, 2_000) + "1. word" for n in range(4_000))
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "an archive that unpacks to 200 MB": (lambda: docx(b"<a>" + b" " * 200_000_000 + b"</a>"), "document.size"),
    "many parts": (lambda: docx("", **{f"{n}.xml": "<a/>" for n in range(5_000)}), "document.size"),
    "many parts that are large together": (lambda: headers(200, f"<a>{' ' * 1_000_000}</a>"), "document.size"),
    "one part named many times": (lambda: headers(1, "<a/>", same=True), "read"),
    "six million tags in a small file": (lambda: docx("<w:r/>" * 6_000_000), "document.size"),
    "an archive in an archive": (lambda: docx(docx("<w:p/>")), "document.malformed"),
    "entities in UTF-16": (lambda: f"{_ENTITY}<akomaNtoso>&x;</akomaNtoso>".encode("utf-16"), "document.entities"),
    "entities in UTF-16 in Word": (lambda: docx(f"{_ENTITY}<a>&x;</a>".encode("utf-16")), "document.entities"),
    "macros": (lambda: docx("<w:p/>", **{"vbaProject.bin": "x"}), "document.macros"),
    "XML that is nested": (lambda: docx("<w:sdt>" * DEEP + "</w:sdt>" * DEEP), "document.malformed"),
    "tables in tables": (lambda: docx(_IN_A_CELL * DEEP + _AFTER_A_CELL * DEEP), "document.malformed"),
    "sections in sections": (lambda: akn("<section>" * DEEP + "</section>" * DEEP), "document.malformed"),
    "blocks in blocks": (lambda: b"<html><body>" + b"<div>" * DEEP + b"words", "document.malformed"),
    "lists in lists": (lambda: b"<html><body>" + b"<ul><li>" * DEEP + b"words", "document.malformed"),
    "brackets in brackets": (lambda: b"Article 1\n\n" + b"[" * DEEP + b"words" + b"]" * DEEP, "read"),
    "brackets that stay open": (lambda: b"Article 1\n\n" + (b"[" * 9_000 + b" x\n\n") * 200, "read"),
    "a list that is set in": (lambda: _LIST.encode(), "read"),
    "40,000 paragraphs": (lambda: b"".join(b"%d. x\n\n" % n for n in range(1, 40_001)), "read"),
    "a table of 40,000 rows": (lambda: b"Article 1\n\n" + b"| a | b |\n" * 40_000, "read"),
    "comments that do not end": (lambda: b"<!--" * 1_000_000 + b"words", "read"),
    "one line without an end": (lambda: b"word " * 3_000_000, "read"),
    "a million lines": (lambda: b"1. x\n" * 1_000_000, "document.size"),
    "a million empty paragraphs": (lambda: docx("<w:p/>" * 1_000_000), "document.size"),
    "300,000 elements": (lambda: akn("<section><content><p>x</p></content></section>" * 110_000), "document.size"),
    "a million paragraphs of a page": (lambda: b"<html><body>" + b"<p>x</p>" * 1_000_000, "document.size"),
    "500 pages": (lambda: pdf(500), "read"),
    "more pages than are read": (lambda: pdf(1_001), "document.size"),
    "a PDF that draws itself": (drawing_itself, "document.no_words"),
    "a PDF that is cut": (lambda: pdf(5)[:-300], "document.malformed"),
    "a PDF of nested arrays": (lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000, "document.malformed"),
    "another encoding": (lambda: "Präambel".encode("latin-1"), "document.encoding"),
    "two bytes a sign, unmarked": (lambda: "Article 1".encode("utf-16-le"), "document.encoding"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_or_read_within_limits(name: str) -> None:
    make, said = FILES[name]
    assert said_of(make()) == said


def said_of(data: bytes) -> str:
    """As a host reads it, and a terminal: where the limits are met, `document.limits`, which is expected of none."""
    try:
        within_limits(structured, within_limits(read_document, data, "text.md").accepted())
    except Refused as refused:
        return refused.refusals[0].code
    return "read"


def test_what_is_cut_off_by_a_parser_is_never_read_as_if_it_were_whole() -> None:
    """Deep, but within what is read: the words at the bottom are there."""
    for data in (akn("<section>" * 200 + "<content><p>words</p></content>" + "</section>" * 200),
                 b"<html><body>" + b"<div>" * 200 + b"words"):  # fmt: skip
        read: Any = structured(read_document(data))
        assert "words" in " ".join(text for p in read.provisions for text in p.texts.values())


def test_a_text_of_the_most_paragraphs_is_read() -> None:
    read = structured(read_document(b"1. x\n" * 2_000))
    assert len(read.provisions) == 2_000 < MOST_BLOCKS
