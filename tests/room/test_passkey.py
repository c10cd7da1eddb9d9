"""A second key behind a passkey: kept, enrolled, and brought back in a browser that has lost everything."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import CDPSession, expect

from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_keys import admitted
from tests.room.test_pages import faults, tab_to

pytestmark = pytest.mark.browser
NOT_HERE = ("404",)
"""How the host answers a browser without a session, and for what it does not keep."""
EMPTY = """() => new Promise((done, failed) => {
  localStorage.clear();
  sessionStorage.clear();
  const request = indexedDB.deleteDatabase("detente");
  request.onsuccess = done;
  request.onerror = request.onblocked = () => failed(request.error);
})"""
PRIVATE_KEYS = """async () => {
  const answered = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await answered(indexedDB.open("detente"));
  const records = await answered(database.transaction("keys").objectStore("keys").getAll());
  database.close();
  const pairs = records.flatMap((record) => [record.signingPair, record.sealingPair]);
  return pairs.map(({ privateKey }) => [privateKey.algorithm.name, privateKey.extractable]);
}"""


SECRET_ONLY_IN_USE = """{
  const create = navigator.credentials.create.bind(navigator.credentials);
  navigator.credentials.create = async (options) => {
    const made = await create(options);
    made.getClientExtensionResults = () => ({ prf: { enabled: true } });
    return made;
  };
}"""
"""As security keys do: making a passkey gives no secret yet."""


class Authenticator:
    """What keeps somebody's passkeys, as Chromium simulates it: its owner is there and is verified."""

    def __init__(self, person: Person, *, secrets: bool = True) -> None:
        """secrets: whether it derives any (the PRF extension)."""
        self._session: CDPSession = person.context.new_cdp_session(person.page)
        self._session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "hasPrf": secrets, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        self._id = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
            "authenticatorId"
        ]

    def does_not_verify(self) -> None:
        """Its owner gives no finger, face or PIN, or somebody else's."""
        self._session.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": False})

    def passkeys(self) -> list[dict[str, Any]]:
        found = self._session.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return list(found["credentials"])


def keeps_a_key(person: Person) -> None:
    """Make one on the page of keys, and go on to where its enrolment is signed."""
    person.opens("keys")
    person.page.get_by_role("button", name="Keep a key behind a passkey").click()
    person.page.wait_for_url("**/sign?*")
    person.sees_before_signing()


def loses_everything(person: Person) -> None:
    """The browser is emptied; the authenticator is beside it."""
    person.page.goto(f"{person.home.partition('/processes')[0]}/openapi.json")  # no script of ours runs here
    person.page.evaluate(EMPTY)
    person.context.clear_cookies()
    person.complaints()


def uses_the_passkey(person: Person, page: str = "room") -> None:
    person.opens(page)
    person.page.get_by_role("button", name="Use your passkey").click()


def is_told(person: Person) -> str:
    alert = person.page.locator("#use-passkey [role=alert]")
    expect(alert).to_be_visible()
    return alert.inner_text()


def held(person: Person) -> list[str]:
    """The words of the keys that this browser holds."""
    keys = person.opens("keys").locator(".key:has(.in-this-browser:visible) .fingerprint")
    expect(keys.first).to_be_visible()
    return keys.all_inner_texts()


def test_a_key_behind_a_passkey_comes_back_in_an_emptied_browser_and_signs(talks: Talks) -> None:
    person = admitted(talks, "A11", "Harbour, pilot")
    talks.enter(person)
    authenticator = Authenticator(person)
    (first,) = held(person)
    expect(person.opens("room").get_by_role("link", name="Enrol a second key")).to_have_count(1)
    assert faults(person.opens("keys")) == []
    person.opens("keys")
    tab_to(person.page, "Keep a key behind a passkey")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/sign?*")
    person.signs()
    expect(person.opens("room").get_by_role("link", name="Enrol a second key")).to_have_count(0)
    assert held(person) == [first]
    behind = person.page.locator(".key", has_text="Behind a passkey").locator(".fingerprint")
    second = behind.inner_text()
    assert second != first
    (passkey,) = authenticator.passkeys()
    assert passkey["rpId"] == "localhost" and passkey["isResidentCredential"]
    assert "Harbour" not in passkey["userName"] + passkey["userDisplayName"]
    assert person.complaints() == []

    loses_everything(person)
    expect(person.opens("room").locator("h1")).to_have_text("There is nothing here")
    assert faults(person.page) == []
    tab_to(person.page, "Use your passkey")
    person.page.keyboard.press("Enter")
    expect(person.page.locator("h1")).to_contain_text("What you can do as Harbour, pilot")
    assert held(person) == [second]
    assert sorted(person.page.evaluate(PRIVATE_KEYS)) == [["Ed25519", False], ["X25519", False]]
    person.does("Register a public statement", claims="other alone", text="Behind a passkey.")
    assert "Behind a passkey." in person.reads()
    assert person.complaints(*NOT_HERE) == []
    person.context.close()


