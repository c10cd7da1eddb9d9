"""From a source's file to the Parquet file of a batch: rows are read here one by one, sorted and written by DuckDB.

DuckDB belongs to the extra `incidents`. Neither part holds the whole: rows wait in a file, and sorting goes to disk.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TextIO

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.interchange.gazetteer import Gazetteer
from detente.interchange.incidents.dates import DateOrder, Order
from detente.interchange.incidents.incident import COLUMNS, Feed
from detente.interchange.incidents.normalising import BETWEEN_ACTORS, Normaliser
from detente.interchange.incidents.placing import Placing
from detente.interchange.incidents.remarks import Say, Tally, kept_out
from detente.interchange.incidents.source import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY: Final = "384MB"
"""What DuckDB may take before it goes to disk."""
PART: Final = 10_000
"""Rows between two reports of progress."""
_NUMBERS: Final = ("lat", "lon", "deaths_low", "deaths_best", "deaths_high", "civilians")


class Imported(Struct, frozen=True):
    """feed: whose it was recognised as. rows: of the source, each kept or kept out. codes: how many remarks of each.
    digest: SHA-256 of the Parquet file; size: its bytes."""

    feed: str
    rows: int
    kept: int
    kept_out: int
    codes: dict[str, int]
    digest: bytes
    size: int


Progress = Callable[[int], None]
"""Takes how many bytes of the source have been read."""


def import_incidents(
    path: Path, out: Path, say: Say, *, feed: Feed | None = None, order: Order = "", gazetteer: Gazetteer | None = None,
    progress: Progress = lambda _at: None,
) -> Imported:  # fmt: skip
    """Read the file at `path`, say every remark, and write `out`. feed: of a mapping, else the file is recognised.
    order: how dates such as 3/4/2010 are written, else the file has to show it. gazetteer: where names of places are
    looked up; without one they are not.

    Raises `Refused`: `incidents.extra`, `incidents.unrecognised`, `incidents.mapping`.
    """
    with tempfile.TemporaryDirectory(dir=out.parent) as folder, _duckdb(folder) as database:
        source, tally, waiting = Source(path, feed), Tally(say), Path(folder) / "rows.csv"
        with waiting.open("w", encoding="utf-8", newline="") as file:
            normaliser = Normaliser(
                source.feed.name, DateOrder(order or source.feed.order, source.dates),
                Placing(gazetteer) if gazetteer is not None else None,
            )  # fmt: skip
            _read(source, normaliser, file, tally, progress)
        _keep_out_repeated(database, waiting, tally)
        written = Path(folder) / "incidents.parquet"
        _write(database, waiting, written)
        with written.open("rb") as file:
            digest = file_digest(file, "sha256").digest()
        written.replace(out)
    return Imported(
        source.feed.name, tally.rows, tally.kept, tally.kept_out, dict(sorted(tally.codes.items())), digest,
        out.stat().st_size,
    )  # fmt: skip


def import_extra() -> ModuleType:
    """DuckDB. Raises `Refused` with code `incidents.extra`."""
    try:
        return import_module("duckdb")
    except ModuleNotFoundError as error:
        raise refuse("incidents.extra", "Incidents need DuckDB, which is not installed here.",
                     instead="Install the extra: pip install 'detente[incidents]'.") from error  # fmt: skip


@contextmanager
def _duckdb(folder: str) -> Iterator[DuckDBPyConnection]:
    duckdb = import_extra()
    with duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": f"{folder}/spilled", "threads": 2}
    ) as found:
        yield found


def _read(source: Source, normaliser: Normaliser, out: TextIO, tally: Tally, progress: Progress) -> None:
    writer = csv.writer(out)
    with source.path.open("rb") as file:
        for found in source.rows(file):
            tally.rows += 1
            for note in found.notes:
                tally.remark(found.line, note)
            if found.row is not None:
                values, notes = normaliser.row(source.feed.draw(found.row), found.line)
                for note in notes:
                    tally.remark(found.line, note)
                if values is not None:
                    writer.writerow(values)
            if tally.rows % PART == 0:
                progress(file.tell())


def _waiting(path: Path) -> tuple[str, list[Any]]:
    """The rows that wait, as a table of SQL and its parameters."""
    columns = {name: "VARCHAR" if name == "actors" else kind for name, kind in COLUMNS.items()}
    texts = [name for name, kind in columns.items() if kind == "VARCHAR"]
    options = "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', max_line_size = 4194304"
    return f"read_csv(?, columns = {columns}, {options}, force_not_null = {texts})", [str(path)]


def _keep_out_repeated(database: DuckDBPyConnection, waiting: Path, tally: Tally) -> None:
    """Of rows with the same id the first stands."""
    table, given = _waiting(waiting)
    database.execute(
        "CREATE TABLE repeated AS SELECT line, first, id FROM "
        f"(SELECT line, id, min(line) OVER (PARTITION BY id) AS first FROM {table}) WHERE line > first",
        given,
    )
    found = database.execute("SELECT line, first, id FROM repeated ORDER BY line")
    while rows := found.fetchmany(PART):
        for line, first, name in rows:
            tally.remark(
                line, kept_out("incidents.id_repeated", f"The id “{name}” stands in line {first} already.")
            )


def _write(database: DuckDBPyConnection, waiting: Path, out: Path) -> None:
    table, given = _waiting(waiting)
    columns = ", ".join(_selected(name) for name in COLUMNS)
    database.execute(
        f"COPY (SELECT {columns} FROM {table} WHERE line NOT IN (SELECT line FROM repeated) ORDER BY date_from, id) "
        "TO ? (FORMAT parquet, COMPRESSION zstd)",
        [*given, str(out)],
    )


def _selected(name: str) -> str:
    if name != "actors":
        return name
    between = f"chr({ord(BETWEEN_ACTORS)})"
    return (
        f"CASE WHEN actors = '' THEN CAST([] AS VARCHAR[]) ELSE string_split(actors, {between}) END AS actors"
    )
