"""A host over a SQLite file, with a shim under it."""

from __future__ import annotations

from pathlib import Path

from detente.depositary.host import Depositary
from detente.depositary.opening import open_data
from tests.faults.host_process import HostProcess
from tests.faults.shim import Shim


class SqliteGround:
    """In a folder of its own. careless: see `HostProcess`."""

    store = "SQLite"

    def __init__(self, folder: Path, careless: str = "", *, traced: bool = True) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        self.shim = Shim(folder, self.data, traced=traced)
        words = ["--data", str(self.data)]
        self.host = HostProcess(folder, words, self.shim.environment, careless)

    def start(self) -> None:
        self.host.start()

    def start_again(self) -> None:
        """What does not run."""
        if not self.host.runs:
            self.host.start()

    def stop(self) -> None:
        self.host.stop()

    def opened(self) -> Depositary:
        """The record itself, once the host has ended."""
        return open_data(self.data)
