"""`detente tables`: a folder of Parquet files, or a workbook, as somebody may see the record."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.cli.speaking import refused, say


def test_tables_are_written_into_a_folder(data: Path, origins: tuple[str, ...], tmp_path: Path) -> None:
    to = tmp_path / "new" / "tables"
    answer = say("tables", origins[0], to, "--data", data, "--as", "A")
    assert answer.code == 0
    acts = duckdb.sql(f"SELECT count(*) FROM '{to}/acts.parquet'").fetchall()[0][0]
    assert acts > 30 and f"{to}/acts.parquet: {acts} rows" in answer.out
    assert {path.suffix for path in to.iterdir()} == {".parquet"}


def test_a_record_without_a_register_has_no_workbook(
    data: Path, origins: tuple[str, ...], tmp_path: Path
) -> None:
    refused(say("tables", origins[0], tmp_path / "matrix.xlsx", "--data", data), "workbook.register")
    refused(say("tables", origins[0], tmp_path, "--data", data, "--as", "Nobody"), "participation.person")


def test_a_workbook_is_written_where_a_file_is_named(data: Path, tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "scripts" / "matrix.txt"
    origin = say("replay", script, "--data", data).out.split()[0]
    book = tmp_path / "matrix.xlsx"
    answer = say("tables", origin, book, "--data", data, "--as", "A", "--register", "10")
    assert answer.code == 0 and book.read_bytes().startswith(b"PK")
