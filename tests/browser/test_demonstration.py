"""Chromium opens the pages of the demonstration as each of its people: they fit, keep quiet, can be used by hand,
by keyboard, without script and on paper, and axe-core finds nothing serious."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.demonstration import IN_LANGUAGES, PAGES, PEOPLE, VARIANTS, Process, Site
from tests.browser.looking import WIDTHS, listen, too_small, too_wide

pytestmark = pytest.mark.browser

NO_SUCH_PAGE = ("acts/4000", "text?at=4000", "text?instrument=zz", "nothing")


def faults(tab: Page, complaints: list[str], address: str, *, status: int = 200) -> list[str]:
    """Everything wrong with one page, at every width and in both directions."""
    complaints.clear()
    answer = tab.goto(address)
    found = [] if answer is not None and answer.status == status else [f"answered {answer and answer.status}"]
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        for direction in ("ltr", "rtl"):
            found += [f"{width} px {direction}: {one}" for one in too_wide(tab, direction)]
        if width == WIDTHS[0]:
            found += too_small(tab)
    # Chromium notes the status of an error page itself.
    found += [one for one in complaints if status == 200 or f"status of {status}" not in one]
    return found


def looked_at(
    browser: Browser, site: Site, addresses: list[str], *, status: int = 200
) -> dict[str, list[str]]:
    """The pages with faults, and what those are."""
    tab = browser.new_page()
    complaints = listen(tab)
    found = {one: faults(tab, complaints, site.address + one, status=status) for one in addresses}
    tab.close()
    return {address: wrong for address, wrong in found.items() if wrong}


def moments(site: Site) -> list[tuple[Process, int, str]]:
    """Moments that matter, each with somebody who looks."""
    question, put = site.reported.moment("Question put"), site.first.moment("Question put")
    bracketed, adopted = site.first.moment("Edition 2"), site.first.moment("Adopted")
    return [
        (site.reported, 1, "M"), (site.reported, question - 1, "B"), (site.reported, question, "public"),
        (site.reported, question + 1, "A"), (site.first, bracketed - 1, "A"), (site.first, bracketed + 2, "B"),
        (site.first, put, "PA"), (site.first, adopted, "PB"),
    ]  # fmt: skip


# --- every page


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_fits_and_keeps_quiet(browser: Browser, site: Site, who: str) -> None:
    pages = [p.page(page, who) for p in (site.reported, site.first) for page in (*PAGES, *VARIANTS)]
    pages += [site.first.page(page, who) for page in IN_LANGUAGES]
    assert looked_at(browser, site, [f"/?as={who}", *pages]) == {}


def test_every_page_fits_at_earlier_moments(browser: Browser, site: Site) -> None:
    pages = [process.page(page, who, at) for process, at, who in moments(site) for page in PAGES]
    assert looked_at(browser, site, pages) == {}


def test_every_act_has_a_page_that_fits(browser: Browser, site: Site) -> None:
    acts = [p.page(f"acts/{n}", "A") for p in (site.reported, site.first) for n in range(1, p.size + 1)]
    chambers = [
        site.first.page(f"acts/1?log={log}", who)
        for log, who in (("side-A", "A"), ("side-B", "PB"), ("mediators-A", "M"), ("mediators-B", "B"))
    ]
    assert looked_at(browser, site, acts + chambers) == {}


def test_what_is_not_there_is_said_on_a_page_that_fits(browser: Browser, site: Site) -> None:
    pages = [site.first.page(page) for page in NO_SUCH_PAGE]
    assert looked_at(browser, site, [*pages, "/processes/nothing/"], status=404) == {}


# --- on a phone

PHONE = ViewportSize(width=360, height=740)


def test_on_a_phone_the_answer_and_what_is_missing_are_on_the_first_screen(
    browser: Browser, site: Site
) -> None:
    tab = browser.new_page(viewport=PHONE)
    now = [process.page("", who) for process in (site.reported, site.first) for who in ("", "A")]
    earlier = [process.page("", who, at) for process, at, who in moments(site)]
    asked = (site.reported.page(at=site.reported.moment("Question put")), site.first.page(at=60))
    below = {}
    for address in (*now, *earlier, *asked):
        tab.goto(site.address + address)
        ends = tab.evaluate(
            "['.said', '.because'].map((one) => document.querySelector(one).getBoundingClientRect().bottom)"
        )
        below |= {address: ends} if max(ends) > PHONE["height"] else {}
    tab.close()
    assert below == {}


def test_on_a_phone_the_tabs_are_one_line_that_names_the_page_and_unfolds(still: Page, site: Site) -> None:
    still.set_viewport_size(PHONE)
    still.goto(site.address + site.reported.page("statements"))
    tabs = still.locator(".tabs")
    folded = tabs.bounding_box()
    assert folded is not None and folded["height"] < 60
    assert tabs.locator("summary").inner_text().split("\n") == ["Public record", "Pages"]
    expect(tabs.get_by_role("link")).to_have_count(0)  # what is folded is not read aloud
    tabs.locator("summary").focus()
    still.keyboard.press("Enter")
    expect(tabs.get_by_role("link")).to_have_count(9)
    expect(tabs.locator("[aria-current=page]")).to_have_text("Public record")
    for _ in range(2):
        still.keyboard.press("Tab")
    still.keyboard.press("Enter")
    expect(still.locator(".tabs summary strong")).to_have_text("Text")


@pytest.mark.parametrize("width", [768, 1280])
def test_on_a_wider_screen_the_tabs_are_a_row(still: Page, site: Site, width: int) -> None:
    still.set_viewport_size({"width": width, "height": 800})
    still.goto(site.address + site.reported.page())
    tabs = still.get_by_role("navigation", name="Pages of this process")
    expect(tabs.get_by_role("link")).to_have_count(9)
    expect(tabs.locator("summary")).to_be_hidden()
    tabs.get_by_role("link", name="Powers").click()
    expect(still.locator(".tabs [aria-current=page]")).to_have_text("Powers")


# --- for everyone


def axe_finds(tab: Page, options: dict[str, object]) -> list[str]:
    violations = Axe().run(tab, options=options).response["violations"]
    serious = [v for v in violations if v["impact"] in ("serious", "critical")]
    return [f"{v['id']}: {node['target']}" for v in serious for node in v["nodes"]]


def for_axe(site: Site) -> list[str]:
    pages = (*PAGES, *VARIANTS[:2], "timeline?words=nothing-like-it", "acts/24", "acts/4000")
    question = site.reported.moment("Question put")
    return [
        "/", *(site.first.page(page, "A") for page in pages), site.first.page("", "B", site.first.moment("Edition 2")),
        site.first.page("text", "B", site.first.moment("Edition 2")), site.reported.page("", "B"),
        site.reported.page("", at=question), site.reported.page("sessions"), site.reported.page("powers"),
        site.reported.page("acts/17"),
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, site: Site, scheme: str) -> None:
    # axe-core is put into the page from outside: the pages' own policy, rightly, would not let it in.
    context = browser.new_context(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
    tab = context.new_page()
    # Dark changes colours and nothing else.
    options: dict[str, object] = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = {}
    for address in for_axe(site):
        tab.goto(site.address + address)
        tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[address] = axe_finds(tab, options)
    context.close()
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


# --- by keyboard

CONTROLS = """() => { const all = [...document.querySelectorAll(
    'a[href], summary, button, select, input:not([type=hidden])')].filter((one) => one.checkVisibility());
  all.forEach((one, place) => one.setAttribute('data-place', place)); return all.length; }"""
FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one);
  const visible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return [Number(one.getAttribute('data-place') ?? -1), one.className, visible, one.textContent.trim()]; }"""


