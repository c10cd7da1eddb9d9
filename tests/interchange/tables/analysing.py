"""A record played into a host, its tables as one person may see them, and queries of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from detente.cli.playing import Playing
from detente.depositary.host import Depositary
from detente.depositary.opening import open_data
from detente.depositary.reading import Record
from detente.interchange.tables.writing import write_tables
from detente.procedure.disclosure import Viewer

SCRIPTS = Path(__file__).parents[2] / "scripts"


def played(folder: Path, script: str) -> tuple[Depositary, str]:
    """script: minutes, or the name of one of the scenarios."""
    text = script if "\n" in script else (SCRIPTS / f"{script}.txt").read_text("utf-8")
    depositary = open_data(folder / "data", create=True)
    playing = Playing(depositary, text)
    for _step in playing.steps():
        pass
    return depositary, playing.origin


def record(folder: Path, script: str, person: str | None) -> Record:
    return Record(*played(folder, script), Viewer(person))


class Tables:
    """Every table of a record, to be asked in SQL."""

    def __init__(self, record: Record, folder: Path, batches: dict[str, Path] | None = None) -> None:
        folder.mkdir()
        self.rows = write_tables(record, folder, record.batch_files() if batches is None else batches)
        self._database = duckdb.connect()
        for name in self.rows:
            self._database.execute(f"CREATE VIEW {name} AS FROM '{folder / name}.parquet'")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self._database.execute(query).fetchall()
