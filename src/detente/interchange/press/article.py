"""An article out of the file that it came in: plain text, HTML or PDF. What surrounds it on a page is left out.

Nothing is fetched: the file is what somebody saved or pasted. Its SHA-256 is of the bytes as they came.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Final

from msgspec import Struct

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse

MEGABYTES: Final = 8
LARGEST: Final = MEGABYTES * 1_000_000
"""Bytes of a file that is read."""
MOST_PAGES: Final = 200
MOST_PARAGRAPHS: Final = 2000
_INSTALL: Final = "Install detente with the extra “press”, or paste the text."
_AROUND: Final = (
    "script",
    "style",
    "nav",
    "aside",
    "footer",
    "button",
    "select",
    "textarea",
    "header",
    "noscript",
    "svg",
    "figure",
    "template",
)
_PARTS: Final = (".//p", ".//blockquote[not(.//p)]", ".//li[not(.//p)]", ".//h2", ".//h3")
_SPACE: Final = re.compile(r"\s+")


class Article(Struct, frozen=True):
    """What was read of a file. published: as the file states it, or ""; digest: SHA-256 of the file, base64url."""

    title: str
    source: str
    published: str
    language: str
    paragraphs: tuple[str, ...]
    digest: str


def read_article(raw: bytes) -> Article:
    """Raises `Refused` with code `article.size`, `article.empty`, `article.unreadable` or `article.extra`."""
    if len(raw) > LARGEST:
        raise refuse("article.size", f"A file of at most {MEGABYTES} MB is read.",
                     instead="Paste the text of the article alone.")  # fmt: skip
    digest = encode_base64url(sha256(raw).digest())
    if raw.lstrip()[:5] == b"%PDF-":
        article = _from_pdf(raw, digest)
    elif _is_html(raw):
        article = _from_html(raw, digest)
    else:
        article = _from_text(_decoded(raw), digest)
    if not article.paragraphs:
        raise refuse("article.empty", "The file holds no words that can be read.",
                     instead="A scanned page has none: type or paste what it says.")  # fmt: skip
    return article


def _is_html(raw: bytes) -> bool:
    start = raw[:2000].lower()
    return any(mark in start for mark in (b"<!doctype html", b"<html", b"<body", b"<article", b"<p>", b"<p "))


# --- plain text


def _decoded(raw: bytes) -> str:
    """As the file says itself, else UTF-8, else what older programs write (Windows-1252)."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _from_text(text: str, digest: str) -> Article:
    paragraphs = _paragraphs(re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    if len(paragraphs) > 1 and len(paragraphs[0]) < 160 and paragraphs[0][-1] not in '.!?”"':
        return Article(paragraphs[0], "", "", "", paragraphs[1:], digest)
    return Article("", "", "", "", paragraphs, digest)


def _paragraphs(parts: Iterable[str]) -> tuple[str, ...]:
    found = (_SPACE.sub(" ", part).strip() for part in parts)
    return tuple(part for part in found if part)[:MOST_PARAGRAPHS]


# --- HTML


def _from_html(raw: bytes, digest: str) -> Article:
    try:
        from lxml import etree, html
    except ImportError as error:
        raise refuse("article.extra", "HTML cannot be read here.", instead=_INSTALL) from error
    parser = html.HTMLParser(encoding=_charset(raw), huge_tree=False, no_network=True)
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise refuse("article.unreadable", "The file is not HTML that can be read.",
                     instead="Paste the text of the article alone.") from error  # fmt: skip
    head = _head_of(tree)
    etree.strip_elements(tree, *_AROUND, with_tail=False)
    body = _body_of(tree)
    parts = [part.text_content() for part in _in_order(body)] or body.text_content().splitlines()
    paragraphs = tuple(p for p in _paragraphs(parts) if p != head["title"])
    language = tree.get("lang") or ""
    return Article(head["title"], head["source"], head["published"], language, paragraphs, digest)


def _charset(raw: bytes) -> str | None:
    """The file's own word for its encoding is lxml's to find; without one it is tried as UTF-8."""
    if b"charset" in raw[:4000].lower():
        return None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _head_of(tree: Any) -> dict[str, str]:
    def first(*paths: str) -> str:
        found = (_SPACE.sub(" ", str(value)).strip() for path in paths for value in tree.xpath(path))
        return next(filter(None, found), "")

    return {
        "title": first("//meta[@property='og:title']/@content", "string(//h1)", "string(//title)"),
        "source": first("//meta[@property='og:site_name']/@content"),
        "published": first(
            "//meta[@property='article:published_time']/@content",
            "//time/@datetime",
            "//meta[@name='date']/@content",
        ),
    }


def _body_of(tree: Any) -> Any:
    """The part of the page that holds most words in paragraphs of its own."""
    whole = tree.find("body") if tree.find("body") is not None else tree
    told = [*tree.iter("article"), *tree.iter("main")]
    if told:
        return max(told, key=_words_in)
    holders = [part.getparent() for part in tree.iter("p") if part.getparent() is not None]
    return max(dict.fromkeys(holders), key=_own_words, default=whole)


def _words_in(part: Any) -> int:
    return len(part.text_content())


def _own_words(part: Any) -> int:
    return sum(len(child.text_content()) for child in part if child.tag == "p")


def _in_order(body: Any) -> Iterator[Any]:
    """The parts, without those that stand in another one, whose words they are already."""
    wanted = {part for path in _PARTS for part in body.xpath(path)}
    return (part for part in body.iter() if part in wanted and wanted.isdisjoint(part.iterancestors()))


# --- PDF


def _from_pdf(raw: bytes, digest: str) -> Article:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise refuse("article.extra", "PDF cannot be read here.", instead=_INSTALL) from error
    try:
        reader = PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
        title = str((reader.metadata.title if reader.metadata else "") or "")
    except MemoryError:
        raise
    except Exception as error:  # a broken file raises whatever the part that meets the fault raises
        raise refuse("article.unreadable", "The file is not a PDF that can be read.",
                     instead="Paste the text of the article alone.") from error  # fmt: skip
    return Article(title.strip(), "", "", "", _paragraphs(_unbroken("\n".join(pages))), digest)


def _unbroken(text: str) -> Iterator[str]:
    """Paragraphs out of lines that a printed page broke: a line that ends a sentence, and the last before an empty one,
    end a paragraph; a hyphen at the end of a line is taken out."""
    parts: list[str] = []
    for line in (*text.splitlines(), ""):
        stripped = line.strip()
        if parts and parts[-1].endswith("-") and stripped[:1].islower():
            parts[-1] = parts[-1][:-1] + stripped
        elif stripped:
            parts.append(stripped)
        if parts and (not stripped or parts[-1][-1] in '.!?”"'):
            yield " ".join(parts)
            parts = []
