"""The options that say which record is meant: the data folder or a database, a process, a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import click

from detente.codec.refusal import Refused, refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import DATABASE, HOST_KEY, open_data, open_database
from detente.state.records import State
from detente.store.opening import open_store
from detente.store.sql import SqlStore
from detente.views.addresses import PUBLIC

DEFAULT: Final = Path("detente-data")
_SQLITE: Final = "sqlite:///"


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--data", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT, show_default=True,
        help="The folder that holds the record and the host key.",
    )(function)  # fmt: skip


def database_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--data`, or `--database` with `--host-key`."""
    for option in (
        click.option(
            "--host-key", type=click.Path(dir_okay=False, path_type=Path), help="The host key of --database."
        ),
        click.option("--database", help="A database URL instead of a data folder."),
        data_option,
    ):
        function = option(function)
    return function


@contextmanager
def opened(
    data: Path, *, create: bool = False, database: str | None = None, host_key: Path | None = None
) -> Iterator[Depositary]:
    """The host in a data folder, or of a database, closed afterwards. Without `create` nothing is made. host_key: where
    it lies in neither.

    Raises `Refused`: `host.no_data`, `custody.host_key`, or as `open_store` does.
    """
    key = host_key or data / HOST_KEY
    if database is None:
        _require(data / DATABASE, key, create=create)
        depositary = open_data(data, create=create, host_key_file=key)
    else:
        _check_address(database, key, create=create)
        depositary = open_database(database, key, host_folder(data, database, host_key))
    try:
        yield depositary
    finally:
        depositary.close()


def host_folder(data: Path, database: str | None, host_key: Path | None) -> Path:
    """Where a host keeps what is not in its database: the data folder; or beside the host key, where a database and a key
    are named and no folder."""
    return data if database is None or host_key is None or data != DEFAULT else host_key.parent


def database_of(data: Path, database: str | None, *, create: bool = False) -> SqlStore:
    """The store alone, for which no host key is needed. Raises `Refused`: `host.no_data`, or as `open_store` does."""
    file = data / DATABASE if database is None else Path(database.removeprefix(_SQLITE))
    if not create and not file.exists() and (database is None or ":" not in str(file)):
        raise no_data(data if database is None else file)
    store = open_store(database or f"{_SQLITE}{file.absolute()}")
    if not isinstance(store, SqlStore):
        store.close()
        raise refuse("store.address", "A record in memory has no backup.",
                     instead="Name a file, or a PostgreSQL database.")  # fmt: skip
    return store


def _check_address(database: str, key: Path, *, create: bool) -> None:
    """Before a host key is made for it, a database must be one that can be opened, and hold no record."""
    file = database.removeprefix(_SQLITE)
    if ":" not in file and file:
        _require(Path(file), key, create=create)
    with closing(open_store(database)) as store:
        if not key.exists() and (not create or store.origins()):
            raise _no_key(key, "the database")


def _require(file: Path, key: Path, *, create: bool) -> None:
    if not file.exists():
        if not create:
            raise no_data(file.parent if file.name == DATABASE else file)
    elif not key.exists():
        raise _no_key(key, str(file))


def _no_key(key: Path, where: str) -> Refused:
    """A new key would open none of its logs, and stand in the place of the one that does."""
    return refuse("custody.host_key", f"There is no host key {key} to the record in {where}.",
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


def reader_named(state: State, person: str | None) -> str | None:
    """The id of whoever reads, None for the public. “public” is the public, as on the pages, unless the record has
    admitted somebody of that id.

    Raises `Refused` with code `participation.person` where it has admitted nobody of an id.
    """
    if person is None or person in state.people:
        return person
    if person == PUBLIC:
        return None
    raise refuse("participation.person", f"“{person}” is not in this record.",
                 instead=f"People in the record: {', '.join(sorted(state.people))}.")  # fmt: skip
