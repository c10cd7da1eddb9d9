"""Chromium, and a page from which the modules can be imported. A page that complained fails its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.javascript.pages import complaints_of, served


@pytest.fixture(scope="package")
def port() -> Iterator[int]:
    with served() as port:
        yield port


@pytest.fixture(scope="module")
def page(browser: Browser, port: int) -> Iterator[Page]:
    """A page of its own storage, on localhost."""
    context = browser.new_context()
    page = context.new_page()
    complaints = complaints_of(page)
    page.goto(f"http://localhost:{port}/")
    page.wait_for_selector("html[data-loaded]", state="attached")
    yield page
    context.close()
    assert complaints == []
