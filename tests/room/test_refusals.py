"""What cannot stand is refused in plain words on the page where it was tried; nothing is signed and nothing lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.room.talks import Talks

pytestmark = pytest.mark.browser


def test_no_assent_while_a_bracket_is_open(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    last = talks.town.does(
        "Propose a text for a provision", instrument=text, provision="1(1)", text="The road is kept."
    )
    harbour.begins("Assent")
    harbour.fills(instrument=text, terms="ad referendum", remark="Written with care.")
    problems = harbour.page.locator("#problems")
    expect(problems).to_be_focused()
    expect(harbour.page).to_have_title("There is a problem: Assent, Harbour talks · detente")
    expect(problems).to_contain_text("A bracket is open")
    expect(problems).to_contain_text("What is possible instead: Support one alternative")
    expect(harbour.page.locator("#sign-now")).to_have_count(0)
    assert harbour.page.get_by_label("Remark").input_value() == "Written with care."
    assert harbour.page.get_by_label("Which text").input_value() == text
    expect(harbour.opens().locator(".top .size")).to_have_text(f"{last} acts")


def test_a_field_that_cannot_be_read_is_named_at_the_top_and_beside_it(talks: Talks) -> None:
    board = talks.board
    board.begins("Grant powers")
    board.fills(holder="A", capacities="assent", terms="ad referendum", valid_until="soon")
    link = board.page.locator("#problems").get_by_role("link")
    link.click()
    field = board.page.get_by_label("Valid until")
    expect(field).to_be_focused()
    expect(field).to_have_value("soon")
    assert field.get_attribute("aria-invalid") == "true"
    beside = board.page.locator(f"#{(field.get_attribute('aria-describedby') or '').split()[-1]}")
    expect(beside).to_contain_text(link.inner_text())
    expect(board.page.locator('input[value="assent"]')).to_be_checked()


def test_a_group_that_needs_a_choice_asks_for_one(talks: Talks) -> None:
    board = talks.board
    board.begins("Grant powers")
    board.types(holder="A", terms="ad referendum")
    board.goes_on()
    assert board.page.locator('form.act-form input[value="assent"]').evaluate("one => one.validationMessage")
    expect(board.page.locator("#sign-now")).to_have_count(0)
    expect(board.page.locator('[name="holder"]')).to_have_value("A")


def test_a_text_that_moved_on_between_reading_and_signing_is_not_signed(talks: Talks) -> None:
    """An edition is issued while somebody reads: the page says so in place, and reads again with what was typed."""
    harbour, mediator, text = talks.harbour, talks.mediator, talks.text()
    harbour.begins("Assent")
    harbour.fills(instrument=text, terms="ad referendum", remark="Written with care.")
    harbour.sees_before_signing()
    mediator.does("Issue an edition", instrument=text, text="Article 1. Purpose\n1(1) The road stays closed.")
    here = harbour.page.url
    harbour.page.locator("#sign-now").click()
    state = harbour.page.locator("#signing-state")
    expect(state).to_have_attribute("role", "alert")
    expect(state).to_contain_text("The text has moved on since you read it")
    assert harbour.page.url.partition("#")[0] == here
    assert harbour.complaints("409") == []
    expect(harbour.page.get_by_role("button", name="Read it again as it is now")).to_be_focused()
    harbour.page.keyboard.press("Enter")
    expect(harbour.page.locator(".statement")).to_contain_text("edition 2")
    harbour.page.locator("details.again > summary").click()
    expect(harbour.page.get_by_label("Remark")).to_have_value("Written with care.")
    harbour.signs()


def test_a_step_beyond_the_mandate_says_so_and_stands_without_effect_until_it_is_confirmed(
    talks: Talks,
) -> None:
    town, text = talks.town, talks.text()
    town.begins("Assent")
    town.fills(instrument=text, terms="definitive")
    before = town.sees_before_signing()
    assert "Beyond your mandate" in before
    assert "It would stand in the record as unauthorised" in before
    expect(town.page.locator(".decide").get_by_role("link", name="Ask Town council first")).to_be_visible()
    act = town.signs()
    page = talks.harbour.opens(f"acts/{act}")
    expect(page.locator(".standing")).to_contain_text("Unauthorised")
    talks.council.asked(re.compile(f"[Cc]onfirm.*#{act}"))
    talks.council.signs()
    expect(talks.harbour.opens(f"acts/{act}").locator(".standing")).not_to_contain_text("Unauthorised")
