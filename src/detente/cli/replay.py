"""`detente replay`: play minutes into a record with demonstration keys."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened
from detente.cli.playing import play_with_progress


@click.command("replay")
@click.argument("case")
@data_option
def command(case: str, data: Path) -> None:
    """Play CASE (a shipped case by name, or a file of minutes) and print the ids of its processes."""
    with opened(data, create=True) as depositary:
        for origin in play_with_progress(depositary, case):
            click.echo(origin)
