"""`detente read`: the acts of a record in words, with what is sealed to one's own key opened on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.chamber_keys import opened_epochs, unsealed
from detente.client.keyring import HeldKey, Keyring
from detente.depositary.reading import Record
from detente.procedure.disclosure import VisibleAct
from detente.views.building.sight import Sight, full_moment
from detente.views.marks import Moment

LONGEST = 20_000
"""Characters quoted of one field: all of what people write."""


@click.command("read")
@click.argument("process")
@keys_option
@click.option(
    "--log", "chamber", default="", help="A chamber of yours (side-A, mediators-A); else the main log."
)
@click.option("--last", type=click.IntRange(min=1), default=20, help="How many acts; 20 if left out.")
def command(process: str, keys: Path, chamber: str, last: int) -> None:
    """Read the last acts of PROCESS (its address, or the start of its id), every one verified here."""
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    record = AtTheTable(keyring, held).replica.record
    sight = Sight(record, ())
    for act in _acts(record, held, chamber, last):
        say(f"#{act.index + 1}  {_shown(sight.act_time(act, full_moment))}  {sight.say(act, LONGEST)}")


def _acts(record: Record, held: tuple[HeldKey, ...], chamber: str, last: int) -> Iterator[VisibleAct]:
    if not chamber:
        yield from record.acts(record.size - last, record.size)
        return
    record.own_chamber(chamber)
    epochs = opened_epochs(record, chamber, held)
    for act in record.chamber_acts(chamber)[-last:]:
        yield unsealed(act, epochs)


def _shown(moment: Moment) -> str:
    return f"{moment.shown}{'†' if moment.illustrative else ''}"
