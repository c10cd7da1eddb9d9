"""Measures, and prints one table: `python -m benchmarks`. See README.md beside this file.

python -m benchmarks                        everything (some minutes)
python -m benchmarks --only replay proving  some of it
python -m benchmarks --acts 1000000         a longer record
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator

from benchmarks import (
    appending,
    documents,
    guessing,
    incidents,
    live_room,
    matching,
    matrix,
    packages,
    packages_solver,
    page_weights,
    pages,
    proving,
    replay,
    sealing,
    snapshot,
    tables,
    verification,
)
from benchmarks.figure import Figure, table
from benchmarks.long_record import LongRecord

PARTS = (
    "verification", "replay", "appending", "proving", "sealing", "pages", "page_weights", "live_room", "snapshot",
    "matrix",
    "incidents",
    "matching",
    "guessing",
    "packages",
    "packages_solver",
    "documents",
    "tables",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--acts", type=int, default=100_000, help="of the long record")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-python", help="a Python with negmas, for `packages`")
    parser.add_argument("--pandoc", default="", help="the program that documents are measured beside")
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load "
          f"{os.getloadavg()[0]:.1f}. Medians; a ratio is to the peer or limit in the same run.\n")  # fmt: skip
    figures = list(_measured(asked.only, asked.acts, asked.runs, asked.peer_python, asked.pandoc))
    print(table(figures))
    return 1 if any(figure.met is False for figure in figures) else 0


def _measured(
    parts: list[str], acts: int, runs: int, peer_python: str | None, pandoc: str
) -> Iterator[Figure]:
    for part in parts:
        print(f"measuring {part} ...", file=sys.stderr)
        if part == "appending":
            yield from appending.measure(1000, runs)
        elif part == "verification":
            yield from verification.measure(acts, runs)
        elif part == "sealing":
            yield from sealing.measure(runs)
        elif part == "matrix":
            yield from matrix.measure(runs)
        elif part == "packages":
            yield from packages.measure(runs, peer_python)
        elif part == "packages_solver":
            yield from packages_solver.measure(runs)
        elif part == "page_weights":
            yield from page_weights.measure()
        elif part == "live_room":
            yield from live_room.measure()
        elif part == "guessing":
            yield from guessing.measure(runs)
        elif part == "matching":
            yield from matching.measure(runs)
        elif part == "snapshot":
            yield from snapshot.measure(acts, runs)
        elif part == "documents":
            yield from documents.measure(runs, pandoc)
        elif part == "incidents":
            yield from incidents.measure(runs)
        elif part == "pages":
            for size in (10_000, acts):
                yield from pages.measure(LongRecord(size), runs)
        else:
            record = LongRecord(acts)
            measured = {"replay": replay, "proving": proving, "tables": tables}[part]
            yield from measured.measure(record, runs)
            record.close()


if __name__ == "__main__":
    sys.exit(main())
