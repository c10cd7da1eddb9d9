"""A long record in a host of its own: made once a size and kept beside the results, opened again by every run."""

from __future__ import annotations

import io
import time
from pathlib import Path

from benchmarks.synthetic import acts
from detente.depositary.certifying import certify_copy
from detente.depositary.host import Depositary
from detente.depositary.opening import open_data
from detente.procedure.disclosure import Viewer
from detente.state.records import State

RESULTS = Path(__file__).parent / "results"
BATCH = 500


class LongRecord:
    """One process of `size` acts in a data folder, received through the door like any other."""

    def __init__(self, size: int, folder: Path | None = None) -> None:
        self.size = size
        self.folder = folder or RESULTS / f"record-{size}"
        self.depositary = self._made()
        (self.origin,) = self.depositary.processes()

    def _made(self) -> Depositary:
        depositary = open_data(self.folder, create=True)
        if not depositary.processes():
            waiting: list[bytes] = []
            for raw in acts(self.size, *depositary.prepare()[:2]):
                waiting.append(raw)
                if len(waiting) == BATCH:
                    receive(depositary, waiting)
                    waiting = []
            receive(depositary, waiting)
        head = depositary.store.head(depositary.processes()[0])
        assert head is not None and head.size == self.size, "half made: remove the folder and run again"
        return depositary

    def state(self) -> State:
        return self.depositary.main(self.origin).state()

    def certified_copy(self) -> bytes:
        out = io.BytesIO()
        certify_copy(self.depositary, self.origin, Viewer(None), int(time.time()), out)
        return out.getvalue()

    def close(self) -> None:
        self.depositary.close()


def receive(depositary: Depositary, raws: list[bytes]) -> None:
    """Every act of the batch must be receipted."""
    for outcome in depositary.receive_acts(raws):
        if isinstance(outcome, Exception):
            raise outcome
