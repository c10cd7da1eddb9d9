"""Records in PostgreSQL (tables: `postgresql_migrations/*.sql`): several hosts' processes may share one database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from typing import Any

import psycopg

from detente.codec.refusal import refuse
from detente.store.migrations import check_current, pending, shipped_migrations
from detente.store.port import Append, News, Unavailable, UncertainCommit
from detente.store.postgresql_connection import Connections, Spoken, Streaming, connect, said, transact
from detente.store.postgresql_listening import CHANNEL, listening, written
from detente.store.postgresql_passing import PostgresqlPassing
from detente.store.sql import Question, Row, SqlStore, Work
from detente.store.sql_append import are_erased, erase_disclosures

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('detente migrations'))"
_TABLE = "CREATE TABLE migration (number bigint PRIMARY KEY, checksum text NOT NULL)"
# From an erasure on, until the table is written anew: what is deleted leaves bytes in it.
_TRACES_LEFT = "COMMENT ON TABLE disclosure IS 'holds traces of what was erased'"
_NO_TRACE = "COMMENT ON TABLE disclosure IS NULL"
_HAS_TRACES = "SELECT obj_description('disclosure'::regclass, 'pg_class') IS NOT NULL"
_ONE_ERASES = "SELECT pg_advisory_xact_lock(hashtext('detente erasures'))"
_NOBODY_ERASES = "SELECT pg_advisory_lock(hashtext('detente erasures'))"


class PostgresqlStore(SqlStore):
    """address: `postgresql://user@host/database`, as libpq reads it."""

    def __init__(self, address: str) -> None:
        """The database at `address`, its tables made or brought up to date first.

        Raises `Refused` as `migrate` does, or `psycopg.Error` where it cannot be opened.
        """
        self._address = address
        self._connections = Connections(lambda: connect(address))
        self.passing = PostgresqlPassing(self.lend)
        with self._connections.lend() as connection:
            _migrate(connection)
            (has_traces,) = connection.execute(_HAS_TRACES).fetchone() or (False,)
        if has_traces:
            with suppress(
                psycopg.Error
            ):  # as long as somebody reads all of it, as a backup does: the next opening tries
                self._leave_no_trace()

    @property
    def losses(self) -> int:
        return self._connections.losses

    @contextmanager
    def lend(self) -> Iterator[Spoken]:
        """Raises `Unavailable` where PostgreSQL errs inside."""
        try:
            with self._connections.lend() as connection:
                yield Spoken(connection)
        except psycopg.Error as error:
            raise Unavailable(said(error)) from error

    @contextmanager
    def snapshot(self) -> Iterator[Streaming]:
        with self.lend() as spoken, spoken.connection.transaction():
            spoken.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            spoken.execute("SET LOCAL statement_timeout = 0")
            yield Streaming(spoken.connection)

    def fill(self, connection: Any, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        # COPY keeps the numbers that the rows bring; the next ones follow on.
        with connection.connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if "position" in columns:
                last = rows[-1][columns.index("position")]
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'position'), greatest(%s::bigint, 1))",
                    (table, last),
                )

    def check_schema(self) -> None:
        with self.lend() as spoken:
            check_current(_applied(spoken.connection), shipped_migrations("postgresql_migrations"))

    def transact(self, change: Work, is_stored: Question) -> None:
        transact(self._connections, change, is_stored)

    def append(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]] = ()) -> None:
        super().append(appends, secrets)
        self._tell(*(News("grown", append.head.origin) for append in appends))

    def listen(self, told: Callable[[News], None]) -> AbstractContextManager[bool]:
        return listening(lambda: connect(self._address), told)

    def erase(self, origin: str, disclosures: Mapping[bytes, Sequence[str]]) -> None:
        """As the port says of the tables: the rows are deleted and the table is written anew; where a reader does not let
        that be, when the database is opened again. What the database has written of them to its write-ahead log stays
        there until it is recycled, and in backups until they are: that is for whoever keeps the database to see to."""

        def change(connection: Spoken) -> None:
            connection.execute(_ONE_ERASES)
            erase_disclosures(connection, origin, disclosures)
            connection.execute(_TRACES_LEFT)

        self.transact(change, lambda connection: are_erased(connection, origin, disclosures))
        try:
            self._leave_no_trace()
        except psycopg.Error as error:
            raise UncertainCommit(said(error)) from error
        finally:
            self._tell(News("erased", origin))

    def _leave_no_trace(self) -> None:
        """Finish what erasures have begun. On a connection of its own, which waits as long as that takes."""
        with closing(connect(self._address)) as connection:
            connection.execute("SET statement_timeout = 0")
            connection.execute(
                _NOBODY_ERASES
            )  # until it is closed: no mark goes that stands for a later erasure
            if connection.execute(_HAS_TRACES).fetchone() == (True,):
                connection.execute("VACUUM (FULL) disclosure")
                connection.execute(_NO_TRACE)

    def _tell(self, *news: News) -> None:
        """All that listen. After the transaction, not in it: what tells waits for all others that tell. Whoever is not
        told looks for themselves in the end."""
        with suppress(Unavailable), self.lend() as connection:
            connection.executemany("SELECT pg_notify(?, ?)", [(CHANNEL, written(one)) for one in news])

    def close(self) -> None:
        self._connections.close()


class PostgresqlToLookAt(PostgresqlStore):
    """As `detente.store.looking`: nothing is made, and the database refuses to write."""

    def __init__(self, address: str) -> None:
        self._connections = Connections(lambda: _read_only(address))


def _read_only(address: str) -> psycopg.Connection[tuple[object, ...]]:
    connection = connect(address)
    connection.execute("SET default_transaction_read_only = on")
    return connection


def _migrate(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """All or nothing; two that start at once wait for each other."""
    with connection.transaction():
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute(_ONE_AT_A_TIME)
        for migration in pending(_applied(connection), shipped_migrations("postgresql_migrations")):
            if migration.number == 1:
                connection.execute(_TABLE)
            connection.execute(migration.script.encode())
            row = (migration.number, migration.checksum)
            connection.execute("INSERT INTO migration (number, checksum) VALUES (%s, %s)", row)


def _applied(connection: psycopg.Connection[tuple[object, ...]]) -> dict[int, str]:
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    tables = {name for (name,) in connection.execute(query)}
    if "migration" in tables:
        rows = connection.execute("SELECT number, checksum FROM migration ORDER BY number")
        return {int(str(number)): str(checksum) for number, checksum in rows}
    if tables:
        raise refuse(
            "store.foreign",
            "The database holds tables of another program.",
            instead="Name another database or schema; nothing was changed in this one.",
        )
    return {}
