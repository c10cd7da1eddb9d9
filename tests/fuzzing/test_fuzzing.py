"""The corpus again, input by input, and a fixed number of new inputs for every target."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzzing.targets import SLOW, TARGETS, run

CORPUS = Path(__file__).parent / "corpus"
RUNS, OF_SLOW = 1000, 40
"""Inputs for each target: a look, not a hunt. `python -m tests.fuzzing TARGET --seconds 600` hunts."""


def test_every_target_has_a_corpus_and_no_other_folder_stands_there() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)


def test_the_corpus_stays_small() -> None:
    sizes = [file.stat().st_size for file in CORPUS.rglob("*") if file.is_file()]
    assert max(sizes) <= 4096
    assert sum(sizes) < 1_000_000


@pytest.mark.parametrize("target", TARGETS)
def test_every_input_of_the_corpus_is_read_or_refused(target: str) -> None:
    inputs = sorted((CORPUS / target).iterdir())
    assert inputs
    for file in inputs:
        try:
            run(target, file.read_bytes())
        except Exception as error:
            raise AssertionError(f"{target}: {file.name}") from error


@pytest.mark.parametrize(
    ("targets", "runs"), [(set(TARGETS) - SLOW, RUNS), (SLOW, OF_SLOW)], ids=["quick", "slow"]
)
def test_new_inputs_are_read_or_refused(targets: set[str], runs: int, tmp_path: Path) -> None:
    """In a process of its own: the fuzzer instruments all of the code for good."""
    words = [
        sys.executable,
        "-m",
        "tests.fuzzing",
        *sorted(targets),
        "--runs",
        str(runs),
        "--finds",
        str(tmp_path),
    ]
    done = subprocess.run(words, cwd=CORPUS.parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


def test_what_is_no_refusal_is_a_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the tests above would pass where nothing is looked at."""
    from tests.fuzzing import targets

    def broken(data: bytes) -> None:
        raise KeyError(data)

    monkeypatch.setattr(targets, "TARGETS", {"broken": broken})
    with pytest.raises(KeyError):
        run("broken", b"")
    monkeypatch.setattr(targets, "TARGETS", {"spelled": lambda _data: targets.same("a", "b")})
    with pytest.raises(AssertionError):
        run("spelled", b"")
