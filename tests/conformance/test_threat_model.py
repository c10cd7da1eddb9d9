"""The threat model promises nothing that no test holds: every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "docs/threat-model.md").read_text()
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", WRITTEN)


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _file, test in NAMED])
def test_a_named_test_is_there(file: str, test: str) -> None:
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text(), re.MULTILINE)


def test_every_row_that_prevents_or_detects_names_one() -> None:
    rows = [line for line in WRITTEN.splitlines() if re.match(r"\| (prevents|detects) \|", line)]
    assert len(rows) > 30
    assert [row for row in rows if "::test_" not in row] == []


@pytest.mark.parametrize(
    "threat",
    [
        "host",
        "insider",
        "network",
        "compelled disclosure",
        "stolen laptop",
        "coerced delegate",
        "lost key",
        "quantum",
    ],
)
def test_every_threat_has_its_chapter(threat: str) -> None:
    assert any(threat in heading.lower() for heading in re.findall(r"^## (.+)$", WRITTEN, re.MULTILINE))
