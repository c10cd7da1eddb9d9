"""The guide's example is a script, and plays."""

from __future__ import annotations

import re
from pathlib import Path

from detente.interchange.minutes.expectations import WHAT
from tests.interchange.player import played

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "minutes.md").read_text()


def test_the_example_plays() -> None:
    (example,) = re.findall(r"```minutes\n(.*?)```", GUIDE, re.DOTALL)
    stage, lines = played(example)
    assert sum(bool(line.refusals) for line in lines) == 1
    assert len(stage.stood) == 14


def test_every_expectation_is_in_the_guide() -> None:
    listed = GUIDE.partition("## Expectations")[2]
    assert [what for what in WHAT if what not in listed] == []
