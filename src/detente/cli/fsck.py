"""`detente fsck`: check a database against its log. Exits 0 where all is well, 1 where something is not."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from detente.cli.data_folder import DEFAULT
from detente.depositary.opening import HOST_KEY, open_data, open_database
from detente.depositary.self_check import check_process


@click.command("fsck")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT, show_default=True)
@click.option("--database", help="A database URL instead of a data folder.")
@click.option(
    "--host-key", type=click.Path(dir_okay=False, path_type=Path), help="The host key of --database."
)
def command(data: Path, database: str | None, host_key: Path | None) -> None:
    """Recompute every leaf, root and tile; verify every signature; fold every log; report what differs."""
    depositary = open_database(database, host_key or data / HOST_KEY) if database else open_data(data)
    found = 0
    try:
        for origin in depositary.processes():
            wrong = list(check_process(depositary, origin, int(time.time())))
            found += len(wrong)
            click.echo(f"{origin}: {len(wrong) or 'nothing'} wrong")
            for refusal in wrong:
                click.echo(f"  {refusal.code}: {refusal.sentence}")
    finally:
        depositary.close()
    sys.exit(1 if found else 0)
