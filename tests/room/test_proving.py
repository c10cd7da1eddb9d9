"""An act of a chamber is proved from its page: what was sealed goes from the browser into the file, and to no host."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, Request, expect

from detente.proofs.one_act import verify_proof
from detente.proofs.parts import proof_in
from detente.web.checker import checker_page
from tests.browser.scanning import codes_of
from tests.cli.acting import Terminal, words_of
from tests.cli.speaking import say
from tests.room.people import Person
from tests.room.talks import Talks
from tests.room.test_sealing import names_a_recovery_key, seals

pytestmark = pytest.mark.browser

SECRET = "Hold out until Thursday, then accept “two weeks” & <no> more."


def joins_at_a_terminal(talks: Talks, id: str, side: str, folder: Path) -> Terminal:
    """A further delegate, who acts from a terminal."""
    talks.mediator.does("Admit somebody", person=id, role="delegate", side=side, title=f"Delegate {id}")
    member = Person(talks.browser, id)
    link = talks.link_for(member)
    member.context.close()
    address, _, process = talks.mediator.home.partition("/processes/")
    terminal = Terminal(address, folder, process)
    words = words_of(terminal.join(link, "--no-wait"))
    waiting = talks.mediator.opens("room").locator("section:has(#waiting) li").filter(has_text=words)
    waiting.get_by_role("link", name="They read out the same words").click()
    talks.mediator.signs()
    assert terminal.join(link).code == 0
    return terminal


def taken(page: Page, button: str) -> bytes:
    with page.expect_download() as downloading:
        page.get_by_role("button", name=button).click()
    download: Download = downloading.value
    return Path(download.path()).read_bytes()


def scanned(talks: Talks, sheet: Path) -> bytes:
    """The proof that a camera reads from a sheet, as printed, whose words are seen too."""
    context = talks.browser.new_context(viewport={"width": 672, "height": 1000}, device_scale_factor=2)
    paper = context.new_page()
    complaints: list[str] = []
    paper.on("console", lambda message: complaints.append(message.text))
    paper.goto(sheet.as_uri())
    paper.emulate_media(media="print")
    expect(paper.locator("main")).to_contain_text(SECRET)
    expect(paper.locator("main")).to_contain_text("How to check it")
    read = codes_of(paper.screenshot(full_page=True), context.new_page())
    assert len(read) == paper.locator("figure").count() > 2 and complaints == []
    context.close()
    return proof_in("\n".join(read))


def test_what_a_browser_makes_is_what_a_terminal_makes_and_the_host_sees_nothing_of_it(
    seated: Callable[..., Talks], tmp_path: Path
) -> None:
    talks = seated()
    harbour, town = talks.harbour, talks.town
    terminal = joins_at_a_terminal(talks, "A8", "A", tmp_path / "keys")
    names_a_recovery_key(harbour)
    seals(harbour, "side-A")
    act = harbour.does("Write a note", text=SECRET)
    page = harbour.opens(f"acts/{act}?log=side-A")
    page.get_by_role("link", name="Prove this act to somebody").click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.get_by_label("Words").check()
    page.get_by_label("The office of its author").check()
    proof, whole = taken(page, "Proof alone"), taken(page, "Page that checks itself")
    expect(page.locator("#proving")).to_contain_text("Made in this browser, and checked")
    assert all(SECRET[:20] not in request.url and not request.post_data for request in asked)
    found = verify_proof(io.BytesIO(proof))
    assert (found.chamber, found.act.opened, found.office) == ("side-A", {"text": SECRET}, "Harbour, head")
    assert whole == checker_page(proof)

    said = say("prove", terminal.process[:8], str(act), tmp_path / "proof", "--log", "side-A", "--show", "text",
               "--names", "--html", tmp_path / "page.html", "--keys", terminal.folder)  # fmt: skip
    assert said.code == 0, said.err
    assert (tmp_path / "proof").read_bytes() == proof
    assert sha256(whole).hexdigest() in said.out and (tmp_path / "page.html").read_bytes() == whole

    (tmp_path / "sheet.html").write_bytes(taken(page, "Sheet to print"))
    assert all(SECRET[:20] not in request.url and not request.post_data for request in asked)
    assert scanned(talks, tmp_path / "sheet.html") == proof
    page.get_by_label("Words").uncheck()
    sheet = taken(page, "Sheet to print")
    assert b"side-A" in sheet and SECRET[:20].encode() not in sheet
    assert "no such act" in town.opens(f"acts/{act}/prove?log=side-A").content()
    assert town.complaints("404") == []
