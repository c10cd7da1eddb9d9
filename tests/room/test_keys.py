"""A second key, in another browser or on the command line; and a key that is lost, revoked and made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.cli.acting import Terminal, words_of
from tests.cli.speaking import say
from tests.room.people import Person
from tests.room.talks import Talks

pytestmark = pytest.mark.browser
LOST = ("401", "404")
"""How the host answers a browser whose only key is revoked."""


def own_link(person: Person) -> str:
    """The link for a further key that one's own page makes, as the room asks."""
    person.opens("room")
    person.page.get_by_role("link", name="Enrol a second key").click()
    row = person.page.locator("#own-link")
    row.get_by_role("button", name="Make a link").click()
    return row.locator("output:not(:empty)").inner_text()


def waiting(person: Person, words: str) -> Locator:
    """The key that has come while the page was open."""
    return person.page.locator("#keys-to-enrol li", has_text=words)


def enrols(person: Person, words: str) -> None:
    waiting(person, words).get_by_role("link", name="They read out the same words").click()
    person.signs()


def admitted(talks: Talks, id: str, title: str) -> Person:
    talks.mediator.does("Admit somebody", person=id, role="delegate", side="A", title=title)
    person = Person(talks.browser, id)
    person.home = talks.mediator.home
    return person


def test_a_second_browser_is_enrolled_by_oneself(talks: Talks) -> None:
    link = own_link(talks.town)
    second = Person(talks.browser, "B")
    second.home = talks.town.home
    second.page.goto(link)
    words = second.page.locator("#join .fingerprint").inner_text()
    expect(waiting(talks.town, words)).to_have_count(1)
    expect(talks.town.page.locator("#own-link output")).to_have_text(
        link
    )  # nothing else of the page has moved
    enrols(talks.town, words)
    second.page.wait_for_url("**/room")
    expect(second.page.locator("h1")).to_contain_text("What you can do as Town, head")
    for person in (second, talks.town):
        expect(person.opens("room").get_by_role("link", name="Enrol a second key")).to_have_count(0)
        expect(person.opens("keys").locator(".in-this-browser:visible")).to_have_count(1)
    here = second.page.locator(".key:has(.in-this-browser:visible)")
    expect(here.locator(".fingerprint")).to_have_text(words)
    second.does("Register a public statement", claims="other alone", text="From the second browser.")
    assert second.complaints() == []
    second.context.close()


def test_a_second_key_on_the_command_line_acts_beside_the_browser(talks: Talks, tmp_path: Path) -> None:
    link = own_link(talks.council)
    process = talks.council.home.rpartition("/")[2]
    terminal = Terminal(talks.server.address, tmp_path, process)
    words = words_of(terminal.join(link, "--no-wait"))
    enrols(talks.council, words)
    assert terminal.join(link).code == 0
    number = terminal.does("register_statement", "claims=other alone", "text=From the command line.")
    assert "From the command line." in talks.council.opens(f"acts/{number}").locator("main").inner_text()
    other = talks.council.does(
        "Register a public statement", claims="other alone", text="And from the browser."
    )
    assert other > number
    assert say("status", terminal.address, "--keys", terminal.folder).code == 0


def test_a_lost_key_is_revoked_and_the_browser_makes_another(talks: Talks) -> None:
    adviser = admitted(talks, "A7", "Harbour, adviser")
    talks.enter(adviser)
    old = adviser.opens("keys").locator(".key:has(.in-this-browser:visible) .fingerprint").inner_text()
    assert adviser.complaints() == []
    key = talks.mediator.opens("keys").locator(".key", has_text=old)
    key.locator("summary").click()
    key.get_by_label("In other hands since act").fill("#2")
    key.get_by_role("button", name="Read what you would sign").click()
    assert "since" in talks.mediator.sees_before_signing()
    talks.mediator.signs()
    expect(adviser.opens("room").locator("#held")).to_be_visible()
    adviser.page.goto(talks.link_for(adviser))
    new = adviser.page.locator("#join .fingerprint").inner_text()
    assert new != old
    expect(waiting(talks.mediator, new)).to_have_count(0)  # its principal is known, and says whose key it is
    expect(talks.mediator.page.locator("#invitations output:not(:empty)")).to_have_count(1)
    talks.board.opens("keys")
    enrols(talks.board, new)
    adviser.page.wait_for_url("**/room")
    shown = adviser.opens("keys").locator(".key", has_text=old)
    expect(shown).to_contain_text("Revoked")
    expect(shown).to_contain_text("none is erased")
    assert adviser.complaints(*LOST) == []
    adviser.context.close()
