"""Incidents against 200 commitments with areas, periods, kinds and actors: time and memory, beside GeoPandas in the same
run; and how both grow with the incidents.

The peer reads the same Parquet file, joins with `sjoin(predicate="covered_by")`, and keeps of the pairs those whose kind,
days and actors fit: the same candidates, which is checked. Each is measured in a process of its own, so that its memory
is its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.figure import Figure

SIZES: Final = (10_000, 100_000, 1_000_000)
COMMITMENTS: Final = 200
KINDS: Final = ("attack", "clash", "explosion")
TIMES_FASTER: Final = 3.0
_INCIDENTS: Final = """
    COPY (SELECT printf('i%07d', i) AS id, 'made' AS source, day AS date_from, day AS date_to, 'day' AS precision, lat,
                 lon, 'place ' || i % 500 AS place, 'region ' || i % 20 AS admin1, 'X' AS country,
                 ['attack', 'clash', 'explosion', 'shelling', 'protest', 'other'][1 + i * 7919 % 6] AS kind,
                 ['group ' || i * 31 % 50, 'group ' || i * 17 % 50] AS actors, 1::INT AS deaths_best,
                 'Report ' || i AS text, '' AS url, i::INT AS line
          FROM (SELECT i, DATE '2015-01-01' + (hash(i) % 3650)::INT AS day, 28 + hash(i + 1) % 1200000 / 1e5 AS lat,
                       60 + hash(i + 2) % 2000000 / 1e5 AS lon FROM range({size}) AS made(i))
          ORDER BY date_from, id) TO '{file}' (FORMAT parquet, COMPRESSION zstd)"""


def commitments() -> Iterator[dict[str, Any]]:
    """Eight-sided areas a degree or two across, for three months to two years."""
    start = datetime(2015, 1, 1)
    for n in range(COMMITMENTS):
        x, y, size = 61 + n * 37 % 170 / 10, 29 + n * 53 % 90 / 10, 0.5 + n % 8 / 5
        corners = [
            (1, 0),
            (0.7, 0.7),
            (0, 1),
            (-0.7, 0.7),
            (-1, 0),
            (-0.7, -0.7),
            (0, -1),
            (0.7, -0.7),
            (1, 0),
        ]
        begins = start + timedelta(days=n * 131 % 3000)
        yield {
            "ring": [[x + size * a, y + size * b] for a, b in corners],
            "begins": begins, "ends": begins + timedelta(days=90 + n * 59 % 640),
            "actors": [f"group {(n + k) % 50}" for k in range(10)],
        }  # fmt: skip


def measure(runs: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            file = Path(folder) / f"{size}.parquet"
            _write(size, file)
            ours, peers = zip(*(_pair(file) for _ in range(runs)), strict=True)
            assert {one["found"] for one in ours} == {one["found"] for one in peers}, (
                "they find different candidates"
            )
            yield from _figures(size, runs, ours, peers)


def _pair(file: Path) -> tuple[dict[str, float], dict[str, float]]:
    return _in_its_own_process("ours", file), _in_its_own_process("peer", file)


def _figures(size: int, runs: int, ours: Any, peers: Any) -> Iterator[Figure]:
    seconds, peer = (statistics.median(one["seconds"] for one in of) for of in (ours, peers))
    memory, peer_memory = (statistics.median(one["megabytes"] for one in of) for of in (ours, peers))
    whole = size == SIZES[-1]
    yield Figure(
        f"match {size:,} incidents, {COMMITMENTS} commitments", seconds, "s", runs, "GeoPandas sjoin and filters", peer,
        f"at most {1 / TIMES_FASTER:.2f} of it" if whole else "", seconds * TIMES_FASTER <= peer if whole else None,
    )  # fmt: skip
    yield Figure("  memory, most at once", memory, "MB", runs, "GeoPandas sjoin and filters", peer_memory)


def _write(size: int, file: Path) -> None:
    import duckdb

    duckdb.execute(_INCIDENTS.format(size=size, file=file))


def _in_its_own_process(who: str, file: Path) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.matching", who, str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def _ours(file: Path) -> int:
    from zoneinfo import ZoneInfo

    from detente.analysis.areas import area_of
    from detente.analysis.batches import columns, opened
    from detente.analysis.matching import Sought, match

    sought = [
        Sought(
            KINDS, tuple(one["actors"]), area_of({"type": "Polygon", "coordinates": [one["ring"]]}),
            begins=f"{one['begins']:%Y-%m-%dT%H:%M:%SZ}", ends=f"{one['ends']:%Y-%m-%dT%H:%M:%SZ}",
        )
        for one in commitments()
    ]  # fmt: skip
    found = match(columns(opened([file])), sought, ZoneInfo("UTC"))
    return sum(len(one.at) for one in found)


def _peer(file: Path) -> int:
    import geopandas
    import pandas
    from shapely import Polygon

    made = list(commitments())
    read = pandas.read_parquet(file, columns=["date_from", "date_to", "lat", "lon", "kind", "actors"])
    read["date_from"], read["date_to"] = pandas.to_datetime(read.date_from), pandas.to_datetime(read.date_to)
    points = geopandas.GeoDataFrame(read, geometry=geopandas.points_from_xy(read.lon, read.lat))
    areas = geopandas.GeoDataFrame(
        {
            "begins": [one["begins"] for one in made],
            "ends": [one["ends"] for one in made],
            "n": range(len(made)),
        },
        geometry=[Polygon(one["ring"]) for one in made],
    )
    joined = points[points.kind.isin(KINDS)].sjoin(areas, predicate="covered_by")
    joined = joined[(joined.date_from < joined.ends) & (joined.date_to >= joined.begins)]
    wanted = [frozenset(one["actors"]) for one in made]
    return sum(not wanted[n].isdisjoint(actors) for n, actors in zip(joined.n, joined.actors, strict=True))


def main() -> None:
    """One measurement, as JSON: seconds from the file to the candidates, the most memory, how many were found."""
    import resource
    import time

    who, file = sys.argv[1], Path(sys.argv[2])
    work = {"ours": _ours, "peer": _peer}[who]
    if who == "ours":
        import detente.analysis.batches
        import detente.analysis.matching  # noqa: F401  what is imported is not measured
    else:
        import geopandas  # noqa: F401
    start = time.perf_counter()
    found = work(file)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "found": found}))


if __name__ == "__main__":
    main()
