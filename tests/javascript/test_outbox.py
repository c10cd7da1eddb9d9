"""What a browser of the first version kept is still there, beside an outbox and receipts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


def test_keys_of_the_first_version_survive_and_an_act_moves_from_store_to_store(
    browser: Browser, port: int
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://localhost:{port}/")
    assert call(page, "outbox", "openFirstVersion")
    assert call(page, "outbox", "keysOf", "detente/a") == [{"keyId": "old", "process": "detente/a"}]
    passed = call(page, "outbox", "passThrough", "detente/a", "leaf")
    (waiting,), nothing = passed["before"]
    assert waiting["leaf"] == "leaf" and nothing is None
    assert passed["after"] == [[], {"process": "detente/a", "leaf": "leaf"}]
    context.close()
