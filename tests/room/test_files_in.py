"""A text comes in through the page as PDF, Markdown, plain text or Akoma Ntoso: what was read is shown, then signed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from playwright.sync_api import expect

from detente.interchange.documents.akn.writing import write_akn
from detente.interchange.documents.from_text import document_of
from detente.provisions.plain_text import parse_text
from tests.room.talks import Talks

pytestmark = pytest.mark.browser

TYPESET = """
#set document(title: "Understanding on a road")
#set page(header: [Understanding on a road], footer: context [Page #counter(page).display()])
= Understanding on a road
== Article 1. Purpose
1. The road stays open by day, within the hours that a commission of both Sides fixes.
2. Tolls are \\[three\\]A \\[five\\]B crowns.
#pagebreak()
== Article 2. Reports
1. Each Side shall report within 30 days.
#pagebreak()
== Article 3. Duration
1. This Understanding lasts a year.
"""
MARKDOWN = """# Understanding on a road

## Article 1. Purpose

1. The road stays open by day, within the hours that a commission of both Sides fixes.
2. Tolls are [three]A [five]B crowns.

## Article 2. Reports

1. Each Side shall report within 30 days.

## Article 3. Duration

1. This Understanding lasts a year.
"""
PLAIN = MARKDOWN.replace("# ", "").replace("#", "")
READ = {
    "Article 1(1)": "The road stays open by day, within the hours that a commission of both Sides fixes.",
    "Article 1(2)": "Tolls are [three]A [five]B crowns.",
    "Article 2(1)": "Each Side shall report within 30 days.",
    "Article 3(1)": "This Understanding lasts a year.",
}


def written(kind: str) -> bytes:
    if kind == "pdf":
        return bytes(typst.compile(TYPESET.encode()))
    if kind == "xml":
        text = "\n".join(f"{number.removeprefix('Article ')} {words}" for number, words in READ.items())
        return write_akn(document_of(parse_text(text)))
    return (MARKDOWN if kind == "md" else PLAIN).encode()


@pytest.mark.parametrize("kind", ["pdf", "md", "txt", "xml"])
def test_what_was_read_is_shown_before_it_is_signed(talks: Talks, tmp_path: Path, kind: str) -> None:
    mediator, name = talks.mediator, talks.text()
    file = tmp_path / f"draft.{kind}"
    file.write_bytes(written(kind))
    page = mediator.opens(f"sign?kind=issue&instrument={name}")
    mediator.types(remark="As sent by the capital.")
    page.get_by_label("Word, PDF, Akoma Ntoso, Markdown or text").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    preview = page.locator("section[aria-labelledby=read-file]")
    expect(preview).to_contain_text(f"draft.{kind}")
    for words in READ.values():
        expect(page.locator("main")).to_contain_text(words)
    if kind == "pdf":
        expect(preview).to_contain_text("A line that stands on most pages is no part of the text.")
    mediator.signs()
    shown = mediator.opens(f"text?instrument={name}").locator("main")
    for words in READ.values():
        expect(shown).to_contain_text(words)
