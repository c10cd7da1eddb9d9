"""Opening a host: where its database, its host key and its snapshots are.

A data folder holds `record.sqlite`, `host.key`, `snapshots/` and `files/`, the sealed files. The host key may lie in a
file of its own, elsewhere: whoever has the rest alone can sign nothing. For a shared database, sealed files and snapshots
lie beside the host key where no other folder is named.
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


def open_data(folder: Path, *, create: bool = False, host_key_file: Path | None = None) -> Depositary:
    """The host in a data folder. host_key_file: where it is kept elsewhere. Raises `Refused` with code `host.no_data`
    where there is none to read."""
    database = folder / DATABASE
    if not create and not database.exists():
        raise refuse("host.no_data", f"There is no record in {folder}.",
                     instead="Make one with “detente replay” or “detente demo”, or name another folder.")  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    host_key = read_host_key(host_key_file or folder / HOST_KEY)
    store = open_store(f"sqlite:///{database.absolute()}")
    return _opened(
        Depositary(
            store, Custody(host_key), Snapshots(folder / SNAPSHOTS, host_key), SealedFiles(folder / FILES)
        )
    )


def open_database(url: str, host_key_file: Path, folder: Path | None = None) -> Depositary:
    """The host of a shared database. folder: of its sealed files and snapshots."""
    host_key = read_host_key(host_key_file)
    beside = folder or host_key_file.parent
    snapshots = Snapshots(beside / SNAPSHOTS, host_key)
    files = SealedFiles(beside / FILES)
    return _opened(Depositary(open_store(url), Custody(host_key), snapshots, files))


def _opened(depositary: Depositary) -> Depositary:
    depositary.erase_again()
    return depositary
