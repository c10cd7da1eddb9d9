"""A text comes in as a file: its author sees what was read, and goes on to sign it as any other."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from msgspec.structs import replace

from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import parse_text
from tests.depositary.talks import TEXT, Talks
from tests.interchange.documents.word_files import paragraph, word_file
from tests.web.case import draft_of
from tests.web.hosting import PAGE, address, as_person, codes_of

NEW = parse_text("Article 1. Road\n1(1) The road stays open.\n1(2) Tolls are [3]A [5]B crowns.")
OLD = parse_text("Article 1. Road\n1(1) The road stays shut.\n1(2) Tolls are [3]A [5]B crowns.")
ISSUE = {"kind": "issue", "instrument": "road"}


def send(
    client: Any, talks: Talks, data: bytes, person: str | None = "M", name: str = "draft.docx", **fields: str
) -> Any:
    given = {**ISSUE, **fields}
    return client.post(
        address(talks, "sign/file"),
        data=given,
        files={"file": (name, data)},
        headers={**PAGE, **as_person(talks, person)},
    )


def shown(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return html.unescape(str(answer.text))


def test_an_edition_is_drafted_from_a_word_file(talks: Talks, client: Any) -> None:
    answer = send(client, talks, write_word(document_of(NEW)))
    draft = draft_of(answer.text)
    assert draft is not None and draft["kind"] == "issue"
    assert [p["texts"] for p in draft["hidden"]["text"]] == [p.texts for p in NEW]
    assert "Read from a file" in shown(answer) and "Everything in the file was understood." in shown(answer)
    assert "3 provisions were read." in shown(answer)


def test_the_languages_are_those_of_the_text(talks: Talks, client: Any) -> None:
    elsewhere = tuple(replace(p, texts={f"{tag}-US": words for tag, words in p.texts.items()}) for p in NEW)
    draft = draft_of(send(client, talks, write_word(document_of(elsewhere))).text)
    assert draft is not None
    assert [p["texts"] for p in draft["hidden"]["text"]] == [p.texts for p in NEW]


@pytest.mark.parametrize(("tracked", "words"), [("accepted", "open"), ("rejected", "shut")])
def test_its_reader_chooses_whether_tracked_changes_are_accepted(
    talks: Talks, client: Any, tracked: str, words: str
) -> None:
    data = write_word(redline(OLD, NEW, Author("Capital of A", "2025-10-19T02:10:00Z")))
    answer = send(client, talks, data, tracked=tracked)
    draft = draft_of(answer.text)
    assert draft is not None
    assert draft["hidden"]["text"][1]["texts"]["en"] == f"The road stays {words}."
    assert f"2 tracked changes by Capital of A, read as {tracked}." in shown(answer)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("draft.md", b"# Article 1. Road\n\n1. The road stays open.\n"),
        ("draft.txt", b"Article 1\nRoad\n1. The road stays open.\n"),
    ],
)
def test_lines_of_text_are_read_too(talks: Talks, client: Any, name: str, data: bytes) -> None:
    draft = draft_of(send(client, talks, data, name=name).text)
    assert draft is not None
    assert [p["id"] for p in draft["hidden"]["text"]] == ["art_1", "art_1__para_1"]


def test_what_was_not_understood_is_shown_with_its_place_and_what_is_kept(talks: Talks, client: Any) -> None:
    comment = '<w:comment w:id="5" w:author="Legal adviser"><w:p><w:r><w:t>Ask the capital.</w:t></w:r></w:p></w:comment>'
    body = paragraph("Article 1") + (
        '<w:p><w:commentRangeStart w:id="5"/><w:r><w:t>1. The road [stays open.</w:t></w:r>'
        '<w:commentRangeEnd w:id="5"/></w:p>'
    )
    page = shown(send(client, talks, word_file(body, comments=comment)))
    assert "A comment by Legal adviser is no part of the text." in page and "Ask the capital." in page
    assert len(re.findall(r"<li><span class=\"quiet small\" dir=\"auto\">paragraph 2</span>", page)) == 2


def test_a_text_is_tabled_from_a_file_with_its_title(talks: Talks, client: Any) -> None:
    data = write_word(document_of(NEW, title="Draft of the south"))
    answer = send(client, talks, data, "A", kind="table_text", origin="side")
    draft = draft_of(answer.text)
    assert draft is not None and draft["clear"]["instrument"] == "road"
    assert parse_text(draft["hidden"]["text"]) == NEW
    assert 'id="structure"' in answer.text


def test_what_was_typed_stays_where_a_file_cannot_be_read(talks: Talks, client: Any) -> None:
    answer = send(client, talks, b"%PDF-1.7 none", text="1. Typed words.", remark="Typed remark.")
    assert answer.status_code == 400
    page = html.unescape(answer.text)
    assert "The file is not a PDF that can be read." in page and draft_of(answer.text) is None
    assert "1. Typed words." in page and "Typed remark." in page


def test_a_form_offers_files_where_an_act_brings_a_whole_text(talks: Talks, client: Any) -> None:
    def form(query: str, person: str) -> str:
        answer = client.get(address(talks, query), headers={**PAGE, **as_person(talks, person)})
        return shown(answer)

    assert "Or from a file" in form("sign?kind=issue&instrument=road", "M")
    assert "Or from a file" in form("sign?kind=table_text&instrument=road", "A")
    assert "Or from a file" not in form("sign?kind=note", "A")


def test_no_file_is_taken_into_a_chamber(talks: Talks, client: Any) -> None:
    talks.do("A", "note", {"text": "x"}, chamber="side-A")
    page = client.get(
        address(talks, "sign?kind=table_text&log=side-A"), headers={**PAGE, **as_person(talks, "A")}
    ).text
    assert "Or from a file" not in page and "No file can be chosen here: the host would read it." in page
    answer = client.post(
        address(talks, "sign/file"), data={**ISSUE, "kind": "table_text", "log": "side-A"},
        files={"file": ("x.txt", b"1. x")}, headers=as_person(talks, "A"),
    )  # fmt: skip
    assert codes_of(answer) == ["document.kind"]


def test_files_are_read_for_those_at_the_table(talks: Talks, client: Any) -> None:
    answer = client.post(address(talks, "sign/file"), data=ISSUE, files={"file": ("x.txt", b"1. x")})
    assert (answer.status_code, codes_of(answer)) == (403, ["document.not_yours"])


def test_reading_a_file_changes_nothing(talks: Talks, client: Any) -> None:
    size = talks.size
    send(client, talks, write_word(document_of(TEXT)))
    assert talks.size == size
