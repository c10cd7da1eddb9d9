"""`detente minutes`: a record as plain minutes, as one person may read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named, reader_named
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say_lines
from detente.client.keyring import Keyring
from detente.depositary.reading import Record
from detente.interchange.minutes.printing import print_minutes
from detente.interchange.minutes.references import Ledger
from detente.procedure.disclosure import Viewer, VisibleAct
from detente.wording.names import Names


@click.command("minutes")
@click.argument("process")
@data_option
@keys_option
@click.option("--at", type=int, help="Up to this act (its number in the record).")
@click.option("--as", "person", help="As this person may read it; without it, as anybody may.")
def command(process: str, data: Path, keys: Path, at: int | None, person: str | None) -> None:
    """Print PROCESS as minutes: time, who, what, and the words that one may read. PROCESS is the start of its id, in a
    data folder; or the address of a process of yours, which is copied and checked here first.

    What was sealed in a chamber is not in it. The acts themselves, with their signatures, are what `export` writes."""
    if "://" in process:
        table = AtTheTable(Keyring(keys), held_keys(Keyring(keys), process))
        say_lines(_minutes(table.replica.seen_at(at)))
        return
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        reader = reader_named(depositary.main(origin).state(), person)
        say_lines(_minutes(Record(depositary, origin, Viewer(reader), at)))


def _minutes(record: Record) -> str:
    acts = record.acts(0, record.as_of)
    return print_minutes(acts, _ledger(record, acts), Names(record).zone.tz)


def _ledger(record: Record, acts: Iterable[VisibleAct]) -> Ledger:
    ledger = Ledger(record.visible.state)
    for shown in acts:
        ledger.add(shown.act.leaf, opened=shown.opened)
    return ledger
