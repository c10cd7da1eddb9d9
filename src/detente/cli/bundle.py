"""`detente bundle`: the main log of a record without its words, for whoever is to fold it and see what is not in it."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.client.replica import CopiedLog, read_copied_main
from detente.proofs.replay_bundle import SKELETON, write_bundle


@click.command("bundle")
@click.argument("source")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@keys_option
@click.option("--yes", is_flag=True, help="Write it without asking.")
def command(source: str, file: Path, keys: Path, yes: bool) -> None:
    """Write FILE, a replay bundle: every act of the main record in the clear, and nothing that is hidden or of a chamber.
    SOURCE is a certified copy, or a process of yours: its address, or the start of its id. It is checked here first.
    `detente verify FILE` folds it again anywhere and says what the record holds and what it does not."""
    log = _log(source, keys)
    say(f"A replay bundle of {len(log.acts)} acts. {SKELETON}")
    if not yes:
        click.confirm("Write it?", abort=True)
    with file.open("xb") as out:
        write_bundle(out, log.origin, log.acts, len(log.acts), log.note)
    say(f"{file}: whoever has it checks it with: detente verify {file}")


def _log(source: str, keys: Path) -> CopiedLog:
    if Path(source).is_file():
        with Path(source).open("rb") as copy:
            return read_copied_main(copy)
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, source))
    return table.replica.logs[table.held.process]
