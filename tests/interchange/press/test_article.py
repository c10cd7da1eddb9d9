"""The words of an article out of the file that it came in, and nothing of what stands around them."""

from __future__ import annotations

from hashlib import sha256

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.interchange.press.article import LARGEST, read_article
from tests.interchange.press.articles import HTML, PARAGRAPHS, TEXT, TITLE, pdf


def test_text_and_html_give_the_same_article() -> None:
    text, html = read_article(TEXT.encode()), read_article(HTML.encode())
    assert (text.title, text.paragraphs) == (TITLE, PARAGRAPHS) == (html.title, html.paragraphs)
    assert (html.source, html.published, html.language) == ("Harbour Post", "2031-04-02", "en")
    assert html.digest == encode_base64url(sha256(HTML.encode()).digest()) != text.digest


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_of_an_older_program_is_read_too(encoding: str) -> None:
    assert read_article(TEXT.encode(encoding)).paragraphs == PARAGRAPHS


def test_lines_that_a_printed_page_broke_are_joined_again() -> None:
    found = read_article(
        pdf("The draft was final-", "ised three times, the minister", "said.", "Nobody signed.")
    )
    assert found.paragraphs == ("The draft was finalised three times, the minister said.", "Nobody signed.")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "article.empty"),
        (b" \n\n ", "article.empty"),
        (b"<html><body></body></html>", "article.empty"),
        (pdf(), "article.empty"),
        (b"%PDF-1.7 and then nothing", "article.unreadable"),
        (b"x" * (LARGEST + 1), "article.size"),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_article(raw)
    assert [r.code for r in refused.value.refusals] == [code]


def test_a_page_that_marks_no_article_is_read_where_most_of_its_words_are() -> None:
    page = (
        "<html><body><div><p>Menu</p></div><div id=x>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</div></body>"
    )
    assert read_article(page.encode()).paragraphs == PARAGRAPHS


def test_what_stands_in_a_list_of_a_list_is_read_once() -> None:
    page = "<html><body><ul><li>Outer words <ul><li>and inner ones</li></ul></li></ul><p>After.</p></body>"
    assert read_article(page.encode()).paragraphs == ("Outer words and inner ones", "After.")


def test_a_page_that_stands_in_a_form_is_read_without_its_buttons() -> None:
    page = "<html><body><form><p>It is said so.</p><p>Twice.<button>Share</button></p></form></body>"
    assert read_article(page.encode()).paragraphs == ("It is said so.", "Twice.")
