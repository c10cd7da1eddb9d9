"""`detente serve` and `detente witness` as users start them, in processes of their own that a test can end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PATIENCE = 20
"""Seconds for the server to start or to end."""


PROGRAM = str(Path(sys.executable).with_name("detente"))


class Server:
    """One server on one data folder: the same port after every start, because browsers keep keys by origin."""

    def __init__(self, folder: Path, *words: str) -> None:
        """words: further ones of `detente serve`."""
        self.folder, self._words, self._port, self.address = folder, words, 0, ""
        self._running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [
            PROGRAM,
            "serve",
            "--data",
            str(self.folder / "record"),
            *self._words,
        ]
        with (self.folder / "stderr").open("a") as complaints:
            self._running = subprocess.Popen(
                [*command, "--port", str(self._port)], stdout=subprocess.PIPE, stderr=complaints, text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        self.address = self._printed(self._running)
        self._port = int(self.address.rpartition(":")[2])

    def _printed(self, running: subprocess.Popen[str]) -> str:
        assert running.stdout is not None
        for line in running.stdout:
            found = re.search(r"http://localhost:\d+", line)
            if found:
                return found[0]
        raise AssertionError((self.folder / "stderr").read_text())

    def kill(self) -> None:
        """As a power cut would: nothing is said to anybody."""
        assert self._running is not None
        self._running.kill()
        self._ended()

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._ended()

    def _ended(self) -> None:
        assert self._running is not None and self._running.stdout is not None
        self._running.wait(PATIENCE)
        self._running.stdout.close()
        self._running = None


class Cosigner:
    """A cosigner on a machine of a party's own. key: its verifier key, which the mediator names when convening."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / name
        made = subprocess.run(
            [PROGRAM, "witness", "--key", self._file, "--name", name],
            capture_output=True,
            text=True,
            check=True,
        )
        self.key = next(line.strip() for line in made.stdout.splitlines() if line.startswith("    "))
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, process: str) -> None:
        """process: the address of the record."""
        with self._file.with_suffix(".log").open("a") as said:
            self._running = subprocess.Popen(
                [PROGRAM, "witness", process, "--key", self._file], stdout=said, stderr=said
            )

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait(PATIENCE)
