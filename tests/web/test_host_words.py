"""What the host can and cannot do is said in the same words wherever somebody decides to rely on it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from detente.wording.host import host_said
from tests.depositary.talks import Talks
from tests.web.hosting import PAGE, address

ROOT = Path(__file__).parents[2]


def plain(written: str) -> str:
    """Text without its tags and line ends."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", written)))


@pytest.mark.parametrize("file", ["README.md", "SECURITY.md", "docs/threat-model.md"])
def test_documents_say_it_in_these_words(file: str) -> None:
    assert host_said() in plain((ROOT / file).read_text())


@pytest.mark.parametrize("page", ["join", "record", "/convene"])
def test_pages_say_it_in_these_words(client: Any, talks: Talks, page: str) -> None:
    """Where somebody makes a key, where they open a process, and where they look at the record as such."""
    answer = client.get(page if page.startswith("/") else address(talks, page), headers=PAGE)
    assert answer.status_code == 200
    assert host_said() in plain(answer.text)
