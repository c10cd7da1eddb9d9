"""What must not be committed: addresses of registries, names that say nothing, files nobody can read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Built from parts, so that this file does not name what it forbids.
HOSTS = re.compile(
    "|".join(
        (r"py" + r"pi\.org", r"python" + r"hosted\.org", r"registry\." + r"npm", r"npm" + r"js\.(com|org)")
    )
)
EMPTY_NAMES = re.compile(r"(^|/)(utils?|helpers?|common|manager|misc)(\.py|\.js|/)")


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files are committed")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def text_of(name: str) -> str:
    return (ROOT / name).read_bytes().decode("utf-8", "replace")


def test_no_file_names_a_registry() -> None:
    assert [name for name in committed() if HOSTS.search(text_of(name))] == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = text_of(name)
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_no_lock_of_another_kind() -> None:
    assert not {"uv.lock", "poetry.lock", "Pipfile.lock"} & {Path(name).name for name in committed()}


def test_every_file_has_a_name_that_says_something() -> None:
    assert [name for name in committed() if EMPTY_NAMES.search(name)] == []


def test_no_path_of_a_machine() -> None:
    homes = re.compile("/" + r"(root|home|Users|work)/[a-z.]")
    assert [name for name in committed() if homes.search(text_of(name))] == []
