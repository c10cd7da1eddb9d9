"""Group commit: acts that arrive while one transaction is under way share the next one.

Whoever finds nobody writing takes all that wait, its own among them, and writes for all; the others wait for
their outcome. One fsync then serves many acts, and a single act waits for nobody.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future

from detente.codec.refusal import Refused
from detente.depositary.host import Depositary
from detente.depositary.receipt import Receipt

LARGEST_GROUP = 50


class GroupCommit:
    """The writer's side of the door, for many threads."""

    def __init__(self, depositary: Depositary) -> None:
        self._depositary = depositary
        self._waiting: list[tuple[bytes, Future[Receipt]]] = []
        self._queue = threading.Lock()
        self._writer = threading.Lock()

    def receive_act(self, raw: bytes) -> Receipt:
        """As `Depositary.receive_act`. Raises `Refused`."""
        outcome: Future[Receipt] = Future()
        with self._queue:
            self._waiting.append((raw, outcome))
        while not outcome.done():
            with self._writer:
                if not outcome.done():
                    self._write_group()
        return outcome.result()

    def _write_group(self) -> None:
        with self._queue:
            group, self._waiting = self._waiting[:LARGEST_GROUP], self._waiting[LARGEST_GROUP:]
        try:
            outcomes = self._depositary.receive_acts([raw for raw, _outcome in group])
        except Exception as error:
            # Whoever waits must hear of it: nothing was receipted, and each may be sent again.
            for _raw, waiting in group:
                waiting.set_exception(error)
            return
        for (_raw, waiting), outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, Refused):
                waiting.set_exception(outcome)
            else:
                waiting.set_result(outcome)
