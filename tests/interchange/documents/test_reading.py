"""Texts, Markdown, HTML and PDF are read without a loss, and files that are none of them refused."""

import re
from collections import Counter
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.interchange.documents import pdf as limits
from detente.interchange.documents.document import Document
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.provisions.article_words import article_in, is_preamble
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision, check_provisions
from tests.interchange.documents.word_files import paragraph, word_file
from tests.interchange.press.articles import pdf

TEXTS = sorted((Path(__file__).parents[4] / "shared" / "data" / "texts").glob("*/*"))

MARKDOWN = """---
title: An understanding
---

# Understanding on the road

## Preamble

The Sides,

## Article 1: Reports

1. Each Side reports[^a] within
   30 days.
1. Reports are public.

| Road | Day |
|------|-----|
| East | 1 May |

[^a]: In writing.
"""


def texts(provisions: tuple[Provision, ...]) -> dict[str, str]:
    return {number_of(p.id): next(iter(p.texts.values()), "") for p in provisions if p.texts}


def test_markdown_is_read_with_its_notes_and_tables() -> None:
    found = structured(read_document(MARKDOWN.encode(), "text.md"))
    assert found.title == "Understanding on the road"
    assert texts(found.provisions) == {
        "Preamble 1": "The Sides,",
        "1(1)": "Each Side reports¹ within 30 days.",
        "1(1), note 1": "In writing.",
        "1(2)": "Reports are public.",
        "1(2), row 1": "Road | Day",
        "1(2), row 2": "East | 1 May",
    }
    assert [(r.code, r.kept) for r in found.remarks] == [("markdown.front", "title: An understanding")]


def test_html_is_read_in_the_language_that_it_says_and_every_word_is_there() -> None:
    page = "<!doctype html><html lang='ur'><body>loose<h2>Article 1</h2><p>One <b>bold</b> word.<ul><li>a<li>b</ul>tail"
    document = read_document(page.encode())
    assert [(b.kind, b.number, b.text, b.runs[0].language) for b in document.blocks] == [
        ("paragraph", "", "loose", "ur"), ("heading", "", "Article 1", "ur"), ("paragraph", "", "One bold word.", "ur"),
        ("item", "•", "a", "ur"), ("item", "•", "b", "ur"), ("paragraph", "", "tail", "ur"),
    ]  # fmt: skip


def test_paragraphs_of_a_page_stay_apart_whatever_stands_around_them() -> None:
    """Old pages put paragraphs into an element for a face, some sites the whole page into a form."""
    for around in ("font", "center", "form"):
        page = f"<html><body><{around}><p>Article 1</p><p>1. One <b>bold</b> word.</p></{around}><button>Send</button>"
        found = [block.text for block in read_document(page.encode()).blocks]
        assert found == ["Article 1", "1. One bold word."], around


def test_a_pdf_is_read_by_its_lines_and_what_stands_on_every_page_is_no_text() -> None:
    document = read_document(
        pdf("Article 1", "1. Each Side reports within", "thirty days.", "2. Reports are public.")
    )
    assert texts(structured(document).provisions) == {
        "1(1)": "Each Side reports within thirty days.", "1(2)": "Reports are public."
    }  # fmt: skip


def test_lines_at_the_edges_of_most_pages_are_margins() -> None:
    pages = [
        [f"Draft of 4 May, page {n}", f"{n}. Of {chr(96 + n)} alone.", "CONFIDENTIAL"] for n in range(1, 6)
    ]
    assert limits._margins(pages) == {
        "Draft of # May, page #": "Draft of 4 May, page 1",
        "CONFIDENTIAL": "CONFIDENTIAL",
    }


@pytest.mark.skipif(not TEXTS, reason="the shared texts are not here")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name[:40])
def test_every_shared_text_is_read_and_no_letter_is_lost(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    found = structured(document)
    assert check_provisions(found.provisions) == ()
    kept = [found.title, "Preamble", *(remark.kept for remark in found.remarks)]
    for provision in found.provisions:
        kept += [number_of(provision.id, full=True), *provision.heading.values(), *provision.texts.values()]
    assert not _letters(_words(document)) - _letters("".join(kept))


def _words(document: Document) -> str:
    blocks = (*document.blocks, *(block for note in document.notes for block in note.blocks))
    # The head of an article in another language is the provision's number: no letter of it stands in the words.
    said = (block for block in blocks if article_in(block.text) is None and not is_preamble(block.text))
    return "".join(run.text for block in said for run in block.runs if not run.note)


def _letters(words: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]+", "", words))


def test_kinds_are_known_by_their_bytes_and_not_by_their_names() -> None:
    assert read_document(word_file(paragraph("words")), "text.txt").source == "docx"
    assert read_document(b"words", "text.docx").source == "text"
    assert read_document(b"\xef\xbb\xbf<!DOCTYPE html><p>words").source == "html"
    assert read_document(b"words", "text.md").source == "markdown"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b" \n ", "document.empty"),
        ("Œuvre".encode("cp1252"), "document.encoding"),
        (b"words\x00more", "document.encoding"),
        (b"%PDF-1.7 nothing", "document.malformed"),
        (b"PK\x03\x04 nothing", "document.malformed"),
        (pdf(""), "document.no_words"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_document(data)
    (refusal,) = refused.value.refusals
    assert refusal.code == code and refusal.instead


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 0)
    with pytest.raises(Refused, match="pages is read"):
        read_document(pdf("words"))


def test_a_bracket_across_provisions_is_said_once_and_one_without_a_partner_where_it_stands() -> None:
    found = structured(read_document(b"1. [One.\n\n2. Two.]\n\n3. Three]\n\n4. [[Four]\n"))
    assert [(r.place, r.code) for r in found.remarks] == [
        ("line 1", "structure.bracket_spans"), ("line 5", "structure.bracket"), ("line 7", "structure.bracket")
    ]  # fmt: skip
    assert found.remarks[0].sentence == "A bracket that opens at line 1 closes in Article 2."


@pytest.mark.skipif(not TEXTS, reason="the shared texts are not here")
def test_the_same_text_in_eight_languages_has_the_same_thirty_articles() -> None:
    for path in (path for path in TEXTS if path.parent.name == "udhr"):
        found = structured(read_document(path.read_bytes(), path.name))
        articles = {number_of(p.id).partition("(")[0] for p in found.provisions if p.id.startswith("art_")}
        assert articles == {str(n) for n in range(1, 31)}, path.name


def test_numbers_that_are_set_in_below_a_paragraph_are_points_and_begin_again() -> None:
    found = structured(
        read_document(
            b"## Article 2\n\n1. Each Side:\n\n    1. clears;\n    1. reports.\n\n1. Both.\n", "t.md"
        )
    )
    assert texts(found.provisions) == {
        "2(1)": "Each Side:",
        "2(1)(1)": "clears;",
        "2(1)(2)": "reports.",
        "2(2)": "Both.",
    }


def test_numbers_of_three_levels_are_a_point_of_a_paragraph() -> None:
    found = structured(read_document(b"2.1 Each Side:\n\n2.1.1 clears;\n\n2.1.2. reports.\n"))
    assert texts(found.provisions) == {"2(1)": "Each Side:", "2(1)(1)": "clears;", "2(1)(2)": "reports."}
