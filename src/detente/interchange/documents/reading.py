"""A document of any kind, known by its first bytes and not by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from detente.codec.refusal import Refused, refuse
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.lines import decoded, read_lines
from detente.provisions.plain_text import parse_text

_INSTALL: Final = "Install detente with the extra “documents”, or paste the text."


def read_document(data: bytes, name: str = "") -> Document:
    """name: of the file, which only tells Markdown from plain text. Raises `Refused` with what its reader refuses, and
    `document.empty`, `document.extra`."""
    if not data.strip():
        raise refuse("document.empty", "The file is empty.", "", "Choose the file again.")
    try:
        return _reader(data, name)(data)
    except ImportError as error:
        raise refuse("document.extra", "Files of this kind cannot be read here.", "", _INSTALL) from error


def _reader(data: bytes, name: str) -> Callable[[bytes], Document]:
    start = _start(data)
    if start.startswith(b"%pdf-"):
        from detente.interchange.documents.pdf import read_pdf

        return read_pdf
    if start.startswith((b"pk\x03\x04", b"\xd0\xcf\x11\xe0")):
        from detente.interchange.documents.word.reading import read_word

        return read_word
    is_html = b"<html" in start or b"<body" in start or start.startswith(b"<!doctype html")
    if b"<akomantoso" in start or (start.startswith(b"<?xml") and not is_html):
        from detente.interchange.documents.akn.reading import read_akn

        return read_akn
    if start.startswith(b"<") and is_html:
        from detente.interchange.documents.html import read_html

        return read_html
    return read_markdown if name.lower().endswith((".md", ".markdown")) else read_text


def _start(data: bytes) -> bytes:
    """What the file begins with, in small letters, also where each sign takes two bytes."""
    start = data[:8192]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.decode("utf-16", "replace").encode()
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def read_markdown(data: bytes) -> Document:
    return read_lines(data, "markdown")


def read_text(data: bytes) -> Document:
    """In the plain form, if it is (`provisions.plain_text`); else as it stands."""
    read = read_lines(data, "text")
    try:
        return document_of(parse_text(decoded(data)))
    except Refused:
        return read
