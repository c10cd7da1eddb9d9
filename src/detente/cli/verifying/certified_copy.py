"""A certified copy: signatures, order, tree, procedure, disclosures, the keeper's certificate."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import Checked, Container, say_cosigners, say_process, say_signed_again
from detente.client.verified_before import Memory, recall, remember
from detente.codec.instant import instant_from_unix
from detente.codec.refusal import Refused
from detente.proofs.certified_copy import FIRST_LINE, CopyReader, count_acts
from detente.proofs.verification import WORKERS, VerifiedCopy, verify_copy

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


def check(path: Path, file: BinaryIO, memory: Path | None = None, *, again: bool = False) -> Checked:
    """With a progress bar where the record is long. memory: the folder that remembers what was verified, if any; again:
    check what is remembered too. Raises `Refused`: what broke, where, in words."""
    known = _recalled(memory, file) if memory is not None else None
    before = known.before(again=again) if known is not None else None
    total = count_acts(file)
    if total < LONG:
        verified = verify_copy(file, before=before)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        shown = Progress("Checking acts", *columns, console=Console(stderr=True))
        with (
            _checkers(total - (before.size if before is not None and not before.again else 0)) as checkers,
            shown as progress,
        ):
            task = progress.add_task("acts", total=total)
            verified = verify_copy(file, lambda done: progress.update(task, completed=done), checkers, before)
    if memory is not None and (known is None or known.before().size <= verified.size):
        _remembered(memory, verified)
    process = verified.state.convened
    log = log_verifier(process.origin, process.log_key)
    return Checked(verified.note, log, lambda: _report(path, verified, known))


def _recalled(memory: Path, file: BinaryIO) -> Memory | None:
    """What was verified here of the process that the copy says it is of."""
    file.seek(0)
    process = CopyReader(file).heading().process
    try:
        return recall(memory, process)
    except Refused as refused:
        for refusal in refused.refusals:
            say(f"{refusal.code}: {refusal.sentence} {refusal.instead}", err=True)
        return None


def _remembered(memory: Path, copy: VerifiedCopy) -> None:
    try:
        remember(memory, copy, int(time.time()))
    except OSError as error:
        say(f"memory.unwritable: What was verified is not remembered: {error}.", err=True)


def _report(file: Path, copy: VerifiedCopy, known: Memory | None) -> None:
    state = copy.state
    say(f"Everything checks: {os.fspath(file)}")
    say_process(copy.heading.process)
    say(f"  Acts       {copy.size} in the main log")
    for chamber in copy.chambers:
        say(f"             {chamber.size} in the chamber {chamber.name}")
    say(f"  Copied for {copy.heading.exporter}, {copy.heading.made} by the keeper's clock")
    say_signed_again(copy.signed_with_mldsa)
    say_cosigners(copy.cosigners)
    if known is not None:
        say(f"  Before     {_compared(copy, known)}")
    for irregular in state.irregular:
        say(f"  Irregular  act {irregular.index + 1}: {', '.join(irregular.codes)}; it has no effect")
    if state.unknown_from is not None:
        say(f"  Known up to act {state.unknown_from}: this version does not know what follows")


def _compared(copy: VerifiedCopy, known: Memory) -> str:
    """What this copy is to the one that was verified here before."""
    size, at = known.before().size, instant_from_unix(known.at)
    if size > copy.size:
        return f"{size} acts were verified here on {at}: this copy is older, or somebody shows you less"
    if copy.before:
        return f"the signatures of the first {size} acts were verified here on {at}, and not again; all else was, now"
    return (
        f"it begins with the {size} acts that were verified here on {at}; their signatures were checked again"
    )


CERTIFIED_COPY = Container(FIRST_LINE, check)
