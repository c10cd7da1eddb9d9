"""Who has no key sees what the public sees; a link serves once; a key that waits survives a restart of the host."""

from __future__ import annotations

import io
import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from detente.proofs.verification import verify_copy
from tests.room.people import Person
from tests.room.serving import Server
from tests.room.talks import Talks

pytestmark = pytest.mark.browser


def test_a_browser_without_a_key_learns_nothing_of_a_closed_process(talks: Talks) -> None:
    stranger = Person(talks.browser, "nobody")
    stranger.home = talks.harbour.home
    for page in ("", "room", "sign?kind=assent", "acts/1"):
        expect(stranger.opens(page).locator("h1")).to_have_text("There is nothing here")
    assert "Harbour" not in stranger.page.content()
    assert stranger.complaints("404") == []
    stranger.context.close()


def test_a_browser_without_a_key_sees_the_public_view_of_an_open_process(talks: Talks) -> None:
    mediator = Person(talks.browser, "M")
    page = mediator.page
    page.goto(f"{talks.server.address}/convene")
    page.get_by_label("Title").fill("Open talks")
    page.get_by_label("Side A").fill("Union")
    page.get_by_label("Side B").fill("Works")
    page.get_by_label("Who may read the main record").select_option("Everybody")
    page.get_by_role("button", name="Convene").click()
    page.wait_for_url("**/room")
    stranger = Person(talks.browser, "nobody")
    stranger.home = page.url.removesuffix("/room")
    assert stranger.opens("room").locator("h1").inner_text() == "What you can do"
    expect(stranger.page.locator("#sign-in")).to_have_text(
        "This browser holds no key that is enrolled in this process."
    )
    expect(stranger.page.locator(".institution")).to_have_count(0)
    copy = verify_copy(io.BytesIO(httpx.get(f"{stranger.home}/copy").content))
    assert copy.signed_with_mldsa  # the page names every key that the host made
    stranger.opens("sign?kind=admit")
    expect(stranger.page.get_by_role("alert")).to_contain_text("You are not signed in")
    assert stranger.complaints() == mediator.complaints() == []
    stranger.context.close()
    mediator.context.close()


def test_what_would_name_nothing_for_good_is_refused_before_it_is_signed(
    server: Server, browser: Browser
) -> None:
    mediator = Person(browser, "M")
    page = mediator.page
    page.goto(server.address)
    page.get_by_role("link", name="Convene a process").click()
    page.get_by_label("Title").fill("   ")
    page.get_by_label("Side A").fill("Harbour")
    page.get_by_label("Side B").fill(" harbour ")
    page.get_by_role("button", name="Convene").click()
    expect(page.get_by_role("alert")).to_contain_text("The talks need a title")
    page.get_by_label("Title").fill("Talks")
    page.get_by_role("button", name="Convene").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Two sides are named “harbour”. Give each side a name of its own"
    )
    page.get_by_label("Side B").fill(" Town ")
    # Refused by the host: the key that was made for it is of no use, and the list names no process for it.
    refusal = '{"errors": [{"code": "envelope.clock", "sentence": "The clock is off.", "clause": "", "instead": ""}]}'
    page.route("**/acts", lambda route: route.fulfill(status=422, body=refusal))
    page.get_by_role("button", name="Convene").click()
    expect(page.get_by_role("alert")).to_contain_text("The clock is off.")
    page.unroute("**/acts")
    mediator.complaints("422")
    page.goto(server.address)
    expect(page.get_by_role("link", name="Convene a process")).to_be_visible()
    expect(page.locator("#own")).to_be_hidden()
    page.goto(f"{server.address}/convene")
    page.get_by_label("Title").fill("  Talks ")
    page.get_by_label("Side A").fill("Harbour")
    page.get_by_label("Side B").fill(" Town ")
    page.get_by_role("button", name="Convene").click()
    page.wait_for_url("**/room")
    expect(page.locator("#process-title")).to_have_text("Talks")
    page.goto(server.address)
    expect(page.locator("#own li")).to_have_count(1)
    assert mediator.complaints() == []
    mediator.context.close()


def test_a_key_that_comes_leaves_the_focus_where_it_is_and_each_link_says_whose_key_it_enrols(
    talks: Talks,
) -> None:
    newcomers = [Person(talks.browser, id) for id in ("O1", "O2")]
    for one in newcomers:
        talks.mediator.does("Admit somebody", person=one.id, role="observer", title=f"Observer {one.id}")
    links = [talks.link_for(one) for one in newcomers]
    room = talks.mediator.page
    enrol = room.locator("#keys-to-enrol").get_by_role("link")
    for count, (one, link) in enumerate(zip(newcomers, links, strict=True), start=1):
        one.page.goto(link)
        words = one.page.locator(".fingerprint").inner_text()
        expect(enrol).to_have_count(count)
        expect(enrol.last).to_have_accessible_description(f"Observer {one.id} {words}")
        enrol.first.focus()
    expect(enrol.first).to_be_focused()
    for one in newcomers:  # as the host draws them
        drawn = talks.mediator.opens("room").locator("#keys-to-enrol li", has_text=f"Observer {one.id}")
        expect(drawn.get_by_role("link")).to_have_accessible_description(re.compile(f"^Observer {one.id} "))
        drawn.get_by_role("link").click()
        talks.mediator.signs()
    for one in newcomers:
        one.context.close()


def test_a_waiting_key_is_handed_in_again_after_a_restart(talks: Talks) -> None:
    talks.mediator.does("Admit somebody", person="B2", role="delegate", side="B", title="Town, adviser")
    adviser = Person(talks.browser, "B2")
    adviser.home = talks.harbour.home
    adviser.page.goto(talks.link_for(adviser))
    words = adviser.page.locator(".fingerprint").inner_text()
    talks.server.kill()
    talks.server.start()
    with adviser.page.expect_response("**/waiting-keys"):
        pass
    waiting = talks.mediator.opens("room").locator("section:has(#waiting) li")
    expect(waiting.locator(".fingerprint")).to_have_text(words)
    waiting.get_by_role("link", name="They read out the same words").click()
    talks.mediator.signs()
    adviser.page.wait_for_url("**/room")
    used = talks.browser.new_context()
    again = used.new_page()
    again.goto(f"{adviser.home}/join#{'.'.join(('B2', 'e30', 'e30', 'e30'))}")
    expect(again.get_by_role("alert")).to_contain_text("This invitation is not valid")
    used.close()
    adviser.context.close()
    assert talks.come_back() == {}
