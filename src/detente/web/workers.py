"""Several server processes behind one address: each accepts from the one listening socket that all have inherited.

The process that starts them serves nothing. It begins one again that has ended by itself, and ends when it is told to,
after all of them; they end when it is gone.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, Final

PAUSE: Final = 0.2
"""Seconds between two looks at the processes."""
AGAIN: Final = 1.0
"""Seconds after which one that has ended is begun again."""

ServeOne = Callable[[int, Callable[[], None]], None]
"""Serves until it is told to stop. Told which of the processes it is, from 0, and what to call once it answers."""


def serve_many(count: int, serve_one: ServeOne, ready: Callable[[], None]) -> None:
    """Run `serve_one` in `count` processes until told to stop (SIGINT or SIGTERM). ready: called once all answer.

    Nothing may have been started on a thread before. Ends with status 1 where one of them does not come to answer at all.
    """
    workers = _Workers(serve_one)
    with workers.told_by_signals():
        for number in range(count):
            workers.start(number)
        while workers.running:
            before = len(workers.answering)
            workers.look()
            if before < len(workers.answering) == count:
                ready()
    if not workers.stopping:
        sys.exit(1)


class _Workers:
    """running: process id -> which one it is; answering: those that have come to answer."""

    def __init__(self, serve_one: ServeOne) -> None:
        self._serve_one = serve_one
        self.running: dict[int, int] = {}
        self.answering: set[int] = set()
        self.stopping = False
        self._answers = os.pipe()
        self._held = os.pipe()  # its writing end is open for as long as this process lives

    @contextmanager
    def told_by_signals(self) -> Iterator[None]:
        before = {told: signal.signal(told, self._stop) for told in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for told, handler in before.items():
                signal.signal(told, handler)

    def _stop(self, *_about: Any) -> None:
        self.stopping = True
        self.end()

    def end(self) -> None:
        for process in self.running:
            os.kill(process, signal.SIGTERM)

    def start(self, number: int) -> None:
        process = os.fork()
        if process:
            self.running[process] = number
            return
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(self._held[1])
        Thread(target=_end_when_alone, args=(self._held[0],), name="alone", daemon=True).start()
        self._serve_one(number, lambda: self._answer(number))
        sys.exit(0)

    def _answer(self, number: int) -> None:
        os.write(self._answers[1], bytes([number]))

    def look(self) -> None:
        """Wait a moment for one to answer or to end; begin again what has ended by itself."""
        if select.select([self._answers[0]], [], [], PAUSE)[0]:
            self.answering |= set(os.read(self._answers[0], 4096))
        while self.running:
            process, _status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            number = self.running.pop(process)
            if self.stopping:
                continue
            if number not in self.answering:  # it has not come to answer: it has said why
                self.end()
                continue
            time.sleep(AGAIN)
            if not self.stopping:
                self.start(number)


def _end_when_alone(held: int) -> None:
    os.read(held, 1)  # returns when the process that started this one has ended
    os.kill(os.getpid(), signal.SIGTERM)
