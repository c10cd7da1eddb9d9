"""Chromium opens every sample page: nothing is wider than the window, no error, large enough to touch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.screenshots import drawn, shoot

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
# Links inside a line of words are exempt: their height is the line's (WCAG 2.5.8, inline).
TOO_SMALL = """() => [...document.querySelectorAll(
    'summary, button, select, input:not([type=hidden]), .tabs a, .choices a, .band a, .links a, .top a')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.textContent.trim() + ' ' + one.getBoundingClientRect().height)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, tmp_path: Path, width: int, direction: str) -> None:
    assert shoot(browser, dict(drawn(tmp_path, "")), None, width, "light", direction) == []


def test_what_is_touched_is_44_px_high_and_nothing_complains(browser: Browser, tmp_path: Path) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    small = {}
    for name, url in drawn(tmp_path, ""):
        tab.goto(url)
        small[name] = tab.evaluate(TOO_SMALL)
    tab.close()
    assert {name: found for name, found in small.items() if found} == {}
    assert complaints == []
