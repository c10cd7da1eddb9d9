"""The demonstration in Urdu, from right to left, as a browser that asks for it shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.demonstration import IN_LANGUAGES, PAGES, VARIANTS, Site
from tests.browser.looking import WIDTHS, listen, too_small, too_wide

pytestmark = pytest.mark.browser


@pytest.fixture
def urdu(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="ur-PK")
    yield context.new_page()
    context.close()


def test_every_page_fits_and_keeps_quiet(urdu: Page, site: Site) -> None:
    complaints = listen(urdu)
    wrong = []
    for process, who, more in ((site.first, "A", IN_LANGUAGES), (site.reported, "", ())):
        for page in (*PAGES, *VARIANTS, *more, "acts/20"):
            for width in WIDTHS:
                urdu.set_viewport_size({"width": width, "height": 900})
                urdu.goto(site.address + process.page(page, who))
                wrong += [f"{page} {width}: {one}" for one in too_wide(urdu, "rtl")]
            urdu.set_viewport_size({"width": 360, "height": 900})
            wrong += [f"{page}: {one}" for one in too_small(urdu)]
            expect(urdu.get_by_role("button", name="English")).to_be_visible()
    assert wrong == []
    assert complaints == []


def test_axe_finds_nothing_serious(urdu: Page, site: Site) -> None:
    for page in PAGES:
        urdu.goto(site.address + site.first.page(page, "B"))
        violations = Axe().run(urdu).response["violations"]
        serious = [v["id"] for v in violations if v["impact"] in ("serious", "critical")]
        assert serious == [], page


def test_a_line_with_numbers_and_times_reads_in_its_order(urdu: Page, site: Site) -> None:
    """Where each thing stands on the screen: the day to the right of its month, the month to the right of the time."""
    urdu.goto(site.address + site.reported.page())
    expect(urdu.locator("html")).to_have_attribute("dir", "rtl")
    places = urdu.evaluate("""() => {
      const phase = document.querySelector('.phase');
      const text = [...phase.childNodes].find((one) => /اکتوبر/.test(one.textContent));
      const range = document.createRange();
      const at = (words) => { const start = text.textContent.indexOf(words);
        range.setStart(text, start); range.setEnd(text, start + words.length);
        return range.getBoundingClientRect().left; };
      return [at('28'), at('اکتوبر'), at('04:00')]; }""")
    assert places == sorted(places, reverse=True)


def test_what_people_wrote_in_latin_begins_where_the_page_does_with_its_words_apart(
    urdu: Page, site: Site
) -> None:
    urdu.goto(site.address + site.first.page("text"))
    # How far each begins from the right edge of its box.
    begins = urdu.evaluate("""() => ['h1.title', '.strip [dir=auto]'].flatMap((what) =>
      [...document.querySelectorAll(what)].filter((one) => /[a-z]/.test(one.textContent)).map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return one.getBoundingClientRect().right - [...range.getClientRects()][0].right; }))""")
    assert len(begins) > 2 and max(begins) < 2
    space = urdu.evaluate("""() => {
      const said = document.querySelector('.foot p').appendChild(document.createElement('span'));
      const wide = (words) => { said.textContent = words; return said.getBoundingClientRect().width; };
      const found = (wide('head of') - wide('headof')) / parseFloat(getComputedStyle(said).fontSize);
      said.remove();
      return found; }""")
    assert space > 0.2


def test_who_chooses_english_is_shown_english_from_then_on(urdu: Page, site: Site) -> None:
    urdu.goto(site.address + site.first.page("text"))
    urdu.get_by_role("button", name="English").click()
    urdu.wait_for_url(re.compile(r"/text$"))
    expect(urdu.locator("html")).to_have_attribute("lang", "en")
    urdu.goto(site.address + site.first.page("timeline"))
    expect(urdu.get_by_role("heading", level=1)).to_contain_text("acts")
