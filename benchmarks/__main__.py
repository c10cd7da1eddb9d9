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
    incidents,
    live_room,
    matching,
    matrix,
    page_weights,
    pages,
    proving,
    replay,
    sealing,
    snapshot,
    verification,
)
from benchmarks.figure import Figure, table
from benchmarks.long_record import LongRecord

PARTS = (
    "verification", "replay", "appending", "proving", "sealing", "pages", "page_weights", "live_room", "snapshot",
    "matrix",
    "incidents",
    "matching",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--acts", type=int, default=100_000, help="of the long record")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load "
          f"{os.getloadavg()[0]:.1f}. Medians; a ratio is to the peer or limit in the same run.\n")  # fmt: skip
    figures = list(_measured(asked.only, asked.acts, asked.runs))
    print(table(figures))
    return 1 if any(figure.met is False for figure in figures) else 0


def _measured(parts: list[str], acts: int, runs: int) -> Iterator[Figure]:
    for part in parts:
        print(f"measuring {part} ...", file=sys.stderr)
        if part == "appending":
            yield from appending.measure(200, runs)
        elif part == "verification":
            yield from verification.measure(acts, runs)
        elif part == "sealing":
            yield from sealing.measure(runs)
        elif part == "matrix":
            yield from matrix.measure(runs)
        elif part == "page_weights":
            yield from page_weights.measure()
        elif part == "live_room":
            yield from live_room.measure()
        elif part == "matching":
            yield from matching.measure(runs)
        elif part == "snapshot":
            yield from snapshot.measure(acts, runs)
        elif part == "incidents":
            yield from incidents.measure(runs)
        elif part == "pages":
            for size in (10_000, acts):
                yield from pages.measure(LongRecord(size), runs)
        else:
            record = LongRecord(acts)
            measured = {"replay": replay, "proving": proving}[part]
            yield from measured.measure(record, runs)
            record.close()


if __name__ == "__main__":
    sys.exit(main())
