"""Two people in the same second, a page that hears of an act by itself, and a server that dies under everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.room.talks import Talks

pytestmark = pytest.mark.browser


def test_two_people_act_in_the_same_second_and_both_acts_land(talks: Talks) -> None:
    harbour, town, text = talks.harbour, talks.town, talks.text()
    for side in (harbour, town):
        side.begins("Assent")
        side.fills(instrument=text, terms="ad referendum")
        side.sees_before_signing()
    harbour.page.evaluate("document.getElementById('sign-now').click()")
    town.page.evaluate("document.getElementById('sign-now').click()")
    first, second = harbour.has_signed(), town.has_signed()
    assert abs(first - second) == 1


def test_a_page_shows_an_act_of_somebody_else_by_itself(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    talks.town.opens("room")
    number = talks.assents(harbour, text)
    expect(talks.town.page.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)
    talks.council.opens()
    number = harbour.does("Take back a step", instrument=text, reason="Too early.")
    expect(talks.council.page.locator(".top .size")).to_have_text(f"{number} acts", timeout=2000)


def test_what_somebody_has_unfolded_is_not_taken_away(talks: Talks) -> None:
    room = talks.town.opens("room")
    room.locator(".institution summary").first.click()
    number = talks.mediator.does("Minute words", speaker="A", sense="statement", text="The talks go on.")
    expect(room.locator("#grown")).to_be_visible(timeout=2000)
    room.locator("#grown a").click()
    expect(room.locator(".top .size")).to_have_text(f"{number} acts")


def test_a_server_that_dies_loses_nothing_that_has_a_receipt(talks: Talks) -> None:
    harbour, town, text = talks.harbour, talks.town, talks.text()
    landed = talks.assents(harbour, text)
    harbour.opens("room")
    town.begins("Assent")
    town.fills(instrument=text, terms="ad referendum")
    town.sees_before_signing()
    talks.server.kill()
    town.page.locator("#sign-now").click()
    expect(town.page.locator("#signing-state")).to_contain_text("The host cannot be reached")
    talks.server.start()

    # The same page, the same words; the session is opened again by itself.
    town.page.locator("#sign-now").click()
    number = town.has_signed()
    assert number == landed + 1
    expect(harbour.opens(f"acts/{landed}").locator(".statement")).to_contain_text("Harbour assented")
    expect(harbour.page.locator(".viewers")).to_contain_text("Harbour, head")
    harbour.does("Take back a step", instrument=text, reason="Too early.")
    assert talks.come_back() == {}


def test_an_act_whose_receipt_was_lost_on_the_way_is_sent_again_and_lands_once(talks: Talks) -> None:
    """The line breaks after the host took the act and before the browser heard of it."""
    harbour, text = talks.harbour, talks.text()
    harbour.begins("Assent")
    harbour.fills(instrument=text, terms="ad referendum")
    harbour.sees_before_signing()
    sent: list[bytes] = []

    def takes_and_says_nothing(route, request) -> None:  # type: ignore[no-untyped-def]
        sent.append(request.post_data_buffer)
        route.fetch()
        route.abort("connectionreset")

    harbour.page.route("**/acts", takes_and_says_nothing)
    harbour.page.locator("#sign-now").click()
    expect(harbour.page.locator("#signing-state")).to_contain_text("The host cannot be reached")
    harbour.page.unroute("**/acts")
    talks.server.kill()
    harbour.page.get_by_role("button", name="Send again").click()
    expect(harbour.page.get_by_role("button", name="Send again")).to_be_enabled()
    talks.server.start()
    with harbour.page.expect_request("**/acts") as again:
        harbour.page.get_by_role("button", name="Send again").click()
    number = harbour.has_signed()
    assert sent == [again.value.post_data_buffer]
    expect(harbour.page.locator(".top .size")).to_have_text(f"{number} acts")
    assert talks.come_back() == {}


def test_a_form_that_cannot_be_sent_keeps_what_was_typed(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    harbour.begins("Propose a text for a provision")
    talks.server.kill()
    harbour.types(instrument=text, provision="1(1)", text="The road is kept by both.")
    harbour.goes_on()
    expect(harbour.page.locator("form.act-form [role=alert]")).to_contain_text("The host cannot be reached")
    talks.server.start()
    harbour.goes_on()
    expect(harbour.page.locator(".statement")).to_be_visible()
    harbour.page.locator("details.again summary").click()
    expect(harbour.page.get_by_label("Words")).to_have_value("The road is kept by both.")
    harbour.signs()
    assert talks.come_back() == {}
