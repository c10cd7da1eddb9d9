"""`detente prove`: one file that proves one act to anybody, showing of it what its holder chooses."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.proofs.proving import whole_log, write_proof


@click.command("prove")
@click.argument("process")
@click.argument("number", type=click.IntRange(min=1))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--show", default="", help="Hidden fields to show, with commas between; none if left out.")
@click.option("--names", is_flag=True, help="Show also its author's office and the title of the talks.")
@keys_option
def command(process: str, number: int, file: Path, show: str, names: bool, keys: Path) -> None:
    """Write FILE, which proves act NUMBER of PROCESS (its address, or the start of its id) to anybody, offline."""
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, process))
    log = table.replica.logs[table.held.process]
    shown = [name.strip().replace(" ", "_") for name in show.split(",") if name.strip()]
    with file.open("xb") as out:
        try:
            write_proof(out, whole_log(log.acts, log.note), number, shown, names=names)
        except BaseException:
            file.unlink()
            raise
    say(f"Act {number} is proved by {file}. Whoever has it checks it with: detente verify {file}")
    say("It shows what stands in the clear of that act, and of the acts that enrolled its author's key.")
