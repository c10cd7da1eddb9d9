"""Pages in another language: which one is spoken, what is said in it, and that nothing a page says is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from detente.web.fragments import AT_LEAST
from detente.web.languages import languages
from tests.depositary.talks import Talks
from tests.web.hosting import PAGE, address, as_person, errors_of, post
from tests.web.unmarked import TAG, on_the_pages

URDU = {"accept-language": "ur-PK, en;q=0.5"}
URDU_LETTER = re.compile("[\u0600-\u06ff]")
ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")


def html_of(page: str) -> str:
    found = re.search(r"<html[^>]*>", page)
    assert found
    return found[0]


@pytest.fixture
def marked() -> Iterator[None]:
    yield
    languages().pop(TAG, None)


def test_no_word_of_a_page_is_left_out_of_the_catalogue(marked: None) -> None:
    """Every page of the case, every act and every form: with each message put in brackets, nothing stands outside."""
    left = {(page.partition("?")[0], words) for page, words in on_the_pages()}
    codes = {"log.at", "act.unknown_kind", "http.address"}
    names = {words for _page, words in left if words.split("   ")[0] not in codes}
    assert {words for words in names if not words.startswith(("tile/", "sec. . ."))} == set()


def test_a_browser_is_answered_in_the_first_language_that_it_asks_for(talks: Talks, client: Any) -> None:
    for asked, lang in (({}, "en"), (URDU, "ur"), ({"accept-language": "fr, de"}, "en"),
                        ({"accept-language": "ur;q=0.1, en"}, "en"), ({"accept-language": "ur;q=0"}, "en")):  # fmt: skip
        page = client.get(address(talks), headers=PAGE | asked).text
        assert f'lang="{lang}" dir="{"rtl" if lang == "ur" else "ltr"}"' in html_of(page)


def test_who_chooses_a_language_comes_back_to_the_page_and_keeps_it(talks: Talks, client: Any) -> None:
    here = f"http://localhost{address(talks, 'text')}?show=side"
    answer = client.post("/language/ur", headers={"referer": here})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address(talks, 'text')}?show=side")
    assert "HttpOnly" in answer.headers["set-cookie"]
    page = client.get(answer.headers["location"], headers=PAGE).text
    assert 'lang="ur" dir="rtl"' in html_of(page)
    assert 'action="/language/en"' in page
    client.post("/language/en")
    assert 'lang="en"' in html_of(client.get(address(talks), headers=PAGE | URDU).text)


def test_what_the_page_says_of_a_claim_is_marked_as_no_other_language(talks: Talks, client: Any) -> None:
    """It is set and read out as the language says that it is marked with."""
    talks.do("A", "register_statement", {"text": "They left."}, claims=[["withdrew", "B"], ["withdrew", "A"]])
    talks.do(
        "B", "register_statement", {"text": "We did not."}, claims=[["withdrew", "not B"], ["sessions", "1"]]
    )
    for path in ("", "statements"):
        page = client.get(address(talks, path), headers=PAGE | URDU | as_person(talks, "A")).text
        foreign = re.findall(r'<(?!html)(?!button)[^>]*lang="en"[^>]*>([^<]*)', page)
        assert not any(URDU_LETTER.search(words) for words in foreign), (path, foreign)


@pytest.mark.parametrize(
    "referer", ["http://elsewhere.example/x", "", "http://localhost//elsewhere.example/"]
)
def test_nobody_is_sent_to_another_site(client: Any, referer: str) -> None:
    answer = client.post("/language/ur", headers={"referer": referer})
    assert re.fullmatch(r"/([^/].*)?", answer.headers["location"])


def test_another_site_chooses_nothing(client: Any) -> None:
    answer = client.post("/language/ur", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403 and "set-cookie" not in answer.headers


def test_a_language_that_there_is_not_changes_nothing(client: Any) -> None:
    answer = client.post("/language/tlh")
    assert (answer.status_code, answer.cookies["language"]) == (303, "en")


def test_people_who_read_different_languages_are_not_shown_each_others_fragment(
    talks: Talks, client: Any
) -> None:
    wanted = {AT_LEAST: str(talks.size)}
    said = [
        client.get(address(talks), headers=PAGE | wanted | as_person(talks, "A") | asked).text
        for asked in ({}, URDU, {}, URDU)
    ]
    assert said[0] == said[2] != said[1] == said[3]


def test_a_refusal_is_said_in_the_language_of_who_acts(talks: Talks, client: Any) -> None:
    (english,) = errors_of(post(client, talks, b"x"))
    answer = client.post(
        address(talks, "acts"), content=b"x", headers={"content-type": "application/sd-jwt"} | URDU
    )
    (urdu,) = errors_of_urdu(answer)
    assert urdu["code"] == english["code"] and urdu["sentence"] != english["sentence"]
    assert re.search("[\u0600-\u06ff]", urdu["sentence"])


def errors_of_urdu(answer: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = answer.json()["errors"]
    return found


def test_what_is_signed_is_the_same_in_every_language(talks: Talks, client: Any) -> None:
    asked = address(talks, "sign?kind=register_statement&claims=other alone&text=We go on.")
    drafts = [
        re.search(r'data-draft="([^"]*)"', client.get(asked, headers=PAGE | as_person(talks, "A") | one).text)
        for one in ({}, URDU)
    ]
    said = [re.sub(r"nonce[^,]*,", "", found[1]) for found in drafts if found]
    assert len(said) == 2 and said[0] == said[1]


def test_what_stands_in_a_sentence_from_right_to_left_keeps_its_own_direction(
    talks: Talks, client: Any
) -> None:
    assert ISOLATED.search(client.get(address(talks), headers=PAGE | URDU).text)
    assert "\u2068" not in client.get(address(talks), headers=PAGE).text
