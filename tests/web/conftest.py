"""Talks under way at a host over a SQLite file, and a client of its application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.depositary.talks import Talks, open_host
from tests.web.hosting import front


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene().seat().open_text()
    talks.issue()
    yield talks
    talks.depositary.close()


@pytest.fixture
def closed(talks: Talks) -> Talks:
    """Talks at the same host that are open to their members only."""
    closed = Talks(talks.depositary, label="closed", open_to="members").convene().seat().open_text()
    closed.issue()
    closed.do("A", "note", {"text": "caucus"}, chamber="side-A")
    return closed


@pytest.fixture
def client(talks: Talks) -> Iterator[Any]:
    with front(talks.depositary) as client:
        yield client
