"""What passes, in a table that all server processes share and no backup holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import time

from detente.store.postgresql_connection import Spoken


class PostgresqlPassing:
    """lend: a connection, as `PostgresqlStore.lend`."""

    def __init__(self, lend: Callable[[], AbstractContextManager[Spoken]]) -> None:
        self._lend = lend

    def keep(self, kind: str, name: str, value: bytes, until: float, group: str = "", *, most: int) -> None:
        """As the protocol says; what is over goes at the same time."""
        with self._lend() as connection:
            # Locked rows are passed over: two who sweep at once would wait for each other.
            connection.execute(
                "DELETE FROM passing WHERE (kind, name) IN"
                " (SELECT kind, name FROM passing WHERE until < ? LIMIT 100 FOR UPDATE SKIP LOCKED)",
                (time(),),
            )
            connection.execute(
                "INSERT INTO passing (kind, name, grouped, value, until) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (kind, name) DO UPDATE SET grouped = excluded.grouped, value = excluded.value,"
                " until = excluded.until, position = DEFAULT",
                (kind, name, group, value, until),
            )

    def find(self, kind: str, name: str) -> bytes | None:
        return self._value("SELECT value, until FROM passing WHERE kind = ? AND name = ?", kind, name)

    def take(self, kind: str, name: str) -> bytes | None:
        return self._value(
            "DELETE FROM passing WHERE kind = ? AND name = ? RETURNING value, until", kind, name
        )

    def listed(self, kind: str, group: str) -> tuple[bytes, ...]:
        query = "SELECT value FROM passing WHERE kind = ? AND grouped = ? AND until >= ? ORDER BY position"
        with self._lend() as connection:
            return tuple(value for (value,) in connection.execute(query, (kind, group, time())).fetchall())

    def drop(self, kind: str, group: str) -> None:
        with self._lend() as connection:
            connection.execute("DELETE FROM passing WHERE kind = ? AND grouped = ?", (kind, group))

    def _value(self, query: str, kind: str, name: str) -> bytes | None:
        with self._lend() as connection:
            row = connection.execute(query, (kind, name)).fetchone()
        return row[0] if row is not None and row[1] >= time() else None
