"""A title, an office and the name of a side that are one word, longer than a line: every page has room for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import detente.web
from detente.views.building import overview_page, room_page
from detente.web.rendering import render
from tests.browser.looking import WIDTHS, too_wide
from tests.views.istanbul import DRAFT, MEDIATORS, issue
from tests.views.played import Play
from tests.views.reading import every_page

pytestmark = pytest.mark.browser
WORD = "Northernroad" * 18
PAGES = ("overview", "text", "sessions", "powers", "timeline", "record", "processes", "act 10")
# What of the head of the figure reaches into the column of the first question.
OVERLAPPING = """() => {
  const start = document.querySelector('.figure-question').getBoundingClientRect().left;
  return [...document.querySelectorAll('.figure-heads *')]
    .filter((one) => one.checkVisibility() && !one.closest('.unseen') && one.getBoundingClientRect().right > start + 1)
    .map((one) => one.tagName); }"""


def long_named() -> Play:
    play = Play(hidden={**MEDIATORS, "title": WORD, "names": {"A": WORD, "B": f"Town {WORD}"}})
    for person, role in (("A", "delegate"), ("PA", "principal"), ("B", "delegate"), ("PB", "principal")):
        play.must("M", "admit", person=person, role=role, side=person[-1], hidden={"title": f"Head {WORD}"})
        play.enrol(person)
    terms = {"sides": ("A", "B"), "basis": "contract", "languages": (("en", "authentic"),)}
    for name in ("first", "second"):
        play.must("M", "open_instrument", instrument=name, **terms, hidden={"title": f"{name} {WORD}"})
        issue(play, name, DRAFT)
    return play


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name -> address of the file."""
    folder, static = tmp_path_factory.mktemp("long"), Path(detente.web.__file__).parent / "static"
    record = long_named().record("A")
    pages = {
        **every_page(record),
        "room": room_page(record),
        "second": overview_page(record, instrument="second"),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(render(page, static=static.as_uri()))
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


def opened(browser: Browser, address: str, width: int) -> Page:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(address)
    return tab


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_word_widens_no_page(browser: Browser, written: dict[str, str], width: int) -> None:
    tab = opened(browser, written["overview"], width)
    wide = {}
    for name, address in written.items():
        tab.goto(address)
        wide[name] = too_wide(tab, "ltr") + too_wide(tab, "rtl")
    tab.close()
    assert {name: found for name, found in wide.items() if found} == {}


def test_a_long_title_lies_over_no_answer_and_takes_no_other_column(
    browser: Browser, written: dict[str, str]
) -> None:
    for name in ("overview", "second"):
        tab = opened(browser, written[name], 1280)
        assert tab.evaluate(OVERLAPPING) == []
        columns = tab.locator(".other > div").evaluate_all("all => all.map((one) => one.offsetWidth)")
        assert len(columns) == 3 and min(columns) > 250
        tab.close()
