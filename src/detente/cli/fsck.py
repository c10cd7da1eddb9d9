"""`detente fsck`: check a database against its log. Exits 0 where all is well, 1 where something is not."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from detente.cli.data_folder import database_options, host_folder, opened
from detente.cli.last_done import note_done
from detente.cli.terminal import say
from detente.codec.refusal import Refusal
from detente.depositary.host import Depositary
from detente.depositary.self_check import check_process
from detente.store.fsck import Finding, check_database, check_store


@click.command("fsck")
@database_options
@click.option(
    "--sample",
    type=click.IntRange(1),
    help="Check so many processes, drawn at random, and not the whole database file.",
)
def command(data: Path, database: str | None, host_key: Path | None, sample: int | None) -> None:
    """Recompute every leaf, root and tile; verify every signature; fold every log; report what differs.

    Words that are gone from the database without an act of erasure are no finding: an empty field's digest looks like
    theirs. A copy that was exported before shows what was there."""
    found = 0
    with opened(data, database=database, host_key=host_key) as depositary:
        origins: Sequence[str] = depositary.processes()
        if sample is None:
            found += _report("The database", check_database(depositary.store))
        else:
            there, origins = len(origins), random.SystemRandom().sample(origins, min(sample, len(origins)))
            say(f"Checked here: {len(origins)} of {there} processes, drawn at random.")
        for origin in origins:
            found += _report(origin, _checked(depositary, origin))
    if found or sample is None:  # what a sample did not show is not known
        note_done(
            host_folder(data, database, host_key), "fsck", "nothing wrong" if not found else f"{found} wrong"
        )
    sys.exit(1 if found else 0)


def _checked(depositary: Depositary, origin: str) -> list[Finding | Refusal]:
    found: list[Finding | Refusal] = []
    try:
        found.extend(check_process(depositary, origin, int(time.time())))
    except Exception as error:  # what is missing from a damaged database shows wherever it is needed
        for log in depositary.store.origins():
            if log == origin or log.startswith(f"{origin}/"):
                found.extend(check_store(depositary.store, log))
        what = str(error) or type(error).__name__
        found.append(Refusal("fsck.stopped", f"{origin} cannot be checked any further: {what}."))
    return found


def _report(what: str, findings: Iterable[Finding | Refusal]) -> int:
    """Say what is wrong; how many things are."""
    wrong = list(findings)
    say(f"{what}: {len(wrong) or 'nothing'} wrong")
    for one in wrong:
        say(f"  {one.code}: {one.sentence}")
    return len(wrong)
