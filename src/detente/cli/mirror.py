"""`detente mirror`: keep a full copy of a record on one's own machine, and see that nothing is taken back from it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from detente.cli.chambers import sign_fields
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option, say_refused
from detente.cli.terminal import say
from detente.client.erasures import Confirmable, unconfirmed
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
@click.option(
    "--confirm", is_flag=True, help="Sign, for each erasure that this copy reflects, that you erased it too."
)
@keys_option
def command(process: str, file: Path, every: int, once: bool, confirm: bool, keys: Path) -> None:
    """Keep FILE a full copy of PROCESS (its address, or the start of its id), as you may see it: verified whole each
    time that it grows, and never replaced by one that takes something back. “detente verify FILE” checks it; with it a
    host that lost acts brings them back (“detente recover FILE”).

    What is erased from the record is gone from FILE with the next look; older copies of yours are for you to erase. What
    you confirm of that is shown to everybody who may read the erasure."""
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    mirror = Mirror(held[0], keyring.folder_of(held[0].process), file)

    def erased(found: Confirmable) -> None:
        if confirm and not found.held:
            fields = {"erasure": f"#{found.number}"}
            sign_fields(AtTheTable(keyring, held), "confirm_erasure", fields, found.chamber, ask=False)
        else:
            _say_erased(found, file)

    while True:
        fault = _look(mirror, file, held[0].person, erased)
        if fault and (once or not fault.startswith("host.")):
            sys.exit(1)
        if once:
            return
        time.sleep(every)


def _say_erased(found: Confirmable, file: Path) -> None:
    where = f" of {found.chamber}" if found.chamber else ""
    log = f" --log {found.chamber}" if found.chamber else ""
    if found.held:
        numbers = ", ".join(map(str, found.held))
        say(f"Act {found.number}{where} erases words, and the host still gives those of act {numbers}: {file} holds "
            "them. Ask whoever runs the host.", err=True)  # fmt: skip
        return
    say(f"Act {found.number}{where} erased words; {file} does not hold them any more. Erase older copies of yours, and "
        f"say so: detente act PROCESS confirm_erasure erasure=#{found.number}{log} (or --confirm here).")  # fmt: skip


def _look(mirror: Mirror, file: Path, person: str, erased: Callable[[Confirmable], None]) -> str:
    """The code of what stood against it; "" where all is well. erased: told of each erasure not confirmed yet."""
    try:
        replica = mirror.look(int(time.time()))
        for found in unconfirmed(replica, person) if replica is not None else ():
            erased(found)
    except Refused as refused:
        say_refused(refused)
        return refused.refusals[0].code
    if replica is not None:
        sizes = ", ".join(f"{len(log.acts)} in {origin.partition('/')[2].partition('/')[2] or 'the main record'}"
                          for origin, log in replica.logs.items())  # fmt: skip
        say(f"{file}: verified and kept; acts: {sizes}.")
    return ""
