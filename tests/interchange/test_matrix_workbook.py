"""The implementation matrix as a workbook, read back with another library."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from detente.codec.refusal import Refused
from detente.interchange import matrix_workbook as matrix_workbook_module
from detente.interchange.matrix_workbook import matrix_workbook
from detente.wording.language import Language, speaking
from tests.interchange.tables.analysing import SCRIPTS, record

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "\tx",
    '=HYPERLINK("https://example.org")',
    "https://example.org",
)


def written(folder: Path, script: str = "matrix", register: int = 0) -> bytes:
    return matrix_workbook(record(folder, script, "A"), register=register)


def sheets(book: bytes) -> dict[str, Any]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets}


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_months_across_stipulations_down_and_who_differs(tmp_path: Path) -> None:
    first = sheets(written(tmp_path, register=10))
    matrix = rows(first["Matrix"])
    assert matrix[0] == ("Number", "Stipulation", "April 2026")
    assert [(row[0], row[2]) for row in matrix[1:]] == [("1(1)", "A 3, V 1"), ("2(1)", 0)]
    assert first["Matrix"]["C3"].number_format == '0 "not begun"'
    assert rows(first["Months"])[1][1:] == (0, 0, 0, 1, 1, 0)
    scores = rows(first["Scores"])
    assert [(row[1], row[4], row[5], row[7]) for row in scores[1:]] == [
        ("1(1)", 1, 11, "The fund has a statute and no money."),
        ("2(1)", 0, 11, "The fund has a statute and no money."),
        ("1(1)", 3, 12, None),
    ]
    assert "version 1 of 2, act #10" in {row[1] for row in rows(first["About this workbook"])}


def test_it_can_be_filtered_scrolled_and_printed(tmp_path: Path) -> None:
    book = sheets(written(tmp_path))
    matrix, scores = book["Matrix"], book["Scores"]
    assert (matrix.freeze_panes, scores.freeze_panes) == ("C2", "A2")
    assert scores.auto_filter.ref == f"A1:H{scores.max_row}" and matrix.auto_filter.ref
    assert matrix.column_dimensions["B"].width > 30
    assert matrix.print_title_rows == "$1:$1" and matrix.page_setup.orientation == "landscape"
    assert matrix.sheet_properties.pageSetUpPr.fitToPage and matrix.page_setup.fitToHeight == 0
    assert not matrix.sheet_view.rightToLeft


def test_words_are_never_formulas_nor_links(tmp_path: Path) -> None:
    said = (SCRIPTS / "matrix.txt").read_text("utf-8").rstrip() + "\n"
    for at, words in enumerate(HOSTILE):
        said += f"1{at}:30 B scores register @second for 2026-05\n    scores: school-north 2\n    text: {words.strip()}\n"
    raw = written(tmp_path, said)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {words.strip() for words in HOSTILE}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"} and not any(cell.hyperlink for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "@", "-")))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts.values())


def test_in_a_language_from_right_to_left_the_sheets_are_too(tmp_path: Path) -> None:
    shown = record(tmp_path, "matrix", "A")
    with speaking(Language("xx", "Mirrored", direction="rtl")):
        book = openpyxl.load_workbook(io.BytesIO(matrix_workbook(shown)))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    shown = record(tmp_path, "matrix", "A")
    assert matrix_workbook(shown) == matrix_workbook(shown)


def test_scores_that_a_sheet_cannot_hold_are_refused_later_ones_of_the_same_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (SCRIPTS / "matrix.txt").read_text("utf-8").rstrip() + "\n"
    said += "".join(
        f"1{at}:30 B scores register @second for 2026-05\n    scores: school-north {at}\n" for at in (0, 1, 2)
    )
    shown = record(tmp_path, said, "A")
    held = len(rows(sheets(matrix_workbook(shown))["Scores"])) - 1
    monkeypatch.setattr(matrix_workbook_module, "MOST_SCORES", held)
    assert matrix_workbook(shown)
    monkeypatch.setattr(matrix_workbook_module, "MOST_SCORES", held - 1)
    with pytest.raises(Refused) as refused:
        matrix_workbook(shown)
    assert refused.value.refusals[0].code == "workbook.size"


def test_a_record_without_a_register_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        written(tmp_path, "findings")
    assert refused.value.refusals[0].code == "workbook.register"
