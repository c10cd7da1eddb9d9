"""Importing a million incidents from a table, beside DuckDB that reads and writes the same file and checks nothing.

The rows are made up here in the columns of UCDP GED, as wide as real ones, one in a hundred of them dirty; each part runs
in a process of its own, so that the memory of one is not that of the other.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import resource
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.figure import Figure, timed
from detente.interchange.incidents.importing import import_incidents

ROWS: Final = 1_000_000
_NAMES: Final = (
    "id", "date_prec", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "latitude", "longitude",
    "where_coordinates", "adm_1", "adm_2", "country", "best", "low", "high", "deaths_civilians", "source_article",
    "source_headline", *(f"other_{at}" for at in range(28)),
)  # fmt: skip


def measure(runs: int, rows: int = ROWS) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.csv"
        _write(source, rows)
        ours = [_alone(_imported, source) for _ in range(runs)]
        bare = [_alone(_copied, source) for _ in range(runs)]
    (rate, memory), (bare_rate, bare_memory) = (
        (
            statistics.median(rows / seconds for seconds, _mb in found),
            statistics.median(mb for _s, mb in found),
        )
        for found in (ours, bare)
    )
    against = "DuckDB, read_csv to Parquet, nothing checked"
    yield Figure(f"import {rows:,} incidents, every row checked", rate, "rows/s", runs, against, bare_rate)
    yield Figure("  its memory at most", memory, "MB", runs, against, bare_memory, "512 MB", memory <= 512)


def _write(path: Path, rows: int) -> None:
    draw, first = random.Random(1), date(1990, 1, 1)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_NAMES)
        for at in range(rows):
            day = first + timedelta(days=draw.randrange(12_000))
            dirty = at % 100 == 0
            writer.writerow((
                at, draw.randrange(1, 6), draw.randrange(1, 4), "Government of Harbour", f"Front {at % 40}",
                f"{day} 00:00:00.000", f"{day + timedelta(days=at % 5)} 00:00:00.000",
                round(draw.uniform(3, 11), 6), 200 if dirty else round(draw.uniform(14, 28), 6),
                f"Village {at % 5000}", f"Province {at % 17}", f"District {at % 90}", "Harbour", at % 9, at % 7,
                at % 9 + 3, -1 if dirty else at % 3, f"A paper, {day}, on page {at % 30}, as told by a traveller",
                "A headline", *("some other words" for _ in range(28)),
            ))  # fmt: skip


def _imported(source: Path) -> None:
    import_incidents(source, source.with_suffix(".parquet"), lambda _remark: None)


def _copied(source: Path) -> None:
    out = source.with_suffix(".bare")
    with duckdb.connect(config={"threads": 2, "temp_directory": f"{out}.spilled"}) as database:
        copy = "COPY (SELECT * FROM read_csv(?)) TO ? (FORMAT parquet, COMPRESSION zstd)"
        database.execute(copy, [str(source), str(out)])


def _alone(work: Callable[[Path], None], source: Path) -> tuple[float, float]:
    """Seconds and megabytes of one call in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (work, source))


def _timed(work: Callable[[Path], None], source: Path) -> tuple[float, float]:
    seconds = timed(lambda: work(source))
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
