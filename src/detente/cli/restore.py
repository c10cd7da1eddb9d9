"""`detente restore`: what a backup holds, into a database that holds nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from detente.cli.data_folder import database_of, database_options, opened
from detente.cli.terminal import say
from detente.codec.refusal import refuse
from detente.depositary.custody import Custody, read_host_key
from detente.depositary.opening import HOST_KEY
from detente.store.backup import restore, wrapped_key


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_options
def command(file: Path, data: Path, database: str | None, host_key: Path | None) -> None:
    """Write what the backup FILE holds into a new database. It is never written over a record.

    The host key that the backup was made under has to be there first. What acts of the record have erased is erased
    again.
    """
    _check_key(file, host_key or data / HOST_KEY)
    with closing(database_of(data, database, create=True)) as store:
        acts = restore(file, store)
    with opened(data, database=database, host_key=host_key):
        pass  # opening erases again what is to stay erased
    say(f"Restored {acts} acts. Acts that came after the backup are not among them.")
    say(
        "Serve it with its witnesses (--witness): where they have signed more, the host signs nothing until “detente "
        "recover” has brought back what is missing from parties’ copies."
    )


def _check_key(file: Path, host_key: Path) -> None:
    """Raises `Refused`: `custody.host_key`, `custody.unwrap`."""
    if not host_key.exists():
        raise refuse("custody.host_key", f"There is no host key {host_key} to the backup.",
                     instead="Put the file there first, from your backup of the host key.")  # fmt: skip
    kept = wrapped_key(file)
    if kept is not None:
        Custody(read_host_key(host_key)).unwrap(*kept)
