"""`detente stamp`: have the latest checkpoint of a record stamped by a time stamp authority, now."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named
from detente.cli.terminal import say
from detente.cli.time_stamp_options import authority_named, authority_options
from detente.codec.instant import instant_from_unix
from detente.codec.refusal import refuse
from detente.depositary.stamping import stamp_latest, take_stamps


@click.command("stamp")
@click.argument("process")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@data_option
@authority_options
def command(
    process: str,
    file: Path | None,
    data: Path,
    time_stamp_authority: str | None,
    time_stamp_certificate: Path | None,
) -> None:
    """Have PROCESS stamped as it stands, and write every stamp on it to FILE, if named. `detente verify FILE` checks
    them anywhere, offline."""
    authority = authority_named(time_stamp_authority, time_stamp_certificate)
    if authority is None:
        raise refuse("stamp.certificate", "No time stamp authority is named.", "RFC 3161",
                     "Give --time-stamp-authority URL --time-stamp-certificate FILE.")  # fmt: skip
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        made = stamp_latest(depositary, origin, authority)
        if file is not None:
            with file.open("wb") as out:
                take_stamps(depositary, origin, out)
    say(f"These {made.size} acts existed by {instant_from_unix(made.made)}, says {made.authority}.")
