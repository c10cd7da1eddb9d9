"""The floors hold, and the check that says so is seen to fail when somebody breaks them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = {
    "a codec that imports the procedure": ("codec/instant.py", "import detente.procedure.finality"),
    "a view that reads the store": ("views/overview.py", "import detente.store.port"),
    "a rule that asks the clock": ("acts/assent.py", "import time"),
    "a store that draws random numbers": ("store/port.py", "import secrets"),
    "a rule that seals": ("acts/assent.py", "import pyrage"),
    "two rooms of one floor": ("tlog/merkle.py", "import detente.signing.salt"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_as_it_stands_keeps_its_floors(house: Path) -> None:
    outcome = lint(house)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("violation", PLANTED)
def test_a_planted_violation_turns_the_check_red(house: Path, violation: str) -> None:
    file, line = PLANTED[violation]
    planted = house / "src" / "detente" / file
    planted.write_text(planted.read_text() + f"\n\ndef _planted() -> None:\n    {line}\n")
    outcome = lint(house)
    assert outcome.returncode == 1, outcome.stdout
    assert "BROKEN" in outcome.stdout
