"""`detente erase`: the keeper erases what acts hide, where a court, the law or the rules of procedure ask it of the host.

The keeper's key is in the host's custody; authors and principals erase their own words like they do every other act
(`detente act PROCESS erase`). What follows for the database is in docs/specs/erasure.md.
"""

from __future__ import annotations

import time
from pathlib import Path

import click

from detente.acts.forgetting import WITHOUT_THE_AUTHOR
from detente.cli.data_folder import database_options, opened
from detente.cli.terminal import say
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.depositary.keeper import act_as_keeper, seen_now

GROUNDS = [ground.replace("_", "-") for ground in sorted(WITHOUT_THE_AUTHOR)]


@click.command("erase")
@click.argument("process")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--ground", required=True, type=click.Choice(GROUNDS))
@click.option(
    "--part", "parts", multiple=True, help="Only this hidden field; may be given again. All if left out."
)
@database_options
@click.option("--yes", is_flag=True, help="Erase without asking.")
def command(
    process: str, numbers: tuple[int, ...], ground: str, parts: tuple[str, ...],
    data: Path, database: str | None, host_key: Path | None, yes: bool,
) -> None:  # fmt: skip
    """Erase what acts NUMBERS of PROCESS hide, all by one author, as the keeper. It cannot be undone."""
    with opened(data, database=database, host_key=host_key) as depositary:
        found = [origin for origin in depositary.processes() if origin.partition("/")[2].startswith(process)]
        if len(found) != 1:
            raise refuse("log.unknown", f"This host keeps {len(found)} processes whose id begins “{process}”.",
                         instead="Write more of the process id.")  # fmt: skip
        (origin,) = found
        acts = [entry for n in numbers for entry in depositary.store.entries(origin, n - 1, n)]
        if len(acts) < len(numbers):
            raise refuse(
                "forgetting.unknown", "The record holds no such act.", instead="Name acts of the main log."
            )
        if not yes:
            click.confirm(f"Erase what {len(acts)} acts of {acts[0].author} hide, for good?", abort=True)
        clear = {
            "originals": tuple(encode_base64url(entry.leaf) for entry in acts), "writer": acts[0].author,
            "ground": ground.replace("-", "_"), "parts": parts,
        }  # fmt: skip
        seen = seen_now(depositary, origin)
        receipt = act_as_keeper(depositary, origin, "erase", clear, int(time.time()), seen)
        say(f"Erased, by act {receipt.index + 1}. Acts and proofs stand. Backups made before hold it still.")