def test_a_key_that_is_not_enrolled_yet_does_not_come_back(talks: Talks) -> None:
    person = admitted(talks, "A12", "Harbour, surveyor")
    talks.enter(person)
    Authenticator(person)
    keeps_a_key(person)
    expect(person.opens("keys").locator("#keys-to-enrol li")).to_have_count(1)
    loses_everything(person)
    uses_the_passkey(person)
    assert "is not enrolled yet" in is_told(person)
    assert person.page.evaluate(PRIVATE_KEYS) == []
    assert person.complaints("401", *NOT_HERE) == []
    person.context.close()


def test_a_revoked_key_does_not_come_back(talks: Talks) -> None:
    person = admitted(talks, "A15", "Harbour, diver")
    talks.enter(person)
    Authenticator(person)
    keeps_a_key(person)
    person.signs()
    key = person.opens("keys").locator(".key", has_text="Behind a passkey")
    key.locator("summary").click()
    key.get_by_role("button", name="Read what you would sign").click()
    person.signs()
    expect(person.opens("keys").locator(".key", has_text="Behind a passkey")).to_have_count(0)
    loses_everything(person)
    uses_the_passkey(person)
    assert "or it was revoked" in is_told(person)
    assert person.page.evaluate(PRIVATE_KEYS) == []
    assert person.complaints(*NOT_HERE) == []
    person.context.close()


def test_a_passkey_opens_the_process_that_it_was_made_for_and_no_other(talks: Talks) -> None:
    person = admitted(talks, "A13", "Harbour, clerk")
    talks.enter(person)
    person.context.add_init_script(SECRET_ONLY_IN_USE)
    Authenticator(person)
    keeps_a_key(person)
    person.signs()
    mediator = Person(talks.browser, "M")
    page = mediator.page
    page.goto(f"{talks.server.address}/convene")
    page.get_by_label("Title").fill("Open talks")
    page.get_by_label("Side A").fill("Union")
    page.get_by_label("Side B").fill("Works")
    page.get_by_label("Who may read the main record").select_option("Everybody")
    page.get_by_role("button", name="Convene").click()
    page.wait_for_url("**/room")
    closed, person.home = person.home, page.url.removesuffix("/room")
    for where in ("room", "keys"):
        uses_the_passkey(person, where)
        assert "No key of this process is kept behind this passkey" in is_told(person)
        assert faults(person.page) == []
    person.home = closed
    loses_everything(person)
    uses_the_passkey(person, "text")
    expect(person.page.locator("h1")).not_to_have_text("There is nothing here")
    assert person.complaints(*NOT_HERE) == []
    assert mediator.complaints() == []
    mediator.context.close()
    person.context.close()


def test_whoever_the_authenticator_does_not_know_keeps_and_opens_nothing(talks: Talks) -> None:
    person = admitted(talks, "A16", "Harbour, guard")
    talks.enter(person)
    authenticator = Authenticator(person)
    keeps_a_key(person)
    person.signs()
    authenticator.does_not_verify()
    person.opens("keys").get_by_role("button", name="Keep a key behind a passkey").click()
    expect(person.page.locator("#link-state[role=alert]")).to_contain_text("No passkey was used")
    assert len(authenticator.passkeys()) == 1
    loses_everything(person)
    uses_the_passkey(person)
    assert "No passkey was used" in is_told(person)
    assert person.complaints(*NOT_HERE) == []
    person.context.close()


def test_where_no_secret_is_derived_the_two_other_ways_are_named(talks: Talks) -> None:
    person = admitted(talks, "A14", "Harbour, porter")
    talks.enter(person)
    Authenticator(person, secrets=False)
    person.opens("keys").get_by_role("button", name="Keep a key behind a passkey").click()
    alert = person.page.locator("#link-state[role=alert]")
    expect(alert).to_contain_text("This passkey can keep no key")
    expect(alert).to_contain_text("in another browser, or on the command line")
    expect(person.page.locator("#keys-to-enrol li")).to_have_count(0)
    assert person.complaints() == []
    person.context.add_init_script("delete globalThis.PublicKeyCredential")
    row = person.opens("keys").locator("#own-passkey")
    expect(row).to_contain_text("This browser knows no passkeys. Have a key in another browser")
    expect(row.get_by_role("button")).to_be_hidden()
    loses_everything(person)
    expect(person.opens("room").locator("h1")).to_have_text("There is nothing here")
    expect(person.page.get_by_role("button", name="Use your passkey")).to_be_hidden()
    person.complaints(*NOT_HERE)
    person.context.close()
