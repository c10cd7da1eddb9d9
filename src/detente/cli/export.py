"""`detente export`: a certified copy of a record, as somebody may see it (VCLT art. 77(1)(b))."""

from __future__ import annotations

import time
from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named, reader_named
from detente.cli.new_file import new_file
from detente.depositary.certifying import certify_copy
from detente.procedure.disclosure import Viewer


@click.command("export")
@click.argument("process")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@click.option("--as", "person", help="What this person may see; without it, what the public may see.")
def command(process: str, file: Path, data: Path, person: str | None) -> None:
    """Write a certified copy of PROCESS to FILE. `detente verify FILE` checks it anywhere, offline."""
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        state = depositary.main(origin).state()
        reader = reader_named(state, person)
        partial = file.with_name(file.name + ".part")
        partial.unlink(missing_ok=True)  # of an export that was interrupted
        with new_file(partial) as out:
            digest = certify_copy(depositary, origin, Viewer(reader), int(time.time()), out)
        partial.replace(file)
        click.echo(f"{file}: {state.size} acts, as {reader or 'the public'} may see them. Digest {digest}")
