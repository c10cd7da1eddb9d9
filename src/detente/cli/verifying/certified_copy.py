"""A certified copy: signatures, order, tree, procedure, disclosures, the keeper's certificate."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_cosigners, say_process
from detente.proofs.certified_copy import FIRST_LINE, count_acts
from detente.proofs.log_reading import WORKERS
from detente.proofs.verification import VerifiedCopy, verify_copy

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


def check(path: Path, file: BinaryIO) -> None:
    """With a progress bar where the record is long. Raises `Refused`: what broke, where, in words."""
    total = count_acts(file)
    if total < LONG:
        verified = verify_copy(file)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        shown = Progress("Checking acts", *columns, console=Console(stderr=True))
        with _checkers(total) as checkers, shown as progress:
            task = progress.add_task("acts", total=total)
            verified = verify_copy(file, lambda done: progress.update(task, completed=done), checkers)
    _report(path, verified)


def _report(file: Path, copy: VerifiedCopy) -> None:
    state = copy.state
    say(f"Everything checks: {os.fspath(file)}")
    say_process(copy.heading.process)
    say(f"  Acts       {copy.size} in the main log")
    for chamber in copy.chambers:
        say(f"             {chamber.size} in the chamber {chamber.name}")
    say(f"  Copied for {copy.heading.exporter}, {copy.heading.made} by the keeper's clock")
    say_cosigners(copy.cosigners)
    for irregular in state.irregular:
        say(f"  Irregular  act {irregular.index + 1}: {', '.join(irregular.codes)}; it has no effect")
    if state.unknown_from is not None:
        say(f"  Known up to act {state.unknown_from}: this version does not know what follows")


CERTIFIED_COPY = Container(FIRST_LINE, check)
