"""Reading a source's file in a test: what was counted, what was said, and the rows that came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from detente.interchange.incidents.importing import Imported, import_incidents
from detente.interchange.incidents.remarks import Remark


class Read(NamedTuple):
    found: Imported
    remarks: list[Remark]
    rows: list[dict[str, Any]]

    def said(self) -> list[str]:
        return [f"{remark.line} {remark.code.removeprefix('incidents.')}" for remark in self.remarks]


def read(folder: Path, content: str | bytes, name: str = "source.csv", **how: Any) -> Read:
    """What an import makes of this content. Its counts have to add up, whatever it is."""
    source, out, remarks = folder / name, folder / "out.parquet", list[Remark]()
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    found = import_incidents(source, out, remarks.append, **how)
    table = duckdb.sql(f"SELECT * FROM '{out}'")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    assert found.rows == found.kept + found.kept_out
    assert len(rows) == found.kept
    assert sum(remark.kept_out for remark in remarks) == found.kept_out
    assert out.stat().st_size == found.size
    return Read(found, remarks, rows)
