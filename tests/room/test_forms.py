"""The form of every kind of act, as somebody who may do it opens it: it fits, can be touched, and axe-core is content.
What can be left out is folded, and never once there is something in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from detente.acts.act import Log
from detente.acts.kinds import KINDS
from tests.browser.looking import too_small, too_wide
from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_pages import serious
from tests.room.test_sealing import names_a_recovery_key, seals

pytestmark = pytest.mark.browser

WITHOUT_FORM = ("convene", "mark_time", "name_recovery_key", "begin_epoch", "share_epochs")
"""Made elsewhere: at convening, by the keeper, on the page of the sealed chambers."""
REMARK = "Until the thaw.\nبرف پگھلنے تک۔"
ISOLATED = "\u2068\u2069"
"""Around each line, so that it reads in its own direction (Unicode Standard Annex 9, FSI and PDI)."""


UNSAID = """() => {
  const said = new Set([...document.querySelectorAll('[aria-describedby]')]
    .flatMap((one) => one.getAttribute('aria-describedby').split(' ')));
  return [...document.querySelectorAll('[id^=help-], [id^=wrong-]')].filter(({ id }) => !said.has(id))
    .map(({ id }) => `${id} is said with no field`); }"""


def forms_of(person: Person, role: str, chamber: str) -> list[str]:
    """The address of each form that somebody of this role can open. chamber: for kinds that stand in one only."""
    found = []
    for kind in KINDS:
        if kind.name not in WITHOUT_FORM and role in kind.by:
            log = "" if Log.MAIN in kind.where else f"&log={chamber}"
            found.append(f"{person.home}/sign?kind={kind.name}{log}")
    return found


def test_every_form_fits_and_can_be_used(talks: Talks) -> None:
    talks.text()
    seen: set[str] = set()
    wrong = []
    for person, role, chamber in (
        (talks.mediator, "mediator", "mediators"),
        (talks.harbour, "delegate", "side-A"),
        (talks.board, "principal", "side-A"),
    ):
        for form in forms_of(person, role, chamber):
            kind = form.partition("kind=")[2].partition("&")[0]
            if kind in seen:
                continue
            seen.add(kind)
            page = person.page
            page.set_viewport_size({"width": 360, "height": 900})
            page.goto(form)
            wrong += [f"{kind}: {one}" for direction in ("ltr", "rtl") for one in too_wide(page, direction)]
            wrong += [f"{kind}: {one}" for one in too_small(page)]
            wrong += [f"{kind}: {one}" for one in serious(page)]
            wrong += [f"{kind}: {one}" for one in page.evaluate(UNSAID)]
        person.page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == []
    assert len(seen) > 70


def fold(page: Page) -> Locator:
    return page.locator("form.act-form details#more")


def proposal(person: Person, text: str) -> Page:
    """The form in which somebody proposes words for a provision of a text."""
    return person.opens(f"sign?kind=propose_alternative&instrument={text}")


def words(page: Page) -> Locator:
    return page.locator("#field-text")


def test_what_can_be_left_out_is_folded_and_named_and_opens_by_the_keyboard(talks: Talks) -> None:
    page = proposal(talks.harbour, talks.text())
    for field in (page.get_by_label("Which text"), page.get_by_label("Provision", exact=True), words(page)):
        expect(field).to_be_visible()
    first, last = page.get_by_label("Propose to leave the provision out"), page.get_by_label("Remark")
    expect(first).to_be_hidden()
    expect(last).to_be_hidden()
    summary = fold(page).locator("summary")
    for name in ("Propose to leave the provision out", "Another heading", "Remark", "Who may read the words"):
        expect(summary).to_contain_text(name)
    words(page).focus()
    page.keyboard.press("Tab")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Read what you would sign")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(last).to_be_visible()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()


def test_what_led_to_the_form_stands_outside_the_fold(talks: Talks) -> None:
    page = talks.mediator.opens("sign?kind=admit&role=delegate&side=A")
    expect(page.get_by_label("Side")).to_have_value("A")
    expect(page.get_by_label("Side")).to_be_visible()
    expect(page.get_by_label("Office")).to_be_hidden()
    page = talks.mediator.opens("sign?kind=admit")
    expect(page.get_by_label("Side")).to_be_hidden()


def test_what_is_filled_in_the_fold_is_read_before_it_is_signed_and_stands_in_the_record(
    talks: Talks,
) -> None:
    harbour, text = talks.harbour, talks.text()
    proposal(harbour, text)
    harbour.fills(
        provision="1(1)",
        text="The road is kept.",
        headings="en: Roads",
        remark=REMARK,
        readers="A, B",
    )
    harbour.sees_before_signing()
    page, said = harbour.page, harbour.page.locator(".what-is-signed > div")
    lines = said.filter(has_text="Remark").locator("dd").inner_text().splitlines()
    assert [line.strip(ISOLATED) for line in lines] == REMARK.splitlines()
    expect(said.filter(has_text="Another heading")).to_contain_text("en: Roads")
    page.locator("details.again > summary").click()
    expect(page.get_by_label("Remark")).to_be_visible()
    expect(page.get_by_label("Remark")).to_have_value(REMARK)
    act = harbour.signs()
    read = talks.town.opens(f"acts/{act}").locator("main")
    expect(read).to_contain_text("Until the thaw.")
    expect(read).to_contain_text("Roads")


def test_a_time_in_the_fold_is_said_as_it_was_read(talks: Talks) -> None:
    board = talks.board
    board.begins("Grant powers")
    board.fills(holder="A", capacities="assent", terms="ad referendum", valid_until="2099-01-02 10:00")
    board.sees_before_signing()
    row = board.page.locator(".what-is-signed > div").filter(has_text="Valid until")
    expect(row).to_contain_text("2 Jan 2099, 10:00")


def test_the_fold_opens_for_what_may_be_wrong_in_it_and_for_nothing_else(talks: Talks) -> None:
    mediator, board, text = talks.mediator, talks.board, talks.text()
    board.begins("Grant powers")
    board.fills(holder="A", capacities="assent", terms="ad referendum", valid_until="soon")
    expect(board.page.get_by_label("Valid until")).to_be_visible()
    # The refusal names no field, and the rules have read some that are folded.
    mediator.opens("sign?kind=admit")
    mediator.fills(person="C", role="delegate")
    expect(mediator.page.locator("#problems")).to_be_visible()
    expect(mediator.page.get_by_label("Side")).to_be_visible()
    # Nothing in the fold can be why.
    proposal(talks.town, text)
    talks.town.fills(provision="1(1)", text="The road is kept.")
    talks.town.signs()
    talks.harbour.opens(f"sign?kind=assent&instrument={text}")
    talks.harbour.fills(terms="ad referendum")
    expect(talks.harbour.page.locator("#problems")).to_contain_text("A bracket is open")
    expect(talks.harbour.page.get_by_label("Remark")).to_be_hidden()


def test_what_a_browser_fills_or_stops_at_is_not_left_in_the_fold(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    page = proposal(harbour, text)
    remark = page.get_by_label("Remark")
    # As a browser does that fills a form by itself.
    remark.evaluate(
        "field => { field.value = 'Mine.'; field.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(remark).to_be_visible()
    harbour.opens("room")
    page.go_back()
    expect(remark).to_have_value("Mine.")
    expect(remark).to_be_visible()
    page.get_by_label("Provision", exact=True).select_option("1(1)")
    words(page).fill("The road is kept.")
    remark.evaluate(
        "field => { field.setCustomValidity('Not this.'); field.closest('details').open = false; }"
    )
    expect(remark).to_be_hidden()
    harbour.goes_on()
    expect(remark).to_be_focused()
    expect(remark).to_be_visible()


def test_what_is_read_before_one_signs_stands_beside_and_back_leads_to_the_form(talks: Talks) -> None:
    """The page before signing came from a form: a browser that goes back to it asks whether to send that again."""
    harbour, text = talks.harbour, talks.text()
    page = proposal(harbour, text)
    harbour.fills(provision="1(1)", text="The road is kept.")
    harbour.sees_before_signing()
    with page.context.expect_page() as opening:
        page.locator(".what-is-signed").get_by_role("link", name="Harbour accord").click()
    expect(opening.value.locator("main")).to_contain_text("1(1)")
    opening.value.close()
    harbour.signs()
    page.go_back()
    expect(page.locator("form.act-form")).to_be_visible()
    expect(page.locator("#decide")).to_have_count(0)


def test_without_scripts_the_fold_is_the_browsers_own(talks: Talks) -> None:
    harbour, text = talks.harbour, talks.text()
    proposal(harbour, text)
    plain = talks.browser.new_context(
        storage_state=harbour.context.storage_state(), java_script_enabled=False
    )
    page = plain.new_page()
    page.goto(harbour.page.url)
    remark = page.get_by_label("Remark")
    expect(remark).to_be_hidden()
    page.get_by_label("Provision", exact=True).select_option("1(1)")
    words(page).fill("The road is kept.")
    fold(page).locator("summary").click()
    remark.fill("Until the thaw.")
    page.get_by_role("button", name="Read what you would sign").click()
    row = page.locator(".what-is-signed > div").filter(has_text="Remark")
    expect(row).to_contain_text("Until the thaw.")
    page.locator("details.again > summary").click()
    expect(remark).to_be_visible()
    expect(remark).to_have_value("Until the thaw.")
    plain.close()


def test_what_never_left_the_browser_opens_the_fold_too(seated: Callable[..., Talks]) -> None:
    """The host does not know that something is in it."""
    talks = seated()
    harbour = talks.harbour
    names_a_recovery_key(harbour)
    seals(harbour, "side-A")
    harbour.begins("Write a note")
    remark = harbour.page.get_by_label("Remark")
    expect(remark).to_be_hidden()
    harbour.fills(text="They may yield.", remark="Heard in the corridor.")
    harbour.sees_before_signing()
    expect(harbour.page.locator("#kept-words")).to_contain_text("Heard in the corridor.")
    expect(remark).to_be_hidden()
    harbour.page.locator("details.again > summary").click()
    expect(remark).to_be_visible()
    expect(remark).to_have_value("Heard in the corridor.")
