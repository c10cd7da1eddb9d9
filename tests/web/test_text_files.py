"""A text as files: what each of them says, and that a file says no more than its reader may read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from detente.interchange.documents.document import Document
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.depositary.talks import NONCE, TEXT, Talks
from tests.web.hosting import PAGE, address, as_person, codes_of

WHERE = {"instrument": "road", "provision": "art_1"}
SECOND = (Provision("art_1", {}, {"en": "Each Side shall keep the road and the bridge open."}), *TEXT[1:])


def file(client: Any, talks: Talks, query: str, person: str | None = None) -> tuple[Document, str]:
    """A file as it is read back, and its name."""
    answer = client.get(address(talks, query), headers=as_person(talks, person))
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    (name,) = re.findall('filename="([^"]*)"', answer.headers["content-disposition"])
    return read_document(answer.content, name), name


def second_edition(talks: Talks) -> None:
    from detente.provisions.edition import content_digest

    raw = talks.raw_issue(SECOND, content=content_digest(SECOND, NONCE))
    talks.depositary.receive_act(raw)


@pytest.mark.parametrize("ending", ["docx", "xml", "txt"])
def test_a_text_goes_out_and_is_read_back_the_same(talks: Talks, client: Any, ending: str) -> None:
    document, name = file(client, talks, f"text.{ending}?instrument=road")
    assert structured(document).provisions == TEXT
    assert name == f"{talks.id[:8]}-road-edition-1.{ending}"


@pytest.mark.parametrize("ending", ["docx", "xml"])
def test_the_changes_between_two_editions_are_tracked(talks: Talks, client: Any, ending: str) -> None:
    second_edition(talks)
    document, name = file(client, talks, f"text.{ending}?instrument=road&edition=2&since=1")
    assert structured(document.rejected()).provisions == TEXT
    assert structured(document.accepted()).provisions == SECOND
    assert name == f"{talks.id[:8]}-road-edition-2-since-1.{ending}"


def test_brackets_are_shown_as_negotiators_write_them(talks: Talks, client: Any) -> None:
    for side, words in (
        ("A", "Each Side shall keep the road shut."),
        ("B", "Each Side may keep the road open."),
    ):
        talks.do(side, "propose_alternative", {"text": words}, **WHERE)
    document, name = file(client, talks, "text.docx?instrument=road&brackets=yes")
    assert structured(document).provisions[0].texts["en"] == (
        "Each Side [shall keep the road shut]A [may keep the road open]B."
    )
    assert name.endswith("-edition-1-brackets.docx")


def test_the_proposals_of_one_side_are_its_tracked_changes(talks: Talks, client: Any) -> None:
    for side, words in (
        ("A", "Each Side shall keep the road shut."),
        ("B", "Each Side may keep the road open."),
    ):
        talks.do(side, "propose_alternative", {"text": words}, **WHERE)
    document, _name = file(client, talks, "text.docx?instrument=road&side=A")
    assert structured(document.rejected()).provisions == TEXT
    assert structured(document.accepted()).provisions[0].texts["en"] == "Each Side shall keep the road shut."
    (author,) = {mark.author for mark in document.marks}
    assert "A" in author


def test_the_page_of_the_text_leads_to_its_files(talks: Talks, client: Any) -> None:
    second_edition(talks)
    talks.do("A", "propose_alternative", {"text": "Each Side shall keep the road shut."}, **WHERE)
    page = client.get(address(talks, "text?show=marked"), headers={**PAGE, **as_person(talks, "A")}).text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*/text\.[^"]*\?[^"]*)"', page)]
    assert len(links) == 9
    # “Word” stands in each line: what it is a file of is said with it.
    described = re.findall(r'download aria-describedby="([^"]+)"', page)
    assert len(set(described)) > 1 and set(described) <= set(re.findall(r' id="([^"]+)"', page))
    for link in links:
        assert client.get(link, headers=as_person(talks, "A")).status_code == 200, link


def test_words_that_are_for_others_are_in_no_file(talks: Talks, client: Any) -> None:
    words = {"text": "Secret words."}
    talks.do("A", "propose_alternative", words, aud=("A",), **WHERE)
    document, _name = file(client, talks, "text.docx?instrument=road&brackets=yes", "B")
    assert "Secret" not in "".join(block.text for block in document.blocks)


def test_what_is_not_there_is_refused(talks: Talks, client: Any) -> None:
    for query in ("text.docx?instrument=nothing", "text.docx?instrument=road&edition=9"):
        assert codes_of(client.get(address(talks, query))) == ["text.unknown"]


def test_a_closed_process_hands_out_no_text(closed: Talks, client: Any) -> None:
    assert codes_of(client.get(address(closed, "text.docx?instrument=road"))) == ["log.unknown"]


def test_the_plain_form_is_the_one_that_is_signed(talks: Talks, client: Any) -> None:
    answer = client.get(address(talks, "text.txt?instrument=road"))
    assert parse_text(answer.text) == TEXT
