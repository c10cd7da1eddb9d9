"""The page "How to add an act", followed: its changes are made to a copy of the tree, and its tests pass."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.test_committed_files import ROOT, committed

PAGE = ROOT / "docs/guide/add-an-act.md"
BLOCKS = re.compile(r"^```(diff|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("src/", "tests/", "docs/specs/", "docs/guide/", "pyproject.toml", "vectors/")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in committed():
        if name.startswith(COPIED):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def done(tree: Path, command: list[str], given: str | None = None) -> str:
    """What a command printed that must succeed in the copy."""
    run = subprocess.run(
        command, cwd=tree, input=given, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert run.returncode == 0, f"{command}: {run.stdout[-3000:]}{run.stderr[-3000:]}"
    return run.stdout


def test_a_newcomer_who_follows_the_page_has_an_act(tree: Path) -> None:
    blocks = BLOCKS.findall(PAGE.read_text())
    assert [kind for kind, _text in blocks].count("sh") == 2 and len(blocks) == 9
    for kind, text in blocks:
        if kind == "diff":
            done(tree, ["git", "apply", "-"], text)
        else:
            done(
                tree,
                [
                    sys.executable,
                    *text.split()[1:],
                    *(["-p", "no:cacheprovider"] if "pytest" in text else []),
                ],
            )
    phrase = "from detente.acts.kinds import BY_NAME; print(BY_NAME['ask_for_recess'].phrase)"
    assert done(tree, [sys.executable, "-c", phrase]) == "{author} asks for a recess of {minutes} minutes\n"


def test_its_tests_fail_where_the_rule_is_broken(tree: Path) -> None:
    for kind, text in BLOCKS.findall(PAGE.read_text()):
        if kind == "diff":
            done(tree, ["git", "apply", "-"], text)
    rule = tree / "src/detente/acts/recess.py"
    rule.write_text(rule.read_text().replace("return any(", "return False and any("))
    with pytest.raises(AssertionError, match="test_each_side_asks_once_a_session"):
        done(
            tree,
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/acts/test_recess.py"],
        )
