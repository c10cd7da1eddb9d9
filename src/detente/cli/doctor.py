"""`detente doctor`: look at a host and everything it rests on, and say what to do. Nothing is changed.

Exits 1 where something does not hold; what somebody should see to later is said, and leaves 0.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
import msgspec

from detente.cli.data_folder import data_option, host_folder
from detente.cli.examining import folder, machine, neighbours, record
from detente.cli.examining.finding import Finding
from detente.cli.terminal import say
from detente.depositary.opening import DATABASE, HOST_KEY
from detente.tlog.signed_note import parse_vkey


@click.command("doctor")
@data_option
@click.option("--database", help="A database URL. Without it, the data folder's own.")
@click.option(
    "--host-key", type=click.Path(dir_okay=False, path_type=Path), help="The host key, kept elsewhere."
)
@click.option(
    "--witness", "witnesses", nargs=2, multiple=True, metavar="VKEY URL",
    help="A witness that “detente serve” is given; repeatable.",
)  # fmt: skip
@click.option("--time-stamp-authority", metavar="URL", help="Who stamps checkpoints.")
@click.option(
    "--address", metavar="URL", help="Where people open the host: asked as they would, through the proxy."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(
    data: Path, database: str | None, host_key: Path | None, witnesses: tuple[tuple[str, str], ...],
    time_stamp_authority: str | None, address: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Look at a host and everything it rests on. Give it the options that “detente serve” is given."""
    asked = [(parse_vkey(vkey).name, url) for vkey, url in witnesses]
    found = list(
        chain(
            machine.examine(),
            _own(data, database, host_key),
            neighbours.examine(asked, time_stamp_authority, address, time.time()),
        )
    )
    if as_json:
        click.echo(msgspec.json.encode({"findings": found}).decode())
    else:
        _say(found)
    sys.exit(1 if any(finding.level == "fail" for finding in found) else 0)


def _own(data: Path, database: str | None, host_key: Path | None) -> Iterator[Finding]:
    """What lies on this machine: the folder, the key, the database."""
    own = host_folder(data, database, host_key)
    key = host_key or data / HOST_KEY
    file = _sqlite_file(data, database)
    yield from folder.examine(own, key, file, time.time())
    yield from record.examine(database, file, key, time.time())


def _sqlite_file(data: Path, database: str | None) -> Path | None:
    """None where the record is kept by a server."""
    if database is None:
        return data / DATABASE
    return None if database.startswith("postgres") else Path(database.removeprefix("sqlite:///"))


def _say(found: list[Finding]) -> None:
    for finding in found:
        say(f"{finding.level:5} {finding.about}: {finding.sentence}")
        if finding.instead:
            say(f"      {finding.instead}")
    counted = Counter(finding.level for finding in found)
    say(f"{counted['ok']} hold, {counted['warn']} to see to, {counted['fail']} do not hold.")
