"""Pictures of pages: every width, light and dark, right to left. They are looked at, not compared.

    python -m tests.browser.screenshots FOLDER              the sample pages of tests/web
    python -m tests.browser.screenshots FOLDER URL [URL]    pages of a running server
    ... --only overview --widths 360 1280 --schemes light --directions ltr

    python -m tests.browser.screenshots --readme docs/images/overview.png
                                                            the picture in the README, of the demonstration

Exits 1 and names the pages where something is wider than the window.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import detente.web
from detente.web.rendering import render
from tests.browser.demonstration import demonstration
from tests.browser.looking import WIDTHS, launch, too_wide
from tests.web.sample_pages import samples


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--only", default="", help="samples whose name holds this")
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--schemes", nargs="+", default=("light", "dark"))
    parser.add_argument("--directions", nargs="+", default=("ltr", "rtl"))
    parser.add_argument("--readme", type=Path, metavar="FILE", help="make the README's picture, nothing else")
    asked = parser.parse_args()
    if asked.readme:
        return picture_for_the_readme(asked.readme)
    if asked.folder is None:
        parser.error("say in which folder")
    asked.folder.mkdir(parents=True, exist_ok=True)
    pages = dict(served(asked.urls)) if asked.urls else dict(drawn(asked.folder, asked.only))
    wide: list[str] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width in asked.widths:
            for scheme in asked.schemes:
                for direction in asked.directions:
                    wide += shoot(browser, pages, asked.folder, width, scheme, direction)
        browser.close()
    for page in wide:
        print("wider than the window:", page, file=sys.stderr)
    return 1 if wide else 0


def served(urls: list[str]) -> Iterator[tuple[str, str]]:
    for url in urls:
        yield url.partition("://")[2].replace("/", "_").replace("?", "_"), url


def drawn(folder: Path, only: str) -> Iterator[tuple[str, str]]:
    """Writes the samples as files beside the static files they link to."""
    static = Path(detente.web.__file__).parent / "static"
    for name, page in samples().items():
        if only in name:
            file = (folder / f"{name}.html").resolve()
            file.write_text(render(page, static=static.as_uri(), address=f"http://localhost/{name}"))
            yield name, file.as_uri()


def shoot(
    browser: Browser, pages: dict[str, str], folder: Path | None, width: int, scheme: str, direction: str
) -> list[str]:
    """The pages with something wider than the window; pictures of all, if there is a folder for them."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=2 if width < 600 else 1,
    )
    tab = context.new_page()
    wide = []
    for name, url in pages.items():
        tab.goto(url)
        tab.evaluate("direction => { document.documentElement.dir = direction }", direction)
        shot = f"{name}-{width}-{scheme}-{direction}"
        if folder is not None:
            tab.screenshot(path=folder / f"{shot}.png", full_page=True)
        found = too_wide(tab, direction)
        if found:
            wide.append(f"{shot} {found}")
    context.close()
    return wide


def picture_for_the_readme(file: Path) -> int:
    """What one sees first of the overview of the talks as reported."""
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        tab = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        tab.goto(site.address + site.reported.page())
        file.parent.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=file)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
