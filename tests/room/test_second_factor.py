"""A passkey beside a key, in Chromium with a virtual authenticator: set, asked for, ended; a key alone opens nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_keys import admitted
from tests.room.test_pages import faults
from tests.room.test_passkey import NOT_HERE, Authenticator

pytestmark = pytest.mark.browser
REFUSED = ("401", "pubKeyCredParams", *NOT_HERE)
"""And Chromium would like RS256 to be offered too, which this host does not check (ADR 52)."""


def sets(person: Person) -> None:
    person.opens("keys").get_by_role("button", name="Ask for a passkey", exact=True).click()
    expect(person.page.get_by_role("button", name="No longer ask for a passkey")).to_be_visible()


def signs_in_again(person: Person) -> Page:
    """Its session has ended; the page asks for the passkey."""
    person.opens("room").get_by_role("button", name="Sign in with your passkey").click()
    return person.page


def test_signing_in_takes_the_passkey_too_and_the_key_alone_opens_nothing(talks: Talks) -> None:
    person = admitted(talks, "A21", "Harbour, registrar")
    talks.enter(person)
    authenticator = Authenticator(person)
    sets(person)
    assert faults(person.page) == []
    expect(person.page.locator(".key", has_text="Asks for a passkey")).to_have_count(1)
    assert len(authenticator.passkeys()) <= 1
    person.does("Register a public statement", claims="other alone", text="With both.")

    person.context.clear_cookies()
    signs_in_again(person)
    expect(person.page.locator("h1")).to_contain_text("What you can do as Harbour, registrar")
    person.does("Register a public statement", claims="other alone", text="And again.")

    person.context.clear_cookies()
    authenticator.does_not_verify()  # somebody else at this browser: they have the key, and not its owner's finger
    signs_in_again(person)
    expect(person.page.locator("#use-second-factor [role=alert]")).to_contain_text("No passkey was used")
    expect(person.page.locator("h1")).to_have_text("There is nothing here")
    assert faults(person.page) == []
    assert "not in force" not in person.reads()
    assert person.complaints(*REFUSED) == []
    person.context.close()


def test_whoever_ends_it_signs_in_with_the_key_alone_again(talks: Talks) -> None:
    person = admitted(talks, "A22", "Harbour, archivist")
    talks.enter(person)
    Authenticator(person)
    sets(person)
    person.page.get_by_role("button", name="No longer ask for a passkey").click()
    expect(person.page.get_by_role("button", name="Ask for a passkey", exact=True)).to_be_visible()
    person.context.clear_cookies()
    person.opens("room")
    expect(person.page.locator("h1")).to_contain_text("What you can do as Harbour, archivist")
    assert person.complaints(*REFUSED) == []
    person.context.close()


def test_signing_out_everywhere_works_without_script_and_the_browser_with_the_key_comes_back(
    talks: Talks,
) -> None:
    person = admitted(talks, "A23", "Harbour, clerk of the court")
    talks.enter(person)
    taken = person.context.cookies()
    person.opens("keys").get_by_role("button", name="Sign out everywhere").click()
    expect(person.page.locator("h1")).to_have_text("Your keys")  # signed in again by itself
    thief = Person(talks.browser, "thief")
    thief.home = person.home
    thief.context.add_cookies(taken)
    expect(thief.opens("room").locator("h1")).to_have_text("There is nothing here")
    assert thief.complaints(*NOT_HERE) == [] and person.complaints(*NOT_HERE) == []
    thief.context.close()
    person.context.close()
