"""A feed read in Chromium: the answer stands below the form, the file stays chosen, and nothing complains."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from detente.store.files import SealedFiles
from tests.browser.looking import listen
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import address, on_a_socket

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_feed_is_sent_again_without_being_chosen_again(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    talks = Talks(open_host()).convene().seat().open_text()
    talks.depositary.files = SealedFiles(tmp_path / "files")
    feed = tmp_path / "guard.csv"
    feed.write_text("id,date_from,place\nk1,3/4/2026,Ford\n")
    with on_a_socket(talks.depositary, demonstration=True) as server:
        context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=scripts)
        tab = context.new_page()
        complaints = listen(tab)
        tab.goto(f"{server.replace('127.0.0.1', 'localhost')}{address(talks, 'observance/feed')}?as=A")
        tab.locator("#file").set_input_files(feed)
        tab.get_by_role("button", name="Read it").click()
        expect(tab.locator("#read h2")).to_contain_text("1 row was read: 0 can be reported, 1 kept out")
        if scripts:
            expect(tab.locator("#read h2")).to_be_focused()
            tab.locator("#dates").select_option("day first")
            tab.get_by_role("button", name="Read it").click()
            expect(tab.get_by_role("link", name="Report this incident by one act")).to_be_visible()
            assert tab.locator("#file").evaluate("input => input.files.length") == 1
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360 if scripts else True
        context.close()
    assert complaints == []