@pytest.mark.parametrize("page", ["", "text?show=marked", "timeline", "acts/24", "record"])
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(
    browser: Browser, site: Site, page: str
) -> None:
    tab = browser.new_page()
    tab.goto(site.address + site.first.page(page, "A"))
    count = tab.evaluate(CONTROLS)
    for expected in range(count):
        tab.keyboard.press("Tab")
        place, classes, visible, text = tab.evaluate(FOCUSED)
        assert (place, visible) == (expected, True), text
        assert expected or classes == "skip"
    tab.close()


def test_the_first_control_skips_to_the_subject(browser: Browser, site: Site) -> None:
    tab = browser.new_page()
    tab.goto(site.address + site.reported.page())
    tab.keyboard.press("Tab")
    skip = tab.locator(".skip").bounding_box()
    assert skip is not None
    assert skip["width"] > 44
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "subject"
    tab.keyboard.press("Tab")
    # Past what every page of the process repeats: its name, what it is, and its tabs.
    assert tab.evaluate("document.activeElement.closest('#subject .answer') !== null")
    tab.close()


def test_the_list_of_people_lies_over_nothing_once_the_focus_has_left_it(
    browser: Browser, site: Site
) -> None:
    tab = browser.new_page()
    tab.goto(site.address + site.first.page("", "B"))
    summary, people = tab.locator(".viewers summary"), tab.locator(".viewers nav a")
    summary.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(people.first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(people.first).to_be_hidden()
    tab.keyboard.press("Enter")
    people.last.focus()
    tab.keyboard.press("Tab")
    expect(tab.locator("#process :focus")).to_have_count(1)
    expect(people.first).to_be_hidden()
    tab.close()


def test_whoever_hears_the_figure_is_told_whose_each_step_is(browser: Browser, site: Site) -> None:
    """Wide, the names head the rows; beside each step they are not drawn."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(site.address + site.reported.page("", "B"))
    for question in tab.locator(".figure-question").all():
        for side in ("Islamabad", "Kabul"):
            expect(question.get_by_role("list", name=side, exact=True)).to_have_count(1)
    tab.close()


def test_whoever_hears_what_is_missing_in_order_is_told_its_place(browser: Browser, site: Site) -> None:
    tab = browser.new_page()
    tab.goto(site.address + site.first.page("", "A", site.first.moment("Edition 2") + 2))
    heard = tab.locator(".missing").first.aria_snapshot()
    assert 'listitem: "1 You, Delegation A: ' in heard and 'listitem: "2 ' in heard, heard
    tab.close()


def test_arrow_keys_move_the_slider_and_enter_opens_that_act(browser: Browser, site: Site) -> None:
    tab = browser.new_page()
    tab.goto(site.address + site.first.page("timeline", "B"))
    opened: list[str] = []
    tab.on("request", lambda request: opened.append(request.url) if request.is_navigation_request() else None)
    tab.focus("#at")
    for _ in range(3):
        tab.keyboard.press("ArrowLeft")
        tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert opened == []
    assert tab.locator("output").text_content() == str(site.first.size - 3)
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(rf"at={site.first.size - 3}\b"))
    assert tab.locator("h1").text_content() == f"As of act {site.first.size - 3}"
    assert "as=B" in tab.url
    tab.close()


def test_letting_the_slider_go_opens_that_act(browser: Browser, site: Site) -> None:
    tab = browser.new_page()
    tab.goto(site.address + site.first.page("timeline"))
    box = tab.locator("#at").bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_url(re.compile(r"at=\d+"))
    tab.close()


# --- without script, and on paper


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A tab that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_script_the_slider_has_a_button_and_links(still: Page, site: Site) -> None:
    still.goto(site.address + site.first.page("timeline", "A"))
    still.focus("#at")
    still.keyboard.press("ArrowLeft")
    still.click("text=Show this act")
    expect(still.locator("h1")).to_have_text(f"As of act {site.first.size - 1}")
    still.click("text=One act earlier")
    expect(still.locator("h1")).to_have_text(f"As of act {site.first.size - 2}")
    assert "as=A" in still.url


def test_without_script_the_filter_and_the_menus_work(still: Page, site: Site) -> None:
    still.goto(site.address + site.first.page("timeline"))
    still.select_option("select[name=kind]", "minute")
    still.click("text=Filter")
    expect(still.locator(".act")).to_have_count(2)
    still.click(".viewers summary")
    still.click(".viewers nav >> text=Delegation A, head")
    still.wait_for_url("**as=A*")
    expect(still.locator(".viewers summary bdi")).to_have_text("Delegation A, head")


def test_without_script_the_overview_says_the_same(still: Page, browser: Browser, site: Site) -> None:
    address = site.address + site.reported.page("", "B")
    running = browser.new_page()
    still.goto(address)
    running.goto(address)
    assert still.inner_text("main") == running.inner_text("main")
    running.close()


def test_on_the_list_one_looks_as_the_person_chosen(still: Page, site: Site) -> None:
    still.goto(f"{site.address}/")
    still.click(".viewers summary")
    still.click(".viewers nav >> text=Delegation B, head")
    expect(still.locator(".viewers summary bdi")).to_have_text("Delegation B, head")
    still.click("h2 a >> nth=0")
    still.wait_for_url("**as=B*")


def test_paper_drops_navigation_and_keeps_letters_and_the_address(browser: Browser, site: Site) -> None:
    tab = browser.new_page()
    tab.emulate_media(media="print")
    for page in ("", "text?show=marked", "timeline"):
        tab.goto(site.address + site.first.page(page, "A", site.first.moment("Edition 2")))
        for gone in (".tabs", ".viewers nav", ".skip", ".band nav", "form", ".choices"):
            assert not any(one.is_visible() for one in tab.locator(gone).all()), gone
        assert tab.locator(".print-only").inner_text() == tab.url
        letters = [one.inner_text() for one in tab.locator("main .mark").all() if one.is_visible()]
        assert {"A", "B"} <= set(letters) or page != ""
        assert "Nothing on this page affects the legal status of any side." in tab.inner_text(".foot")
    tab.close()


def test_paper_tells_the_sides_apart_without_colour(browser: Browser, site: Site) -> None:
    tab = browser.new_page()
    tab.emulate_media(media="print")
    tab.goto(site.address + site.first.page("text", "A", site.first.moment("Edition 2")))
    styles = tab.locator(".held").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderBlockEndStyle)"
    )
    assert set(styles) == {"solid", "dashed"}
    assert [one[-2:] for one in tab.locator(".held").all_inner_texts()] == ["A]", "B]"]
    tab.close()
