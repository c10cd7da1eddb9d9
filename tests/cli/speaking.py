"""Speaking to `detente` as a user does: in this process where only words are asked, else in one of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import IO, Any, NamedTuple
from unittest.mock import patch

from detente.cli import main

PROGRAM = Path(sys.executable).with_name("detente")
PATIENCE = 60
"""Seconds after which a program that should have ended is taken to hang."""


class Said(NamedTuple):
    """What the program answered. Whatever happens, no traceback reaches the user."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


def say(*words: str | Path) -> Said:
    """Run a verb in this process."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with patch.object(sys, "argv", ["detente", *map(str, words)]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as stopped:
            assert isinstance(stopped.code, int | None)
            code = stopped.code or 0
    return Said(code, out.getvalue(), err.getvalue())


def run(*words: str | Path) -> Said:
    """Run a verb as a program of its own."""
    ran = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=PATIENCE)
    assert "Traceback" not in ran.stderr
    return Said(ran.returncode, ran.stdout, ran.stderr)


def refused(answer: Said, code: str) -> str:
    """The words of a refusal, which must begin with its code and say what is possible instead."""
    assert answer.code == (2 if code == "store.unusable" else 1), answer
    assert answer.err.startswith(f"{code}: "), answer.err
    assert "Traceback" not in answer.err and answer.out == ""
    return answer.err


@contextmanager
def running(*words: str | Path, until: str = "http://") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A program that serves, and the address that it has printed; or with `until`, all that it has printed up to the
    line with these words. It is stopped at the end if it still runs."""
    process = subprocess.Popen(
        [PROGRAM, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = _said(process.stdout, until)
        yield process, said if until != "http://" else said[said.index(until) :].split()[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def told_to_stop(process: subprocess.Popen[str], signal: int) -> Said:
    """Send a signal and wait for the end; what was said after the address."""
    process.send_signal(signal)
    code = process.wait(PATIENCE)
    assert process.stdout is not None and process.stderr is not None
    return Said(code, process.stdout.read(), process.stderr.read())


def _said(stream: IO[str], until: str) -> str:
    said = ""
    for line in stream:
        said += line
        if until in line:
            return said
    raise AssertionError(f"“{until}” was not printed: {said}")
