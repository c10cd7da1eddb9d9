"""`detente mirror`: keep a full copy of a record on one's own machine, and see that nothing is taken back from it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from detente.cli.keys_folder import held_keys, keys_option, say_refused
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.client.mirror import Mirror
from detente.codec.refusal import Refused


@click.command("mirror")
@click.argument("process")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--every", type=click.IntRange(1), default=60, show_default=True, help="Seconds between two looks."
)
@click.option("--once", is_flag=True, help="Look once, and end.")
@keys_option
def command(process: str, file: Path, every: int, once: bool, keys: Path) -> None:
    """Keep FILE a full copy of PROCESS (its address, or the start of its id), as you may see it: verified whole each
    time that it grows, and never replaced by one that takes something back. “detente verify FILE” checks it; with it a
    host that lost acts brings them back (“detente recover FILE”)."""
    keyring = Keyring(keys)
    held = held_keys(keyring, process)[0]
    mirror = Mirror(held, keyring.folder_of(held.process), file)
    while True:
        fault = _look(mirror, file)
        if fault and (once or not fault.startswith("host.")):
            sys.exit(1)
        if once:
            return
        time.sleep(every)


def _look(mirror: Mirror, file: Path) -> str:
    """The code of what stood against it; "" where all is well."""
    try:
        replica = mirror.look(int(time.time()))
    except Refused as refused:
        say_refused(refused)
        return refused.refusals[0].code
    if replica is not None:
        sizes = ", ".join(f"{len(log.acts)} in {origin.partition('/')[2].partition('/')[2] or 'the main record'}"
                          for origin, log in replica.logs.items())  # fmt: skip
        say(f"{file}: verified and kept; acts: {sizes}.")
    return ""
