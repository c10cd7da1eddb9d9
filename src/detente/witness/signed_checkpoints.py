"""How far a cosigner has signed, kept on its own machine in one small file that one program at a time may use.

A witness that forgot, or two that each remember half, would sign two histories: a checkpoint is on disk before it is
signed, and a second program is refused the file.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from detente.codec.refusal import refuse

NAME = "signed.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS signed (origin TEXT PRIMARY KEY, note BLOB NOT NULL) STRICT"
_KEEP = "INSERT INTO signed VALUES (?, ?) ON CONFLICT (origin) DO UPDATE SET note = excluded.note"


class SignedCheckpoints:
    """Implements `witness.cosigning.Signed` in a folder, which is made where it is not there."""

    def __init__(self, folder: Path) -> None:
        """Raises `Refused` with code `witness.running` where another program uses the folder."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._file = sqlite3.connect(folder / NAME, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            # From the first writing on, the file stays locked until it is closed; a COMMIT survives loss of power.
            self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._file.execute("PRAGMA synchronous = EXTRA")
            self._file.execute("BEGIN EXCLUSIVE")
            self._file.execute(_TABLE)
            self._file.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._file.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise refuse("witness.running", f"Another program is a witness from {folder}.",
                         instead="Stop that one first, or give this one a key and a folder of its own.",
                         ) from error  # fmt: skip

    def last(self, origin: str) -> bytes | None:
        row = self._file.execute("SELECT note FROM signed WHERE origin = ?", (origin,)).fetchone()
        return row[0] if row else None

    def keep(self, origin: str, note: bytes) -> None:
        self._file.execute(_KEEP, (origin, note))

    def close(self) -> None:
        self._file.close()
