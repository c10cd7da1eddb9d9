"""A host with one line of care left out, so that the harness is seen to catch it: `NAME serve ...`."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from detente.cli import main
from detente.depositary.sequencing import Sequencing
from detente.store import sqlite_connection
from detente.store.appending import NotStored
from detente.store.sqlite import SqliteStore


def unsynced() -> None:
    """A COMMIT that does not wait for the disk."""
    _set("OFF")


def normally_synced() -> None:
    """SQLite's own advice for a write-ahead log: the last transactions may be lost."""
    _set("NORMAL")


def _set(synchronous: str) -> None:
    configure = sqlite_connection._configure

    def carelessly(connection: sqlite3.Connection) -> None:
        configure(connection)
        connection.execute(f"PRAGMA synchronous = {synchronous}")

    sqlite_connection._configure = carelessly


def forgetful() -> None:
    """A submission that came before is not looked for."""
    Sequencing._sent_before = lambda *_about: None  # type: ignore[method-assign]


def trusting() -> None:
    """A COMMIT that failed is taken for one that did not: receipts go out for what is stored nowhere."""
    append = SqliteStore.append

    def appended(self: SqliteStore, *about: Any) -> None:
        with suppress(NotStored):
            append(self, *about)

    SqliteStore.append = appended  # type: ignore[method-assign]


CARELESS: dict[str, Callable[[], None]] = {
    "unsynced": unsynced,
    "normally_synced": normally_synced,
    "forgetful": forgetful,
    "trusting": trusting,
}

if __name__ == "__main__":
    CARELESS[sys.argv.pop(1)]()
    main()
