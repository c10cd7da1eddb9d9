"""The whole frontier of packages: time and memory, beside NegMAS in the same run; and how cost grows.

    python -m benchmarks.packages --peer-python /path/to/a/python/with/negmas [--chart docs/images/packages-cost.svg]

NegMAS enumerates, with the function that its own documentation recommends. It is not a dependency (its licence is AGPL):
it runs in the Python that is given, and without one only the absolute aims are measured. Both find the same points, or it
stops. Each is measured in a process of its own, which has answered a small problem before: loading is not measured. Its
memory is the most that the whole process ever had.

Points are drawn for each party on its own; or, `opposed`, the last wants least what the others want most, which makes the
longest frontiers there are.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from benchmarks.figure import Figure, table

BESIDE: Final = ((7, 4), (8, 4), (10, 4))
"""Issues and options: 16,384 packages, 65,536, and 1,048,576."""
TIMES_FASTER: Final = {2: 1_000, 3: 500}
PEER: Final = "NegMAS pareto_frontier"


class Shape(NamedTuple):
    issues: int
    options: int
    parties: int
    opposed: bool = False

    def __str__(self) -> str:
        return f"{self.issues}x{self.options}x{self.parties}" + (", opposed" if self.opposed else "")


def points_of(shape: Shape, seed: int = 1, budget: int = 1_000) -> list[list[list[int]]]:
    """[party][issue][option]; each party's best package is worth about the budget."""
    draw = Random(seed)
    drawn = [
        [[draw.random() for _ in range(shape.options)] for _ in range(shape.issues)]
        for _ in range(shape.parties)
    ]
    if shape.opposed:
        others = drawn[:-1]
        drawn[-1] = [
            [
                1 - sum(party[issue][option] for party in others) / len(others)
                for option in range(shape.options)
            ]
            for issue in range(shape.issues)
        ]
    made = []
    for party in drawn:
        best = sum(max(of) for of in party)
        made.append([[round(budget * worth / best) for worth in of] for of in party])
    return made


def measure(runs: int, peer_python: str | None = None) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        for parties in (2, 3):
            for issues, options in BESIDE:
                yield from _beside(Shape(issues, options, parties), runs, peer_python, at)
        yield from _grown(runs, at)


def _beside(shape: Shape, runs: int, peer_python: str | None, folder: Path) -> Iterator[Figure]:
    ours = [run(shape, folder) for _ in range(runs)]
    theirs = [run(shape, folder, peer_python) for _ in range(1)] if peer_python else []
    assert all(one["points"] == ours[0]["points"] for one in theirs), "they find different frontiers"
    largest = (shape.issues, shape.options) == BESIDE[-1]
    seconds, memory = (median(ours, of) for of in ("seconds", "megabytes"))
    peer_seconds, peer_memory = (median(theirs, of) if theirs else None for of in ("seconds", "megabytes"))
    against = PEER if theirs else f"{PEER}: peer not installed"
    times = TIMES_FASTER[shape.parties]
    yield Figure(
        f"frontier {shape}, {shape.options**shape.issues:,} packages, {len(ours[0]['points']):,} points",
        seconds * 1000, "ms", runs, against, peer_seconds and peer_seconds * 1000,
        f"1/{times:,} of it" if largest else "",
        seconds * times <= peer_seconds if largest and peer_seconds else None,
    )  # fmt: skip
    yield Figure(
        "  memory, most at once", memory, "MB", runs, against, peer_memory,
        "a fifth of it" if largest else "", memory * 5 <= peer_memory if largest and peer_memory else None,
    )  # fmt: skip


def _grown(runs: int, folder: Path) -> Iterator[Figure]:
    small = median([run(Shape(10, 4, 2), folder) for _ in range(runs)], "seconds") * 1000
    large = median([run(Shape(60, 12, 2), folder) for _ in range(runs)], "seconds") * 1000
    yield Figure(
        "frontier 60x12x2, 10^64 packages",
        large,
        "ms",
        runs,
        "10x4x2",
        small,
        "50 times",
        large <= 50 * small,
    )
    three = [run(Shape(40, 5, 3), folder) for _ in range(runs)]
    seconds, memory = (median(three, of) for of in ("seconds", "megabytes"))
    points = len(three[0]["points"])
    yield Figure(
        f"frontier 40x5x3, all its {points:,} points", seconds, "s", runs, "", None, "2 s", seconds <= 2
    )
    yield Figure("  memory, most at once", memory, "MB", runs, "", None, "200 MB", memory <= 200)
    hardest = [run(Shape(60, 12, 2, opposed=True), folder) for _ in range(runs)]
    points = len(hardest[0]["points"])
    yield Figure(
        f"frontier 60x12x2, opposed, {points:,} points", median(hardest, "seconds") * 1000, "ms", runs
    )


def median(measured: list[dict[str, Any]], of: str) -> float:
    return statistics.median(one[of] for one in measured)


def run(shape: Shape, folder: Path, peer_python: str | None = None) -> dict[str, Any]:
    """One measurement in a process of its own: seconds, megabytes and the points found, in order."""
    file = folder / f"{shape}.json"
    file.write_text(json.dumps(points_of(shape)))
    script = Path(__file__).with_name("packages_peer.py")
    command = (
        [peer_python, str(script)] if peer_python else [sys.executable, "-m", "benchmarks.packages_alone"]
    )
    ran = subprocess.run([*command, str(file)], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def main() -> int:
    from benchmarks.packages_chart import chart

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer-python", help="a Python in which negmas is installed")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chart", type=Path, help="write how cost grows to this file, as SVG")
    asked = parser.parse_args()
    if asked.chart:
        asked.chart.write_text(chart(asked.runs))
        return 0
    figures = list(measure(asked.runs, asked.peer_python))
    print(table(figures))
    return 1 if any(figure.met is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
