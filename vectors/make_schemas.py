"""Write the frozen databases: `python vectors/make_schemas.py [folder]`, one for each state that migrations have left.

`sqlite-0003.sql` is a database as it was after the third migration of SQLite's, filled; `postgresql-0001.sql` one of
PostgreSQL's. A file that is there already is left alone: a database that was made once must be readable for ever. A new
migration needs a new file, made when it is; the older ones are upgraded by it in the tests.

Two processes stand in each: one with all that a database can keep of one, and one that is stopped (ADR 25). Every key is
public, the host key too: its bytes are zero. What they hold proves nothing.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from host_parts import MADE, Table, draws_from, key_named
from make_records import answer_of

from detente.depositary.custody import Custody
from detente.depositary.host import Depositary
from detente.depositary.signing_again import sign_again
from detente.depositary.snapshot import Snapshots
from detente.store.migrations import Migration, shipped_migrations
from detente.store.port import Feed, SecondFactor, Stamp, WrappedIdentity
from detente.store.sqlite import SqliteStore
from detente.tlog.merkle import Edge

FOLDERS = {"sqlite": "migrations", "postgresql": "postgresql_migrations"}
ORDER = (
    "log", "cosigned", "entry", "disclosure", "tile", "secret", "feed", "wrapped_identity", "second_factor",
    "cosignature", "signed_again", "stamp", "stopped", "migration",
)  # fmt: skip
"""Tables, those that others refer to first."""


def fill(path: Path) -> dict[str, Any]:
    """A database of this version with something in every table; what it answers."""
    with draws_from("schemas"):
        custody = Custody(bytes(32), iter([key_named(f"schemas {n}") for n in range(4)]).__next__)
        depositary = Depositary(SqliteStore(path), custody, Snapshots(None, bytes(32)))
        kept, stopped = (_convened(depositary, f"schemas-{number}") for number in (1, 2))
        kept.seat(("A", "delegate", "A"), ("B", "delegate", "B")).open_text().issue()
        kept.do("A", "note", {"text": "We can live with it."}, chamber="side-A")
        sign_again(depositary, kept.origin)
        kept.cosign(MADE + 60)
        store = depositary.store
        store.keep_feed(Feed("0" * 64, kept.origin, "A", kept.key("A").key_id, "abcd", MADE))
        store.keep_wrapped(
            WrappedIdentity(kept.origin, "credential", "A", "public", "sealing", b"wrapped", MADE)
        )
        store.keep_factor(
            SecondFactor(kept.origin, kept.key("A").key_id, "AQID", b"public", "talks.example", MADE)
        )
        store.keep_stamp(Stamp(kept.origin, 1, 0, b"note", b"answer", "an authority", MADE, MADE + 60))
        other = Edge.empty().append(bytes(32))
        store.stop(stopped.origin, depositary.checkpoint(stopped.origin, stopped.convening["log_key"], other))
        found = {table.origin: answers_now(depositary, table.origin) for table in (kept, stopped)}
        depositary.close()
        return found


def _convened(depositary: Depositary, label: str) -> Table:
    table = Table(label, cosigners=("harbour.example",), depositary=depositary)
    table.convening["log_mldsa_key"] = table.log_mldsa_key
    return table.convene()


def answers_now(depositary: Depositary, origin: str) -> dict[str, Any]:
    """What a main log answers as it stands."""
    head = depositary.store.head(origin)
    assert head is not None
    found = answer_of(depositary.main(origin).state())
    return {"size": head.size, "checkpoint": head.checkpoint.decode(), **found}


def dumped(filled: sqlite3.Connection, database: str, migrations: tuple[Migration, ...]) -> Iterator[str]:
    """The statements that make a database of these migrations, with what `filled` holds of their tables."""
    yield "CREATE TABLE migration (number {}, checksum {} NOT NULL){};\n".format(
        *(
            ("INTEGER PRIMARY KEY", "TEXT", " STRICT")
            if database == "sqlite"
            else ("bigint PRIMARY KEY", "text", "")
        )
    )
    script = "".join(migration.script for migration in migrations)
    yield script
    for table in ORDER:
        if table == "migration":
            rows: Any = [(migration.number, migration.checksum) for migration in migrations]
            columns = ["number", "checksum"]
        elif f"CREATE TABLE {table} (" in script:
            found = filled.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            columns, rows = [column[0] for column in found.description], found.fetchall()
        else:
            continue
        numbered = database == "postgresql" and columns[0] == "position"  # by the database itself
        given = " OVERRIDING SYSTEM VALUE" if numbered else ""
        for row in rows:
            values = ", ".join(_literal(value, database) for value in row)
            yield f"INSERT INTO {table} ({', '.join(columns)}){given} VALUES ({values});\n"
        if numbered:
            yield f"SELECT setval(pg_get_serial_sequence('{table}', 'position'), max(position)) FROM {table};\n"


def _literal(value: object, database: str) -> str:
    if isinstance(value, bytes):
        return f"X'{value.hex()}'" if database == "sqlite" else f"'\\x{value.hex()}'"
    return str(value) if isinstance(value, int) else "'{}'".format(str(value).replace("'", "''"))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        answers = fill(Path(made) / "record.sqlite")
        with closing(sqlite3.connect(Path(made) / "record.sqlite")) as filled:
            for database, scripts in FOLDERS.items():
                migrations = shipped_migrations(scripts)
                for number in range(1, len(migrations) + 1):
                    file = folder / f"{database}-{number:04}.sql"
                    if not file.exists():
                        file.write_text(
                            "".join(dumped(filled, database, migrations[:number])), encoding="utf-8"
                        )
                        file.with_suffix(".json").write_text(
                            json.dumps(answers, indent=1) + "\n", encoding="ascii"
                        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "schemas")
