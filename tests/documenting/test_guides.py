"""The guides: what they link to is there, what they name stands on a page, and their pictures are those made by
script."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Final

import pytest

from detente.wording.deeds import INSTITUTIONS
from documenting.pictures import FOLDER, PICTURES, Picture, address_of
from documenting.refusal_sites import sites
from tests.browser.demonstration import Site

ROOT = Path(__file__).parents[2]
GUIDES: Final = ("mediator", "delegate", "capital", "monitor", "host", "verifier")
READ: Final = {name: (ROOT / "docs" / "guide" / f"{name}.md").read_text("utf-8") for name in GUIDES}
WHO: Final = {"mediator": "M", "delegate": "A", "capital": "PA", "monitor": "M", "host": "M", "verifier": "A"}
PAGES: Final = (
    "", "text", "sessions", "undertakings", "verifiable", "observance", "observance/pairs", "keeping", "powers", "record",
    "room", "keys", "chambers", "acts/3",
)  # fmt: skip
LARGEST: Final = 120_000
"""Bytes of a picture."""
pages = pytest.mark.parametrize(
    "page", [*(f"docs/guide/{name}.md" for name in GUIDES), "docs/README.md", "README.md"]
)
guides = pytest.mark.parametrize("guide", GUIDES)


@pages
def test_what_a_page_links_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            path, _, heading = target.partition("#")
            there = ((ROOT / page).parent / path).resolve() if path else ROOT / page
            assert there.exists(), target
            assert not heading or heading in _headings(there), target


def _headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them."""
    lines = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


def test_the_front_page_leads_to_every_guide_and_page_of_the_reference() -> None:
    front = (ROOT / "docs" / "README.md").read_text("utf-8")
    for path in (*(ROOT / "docs" / "guide").glob("*.md"), *(ROOT / "docs" / "reference").glob("*.md")):
        assert f"({path.parent.name}/{path.name})" in front
    assert "(docs/README.md)" in (ROOT / "README.md").read_text("utf-8")


@guides
def test_a_guide_begins_with_the_first_five_minutes_and_names_only_codes_that_there_are(guide: str) -> None:
    assert READ[guide].split("\n\n")[1].startswith("**Your first five minutes.** ")
    codes = {site.code for site in sites()}
    named = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", READ[guide], re.MULTILINE))
    assert named <= codes
    assert named or guide == "verifier"


def test_every_picture_of_a_guide_is_made_by_the_script_and_small() -> None:
    shown = {name for text in READ.values() for name in re.findall(r"\]\(\.\./images/([\w-]+)\.png\)", text)}
    assert shown == {picture.name for picture in PICTURES}
    for picture in PICTURES:
        content = (FOLDER / f"{picture.name}.png").read_bytes()
        assert content.startswith(b"\x89PNG") and len(content) < LARGEST


@pytest.mark.parametrize("picture", PICTURES, ids=[picture.name for picture in PICTURES])
def test_the_page_of_a_picture_is_there(site: Site, picture: Picture) -> None:
    shown = site.html(address_of(site, picture))
    assert not picture.of or "It proves nothing about the real talks." in html.unescape(shown)


@guides
def test_what_a_guide_names_stands_on_a_page(site: Site, guide: str) -> None:
    """Names of pages, buttons and deeds are bold. What can be done depends on the day: each deed counts as there."""
    addresses = [process.page(page, WHO[guide]) for process in (site.reported, site.first) for page in PAGES]
    standing = " ".join(_words(site.html(address)) for address in (*addresses, "/convene", "/check"))
    deeds = {words for kinds in INSTITUTIONS.values() for words in kinds.values()}
    bold = re.findall(r"\*\*([^*]+)\*\*", READ[guide])
    named = {" ".join(name.split()) for name in bold} - {"Your first five minutes."}
    assert [name for name in sorted(named) if name not in deeds and name not in standing] == []


def _words(page: str) -> str:
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
