"""`detente backup`: the whole record of a host in one file, while the host goes on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from detente.cli.data_folder import DEFAULT, database_of, host_folder
from detente.cli.last_done import note_done
from detente.cli.terminal import say
from detente.store.backup import back_up


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT, show_default=True)
@click.option("--database", help="A database URL instead of a data folder.")
def command(file: Path, data: Path, database: str | None) -> None:
    """Write everything that the database holds, as it is at this moment, into FILE. Hosts go on meanwhile.

    “detente restore” writes it into a new SQLite file or PostgreSQL database. The host key and the sealed files are not
    in it: keep the key apart, and copy the folder of files beside it, whose files never change."""
    with closing(database_of(data, database)) as store:
        acts = back_up(store, file)
    note_done(host_folder(data, database, None), "backup", "made")
    say(f"{file}: a backup with {acts} acts.")
    say("The host key and the sealed files are not in it: keep a copy of each, the key apart from the rest.")
