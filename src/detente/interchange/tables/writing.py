"""Tables written as Parquet, a table at a time and a row at a time, so that a record of any length needs little memory.

Each table goes to a file of JSON lines beside it first: DuckDB reads these with the types of the columns, and without
any library that holds columns in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from detente.codec.refusal import refuse
from detente.interchange.incidents.batch_file import no_batch
from detente.interchange.tables.keeping import KEEPING
from detente.interchange.tables.record import RECORD
from detente.interchange.tables.table import Source, Table
from detente.interchange.tables.texts import TEXTS
from detente.procedure.disclosure import VisibleRecord
from detente.state.records import in_order

TABLES: Final = (*RECORD, *TEXTS, *KEEPING)
MEMORY: Final = "256MB"
_LARGEST_ROW: Final = 64_000_000
"""Bytes of a row as JSON: an act is smaller by far."""
_BATCH: Final = """
    UNION ALL BY NAME SELECT {act}::BIGINT AS act, file_row_number AS row, ? AS reported_by,
        TRY_CAST(date_from AS DATE) AS date_from, TRY_CAST(date_to AS DATE) AS date_to, kind::VARCHAR AS kind,
        place::VARCHAR AS place, TRY_CAST(lat AS DOUBLE) AS lat, TRY_CAST(lon AS DOUBLE) AS lon,
        TRY_CAST(actors AS VARCHAR[]) AS actors, TRY_CAST(deaths_best AS BIGINT) AS deaths, source::VARCHAR AS source
        FROM read_parquet(?, file_row_number = true)"""
"""Anybody may have written it: what is not of its column's type is not said."""


def write_tables(record: VisibleRecord, folder: Path, batches: Mapping[str, Path]) -> dict[str, int]:
    """Write every table into a folder that is there, and say how many rows each has. batches: files of incidents that the
    reader may read, by the leaf of the act that reports them.

    Raises `Refused`: `tables.extra`, or `incidents.file` where a batch cannot be read."""
    try:
        import duckdb
    except ImportError as error:
        raise refuse("tables.extra", "Tables need DuckDB, which is not installed here.", "",
                     "Install the extra: pip install 'detente[documents]'.") from error  # fmt: skip
    source = Source(record)
    with TemporaryDirectory(dir=folder) as scratch:
        config: dict[str, Any] = {
            "memory_limit": MEMORY, "threads": 1, "temp_directory": f"{scratch}/spilled",
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
        }  # fmt: skip
        with duckdb.connect(config=config) as database:
            try:
                return {
                    table.name: _write(database, table, source, Path(scratch), folder, batches)
                    for table in TABLES
                }
            except (duckdb.InvalidInputException, duckdb.BinderException, duckdb.IOException) as error:
                if batches:
                    raise no_batch() from error
                raise


def _write(
    database: Any, table: Table, source: Source, scratch: Path, folder: Path, batches: Mapping[str, Path]
) -> int:
    lines, names = scratch / f"{table.name}.json", [name for name, _type in table.columns]
    with lines.open("wb") as out:
        for row in table.rows(source):
            out.write(msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n")
    columns = ", ".join(f"{name}: '{of}'" for name, of in table.columns)
    read = (
        f"SELECT * FROM read_json(?, format = 'newline_delimited', columns = {{{columns}}}, "
        f"maximum_object_size = {_LARGEST_ROW})"
    )
    given: list[str] = [str(lines)]
    if table.name == "incidents":
        for one in in_order(source.state.batches.values()):
            if one.leaf in batches:
                read += _BATCH.format(act=one.index + 1)
                given += one.by, str(batches[one.leaf])
    to = str(folder / f"{table.name}.parquet").replace("'", "''")
    copy = f"COPY ({read}) TO '{to}' (FORMAT parquet, COMPRESSION zstd)"
    (rows,) = database.execute(copy, given).fetchone()
    lines.unlink()
    return int(rows)
