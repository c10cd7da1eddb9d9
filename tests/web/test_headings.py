"""A heading is proposed on a page, stands in brackets, goes to Word and comes back, and the next edition takes it up."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pypdf
import pytest

from detente.interchange.documents.reading import read_document
from detente.interchange.documents.structure import structured
from detente.provisions.edition import content_digest
from detente.provisions.provision import Provision
from tests.depositary.talks import NONCE, Talks
from tests.interchange.documents.word_files import replaced
from tests.web.case import draft_of
from tests.web.hosting import PAGE, address, as_person
from tests.web.test_changed import CHANGED, alternatives, bring, drafts, sign

HEADED = (
    Provision("art_1", {"en": "The road"}, {"en": "Each Side shall keep the road open."}),
    Provision("art_2", {"en": "Commission"}, {"en": "A commission of both Sides shall meet each month."}),
)
WHERE = {"instrument": "road", "provision": "art_2"}
FORM = {"kind": "propose_alternative", "instrument": "road", "provision": "2"}
ISSUE = {"kind": "issue", "instrument": "road"}


@pytest.fixture
def headed(talks: Talks) -> Talks:
    """The second edition of the road, each article under a heading."""
    return issued(talks, HEADED)


def issued(talks: Talks, text: tuple[Provision, ...]) -> Talks:
    talks.depositary.receive_act(talks.raw_issue(text, content=content_digest(text, NONCE)))
    return talks


def form(client: Any, talks: Talks, person: str, given: dict[str, str]) -> str:
    answer = client.post(address(talks, "sign"), data=given, headers={**PAGE, **as_person(talks, person)})
    assert answer.status_code == 200
    return str(answer.text)


def shown(client: Any, talks: Talks, path: str, person: str = "B") -> str:
    answer = client.get(address(talks, path), headers={**PAGE, **as_person(talks, person)})
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def agreed(talks: Talks, hidden: dict[str, Any]) -> None:
    talks.do("A", "propose_alternative", hidden, **WHERE)
    (one,) = talks.state.instruments["road"].brackets["art_2"].live()
    talks.do("B", "support_alternative", **WHERE, alternative=one.leaf)


def test_a_delegate_proposes_a_heading_in_one_field_that_may_be_left_out(headed: Talks, client: Any) -> None:
    page = form(client, headed, "A", {**FORM, "headings": "en: Joint commission"})
    draft = draft_of(page)
    assert draft is not None and draft["hidden"] == {"headings": {"en": "Joint commission"}}
    assert "bracketed Article 2, under the heading “Joint commission”" in page
    assert 'name="headings"' in page and "Left out, the heading stays" in page
    sign(headed, "A", draft)
    assert alternatives(headed) == [("A", "art_2", {"headings": {"en": "Joint commission"}})]


def test_to_take_a_heading_away_is_written_as_none(headed: Talks, client: Any) -> None:
    page = form(client, headed, "A", {**FORM, "headings": "none"})
    draft = draft_of(page)
    assert draft is not None and draft["hidden"] == {"headings": {}}
    assert "bracketed Article 2, without a heading" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("en:", "not one line of words, in: en"),
        ("ur: سڑک", "what is no language of the text: ur"),
        ("Joint commission", "is no “key: value”"),
    ],
)
def test_what_is_no_heading_of_the_text_is_said_before_it_is_signed(
    headed: Talks, client: Any, given: str, said: str
) -> None:
    page = form(client, headed, "A", {**FORM, "headings": given})
    assert said in html.unescape(page) and draft_of(page) is None


def test_a_heading_alone_stands_in_brackets_over_the_words_that_stay(headed: Talks, client: Any) -> None:
    headed.do("A", "propose_alternative", {"headings": {"en": "Joint commission"}}, **WHERE)
    text = shown(client, headed, "text?instrument=road")
    assert "A commission of both Sides shall meet each month." in text
    assert "[ Joint commission A ]" in text
    assert "not disclosed" not in text
    assert "heading: Joint commission" in shown(client, headed, "")


def test_beside_it_an_alternative_that_proposes_words_keeps_the_heading(headed: Talks, client: Any) -> None:
    headed.do("A", "propose_alternative", {"headings": {}}, **WHERE)
    headed.do("B", "propose_alternative", {"text": "Both Sides shall meet each month."}, **WHERE)
    text = shown(client, headed, "text?instrument=road")
    assert "[ Commission A ] no heading" in text and "[ Commission B ]" in text
    assert "[ A commission of both A ]" in text and "[ Both B ]" in text


def test_a_heading_goes_out_to_word_and_comes_back_as_it_was_proposed(headed: Talks, client: Any) -> None:
    headed.do("A", "propose_alternative", {"headings": {"en": "Joint commission"}}, **WHERE)
    road = "text.docx?instrument=road"
    brackets = client.get(address(headed, f"{road}&brackets=yes"), headers=as_person(headed, "A")).content
    assert structured(read_document(brackets, "x.docx")).provisions[1].heading == {
        "en": "[Joint commission]A"
    }
    page = bring(client, headed, replaced(brackets, "[Joint commission]A", "[Mixed commission]A"))
    (draft,) = drafts(page)
    assert draft["hidden"] == {"headings": {"en": "Mixed commission"}}
    assert "The file changes no words" in bring(client, headed, brackets)
    own = client.get(address(headed, f"{road}&side=A"), headers=as_person(headed, "A")).content
    document = read_document(own, "x.docx")
    assert structured(document.rejected()).provisions == HEADED
    assert structured(document.accepted()).provisions[1].heading == {"en": "Joint commission"}
    page = bring(client, headed, own)
    assert not drafts(page) and "Your side’s words at Article 2 stand in brackets already." in page


def test_what_a_capital_did_to_headings_becomes_proposals_of_the_delegate(headed: Talks, client: Any) -> None:
    sent = client.get(address(headed, "text.docx?instrument=road"), headers=as_person(headed, "A")).content
    (draft,) = drafts(bring(client, headed, replaced(sent, ">Commission<", ">Joint commission<")))
    sign(headed, "A", draft)
    assert alternatives(headed) == [("A", "art_2", {"headings": {"en": "Joint commission"}})]
    page = client.get(address(headed, CHANGED), headers=as_person(headed, "A")).text
    assert "a mediator issues" not in page


def test_the_next_edition_takes_an_agreed_heading_up(headed: Talks, client: Any) -> None:
    agreed(headed, {"headings": {"en": "Joint commission"}})
    refused = form(client, headed, "A", {"kind": "assent", "instrument": "road", "terms": "definitive"})
    assert draft_of(refused) is None and "is not in an edition yet" in refused
    page = form(client, headed, "M", ISSUE)
    draft = draft_of(page)
    assert draft is not None and "Not as agreed" not in page
    article = {"id": "art_2", "heading": {"en": "Joint commission"}, "texts": HEADED[1].texts}
    assert draft["hidden"]["text"][1] == article
    sign(headed, "M", draft)
    assert not headed.state.instruments["road"].brackets


@pytest.mark.parametrize(
    ("hidden", "changes"),
    [
        ({"headings": {"en": "Joint commission"}}, "Article 2. Commission"),
        ({"headings": {}}, "Article 2. Commission"),
        ({"text": "Both Sides shall meet each month."}, "2 Both Sides shall meet."),
    ],
)
def test_whoever_issues_something_else_is_told_before_they_sign(
    headed: Talks, client: Any, hidden: dict[str, Any], changes: str
) -> None:
    agreed(headed, hidden)
    page = form(client, headed, "M", {**ISSUE, "changes_only": changes})
    assert draft_of(page) is not None
    assert (
        "Not as agreed" in page
        and "Article 2: the heading or the words are not those that every side" in page
    )


def test_the_draft_on_paper_shows_the_heading_in_brackets(headed: Talks, client: Any) -> None:
    headed.do("A", "propose_alternative", {"headings": {"en": "Joint commission"}}, **WHERE)
    answer = client.get(address(headed, "text/signature.pdf"), headers=as_person(headed, "A"))
    words = " ".join(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "DRAFT, not for signature: 1 bracket open" in words
    assert "[Joint commission]A" in words and "A commission of both Sides shall meet each month." in words


def test_a_bridge_can_span_headings(headed: Talks, client: Any) -> None:
    for side, heading in (("A", "Joint commission"), ("B", "Mixed commission")):
        headed.do(side, "propose_alternative", {"headings": {"en": heading}}, **WHERE)
    headed.do("M", "propose_bridge", {"headings": {"en": "Commission of both Sides"}}, **WHERE,
              expires="2099-01-01T00:00:00Z")  # fmt: skip
    text = shown(client, headed, "text?instrument=road")
    assert "[ Joint commission A ]" in text and "Commission of both Sides" in text
