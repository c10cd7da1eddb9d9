"""`detente publish`: the hash tiles and the checkpoint of a public log as files for any web server or object store."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named
from detente.cli.terminal import say
from detente.depositary.publishing import publish_tiles
from detente.store.static_files import StaticFiles


@click.command("publish")
@click.argument("process")
@click.argument("to")
@data_option
def command(process: str, to: str, data: Path) -> None:
    """Bring the hash tiles and the checkpoint of PROCESS at TO up to date: a directory, or a bucket such as
    s3://bucket/prefix, whose keys stand in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION,
    AWS_ENDPOINT). Words are not among them. `detente serve --publish TO` does the same whenever a record grows."""
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        published = publish_tiles(depositary, origin, StaticFiles(to))
    say(f"{to} leads to {published.size} acts of {origin}; files written: {published.written}.")
