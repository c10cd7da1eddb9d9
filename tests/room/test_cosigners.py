"""Who proves the time is named where a process is convened: what is written wrongly is said, and can be corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from detente.client.cosigner_key import make_cosigner_key
from tests.room.people import Person
from tests.room.talks import Talks

pytestmark = pytest.mark.browser
NAMES = ("harbour.example", "town.example")


def test_a_mediator_names_cosigners_when_convening(talks: Talks, tmp_path: Path) -> None:
    first, second = (make_cosigner_key(tmp_path / name, name).vkey for name in NAMES)
    mediator = Person(talks.browser, "M")
    page = mediator.page
    page.goto(f"{talks.server.address}/convene")
    page.get_by_label("Title").fill("Talks with cosigners")
    page.get_by_label("Side A").fill("Union")
    page.get_by_label("Side B").fill("Works")
    page.get_by_text("Who proves the time").click()
    keys, quorum = page.get_by_label("Cosigners’ verifier keys"), page.get_by_label("How many of them")
    for written, number, refusal in (
        (first[:-2], "", "is not a verifier key"),
        (f"{first}\n{first}", "", "stands once"),
        (first, "2", "More cosigners"),
    ):
        keys.fill(written)
        quorum.fill(number)
        page.get_by_role("button", name="Convene").click()
        expect(page.get_by_role("alert")).to_contain_text(refusal)
    quorum.fill("0")
    page.get_by_text("Who proves the time").click()
    page.get_by_role("button", name="Convene").click()
    expect(quorum).to_be_visible()  # what is wrong in the folded part unfolds it
    keys.fill(f" {first}\n\n{second}\n")
    quorum.fill("")
    page.get_by_role("button", name="Convene").click()
    page.wait_for_url("**/room")
    mediator.home = page.url.removesuffix("/room")
    record = mediator.opens("record")
    for name in NAMES:
        expect(record.get_by_text(name).first).to_be_visible()
    expect(record.locator("main")).to_contain_text("The rule of this process asks for two cosigners")
    mediator.context.close()
