"""`detente replay`: play minutes into a record with demonstration keys."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened
from detente.cli.playing import play_with_progress
from detente.codec.refusal import Refusal, Refused
from detente.depositary.host import Depositary
from detente.views.addresses import process_id


@click.command("replay")
@click.argument("case")
@data_option
def command(case: str, data: Path) -> None:
    """Play CASE (a shipped case by name, or a file of minutes) and print the ids of its processes."""
    with opened(data, create=True) as depositary:
        before = depositary.processes()
        try:
            played = play_with_progress(depositary, case)
        except Refused as refused:
            left = [o for o in depositary.processes() if o not in before]
            raise Refused(*refused.refusals, *(_left(depositary, o, data) for o in left)) from refused
        for origin in played:
            click.echo(origin)


def _left(depositary: Depositary, origin: str, data: Path) -> Refusal:
    """A record only grows: what was played of it before the line that does not hold is there, and can be looked at."""
    size = depositary.main(origin).state().size
    return Refusal(
        "minutes.left", f"{origin} is in {data}, as far as it was played: {f'{size} acts' if size != 1 else '1 act'}.",
        instead=f"Look at it with “detente status {process_id(origin)} --data {data}”. Play the corrected minutes into "
        "another folder, or beside it.",
    )  # fmt: skip
