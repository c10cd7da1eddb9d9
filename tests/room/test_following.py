"""Being told: what came since one last looked, hours that run, one's own processes, and feeds read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from xml.etree import ElementTree

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.room.people import Person
from tests.room.talks import TEXT, Talks
from tests.room.test_pages import faults

pytestmark = pytest.mark.browser
ENTRY = "{http://www.w3.org/2005/Atom}entry"


def said(talks: Talks, words: str) -> int:
    """An act that changes nothing; its number."""
    return talks.mediator.does("Minute words", speaker="A", sense="statement", text=words)


def has_looked(person: Person) -> None:
    """The newest page of the timeline, seen."""
    person.opens("timeline")
    expect(person.page.locator(".acts .act").first).to_be_visible()


def told(person: Person) -> str:
    """What the overview says of acts that came since this person last looked. Editions of other texts are let be."""
    looked = person.opens().locator("#looked")
    expect(looked).to_have_attribute("data-page", "overview")
    acts = looked.locator(".looked-acts")
    return acts.inner_text() if acts.is_visible() else ""


@contextmanager
def at(person: Person, instant: datetime) -> Iterator[Page]:
    """A browser signed in as this person whose clock says an instant and goes on only when told: a clock is one for all
    tabs of a browser, and their own must stay right for what they sign later."""
    browser = person.context.browser
    assert browser is not None
    context = browser.new_context(storage_state=person.context.storage_state())
    tab = context.new_page()
    tab.clock.install(time=instant)
    try:
        yield tab
    finally:
        context.close()


def test_what_came_since_one_last_looked_is_counted_and_marked(talks: Talks) -> None:
    has_looked(talks.town)
    assert told(talks.town) == ""
    numbers = [said(talks, f"Said {n}.") for n in range(2)]
    assert re.match(r"2 acts since you last looked, \d+ \w+,? \d\d:\d\d\.", told(talks.town))
    talks.town.page.get_by_role("link", name="2 acts since you last looked").click()
    page = talks.town.page
    page.wait_for_url("**/timeline")
    marked = page.locator(".act-new .act-where a:not(.then)")
    assert marked.all_inner_texts() == [f"#{number}" for number in reversed(numbers)]
    expect(page.locator("#since")).to_contain_text("New above; you last looked")
    assert faults(page) == []
    has_looked(talks.town)
    assert page.locator(".act-new").count() == 0 and page.locator("#since").count() == 0
    assert told(talks.town) == ""


def test_acts_that_come_while_the_timeline_is_open_are_marked_as_they_come(talks: Talks) -> None:
    has_looked(talks.town)
    assert told(talks.town) == ""
    talks.town.opens("timeline")
    numbers = [said(talks, words) for words in ("Said meanwhile.", "Said after that.")]
    marked = talks.town.page.locator(".act-new .act-where a:not(.then)")
    expect(marked).to_have_text([f"#{number}" for number in reversed(numbers)])
    expect(talks.town.page.locator("#looked")).to_contain_text("2 acts since you last looked")
    assert told(talks.town) == ""


def test_an_edition_that_came_leads_to_what_changed_since_the_one_seen(talks: Talks) -> None:
    text = talks.text()
    talks.town.opens(f"text?instrument={text}")
    expect(talks.town.page.locator("#looked")).to_have_attribute("data-text-read", text)
    talks.town.opens("powers")  # the page of the text would show each edition as it comes
    for month in ("week", "day"):
        talks.mediator.does("Issue an edition", instrument=text, text=TEXT.replace("month", month))
    talks.town.opens()
    came = talks.town.page.locator(f'#looked [data-instrument="{text}"]')
    expect(came).to_contain_text("Edition 3 of Harbour accord")
    came.locator("a").click()
    talks.town.page.wait_for_url(re.compile(r"since=1"))
    assert "changed since edition 1" in talks.town.reads()
    assert talks.town.page.locator(".provision ins").all_inner_texts() == ["day"]
    talks.town.opens()
    expect(came).to_be_hidden()


def test_what_was_looked_at_is_told_to_nobody(talks: Talks) -> None:
    sent: list[str] = []
    talks.town.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    has_looked(talks.town)
    told(talks.town)
    assert all(one.startswith("GET ") for one in sent)
    # The browser asks for proofs of the log by sizes that every reader of it knows.
    assert not [one for one in sent if "?" in one and "/log/consistency?" not in one]


def test_hours_run_while_a_session_is_open_and_stand_when_it_is_closed(talks: Talks) -> None:
    talks.mediator.does("Set the agenda", items="one, two", titles="one: The road\ntwo: The commission")
    talks.mediator.does("Open a session", place="Hall")
    talks.mediator.does("Take up an item", item="one")
    heading = talks.town.opens("sessions").locator("h1")
    started = datetime.fromisoformat(heading.get_attribute("data-running-from") or "")
    with at(talks.town, started + timedelta(hours=2)) as tab:
        tab.goto(f"{talks.town.home}/sessions")
        expect(tab.locator("h1")).to_have_text("2 h 00 in one session so far")
        running = tab.locator("dl.hours > [data-running-from]")
        taken_up = datetime.fromisoformat(running.get_attribute("data-running-from") or "")
        minutes = int((started + timedelta(hours=2) - taken_up).total_seconds()) // 60
        expect(running.locator("dt")).to_have_text("1 The road")
        expect(running.locator(".bar-time")).to_have_text(f"{minutes // 60} h {minutes % 60:02}")
        expect(tab.locator(".reckoned")).to_be_hidden()
        tab.clock.fast_forward("02:00:00")
        expect(running.locator(".bar-time")).to_have_text(f"{minutes // 60 + 2} h {minutes % 60:02}")
        expect(tab.locator("h1")).to_have_text("4 h 00 in one session so far")
        assert faults(tab) == []
        tab.goto(f"{talks.town.home}/")
        expect(tab.locator("section:has(#hours) .head")).to_contain_text("4 h 00 so far")
    with at(talks.town, started - timedelta(days=1)) as tab:
        tab.goto(f"{talks.town.home}/sessions")
        expect(tab.locator(".reckoned")).to_be_hidden()
        assert re.match(r"0 h 0\d in one session so far", tab.locator("h1").inner_text())
    talks.mediator.does("Close the session")
    with at(talks.town, started + timedelta(hours=20)) as tab:
        tab.goto(f"{talks.town.home}/sessions")
        expect(tab.locator("h1")).to_have_text(re.compile(r"^0 h 0\d in one session$"))
        assert tab.locator("[data-running-from]").count() == 0


def test_the_list_says_what_this_browser_holds_a_key_for_and_whose_turn_it_is(talks: Talks) -> None:
    text = talks.text()
    page = talks.town.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{talks.server.address}/")
    own = page.locator("#own .own-process")
    expect(own).to_have_count(1)
    expect(own.get_by_role("link", name="Harbour talks")).to_have_attribute(
        "href", re.compile(r"/processes/\w{26}/")
    )
    expect(own.locator(".your-turn")).to_contain_text("assent to edition 1")
    assert faults(page) == []
    stranger = talks.browser.new_context().new_page()
    stranger.goto(f"{talks.server.address}/")
    expect(stranger.locator("#own")).to_be_hidden()
    stranger.context.close()
    talks.assents(talks.town, text)


def test_in_a_process_open_to_everybody_the_list_signs_in_to_say_whose_turn_it_is(talks: Talks) -> None:
    convenor = Person(talks.browser, "M")
    page = convenor.page
    page.goto(f"{talks.server.address}/convene")
    for label in ("Title", "Side A", "Side B"):
        page.get_by_label(label).fill(f"Open {label}")
    page.get_by_label("Who may read the main record").select_option("public")
    page.get_by_role("button", name="Convene").click()
    page.wait_for_url("**/room")
    convenor.context.clear_cookies()
    page.goto(f"{talks.server.address}/")
    own = page.locator("#own .own-process")
    expect(own.get_by_role("link", name="Open Title")).to_be_visible()
    expect(own).to_contain_text("as Secretariat of the mediators")
    assert convenor.complaints() == []
    convenor.context.close()


def test_a_feed_made_in_the_browser_is_read_elsewhere_until_it_is_revoked(talks: Talks) -> None:
    page = talks.town.opens("room")
    page.get_by_role("link", name="Follow from elsewhere").click()
    page.wait_for_url("**/follow")
    with page.expect_navigation():
        page.get_by_role("button", name="Make an address").click()
    feed = page.locator("#made-feed").input_value()
    assert faults(page) == []
    with httpx.Client() as elsewhere:
        read = elsewhere.get(feed)
        assert read.status_code == 200 and len(list(ElementTree.fromstring(read.content).iter(ENTRY))) > 10
        with page.expect_navigation():
            page.get_by_role("button", name="Revoke").click()
        assert elsewhere.get(feed).status_code == 404
    expect(page.locator("#subject")).to_contain_text("You have no address yet.")
    assert faults(page) == []
