"""What Markdown of governments' sites needs: numbered notes below a rule, tags of layout, headings over several lines."""

from __future__ import annotations

from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import Structured, structured

TEXT = """\
**<span style="text-decoration: underline">Section 1. Tariffs and
Quotas</span>**

**Article 1.1: Licences **

A side shall not license imports\\[1\\] of goods. On the request of either
Party, the Parties will consult.

1\\. Each side keeps a list.\\[2\\]

----------

\\[1\\] A licence is a permit that is asked for
before an import.

\\[2\\] The list is public.
"""


def read(text: str) -> Structured:
    return structured(read_document(text.encode(), "text.md"))


def test_numbered_blocks_below_a_rule_are_footnotes_where_they_are_referred_to() -> None:
    found = {p.number: (p.texts or p.heading)["en"] for p in read(TEXT).provisions}
    notes = [words for number, words in found.items() if ", note " in number]
    assert notes == ["A licence is a permit that is asked for before an import.", "The list is public."]
    assert "imports¹ of goods" in " ".join(found.values())


def test_without_a_reference_they_are_paragraphs_as_they_stand() -> None:
    words = " ".join(
        w for p in read(TEXT.replace("list.\\[2\\]", "list.")).provisions for w in p.texts.values()
    )
    assert "[1] A licence is a permit" in words and "[2] The list is public." in words


def test_a_heading_over_two_lines_is_one_and_its_tags_are_no_words() -> None:
    first = read(TEXT).provisions[0]
    assert (first.id, first.heading["en"]) == ("sec_1", "Tariffs and Quotas")


def test_a_line_that_begins_with_a_word_like_party_opens_nothing() -> None:
    assert not any(p.id.startswith("part_") for p in read(TEXT).provisions)
