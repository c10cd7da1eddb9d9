"""The PDF for signature from the page of the text: for whoever may read its words, and for nobody else."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from detente.codec.base64url import decode_base64url
from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from tests.depositary.talks import TEXT, Talks
from tests.web.hosting import PAGE, address, as_person


def asked(client: Any, talks: Talks, person: str | None, query: str = "") -> Any:
    return client.get(address(talks, f"text/signature.pdf{query}"), headers=as_person(talks, person))


def test_the_page_of_the_text_leads_to_the_exact_text_typeset(client: Any, talks: Talks) -> None:
    page = client.get(address(talks, "text"), headers={**as_person(talks, "A"), **PAGE}).text
    (instrument,) = talks.state.instruments.values()
    assert (
        f"text/signature.pdf?instrument={instrument.id}&amp;edition=1" in page and "PDF for signature" in page
    )
    answer = asked(client, talks, "A", f"?instrument={instrument.id}&edition=1")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="edition-1-of-{talks.id[:8]}.pdf"'
    assert structured(read_document(answer.content)).provisions == TEXT


def test_every_page_carries_the_digest_that_was_signed_and_the_number_of_the_act(
    client: Any, talks: Talks
) -> None:
    (instrument,) = talks.state.instruments.values()
    edition = instrument.edition
    assert edition is not None
    root = talks.depositary.main(talks.origin).tree.root(edition.index + 1).hex()
    for page in pypdf.PdfReader(io.BytesIO(asked(client, talks, "A").content)).pages:
        words = " ".join(page.extract_text().split())
        assert decode_base64url(edition.content).hex() in words
        assert f"Edition 1, act #{edition.index + 1}, log root {root[:16]}" in words


def test_everybody_who_may_read_it_gets_the_same_bytes_whatever_came_after(client: Any, talks: Talks) -> None:
    before = asked(client, talks, "A").content
    talks.do("A", "register_statement", {"text": "Later."}, claims=(("other", ""),))
    header = {**as_person(talks, "B"), "accept-language": "ur"}
    assert client.get(address(talks, "text/signature.pdf"), headers=header).content == before


def test_who_may_not_read_the_words_is_refused_and_sees_no_link(client: Any, talks: Talks) -> None:
    talks.depositary.receive_act(talks.raw_issue(number=2, aud=("A",)))
    answer = asked(client, talks, "B")
    assert answer.status_code == 403 and "text.not_disclosed" in answer.text
    assert (
        "signature.pdf"
        not in client.get(address(talks, "text"), headers={**as_person(talks, "B"), **PAGE}).text
    )
    assert asked(client, talks, "A").status_code == 200


@pytest.mark.parametrize("query", ["?edition=9", "?instrument=nothing"])
def test_an_edition_that_is_not_there_is_refused(client: Any, talks: Talks, query: str) -> None:
    answer = asked(client, talks, "A", query)
    assert answer.status_code == 404 and "text.none" in answer.text


def test_a_bracket_that_was_opened_since_makes_it_a_draft(client: Any, talks: Talks) -> None:
    (instrument,) = talks.state.instruments.values()
    eid = TEXT[-1].id
    talks.do("A", "propose_alternative", {"text": "Other words."}, instrument=instrument.id, provision=eid)
    pages = pypdf.PdfReader(io.BytesIO(asked(client, talks, "A").content)).pages
    words = " ".join(pages[0].extract_text().split())
    assert "DRAFT, not for signature: 1 bracket open" in words and "[Other words.]A" in words
    assert all("For Delegation" not in page.extract_text() for page in pages)
