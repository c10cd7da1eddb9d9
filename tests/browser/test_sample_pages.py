"""Chromium opens every sample page: nothing is wider than the window, no error, large enough to touch."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import WIDTHS, listen, too_small
from tests.browser.screenshots import drawn, shoot

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(browser: Browser, tmp_path: Path, width: int, direction: str) -> None:
    assert shoot(browser, dict(drawn(tmp_path, "")), None, width, "light", direction) == []


def test_what_is_touched_is_44_px_high_and_nothing_complains(browser: Browser, tmp_path: Path) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    complaints = listen(tab)
    small = {}
    for name, url in drawn(tmp_path, ""):
        tab.goto(url)
        small[name] = too_small(tab)
    tab.close()
    assert {name: found for name, found in small.items() if found} == {}
    # The console is the served pages' matter: from a file, Chromium refuses modules and icons.
    assert [one for one in complaints if one.startswith("script:")] == []
