"""`detente tables`: what a process holds as tables for analysts, or its implementation matrix as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named, reader_named
from detente.cli.terminal import say
from detente.depositary.reading import Record
from detente.interchange.matrix_workbook import matrix_workbook
from detente.interchange.tables.writing import write_tables
from detente.procedure.disclosure import Viewer


@click.command("tables")
@click.argument("process")
@click.argument("to", type=click.Path(path_type=Path))
@data_option
@click.option("--as", "person", help="What this person may see; without it, what the public may see.")
@click.option("--register", type=click.IntRange(min=1), default=None,
              help="With a workbook: the act of the register; the latest one if left out.")  # fmt: skip
def command(process: str, to: Path, data: Path, person: str | None, register: int | None) -> None:
    """Write what PROCESS holds: in the folder TO a Parquet file a table (docs/specs/tables.md); or, where TO ends in
    .xlsx, the implementation matrix as a workbook."""
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        reader = reader_named(depositary.main(origin).state(), person)
        record = Record(depositary, origin, Viewer(reader))
        if to.suffix.lower() == ".xlsx":
            to.write_bytes(matrix_workbook(record, register=register or 0))
            say(f"{to}: the implementation matrix, as {reader or 'the public'} may see it.")
            return
        to.mkdir(parents=True, exist_ok=True)
        rows = write_tables(record, to, record.batch_files())
    for name, count in rows.items():
        say(f"{to / name}.parquet: {count} rows")
