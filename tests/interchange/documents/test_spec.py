"""docs/specs/documents.md: its example is read as it says, and its refusals and limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from detente.interchange.documents import document, html, lines, pdf, xml
from detente.interchange.documents.from_text import document_of
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.interchange.documents.word import package
from detente.interchange.documents.word.reading import PLACES
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import format_text

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/specs/documents.md").read_text("utf-8")


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_example_is_read_as_the_page_says() -> None:
    read = structured(read_document(block("markdown").encode(), "accord.md"))
    assert read.title == "Accord on the valley"
    assert format_text(read.provisions) == block("text")
    assert [f"{r.place} {r.code}" for r in read.remarks] == block("remarks").splitlines()
    again = structured(read_document(write_word(document_of(read.provisions, "en", read.title))))
    assert (again.provisions, again.title) == (read.provisions, read.title)


def test_the_codes_are_those_of_the_code() -> None:
    package = ROOT / "src/detente/interchange"
    used = {
        code
        for file in (package / "limits.py", *(package / "documents").rglob("*.py"))
        for code in re.findall(r"refuse\(\s*\"(document\.\w+)\"", file.read_text("utf-8"))
    }
    assert set(re.findall(r"^\| `(document\.\w+)` \|", PAGE, re.MULTILINE)) == used


def test_the_limits_are_those_of_the_code() -> None:
    said = PAGE.partition("## Limits")[2]
    assert package.LARGEST_FILE == pdf.LARGEST == 64_000_000 and "Word or PDF over 64 MB" in said
    assert lines.LARGEST == html.LARGEST == 16_000_000 and "text, HTML over 16 MB" in said
    assert package.LARGEST_TOTAL == 128_000_000 and "over 128 MB" in said
    for limit in (package.MOST_PARTS, xml.MOST_TAGS, pdf.MOST_PAGES, document.MOST_BLOCKS):
        assert f"{limit:,}" in said
    assert f"`{PLACES}`" in PAGE
