"""Opening a host: where its database, its host key and its snapshots are.

A data folder holds `record.sqlite`, `host.key`, `snapshots/` and `files/`, the sealed files. For a shared database the
host key lies in a file of its own, elsewhere, and the sealed files beside it: whoever has the database alone can sign
nothing.
"""

from __future__ import annotations

from pathlib import Path

from detente.codec.refusal import refuse
from detente.depositary.custody import Custody, read_host_key
from detente.depositary.host import Depositary
from detente.depositary.snapshot import Snapshots
from detente.store.files import SealedFiles
from detente.store.opening import open_store

DATABASE = "record.sqlite"
HOST_KEY = "host.key"
SNAPSHOTS = "snapshots"
FILES = "files"


def open_data(folder: Path, *, create: bool = False) -> Depositary:
    """The host in a data folder. Raises `Refused` with code `host.no_data` where there is none to read."""
    database = folder / DATABASE
    if not create and not database.exists():
        raise refuse("host.no_data", f"There is no record in {folder}.",
                     instead="Make one with “detente replay” or “detente demo”, or name another folder.")  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    host_key = read_host_key(folder / HOST_KEY)
    store = open_store(f"sqlite:///{database.absolute()}")
    return _opened(
        Depositary(
            store, Custody(host_key), Snapshots(folder / SNAPSHOTS, host_key), SealedFiles(folder / FILES)
        )
    )


def open_database(url: str, host_key_file: Path) -> Depositary:
    """The host of a shared database."""
    host_key = read_host_key(host_key_file)
    snapshots = Snapshots(host_key_file.parent / SNAPSHOTS, host_key)
    files = SealedFiles(host_key_file.parent / FILES)
    return _opened(Depositary(open_store(url), Custody(host_key), snapshots, files))


def _opened(depositary: Depositary) -> Depositary:
    depositary.erase_again()
    return depositary
