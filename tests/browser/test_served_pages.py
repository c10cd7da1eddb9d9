"""The demonstration over plain HTTP: every link leads somewhere, and the pages say what they must and no more."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest

from tests.browser.demonstration import PAGES, PEOPLE, VARIANTS, Site

pytestmark = pytest.mark.browser

MAY_SAY_FINAL = re.compile(r"is it final\?|final text|final commitment", re.I)
QUOTED = re.compile(
    r'<(span|p|blockquote)[^>]*class="(?:negotiated|spoken)[^>]*>.*?</\1>|<pre.*?</pre>|“[^”]*”', re.S
)
QUESTIONS = ("Adopted?", "Authentic?", "Binding?", "In force?")
READERS = {
    "A time limit stands in the text.": {"M", "A", "PA"},
    "The arrangement with the Side concerned is what was missing.": {"M", "B", "PB"},
    "Islamabad instructed its delegation": {"A", "PA"},
    "Kabul instructed its delegation": {"B", "PB"},
    "May the delegation assent to edition 3": {"A", "PA", "B", "PB"},
    "You may assent, initial and sign ad referendum.": {"A", "PA", "B", "PB"},
}
"""Words that the case speaks in chambers, and who is in them."""


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


# --- where links lead


def crawl(site: Site, starts: list[str]) -> dict[str, str]:
    """Every page reached from the starts, by its address.

    Bounded: the ways to show a text are asked for and not combined further, nor are links into other moments followed.
    """
    found: dict[str, str] = {}
    waiting, seen = deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        answer = site.client.get(address)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        found[address] = answer.text
        if address not in starts and not leads_on(address):
            continue
        for link in links_of(address, answer.text):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return found


def leads_on(address: str) -> bool:
    """Whether a page's own links are followed: not from another moment, nor from a further way to show a text."""
    path, asked = urlsplit(address).path, parse_qs(urlsplit(address).query)
    return "at" not in asked and not (path.endswith("/text") and set(asked) - {"as"})


def links_of(address: str, html: str) -> list[str]:
    """The links of a page that are its own reader's: those of the menu “look as” are other crawls."""
    own = re.sub(r'<details class="viewers">.*?</details>', "", html, flags=re.S)
    links = [
        urldefrag(urljoin(address, unescape(href)))[0] for href in re.findall(r'<a [^>]*href="([^"]+)"', own)
    ]
    return list(dict.fromkeys(links))


@pytest.fixture(scope="module")
def reached(site: Site) -> dict[str, dict[str, str]]:
    """The pages that each of the people reaches from the list, and from pages at two earlier moments."""
    moments = (
        (site.reported, site.reported.moment("Question put")),
        (site.first, site.first.moment("Edition 2") + 2),
    )
    found = {}
    for who in PEOPLE:
        earlier = [p.page(page, who, at) for p, at in moments for page in ("", "text", f"acts/{at}")]
        found[who] = crawl(site, [f"/?as={who}", *earlier])
    return found


def test_every_link_leads_somewhere(site: Site, reached: dict[str, dict[str, str]]) -> None:
    for who, pages in reached.items():
        for process in (site.reported, site.first):
            wanted = {process.page(page, who) for page in PAGES}
            wanted |= {process.page(f"acts/{number}", who) for number in range(1, process.size + 1)}
            wanted |= {process.page("", who, number) for number in range(1, process.size)}
            assert wanted - pages.keys() == set(), f"not reached as {who}"


def test_every_reader_stays_the_same_reader(reached: dict[str, dict[str, str]]) -> None:
    for who, pages in reached.items():
        others = [a for a in pages if parse_qs(urlsplit(a).query).get("as") != [who]]
        assert others == [], f"as {who}"


def test_links_within_pages_have_their_target(reached: dict[str, dict[str, str]]) -> None:
    for pages in reached.values():
        for address, html in pages.items():
            for href in re.findall(r'<a [^>]*href="([^"]*#[^"]+)"', html):
                target, anchor = urldefrag(urljoin(address, unescape(href)))
                shown = html if target == address else pages.get(target, "")
                assert not shown or f'id="{anchor}"' in shown, f"{address} -> {href}"


