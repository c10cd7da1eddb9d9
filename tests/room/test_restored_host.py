"""A host restored from an old backup: a browser that saw more finds it out, tells it, and it signs for nobody."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from detente.depositary.keeper import mark_time
from detente.depositary.opening import open_data
from detente.proofs.misconduct import check_evidence, read_evidence
from tests.room.serving import Server
from tests.room.talks import Talks

pytestmark = pytest.mark.browser


@pytest.fixture
def restored(own_server: Server, browser: Browser, tmp_path: Path) -> Iterator[Talks]:
    """The mediator's browser saw three acts; the host has two of them now."""
    talks = Talks(own_server, browser)
    talks.convene()
    talks.mediator.does("Admit somebody", person="A", role="delegate", side="A", title="Harbour, head")
    own_server.stop()
    backup = shutil.copytree(tmp_path / "record", tmp_path / "backup")
    own_server.start()
    talks.mediator.does("Admit somebody", person="B", role="delegate", side="B", title="Town, head")
    own_server.stop()
    shutil.rmtree(tmp_path / "record")
    backup.rename(tmp_path / "record")
    own_server.start()
    yield talks
    talks.end()


def test_a_browser_that_saw_more_tells_the_host_which_signs_no_more(
    restored: Talks, own_server: Server
) -> None:
    mediator = restored.mediator
    mediator.begins("Admit somebody")
    mediator.fills(person="C", role="observer", title="Observer")
    # What it kept last is of three acts; or of two, if the line was gone before it went on from its receipt.
    expect(mediator.page.locator("#signing-state")).to_contain_text(
        re.compile("states of (3 and of 2|2 and of 3) acts are of one log")
    )
    expect(mediator.page.locator("#sign-now")).to_be_disabled()
    mediator.opens("outbox")
    pair = mediator.page.locator("#contradictions li")
    expect(pair).to_have_count(1)
    expect(pair.locator("[data-file=evidence]")).to_be_hidden()  # less was true once: it proves nothing yet
    own_server.stop()
    own_server.start()
    assert "host.stopped" in (own_server.folder / "stderr").read_text()


BEHIND = """async ([origin, note]) => {
    const { read, readEach, write } = await import("/static/js/store/database.js");
    const seen = await read("seen", origin);
    const raw = new TextEncoder().encode(note);
    const [, size, root] = note.split("\\n", 3);
    const bytes = Uint8Array.from(atob(root), (sign) => sign.charCodeAt(0));
    await write("seen", { ...seen, note: raw, size: Number(size), root: bytes });
    const receipts = await readEach("receipts", "process", origin);
    for (const receipt of receipts) await write("receipts", { ...receipt, tied: false });
}"""
"""What a browser holds whose line was gone when it had its receipt, and had not gone on from it yet."""


def test_a_host_is_told_by_a_receipt_of_more_acts_than_the_browser_had_seen(
    restored: Talks, own_server: Server, tmp_path: Path
) -> None:
    own_server.stop()
    depositary = open_data(tmp_path / "record")
    (origin,) = depositary.processes()
    head = depositary.store.head(origin)
    depositary.close()
    assert head is not None and head.size == 2
    own_server.start()
    restored.mediator.page.evaluate(BEHIND, [origin, head.checkpoint.decode()])
    restored.mediator.begins("Admit somebody")
    restored.mediator.fills(person="C", role="observer", title="Observer")
    said = "states of 2 and of 3 acts are of one log"
    expect(restored.mediator.page.locator("#signing-state")).to_contain_text(said)
    own_server.stop()
    own_server.start()
    assert "host.stopped" in (own_server.folder / "stderr").read_text()


@pytest.mark.parametrize(("more", "cut"), [(1, False), (2, True), (3, False)])
def test_a_host_that_went_on_leaves_the_browser_a_file_that_proves_it(
    restored: Talks, own_server: Server, tmp_path: Path, more: int, cut: bool
) -> None:
    """The keeper of the restored host signs acts of its own: from there on there are two histories.

    cut: whether the line is down when the browser first looks for what proves it.
    """
    own_server.stop()
    depositary = open_data(tmp_path / "record")
    (origin,) = depositary.processes()
    for _ in range(more):
        head = depositary.store.head(origin)
        assert head is not None
        mark_time(depositary, origin, head.checkpoint, int(time.time()))
    depositary.close()
    own_server.start()
    mediator = restored.mediator
    mediator.begins("Admit somebody")
    mediator.fills(person="D", role="observer", title="Observer")
    expect(mediator.page.locator("#signing-state")).to_contain_text("Both checkpoints are kept.")
    if cut:
        mediator.page.route("**/log/origin", lambda route: route.abort())
    mediator.opens("outbox")
    page = mediator.page
    pair = page.locator(
        "#contradictions li"
    ).last  # before it, the host may have been seen while it held less
    link, unasked = pair.locator("[data-file=evidence]"), pair.locator("[data-is=unasked]")
    if cut:
        expect(unasked).to_contain_text("The host cannot be reached.")
        page.unroute("**/log/origin")
        unasked.get_by_role("button", name="Ask again").click()
    expect(link).to_be_visible()
    expect(unasked).to_be_hidden()
    with mediator.page.expect_download() as downloading:
        link.click()
    file = tmp_path / "evidence.detente"
    downloading.value.save_as(file)
    with file.open("rb") as evidence:
        assert check_evidence(read_evidence(evidence)).sizes == (3, 2 + more)
