"""`detente serve` as a program of its own, over a shim or not, that can be killed, paused and started again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.cli.speaking import PROGRAM

PROJECT: Final = Path(__file__).parents[2]
PATIENCE: Final = 30
"""Seconds in which it starts, or ends."""


class HostProcess:
    """words: of `detente serve`, but for the port, which stays the same after every start. careless: which line of care
    is left out (`tests.faults.careless`), "" for none."""

    def __init__(
        self, folder: Path, words: Sequence[str], environment: Mapping[str, str], careless: str = ""
    ) -> None:
        self._complaints = folder / "host.log"
        program = [sys.executable, "-m", "tests.faults.careless", careless] if careless else [str(PROGRAM)]
        self._command = [*program, "serve", *words]
        self._environment = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
        self._port = "0"
        self.address = ""
        self._running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Raises `AssertionError` with what it said where it does not serve."""
        with self._complaints.open("a") as complaints:
            self._running = subprocess.Popen(
                [*self._command, "--port", self._port], stdout=subprocess.PIPE, stderr=complaints, text=True,
                env=self._environment, cwd=PROJECT,
            )  # fmt: skip
        self.address = self._printed(self._running)
        self._port = self.address.rpartition(":")[2]

    def _printed(self, running: subprocess.Popen[str]) -> str:
        assert running.stdout is not None
        for line in running.stdout:
            found = re.search(r"http://localhost:\d+", line)
            if found:
                return found[0]
        self._ended()
        raise AssertionError(self.said[-2000:])

    @property
    def said(self) -> str:
        """What it complained of."""
        return self._complaints.read_text()

    @property
    def runs(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def kill(self) -> None:
        self._send(signal.SIGKILL)
        self._ended()

    def pause(self) -> None:
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        self._send(signal.SIGCONT)

    def stop(self) -> None:
        if self._running is not None:
            self._send(signal.SIGCONT)
            self._send(signal.SIGTERM)
            self._ended()

    def _send(self, number: int) -> None:
        assert self._running is not None
        self._running.send_signal(number)

    def _ended(self) -> None:
        assert self._running is not None and self._running.stdout is not None
        try:
            self._running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._running.kill()
            raise
        finally:
            self._running.stdout.close()
            self._running = None
