"""A million acts as Parquet: time, memory and size, beside DuckDB's own COPY of the same columns as the limit.

The long record is read as often as it takes: each act is read from the store, its words opened and its row made as often
as if it were another act. Ours and the limit each run in a process of its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from benchmarks.documents import most_held
from benchmarks.figure import Figure
from benchmarks.long_record import LongRecord
from detente.depositary.opening import open_data
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer, VisibleAct

ACTS: Final = 1_000_000
_AIM: Final = 300.0
"""Seconds."""
_AIM_MEMORY: Final = 1_000.0


class _ReadAgain(Record):
    """The record as if it were followed by itself until there are as many acts."""

    def acts(self, start: int, stop: int) -> Sequence[VisibleAct]:
        found: list[VisibleAct] = []
        while start < min(stop, self.as_of):
            turn, place = divmod(start, self.size)
            read = super().acts(place, min(place + stop - start, self.size))
            found += (replace(act, index=turn * self.size + act.index) for act in read)
            start += len(read)
        return found


def measure(record: LongRecord, runs: int) -> Iterator[Figure]:
    record.state()
    record.close()
    with tempfile.TemporaryDirectory() as folder:
        ours = [_apart("ours", record.folder, folder) for _ in range(runs)]
        limit = [_apart("limit", record.folder, folder) for _ in range(runs)]

    def median(rows: list[dict[str, float]], name: str) -> float:
        return statistics.median(row[name] for row in rows)

    against = "DuckDB's COPY of the same columns"
    seconds, megabytes = median(ours, "seconds"), median(ours, "megabytes")
    yield Figure(f"{ACTS:,} acts as Parquet", seconds, "s", runs, against, median(limit, "seconds"),
                 f"under {_AIM:.0f} s", seconds < _AIM)  # fmt: skip
    yield Figure("  memory, most at once", megabytes, "MB", runs, against, median(limit, "megabytes"),
                 "under 1,000 MB", megabytes < _AIM_MEMORY)  # fmt: skip
    yield Figure("  size of the files", median(ours, "size"), "MB", runs, against, median(limit, "size"))


def _apart(who: str, record: Path, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.tables", who, str(record), folder]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def _ours(record: Path, folder: Path) -> None:
    from detente.interchange.tables.writing import write_tables

    depositary = open_data(record)
    (origin,) = depositary.processes()
    read = _ReadAgain(depositary, origin, Viewer("M"))
    read.as_of = ACTS
    assert write_tables(read, folder, {})["acts"] == ACTS
    depositary.close()


def _limit(folder: Path, again: Path) -> None:
    """The files that were written, copied column by column with the same compression, on one thread."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as database:
        for file in folder.glob("*.parquet"):
            to = f"'{again / file.name}' (FORMAT parquet, COMPRESSION zstd)"
            copy = f"COPY (SELECT * FROM read_parquet('{file}')) TO {to}"
            database.execute(copy)


def main() -> None:
    who, record, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    written, again = folder / "written", folder / "again"
    written.mkdir(exist_ok=True)
    again.mkdir(exist_ok=True)
    start = time.perf_counter()
    if who == "ours":
        _ours(record, written)
    else:
        _limit(written, again)
    seconds, of = time.perf_counter() - start, written if who == "ours" else again
    size = sum(file.stat().st_size for file in of.glob("*.parquet")) / 1e6
    print(json.dumps({"seconds": seconds, "megabytes": most_held(), "size": size}))


if __name__ == "__main__":
    main()
