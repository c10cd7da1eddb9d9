"""Small Parquet files of incidents, written as docs/specs/incidents.md says."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

SCHEMA: Final = pa.schema([
    ("id", pa.string()), ("source", pa.string()), ("date_from", pa.date32()), ("date_to", pa.date32()),
    ("precision", pa.string()), ("lat", pa.float64()), ("lon", pa.float64()), ("place", pa.string()),
    ("admin1", pa.string()), ("country", pa.string()), ("kind", pa.string()), ("actors", pa.list_(pa.string())),
    ("deaths_low", pa.int32()), ("deaths_best", pa.int32()), ("deaths_high", pa.int32()), ("civilians", pa.int32()),
    ("text", pa.string()), ("url", pa.string()), ("gazetteer", pa.string()), ("line", pa.int32()),
])  # fmt: skip


def incident(number: int, day: str = "2026-05-10", **said: Any) -> dict[str, Any]:
    """One row: an attack on a day, at a point, by one group; `said` differs."""
    first = date.fromisoformat(day)
    row = {
        "id": f"i{number}", "source": "Monitor", "date_from": first, "date_to": first, "precision": "day", "lat": 10.0,
        "lon": 20.0, "place": "Ford", "admin1": "North", "country": "Ruritania", "kind": "attack", "actors": ["Group A"],
        "deaths_best": 1, "text": "", "url": "", "line": number + 1,
    }  # fmt: skip
    return row | said


BEFORE_GAZETTEERS: Final = pa.schema([field for field in SCHEMA if field.name != "gazetteer"])
"""As files were written before rows were placed by name."""


def written(path: Path, rows: list[dict[str, Any]], schema: pa.Schema = SCHEMA) -> Path:
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


def batch_of(rows: Iterable[dict[str, Any]]) -> bytes:
    """A batch with its words as they are: nothing in it is packed."""
    file = io.BytesIO()
    table = pa.Table.from_pylist(list(rows), schema=SCHEMA)
    parquet.write_table(table, file, compression="none", use_dictionary=False)
    return file.getvalue()
