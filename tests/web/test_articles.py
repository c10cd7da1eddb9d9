"""Reading an article in the room: proposals for those at the table, nothing kept, nothing registered."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.depositary.talks import Talks
from tests.interchange.press.articles import HTML, TEXT, pdf
from tests.web.hosting import PAGE, address, as_person, codes_of

READ = "statements/read"


def send(client: Any, talks: Talks, person: str | None, **sent: Any) -> Any:
    return client.post(address(talks, READ), headers={**as_person(talks, person), **PAGE}, **sent)


def test_an_article_pasted_or_sent_as_a_file_is_read_and_nothing_is_registered(
    client: Any, talks: Talks
) -> None:
    before = talks.size
    pasted = send(client, talks, "A", files={"text": (None, TEXT)})
    page = send(client, talks, "A", files={"file": ("page.html", HTML, "text/html")})
    for answer in (pasted, page):
        assert answer.status_code == 200
        assert "the information minister of the northern side" in answer.text
        assert "Four days of dialogue brought no workable solution" in answer.text
    assert "Harbour Post" in page.text and "Buy this" not in page.text
    assert talks.size == before


def test_a_proposal_leads_to_the_form_filled_in(client: Any, talks: Talks) -> None:
    answer = send(client, talks, "A", files={"text": (None, "The talks lasted 50 hours, a source said.")})
    (link,) = re.findall(r'href="([^"]*kind=register_statement[^"]*)"', answer.text)
    form = client.get(unescape(link), headers={**as_person(talks, "A"), **PAGE})
    assert form.status_code == 200
    assert "duration 50" in unescape(form.text) and "The talks lasted 50 hours" in form.text


def test_articles_are_read_for_those_at_the_table(client: Any, talks: Talks) -> None:
    answer = client.post(address(talks, READ), files={"text": (None, TEXT)})
    assert answer.status_code == 403 and codes_of(answer) == ["article.not_yours"]


def test_what_is_no_form_is_refused_as_one(client: Any, talks: Talks) -> None:
    headers = {**as_person(talks, "A"), "content-type": "multipart/form-data; boundary=x"}
    answer = client.post(address(talks, READ), headers=headers, content=b"--y nothing of a form")
    assert answer.status_code == 400 and codes_of(answer) == ["http.form"]


def test_what_cannot_be_read_is_said_and_another_can_be_sent(client: Any, talks: Talks) -> None:
    answer = send(client, talks, "A", files={"file": ("scan.pdf", pdf(), "application/pdf")})
    assert answer.status_code == 400
    assert "holds no words" in answer.text and 'name="file"' in answer.text


def test_another_site_cannot_have_an_article_read(client: Any, talks: Talks) -> None:
    headers = {**as_person(talks, "A"), "sec-fetch-site": "cross-site"}
    answer = client.post(address(talks, READ), headers=headers, files={"text": (None, TEXT)})
    assert codes_of(answer) == ["http.cross_site"]


def test_an_article_may_call_a_side_by_names_of_its_own_in_any_language(client: Any, talks: Talks) -> None:
    article = "“سرحد has acknowledged the evidence,” a minister said."
    plain = send(client, talks, "A", files={"text": (None, article)})
    named = send(
        client, talks, "A", files={"text": (None, article), "names_B": (None, "the southerners، سرحد")}
    )
    assert plain.status_code == named.status_code == 200
    claims = [
        unescape(link) for link in re.findall(r'href="([^"]*kind=register_statement[^"]*)"', named.text)
    ]
    assert any("acknowledged+B" in link or "acknowledged%20B" in link for link in claims), claims
    assert not any("acknowledged" in unescape(link) and "+B" in link
                   for link in re.findall(r'href="([^"]*kind=register_statement[^"]*)"', plain.text))  # fmt: skip
    assert 'value="the southerners، سرحد"' in named.text, (
        "kept on the page for the next article, and nowhere else"
    )
