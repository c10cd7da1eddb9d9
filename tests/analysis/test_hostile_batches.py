"""Files that whoever reports incidents may have written by hand: what is not of its column's type is not said, a file
that cannot be read is refused, and neither breaks the pages of everybody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from detente.analysis.comparing import compared
from detente.analysis.reckoning import every_candidate, reckoned
from detente.codec.refusal import Refused
from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Asked, Counted, VisibleIncidents
from detente.procedure.sameness import Decided
from tests.analysis.incident_files import SCHEMA, incident, written

ALL = Counted("all", "", None, None, ())
OTHERS: dict[str, tuple[Any, pa.DataType]] = {
    "lat": ("north", pa.string()), "lon": (float("nan"), pa.float64()), "date_from": ("later", pa.string()),
    "date_to": (2**30, pa.int32()), "actors": ([None, "Group A"], pa.list_(pa.string())),
    "deaths_best": (2**40, pa.int64()), "deaths_low": ("many", pa.string()),
    "place": ({"a": 1}, pa.struct([("a", pa.int32())])),
    "precision": (3, pa.int32()), "kind": (b"\xff", pa.binary()), "source": (None, pa.string()),
}  # fmt: skip


def asked(file: Path) -> VisibleIncidents:
    question = Asked(("leaf",), commitments=(ALL,), picked="all")
    found = reckoned(Viewer(), (file,), (), question)
    every = every_candidate((file,), (), question)
    pairs = compared(Viewer(), (file,), (), question, Decided())
    assert pairs.total == found.total and len(every) == sum((found.matched[0].met, found.matched[0].doubtful))
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_of_its_columns_type_is_not_said(name: str, tmp_path: Path) -> None:
    value, kind = OTHERS[name]
    schema = pa.schema([(field.name, kind if field.name == name else field.type) for field in SCHEMA])
    rows = [incident(number) | {name: value} for number in range(3)]
    assert asked(written(tmp_path / "batch.parquet", rows, schema)).total == 3


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_file_that_is_damaged_is_refused_or_read(at: float, tmp_path: Path) -> None:
    file = written(
        tmp_path / "batch.parquet", [incident(number, text=f"word {number}") for number in range(500)]
    )
    whole = bytearray(file.read_bytes())
    start = int(len(whole) * at)
    whole[start : start + 200] = b"\xff" * 200
    file.write_bytes(whole)
    try:
        assert asked(file).total == 500
    except Refused as refused:
        assert [r.code for r in refused.refusals] == ["incidents.file"]


def test_one_that_lacks_a_column_is_refused(tmp_path: Path) -> None:
    schema = pa.schema([field for field in SCHEMA if field.name != "lat"])
    file = written(tmp_path / "batch.parquet", [incident(1)], schema)
    for ask in (
        lambda: reckoned(Viewer(), (file,), (), Asked(("leaf",))),
        lambda: compared(Viewer(), (file,), (), Asked(("leaf",)), Decided()),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert [r.code for r in refused.value.refusals] == ["incidents.file"]
