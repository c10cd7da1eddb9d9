"""One server and one set of talks for all tests of the room. Each test brings a text of its own onto the table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.room.serving import Server
from tests.room.talks import Talks, talks_begun


@pytest.fixture(scope="package")
def begun(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talks]:
    server = Server(tmp_path_factory.mktemp("talks"))
    server.start()
    try:
        yield talks_begun(server, browser)
    finally:
        server.stop()


@pytest.fixture
def talks(begun: Talks) -> Iterator[Talks]:
    """The talks as they stand. No browser has complained of anything by the end of a test."""
    yield begun
    assert begun.complaints() == {}
