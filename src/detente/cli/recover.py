"""`detente recover`: bring back from parties' copies what a restored backup does not hold."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import database_options, opened
from detente.cli.terminal import say
from detente.client.replica import held_logs
from detente.codec.refusal import refuse
from detente.depositary.fork_guard import go_on_where_held
from detente.depositary.logs import main_origin
from detente.depositary.recovery import HeldLog, recover


@click.command("recover")
@click.argument("copies", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="COPY...")  # fmt: skip
@database_options
def command(copies: tuple[Path, ...], data: Path, database: str | None, host_key: Path | None) -> None:
    """Bring back what each COPY (a certified copy, or what “detente mirror” keeps) holds beyond this host's record.

    Every copy is verified whole. The copies of both sides and of a mediator together bring back their chambers, and the
    words that each may read. Nothing is signed anew."""
    held: list[HeldLog] = []
    for file in copies:
        with file.open("rb") as copy:
            held.extend(held_logs(copy))
    processes = sorted({main_origin(log.origin) for log in held})
    if len(processes) > 1:
        raise refuse("recovery.processes", "The copies are of more than one process.",
                     instead="Bring back one process after the other.")  # fmt: skip
    with opened(data, database=database, host_key=host_key) as depositary:
        grown = recover(depositary, held)
        for log in grown:
            say(f"{log.origin}: acts {log.before + 1} to {log.now} are back.")
        if not grown:
            say("The copies hold nothing that this host lacks.")
        if not go_on_where_held(depositary, processes[0]):
            say(
                "The host still signs nothing for these talks: somebody holds a checkpoint of more acts than these."
            )
