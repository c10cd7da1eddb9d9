"""An HTML file as a `Document`: its headings, paragraphs, list items and table cells, in the language that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from lxml import html as parser_of

from detente.codec.refusal import refuse
from detente.interchange.documents.document import Block, Document, Remark, Run, bounded

LARGEST: Final = 16_000_000
_UNSEEN: Final = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "button",
    "input",
    "select",
    "textarea",
)
"""What holds no words of a text. Some sites put a whole page into a form, of which only the controls are left out."""
_BLOCKS: Final = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote", "pre", "dt", "dd", "figcaption", "div",
    "body",
    "article", "section", "main", "header", "footer", "nav", "aside", "ul", "ol", "dl", "table", "tbody", "thead", "tr",
    "caption", "html", "address",
})  # fmt: skip
_TOO_DEEP: Final = "Excessive depth"
_SPACES: Final = re.compile(r"\s+")


def read_html(data: bytes) -> Document:
    """Raises `Refused`: `document.size`, `document.malformed`."""
    if len(data) > LARGEST:
        raise refuse("document.size", f"A page of at most {LARGEST // 1_000_000} MB is read.",
                     instead="Save the text alone.")  # fmt: skip
    encoding = None if b"charset" in data[:4000].lower() or data[:3] == b"\xef\xbb\xbf" else "utf-8"
    parser = parser_of.HTMLParser(encoding=encoding, no_network=True)
    try:
        tree = parser_of.document_fromstring(data, parser)
        if any(_TOO_DEEP in fault.message for fault in parser.error_log):
            raise ValueError(_TOO_DEEP)  # the parser leaves out what follows, and says no more of it
    except (etree.LxmlError, ValueError) as error:
        raise refuse("document.malformed", "The file is not HTML that can be read.", "",
                     "Save it as text.") from error  # fmt: skip
    etree.strip_elements(tree, *_UNSEEN, etree.Comment, with_tail=False)
    reader = _Reader()
    return Document(tuple(bounded(reader.blocks(tree, ""))), "html", (), tuple(reader.remarks))


class _Reader:
    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self._count = self._tables = 0
        self._cell: tuple[int, int, int] | None = None

    def blocks(self, e: Any, language: str) -> Iterator[Block]:
        """What stands in an element, in order: words of its own as blocks between those of the elements in it."""
        language = e.get("lang") or language
        words: list[str] = [e.text or ""]
        for inner in e:
            if inner.tag in _BLOCKS or any(within.tag in _BLOCKS for within in inner.iterdescendants()):
                yield from self._said(e, words, language)
                words = [inner.tail or ""]
                yield from self._placed(inner, language)
            else:
                words.append("\n" if inner.tag == "br" else inner.text_content())
                words.append(inner.tail or "")
                if inner.tag in ("img", "object", "iframe", "video"):
                    self.remarks.append(
                        Remark(f"block {self._count + 1}", "html.picture", "A picture is not read.")
                    )
        yield from self._said(e, words, language)

    def _placed(self, e: Any, language: str) -> Iterator[Block]:
        outer = self._cell
        if e.tag == "table":
            self._tables += 1
            self._cell = (self._tables, 0, 0)
        elif e.tag == "tr" and self._cell:
            self._cell = (self._cell[0], self._cell[1] + 1, 0)
            outer = self._cell
        elif e.tag in ("td", "th") and self._cell:
            self._cell = (*self._cell[:2], self._cell[2] + 1)
            outer = self._cell
        yield from self.blocks(e, language)
        self._cell = outer

    def _said(self, e: Any, words: list[str], language: str) -> Iterator[Block]:
        text = _SPACES.sub(" ", "".join(words)).strip()
        if not text:
            return
        self._count += 1
        run, place = Run(text, language=language), f"block {self._count}"
        if self._cell and self._cell[2]:
            yield Block((run,), place, "cell", cell=self._cell)
        elif re.fullmatch("h[1-6]", e.tag):
            yield Block((run,), place, "heading", level=int(e.tag[1]) - 1)
        else:
            yield Block((run,), place, "item" if e.tag == "li" else "paragraph", "•" if e.tag == "li" else "")
