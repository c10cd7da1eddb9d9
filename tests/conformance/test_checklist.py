"""The checklist in SECURITY.md promises nothing that no test holds: each line names one that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECKLIST = (ROOT / "SECURITY.md").read_text("utf-8").partition("## Checklist")[2]
ROWS = [line for line in CHECKLIST.splitlines() if line.startswith("|")][2:]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", CHECKLIST)
ASKED = (
    "rate limits", "size limits", "sessions", "second factor", "CSRF", "CSP, clickjacking", "caches", "existence",
    "timing", "invitation theft", "log injection", "paths", "parsers", "HTTP", "dependencies",
)  # fmt: skip


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _file, test in NAMED])
def test_a_named_test_is_there(file: str, test: str) -> None:
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def test_each_line_names_a_test_or_says_what_is_not_done() -> None:
    assert [row for row in ROWS if "::test_" not in row and "*not done*" not in row] == []
    assert len(NAMED) > 40


def test_each_thing_that_is_asked_has_its_line() -> None:
    assert [row.split("|")[1].strip() for row in ROWS if row.split("|")[1].strip()] == list(ASKED)
