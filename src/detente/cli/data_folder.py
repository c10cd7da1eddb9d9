"""The options that say which record is meant: the data folder, and a process by its id or its start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from detente.codec.refusal import refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import open_data

DEFAULT = Path("detente-data")


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--data", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT, show_default=True,
        help="The folder that holds the record and the host key.",
    )(function)  # fmt: skip


@contextmanager
def opened(data: Path, *, create: bool = False) -> Iterator[Depositary]:
    """The host in a data folder, closed afterwards."""
    depositary = open_data(data, create=create)
    try:
        yield depositary
    finally:
        depositary.close()


def origin_named(depositary: Depositary, process: str) -> str:
    """The origin of a process named whole, without `detente/` or by the start of its id.

    Raises `Refused` with code `log.unknown` or `log.ambiguous`.
    """
    known = depositary.processes()
    wanted = process.removeprefix("detente/")
    found = [origin for origin in known if origin.removeprefix("detente/").startswith(wanted)]
    if len(found) == 1:
        return found[0]
    listing = ", ".join(known) or "none yet"
    if found:
        raise refuse("log.ambiguous", f"More than one process begins with “{process}”.",
                     instead=f"Write more of the id: {', '.join(found)}.")  # fmt: skip
    raise refuse("log.unknown", f"There is no process “{process}” here.", instead=f"Processes: {listing}.")
