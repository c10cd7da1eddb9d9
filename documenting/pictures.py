"""The pictures of the guides: the demonstration, looked at in Chromium as each guide's reader.

    python -m documenting.pictures              all of them, to docs/images
    python -m documenting.pictures capital      those whose name holds this

The keys of the host and the time of day are those of the run, so that a picture is never the same to the byte; a test
sees that each picture of a guide is made here and that each address is still there, and nobody compares pixels.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.demonstration import Process, Site, demonstration
from tests.browser.looking import launch

FOLDER: Final = Path(__file__).parents[1] / "docs" / "images"
WINDOW: Final = ViewportSize(width=880, height=780)


@dataclass(frozen=True)
class Picture:
    """name: of the file, without its ending; path: of the page, below a process where `of` names one; who: as whom it
    is looked at; does: what is done on the page first. A picture begins at the top, where the notice of the
    demonstration stands."""

    name: str
    path: str
    of: str = ""
    who: str = ""
    does: Callable[[Page], None] | None = None
    scripts: bool = True


def _reads_an_assent(tab: Page) -> None:
    """Fills the form of an assent, and asks to read what would be signed: without script, since in a demonstration
    nobody holds a key with which to go on. Nothing is signed."""
    tab.get_by_label("Terms").select_option(label="Ad referendum")
    tab.get_by_role("button", name="Read what you would sign").click()
    tab.get_by_role("heading", name="Before you sign").wait_for()


PICTURES: Final = (
    Picture("guide-mediator-overview", "", "reported", "M"),
    Picture("guide-mediator-act", "room", "reported", "M"),
    Picture("guide-delegate-overview", "", "reported", "A"),
    Picture(
        "guide-delegate-before-signing", "sign?kind=assent&instrument=understanding", "reported", "A",
        does=_reads_an_assent, scripts=False,
    ),
    Picture("guide-capital-powers", "powers", "first", "PA"),
    Picture("guide-capital-act", "room", "first", "PA"),
    Picture("guide-monitor-findings", "keeping", "first", "M"),
    Picture("guide-monitor-chains", "undertakings", "first", "M"),
    Picture("guide-host-record", "record", "first", "M"),
    Picture("guide-verifier-check", "/check"),
)  # fmt: skip


def main(only: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for picture in PICTURES:
            if only in picture.name:
                print(f"{picture.name}: {taken(site, browser, picture)} bytes")
        browser.close()


def address_of(site: Site, picture: Picture) -> str:
    """Below the site."""
    process: Process | None = {"reported": site.reported, "first": site.first}.get(picture.of)
    return process.page(picture.path, picture.who) if process else picture.path


def taken(site: Site, browser: Browser, picture: Picture) -> int:
    """Its size in bytes."""
    tab = browser.new_page(
        viewport=WINDOW,
        color_scheme="light",
        locale="en",
        reduced_motion="reduce",
        java_script_enabled=picture.scripts,
    )
    tab.goto(site.address + address_of(site, picture))
    if picture.does:
        picture.does(tab)
    content = tab.screenshot(path=FOLDER / f"{picture.name}.png")
    tab.close()
    return len(content)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
