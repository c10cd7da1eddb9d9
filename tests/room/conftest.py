"""One server for all tests of the room, and one set of talks, for which each test brings a text of its own onto the
table. A night that changes the talks themselves has talks of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.room.serving import Server
from tests.room.talks import Talks, talks_begun, talks_seated


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("talks"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def begun(server: Server, browser: Browser) -> Talks:
    return talks_begun(server, browser)


@pytest.fixture
def talks(begun: Talks) -> Iterator[Talks]:
    """The talks as they stand. No browser has complained of anything by the end of a test."""
    yield begun
    complaints = begun.complaints()
    assert not complaints, complaints


@pytest.fixture
def seated(server: Server, browser: Browser) -> Iterator[Callable[..., Talks]]:
    """Talks of their own, for a night: everybody has a key, and nothing more is in the record."""
    nights: list[Talks] = []

    def seat(*cosigners: str) -> Talks:
        nights.append(talks_seated(server, browser, *cosigners))
        return nights[-1]

    yield seat
    complaints = [night.complaints() for night in nights]
    for night in nights:
        night.end()
    assert not any(complaints), complaints


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One for a test that stops it, or puts it back."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()
