"""An exhibit goes from one browser to another through a host that cannot open it, and arrives as it was or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_sealing import joins

pytestmark = pytest.mark.browser

CONTENT = (
    b"The bridge at dawn, as the camera saw it. " * 60_000
)  # 2.5 MB: many chunks, and more than one line of them
NAME = "bridge at dawn.bin"


def presents(person: Person, folder: Path, *readers: str) -> int:
    """The number of the act that presents the file. readers: besides one's own side."""
    (folder / NAME).write_bytes(CONTENT)
    person.looks_for("Present an exhibit").click()
    page = person.page
    page.get_by_label("Files", exact=True).set_input_files(folder / NAME)
    page.get_by_label("Title").fill("A photograph")
    page.get_by_label("What it is, and").fill("It shows “the third pier”,\nstanding.")
    assert page.locator("[name=reader]:checked").count() == 1
    for reader in readers:
        page.locator(f'[name=reader][value="{reader}"]').check()
    page.get_by_role("button", name="Seal and send them").click()
    page.wait_for_url("**/sign?*")
    read = person.sees_before_signing()
    assert NAME in read and "2.5 MB sealed" in read and "It shows “the third pier”" in read
    return person.signs()


def on_disk(talks: Talks) -> list[Path]:
    return [found for found in Path(talks.server.folder).rglob("*") if len(found.name) == 64]


def opens(page: Page) -> bytes:
    """What is saved after a click on “Open”."""
    with page.expect_download() as saving:
        page.get_by_role("button", name=f"Open {NAME}").click()
    expect(page.locator(".state-of-opening")).to_contain_text("It is what its author signed.")
    expect(page.get_by_role("link", name="Save it")).to_be_focused()
    assert saving.value.suggested_filename == NAME
    return Path(saving.value.path()).read_bytes()


def test_one_presents_a_file_and_the_other_opens_the_same_bytes_or_is_told_that_it_was_changed(
    talks: Talks, tmp_path: Path
) -> None:
    harbour, town = talks.harbour, talks.town
    act = presents(harbour, tmp_path, "B")
    assert opens(town.opens(f"acts/{act}")) == CONTENT
    assert opens(harbour.opens(f"acts/{act}")) == CONTENT
    (kept,) = on_disk(talks)
    sealed = kept.read_bytes()
    assert b"at dawn" not in sealed
    kept.write_bytes(sealed[:-100] + bytes([sealed[-100] ^ 1]) + sealed[-99:])
    page = town.opens(f"acts/{act}")
    page.get_by_role("button", name=f"Open {NAME}").click()
    said = page.locator(".state-of-opening")
    expect(said).to_contain_text("The host gave another file than the one that the act commits to.")
    assert page.get_by_role("link", name="Save it").count() == 0
    assert town.complaints() == [] and harbour.complaints() == []


def test_whoever_is_not_ticked_is_offered_nothing_to_open(talks: Talks, tmp_path: Path) -> None:
    act = presents(talks.harbour, tmp_path)
    page = talks.town.opens(f"acts/{act}")
    expect(page.locator("h1")).to_contain_text("Exhibit")
    assert NAME not in page.content() and "third pier" not in page.content()
    assert page.get_by_role("button", name="Open", exact=False).count() == 0
    assert opens(talks.harbour.opens(f"acts/{act}")) == CONTENT


def test_who_joins_later_opens_what_a_colleague_shares(talks: Talks, tmp_path: Path) -> None:
    harbour, town = talks.harbour, talks.town
    act = presents(harbour, tmp_path, "B")
    late = joins(talks, "B7", "B")
    page = late.opens(f"acts/{act}")
    assert page.get_by_role("button", name=f"Open {NAME}").is_hidden()
    assert page.get_by_role("button", name="Share it with them").is_hidden()
    files = {found: found.read_bytes() for found in on_disk(talks)}
    page = town.opens(f"acts/{act}")
    expect(page.locator("#exhibit")).to_contain_text("were not given its key: Delegate B7")
    page.get_by_role("button", name="Share it with them").click()
    page.wait_for_url("**/sign?*")
    assert "shared the exhibit" in town.sees_before_signing()
    town.signs()
    assert opens(late.opens(f"acts/{act}")) == CONTENT
    expect(late.page.locator("#exhibit")).not_to_contain_text("B7")
    assert {found: found.read_bytes() for found in on_disk(talks)} == files
    assert late.complaints() == []
    late.context.close()
    talks.mediator.does("Record that somebody has left", person="B7")
    expect(town.opens(f"acts/{act}").locator("#exhibit")).to_contain_text("have left: Delegate B7")
    assert town.complaints() == []