def test_addresses_typed_by_hand_answer_too(site: Site) -> None:
    for process in (site.reported, site.first):
        for page in VARIANTS:
            assert "<h1" in site.html(process.page(page, "A"))


def test_the_menu_leads_to_the_same_page_as_others_see_it(site: Site) -> None:
    html = site.html(site.first.page("text?edition=2", "A", 60))
    menu = re.search(r'<details class="viewers">.*?</details>', html, re.S)
    assert menu is not None
    addresses = [unescape(href) for href in re.findall(r'href="([^"]+)"', menu[0])]
    assert [parse_qs(urlsplit(a).query)["as"][0] for a in addresses] == ["public", "M", "A", "PA", "B", "PB"]
    for address in addresses:
        assert "You are looking at act 60" in words_of(site.html(address))
        assert "edition=2" in address


# --- what pages say


def test_the_first_page_says_what_it_is_not(site: Site) -> None:
    said = words_of(site.html("/"))
    assert "played with demonstration keys" in said
    assert "They prove nothing about any real talks." in said
    for process in (site.reported, site.first):
        assert "It proves nothing about the real talks." in words_of(site.html(process.page()))


@pytest.mark.parametrize("after", [-1, 0], ids=["just before the question", "just after it"])
def test_when_the_question_is_put_the_page_answers_no_four_times(site: Site, after: int) -> None:
    at = site.reported.moment("Question put") + after
    for who in PEOPLE:
        said = words_of(site.html(site.reported.page("", who, at)))
        assert f"You are looking at act {at} of {site.reported.size}." in said
        assert "Is it final? No. No side has assented." in said
        for question in QUESTIONS:
            assert re.search(re.escape(question) + r" +No\b", said), question
        assert "Missing before it is adopted" in said
        assert said.count("assent to edition 3") >= 2
        assert "Oral yes" not in said


def test_a_spoken_yes_is_minuted_unconfirmed_and_no_step(site: Site) -> None:
    put = site.reported.moment("Question put")
    for at in (put + 1, site.reported.size):
        said = words_of(site.html(site.reported.page("", at=at)))
        assert re.search(r"Oral yes, #\d+ ?, 28 Oct 02:34†\. Unconfirmed: no step", said)
        assert "Is it final? No. No side has assented." in said
        for question in QUESTIONS:
            assert re.search(re.escape(question) + r" +No\b", said), question


def test_the_same_night_ends_with_four_times_yes(site: Site) -> None:
    said = words_of(site.html(site.first.page()))
    assert "Is it final? In force since 30 November 2025." in said
    for question in QUESTIONS:
        assert re.search(re.escape(question) + r" +Yes\b", said), question


def test_the_word_final_never_stands_alone(reached: dict[str, dict[str, str]]) -> None:
    for pages in reached.values():
        for address, html in pages.items():
            said = words_of(QUOTED.sub(" ", html))
            assert not re.search(r"\bfinal\b", MAY_SAY_FINAL.sub(" ", said), re.I), address


def test_no_page_judges_a_side_in_its_own_words(reached: dict[str, dict[str, str]]) -> None:
    for pages in reached.values():
        for address, html in pages.items():
            said = words_of(QUOTED.sub(" ", html))
            assert not re.search(r"\b(failed|violated|refused to)\b", said, re.I), address


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_reads_what_was_said_in_a_chamber_of_others(
    site: Site, reached: dict[str, dict[str, str]], who: str
) -> None:
    own = {address: words_of(html) for address, html in reached[who].items()}
    everything = "\n".join(own.values())
    for words, readers in READERS.items():
        if who in readers:
            assert words in everything  # else the next line would hold on empty pages
        else:
            assert not [address for address, said in own.items() if words in said], words


def test_a_chamber_is_closed_to_others_by_its_address_too(site: Site) -> None:
    for who in ("public", "B", "PB", "M"):
        assert site.client.get(site.first.page("acts/1?log=side-A", who)).status_code == 404
    assert site.client.get(site.first.page("acts/1?log=side-A", "PA")).status_code == 200
