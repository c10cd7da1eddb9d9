"""`detente verify`: check a certified copy offline. Exits 0 where everything holds, 1 where something broke."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import click
import msgspec

from detente.cli.terminal import say
from detente.codec.instant import instant_from_unix
from detente.proofs.certified_copy import count_acts
from detente.proofs.one_act import ProvedAct, is_proof_of_an_act, verify_proof
from detente.proofs.verification import WORKERS, VerifiedCopy, verify_copy
from detente.tlog.checkpoint import Cosigned

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


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Check everything in FILE: a certified copy (signatures, order, tree, procedure, disclosures, the keeper's
    certificate), or the proof of one act."""
    with file.open("rb") as copy:
        if is_proof_of_an_act(copy):
            _report_act(file, verify_proof(copy))
            return
        total = count_acts(copy)
        if total < LONG:
            verified = verify_copy(copy)
        else:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            shown = Progress("Checking acts", *columns, console=Console(stderr=True))
            with _checkers(total) as checkers, shown as progress:
                task = progress.add_task("acts", total=total)
                verified = verify_copy(copy, lambda done: progress.update(task, completed=done), checkers)
    _report(file, verified)


def _report_act(file: Path, proof: ProvedAct) -> None:
    act, admitted = proof.act, proof.admitted
    who = f"{proof.office} ({proof.person})" if proof.office else proof.person
    side = f" of side {admitted.side}" if admitted is not None and admitted.side else ""
    role = f", admitted as {admitted.role}{side}" if admitted is not None else ""
    say(f"Everything checks: {os.fspath(file)}")
    say(f"  Process    {proof.process.origin}")
    say(
        "             Compare this id with the one you were given: it fixes the convenor's and the log's key."
    )
    kind, dated = act.kind.name.replace("_", " "), instant_from_unix(act.clear.iat)
    say(f"  Proved     act {act.number}, of kind {kind}, dated {dated}")
    say(f"  Signed by  {who}{role}, with the key enrolled in act {proof.enrolled}")
    for name in act.kind.clear_fields:
        say(f"  {name:<11}{msgspec.json.encode(getattr(act.clear, name)).decode()}")
    for name, value in act.opened.items():
        say(f"  {name:<11}{msgspec.json.encode(value).decode()}")
    say(f"  In the log of {proof.size} acts, which the log's own key signed")
    _say_cosigners(proof.cosigners)
    say("  Not shown  whether the act was regular, what came after it, and everything else in the record")


def _say_cosigners(cosigners: tuple[Cosigned, ...]) -> None:
    for cosigner in cosigners:
        say(f"  Cosigned   by {cosigner.name}, {instant_from_unix(cosigner.time)}")
    if not cosigners:
        say("  Cosigned   by nobody: that the log has no other branch rests on the host's word")


def _report(file: Path, copy: VerifiedCopy) -> None:
    state = copy.state
    say(f"Everything checks: {os.fspath(file)}")
    say(f"  Process    {copy.heading.process}")
    say(
        "             Compare this id with the one you were given: it fixes the convenor's and the log's key."
    )
    say(f"  Acts       {copy.size} in the main log")
    for chamber in copy.chambers:
        say(f"             {chamber.size} in the chamber {chamber.name}")
    say(f"  Copied for {copy.heading.exporter}, {copy.heading.made} by the keeper's clock")
    _say_cosigners(copy.cosigners)
    for irregular in state.irregular:
        say(f"  Irregular  act {irregular.index + 1}: {', '.join(irregular.codes)}; it has no effect")
    if state.unknown_from is not None:
        say(f"  Known up to act {state.unknown_from}: this version does not know what follows")
