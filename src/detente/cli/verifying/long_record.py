"""Checking a long record: a progress bar, and other processes that check signatures while this one folds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from detente.proofs.log_reading import WORKERS
from detente.proofs.replay_bundle import VerifiedBundle, count_acts, verify_bundle

Checked = TypeVar("Checked")
Check = Callable[[Callable[[int], None], Executor | None], Checked]
"""Gets what to call with the acts checked so far, and where signatures are checked: None for threads."""

LONG = 2_000
"""Acts from which a progress bar is worth its flicker."""
VERY_LONG = 20_000
"""Acts from which other processes are worth starting."""
SWITCH_INTERVAL = 50e-6
"""Seconds after which the thread that folds lets the one that feeds the processes go on; five milliseconds, Python's
own choice, would leave them waiting for work."""


@contextmanager
def checking_processes() -> Iterator[Executor]:
    """Processes that check signatures while this one folds: one core for each, as far as there are some."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as processes:
            yield processes
    finally:
        sys.setswitchinterval(interval)


@contextmanager
def _checkers(total: int) -> Iterator[Executor | None]:
    if total < VERY_LONG:
        yield None
    else:
        with checking_processes() as processes:
            yield processes


def with_progress(total: int, check: Check[Checked], known: int = 0) -> Checked:
    """Check a record that says it holds `total` acts, with a progress bar where that is long. known: acts of it whose
    signatures are not checked again."""
    if total < LONG:
        return check(lambda _done: None, None)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress("Checking acts", *columns, console=Console(stderr=True))
    with _checkers(total - known) as checkers, shown as progress:
        task = progress.add_task("acts", total=total)
        return check(lambda done: progress.update(task, completed=done), checkers)


def folded_bundle(path: Path) -> VerifiedBundle:
    """A replay bundle, checked whole. Raises `Refused` as `verify_bundle`."""
    with path.open("rb") as file:
        total = count_acts(file)
        return with_progress(total, lambda done, checkers: verify_bundle(file, done, checkers))
