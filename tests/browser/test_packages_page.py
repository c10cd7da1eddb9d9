"""Chromium opens the mediators' page about packages from disk: nothing too wide or too small, in print too."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from detente.analysis.packages.answering import answer
from detente.analysis.packages.problem_file import read_problem
from detente.web.package_page import Tabling, packages_page, render_packages
from detente.web.package_trades import Labels
from tests.browser.looking import WIDTHS, listen, too_small, too_wide

pytestmark = pytest.mark.browser
PARTIES = ("Delegation of the Harbour", "Delegation of the Town", "Hill villages")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses: two parties, three, and two without a deal."""
    folder = tmp_path_factory.mktemp("pages")
    return {
        "two": page(folder, 2, 300),
        "three": page(folder, 3, 200),
        "no deal": page(folder, 2, 950),
    }


def page(folder: Path, parties: int, reservation: int) -> str:
    draw = random.Random(parties)
    issues = [
        {
            "name": f"Article {at + 2}({at % 3 + 1})",
            "options": ["The crossing opens at signature", "after a month", "as it stands"],
        }
        for at in range(6)
    ]
    points = [[draw.sample((0, draw.randint(40, 120), 160), 3) for _ in issues] for _ in range(parties)]
    made = [
        {
            "party": name, "points": of, "reservation": reservation,
            "rules": [{"type": "never", "choices": [{"issue": at, "option": 0}]}],
            "ranges": {"low": [[x - x // 3 for x in o] for o in of], "high": [[x + x // 3 for x in o] for o in of]},
        }
        for at, (name, of) in enumerate(zip(PARTIES, points, strict=False))
    ]  # fmt: skip
    raw = json.dumps({"domain": {"issues": issues}, "parties": made, "standing": [2] * 6}).encode()
    problem, standing = read_problem(raw)
    tabling = lambda number, _package: Tabling("http://localhost/sign", f"detente packages --table {number}")  # noqa: E731
    found = packages_page(answer(problem, standing, seconds=20), Labels.plain(problem), tabling=tabling)
    file = folder / f"{parties}-{reservation}.html"
    file.write_text(render_packages(found), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["two", "three", "no deal"])
def test_it_fits_every_window(
    browser: Browser, files: dict[str, str], name: str, width: int, direction: str
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    complaints = listen(tab)
    tab.goto(files[name])
    assert too_wide(tab, direction) == []
    assert too_small(tab) == []
    assert complaints == []
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["two", "three", "no deal"])
def test_everybody_can_read_it(browser: Browser, files: dict[str, str], name: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    tab = context.new_page()
    tab.goto(files[name])
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_on_paper_every_package_is_printed_whole(browser: Browser, files: dict[str, str]) -> None:
    tab = browser.new_page()
    tab.goto(files["two"])
    tab.emulate_media(media="print")
    tables = tab.locator(".trades")
    assert tables.count() > 1
    for at in range(tables.count()):
        assert tables.nth(at).bounding_box() is not None
    assert not tab.locator(".command").first.is_visible()
    tab.close()
