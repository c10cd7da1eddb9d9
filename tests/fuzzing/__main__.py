"""`python -m tests.fuzzing TARGET... --seconds N`: fuzz for real, with coverage as the guide (atheris, libFuzzer).

What is new to a target is added to its corpus in a folder beside the repository's (`--keep FOLDER`); a find is written
to `--finds FOLDER`, to be put into `tests/fuzzing/corpus/TARGET` once it is mended. Each target runs in a process of its
own: what instruments the code does so for good.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["detente"]):
    from tests.fuzzing.targets import TARGETS, run

CORPUS = Path(__file__).parent / "corpus"
LARGEST = 4096
"""Bytes of an input: what is longer is refused for its size, or is more of the same."""
HANGS = 20
"""Seconds after which an input is taken to hang, on a machine that does other things too."""


def fuzz(target: str, runs: int, seconds: int, keep: Path, finds: Path) -> int:
    """Fuzz one target in a process of its own; its exit status, 0 where nothing was found."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    keep.mkdir(parents=True, exist_ok=True)
    finds.mkdir(parents=True, exist_ok=True)
    words = [
        target, f"-runs={runs}", f"-max_len={LARGEST}", f"-timeout={HANGS}", "-seed=1", "-rss_limit_mb=4096",
        f"-artifact_prefix={finds}/{target}-", "-verbosity=0", str(keep), str(CORPUS / target),
    ]  # fmt: skip
    if seconds:
        words.append(f"-max_total_time={seconds}")
    atheris.Setup(words, lambda data: run(target, data))
    atheris.Fuzz()
    os._exit(0)


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m tests.fuzzing")
    given.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="All where none is named.")
    given.add_argument("--seconds", type=int, default=0)
    given.add_argument("--runs", type=int, default=-1)
    given.add_argument("--keep", type=Path)
    given.add_argument("--finds", type=Path, default=Path("finds"))
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        keep = asked.keep or Path(scratch)
        failed = [
            target
            for target in asked.targets or TARGETS
            if fuzz(target, asked.runs, asked.seconds, keep / target, asked.finds)
        ]
    sys.exit(f"Something was found in: {', '.join(failed)}" if failed else 0)


main()
