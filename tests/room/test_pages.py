"""The pages with which people act: they fit every window, can be used by hand and by keyboard alone, and axe-core
finds nothing serious."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.looking import WIDTHS, too_small, too_wide
from tests.room.people import Person
from tests.room.talks import Talks

pytestmark = pytest.mark.browser


def faults(tab: Page) -> list[str]:
    """Everything wrong with the open page: at every width, in both directions, light and dark."""
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        for direction in ("ltr", "rtl"):
            found += [f"{width} px {direction}: {one}" for one in too_wide(tab, direction)]
    tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
    found += too_small(tab)
    for scheme in ("dark", "light"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {one}" for one in serious(tab)]
    tab.set_viewport_size({"width": 1280, "height": 900})
    return found


def serious(tab: Page) -> list[str]:
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    violations = Axe().run(tab).response["violations"]
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false; })")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]


def test_convening_fits(talks: Talks) -> None:
    page = talks.mediator.page
    page.goto(f"{talks.server.address}/convene")
    assert faults(page) == []
    languages = page.get_by_label("Languages of the talks")
    for typed, fits in (
        ("en", True),
        ("en, ur", True),
        (" pt-BR,fr ", True),
        ("english!!", False),
        ("en,", False),
    ):
        languages.fill(typed)
        assert languages.evaluate("field => field.checkValidity()") is fits, typed


def test_the_room_fits_for_a_mediator_and_a_delegate(talks: Talks) -> None:
    talks.text()
    talks.mediator.does("Admit somebody", person="A3", role="observer", title="Port observer")
    row = talks.mediator.opens("room").locator('#invitations li[data-person="A3"]')
    row.get_by_role("button").click()
    expect(row.locator("output:not(:empty)")).to_be_visible()
    assert faults(talks.mediator.page) == []
    joining = Person(talks.browser, "A3")
    joining.page.goto(row.locator("output").inner_text())
    expect(joining.page.locator(".fingerprint")).to_be_visible()
    assert faults(joining.page) == []
    joining.context.close()
    talks.mediator.opens("room")
    assert faults(talks.mediator.page) == []
    assert faults(talks.town.opens("room")) == []


def test_a_form_and_its_refusal_fit(talks: Talks) -> None:
    talks.board.begins("Grant powers")
    assert faults(talks.board.page) == []
    talks.board.fills(holder="A", capacities="assent", terms="ad referendum", valid_until="soon")
    assert faults(talks.board.page) == []


def test_what_is_read_before_signing_and_after_it_fits(talks: Talks) -> None:
    town, text = talks.town, talks.text()
    town.begins("Assent")
    town.fills(instrument=text, terms="definitive")
    town.sees_before_signing()
    assert faults(town.page) == []
    town.signs()
    assert faults(town.page) == []
    assert faults(talks.harbour.opens()) == []


def test_assent_by_keyboard_alone_from_the_overview_to_the_receipt(talks: Talks) -> None:
    town, text = talks.town, talks.text()
    town.opens()
    tab_to(town.page, "Read and answer")
    town.page.keyboard.press("Enter")
    town.page.wait_for_url("**/room")
    title = text.replace("accord-", "Harbour accord ")
    tab_to(town.page, "Assent to edition 1, or propose an alternative", f" ({title})")
    town.page.keyboard.press("Enter")
    town.page.wait_for_url("**/sign?*")
    town.sees_before_signing()
    expect(town.page).to_have_title("Before you sign: Assent, Harbour talks · detente")
    tab_to(town.page, "Sign: assent")
    town.page.keyboard.press("Enter")
    town.has_signed()
    assert "assented to edition 1" in town.reads()


def tab_to(page: Page, name: str, among_several: str = "") -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") in (name, name + among_several):
            return
    raise AssertionError(f"“{name}” is not reached by Tab")
