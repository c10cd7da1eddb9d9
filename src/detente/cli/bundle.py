"""`detente bundle`: the main log of a record without its words, for whoever is to fold it and see what is not in it."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.keys_folder import AtTheTable, held_keys, keys_option, later_acts
from detente.cli.new_file import new_file
from detente.cli.snapshot_option import snapshot_option
from detente.cli.terminal import say
from detente.cli.verifying.later_acts import went_on
from detente.client.keyring import Keyring
from detente.client.replica import CopiedLog, read_copied_main
from detente.proofs.replay_bundle import SKELETON, write_bundle
from detente.proofs.verified_snapshot import open_snapshot


@click.command("bundle")
@click.argument("source")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@keys_option
@snapshot_option
@click.option("--yes", is_flag=True, help="Write it without asking.")
def command(source: str, file: Path, keys: Path, snapshot: Path | None, yes: bool) -> None:
    """Write FILE, a replay bundle: every act of the main record in the clear, and nothing that is hidden or of a chamber.
    SOURCE is a certified copy, or a process of yours: its address, or the start of its id. It is checked here first.
    `detente verify FILE` folds it again anywhere and says what the record holds and what it does not.

    With --snapshot only the acts after the snapshot are fetched from the host and written, as later acts:
    `detente verify FILE --snapshot SNAPSHOT`."""
    if snapshot is not None:
        _write_later(source, file, keys, snapshot, yes=yes)
        return
    log = _log(source, keys)
    say(f"A replay bundle of {len(log.acts)} acts. {SKELETON}")
    if not yes:
        click.confirm("Write it?", abort=True)
    with new_file(file) as out:
        write_bundle(out, log.origin, log.acts, len(log.acts), log.note)
    say(f"{file}: whoever has it checks it with: detente verify {file}")


def _write_later(source: str, file: Path, keys: Path, snapshot: Path, *, yes: bool) -> None:
    held = held_keys(Keyring(keys), source)
    with snapshot.open("rb") as opened:
        found = open_snapshot(opened)
    say(f"The acts after act {found.size}. {SKELETON}")
    if not yes:
        click.confirm("Write them?", abort=True)
    with new_file(file) as out:
        later_acts(held, found, out)
        out.seek(0)
        went_on(out, found)
    say(
        f"{file}: whoever has it and the snapshot checks it with: detente verify {file} --snapshot {snapshot}"
    )


def _log(source: str, keys: Path) -> CopiedLog:
    if Path(source).is_file():
        with Path(source).open("rb") as copy:
            return read_copied_main(copy)
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, source))
    return table.replica.logs[table.held.process]
