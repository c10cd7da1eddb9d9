"""The options that say which record is meant: the data folder or a database, a process, a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from detente.codec.refusal import Refused, refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import DATABASE, HOST_KEY, open_data, open_database
from detente.state.records import State
from detente.store.opening import open_store

DEFAULT: Final = Path("detente-data")
_SQLITE: Final = "sqlite:///"


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--data", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT, show_default=True,
        help="The folder that holds the record and the host key.",
    )(function)  # fmt: skip


@contextmanager
def opened(
    data: Path, *, create: bool = False, database: str | None = None, host_key: Path | None = None
) -> Iterator[Depositary]:
    """The host in a data folder, or of a database, closed afterwards. Without `create` nothing is made.

    Raises `Refused`: `host.no_data`, `custody.host_key`, or as `open_store` does.
    """
    if database is None:
        _require(data / DATABASE, data / HOST_KEY, create=create)
        depositary = open_data(data, create=create)
    else:
        key = host_key or data / HOST_KEY
        _check_address(database, key, create=create)
        depositary = open_database(database, key)
    try:
        yield depositary
    finally:
        depositary.close()


def _check_address(database: str, key: Path, *, create: bool) -> None:
    """Before a host key is made for it, a database must be one that can be opened."""
    file = database.removeprefix(_SQLITE)
    if ":" not in file and file:
        _require(Path(file), key, create=create)
    open_store(database).close()


def _require(file: Path, key: Path, *, create: bool) -> None:
    if not file.exists():
        if not create:
            raise no_data(file.parent if file.name == DATABASE else file)
    elif not key.exists():
        # A new key would open none of its logs, and stand in the place of the one that does.
        raise refuse("custody.host_key", f"There is no host key {key} to the record in {file}.",
                     instead="Restore the file from your backup of the host key.")  # fmt: skip


def no_data(where: Path) -> Refused:
    return refuse("host.no_data", f"There is no record in {where}.",
                  instead="Make one with “detente replay” or “detente demo”, or name another folder.")  # fmt: skip


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


def require_person(state: State, person: str) -> None:
    """Raises `Refused` with code `participation.person` where the record has admitted nobody of that id."""
    if person not in state.people:
        raise refuse("participation.person", f"“{person}” is not in this record.",
                     instead=f"People in the record: {', '.join(sorted(state.people))}.")  # fmt: skip
