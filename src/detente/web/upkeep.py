"""Upkeep: what a host does by itself while it is served, on a thread of its own: it signs checkpoints once more, and asks
for time stamps. Nobody waits for it, and what fails is said in the server's own log and tried again at the next look."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from detente.codec.refusal import Refused
from detente.store.port import Unavailable, UncertainCommit

_log = logging.getLogger("detente.upkeep")
PAUSE: Final = 10
"""Seconds between two looks."""
PATIENCE: Final = 10
"""Seconds that a look under way has to finish in, when the server stops."""
Look = Callable[[int], None]
"""Looks whether something is due, and does it. It is told the time, in Unix seconds."""


@contextmanager
def kept_up(looks: Sequence[Look], pause: float = PAUSE) -> Iterator[None]:
    """Inside, `looks` are taken one after another, again and again."""
    stopped = threading.Event()
    thread = threading.Thread(target=_look_on, args=(looks, pause, stopped), name="upkeep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(PATIENCE)


def _look_on(looks: Sequence[Look], pause: float, stopped: threading.Event) -> None:
    while not stopped.wait(pause):
        for look in looks:
            try:
                look(int(time.time()))
            except Refused as refused:
                codes = [refusal.code for refusal in refused.refusals]
                told = {"refused": codes}
                _log.warning("%s", " ".join(r.sentence for r in refused.refusals), extra={"told": told})
            except (Unavailable, UncertainCommit):
                _log.warning(
                    "The database cannot be read or written now; it is tried again at the next look."
                )
            except Exception:
                _log.exception("Upkeep failed, and is tried again.")
