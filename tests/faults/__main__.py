"""Try faults for as long as one is told to, print how many of each kind were tried, and keep that: `--rounds N --seed S`.

A round is every fault under load on one host over each database, everything that can strike an append, and power cuts
after as much acting. Exits 1 where something did not hold; what did not is said.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.faults.rounds import Shares, try_round
from tests.faults.tally import Tally

RESULTS: Final = Path("faults-results") / "runs.jsonl"


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--rounds", type=int, default=1)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument(
        "--share",
        type=float,
        default=0.2,
        help="of the power cuts over SQLite that differ by one write; of the others, 20 times as many",
    )
    asked.add_argument("--postgresql-share", type=float, default=0.001, help="the same over PostgreSQL")
    asked.add_argument(
        "--results", type=Path, default=RESULTS, help="where a line of JSON is kept of each run"
    )
    options = asked.parse_args()
    tally, chance, began = Tally(), random.Random(options.seed), time.monotonic()
    for number in range(options.rounds):
        folder = Path(tempfile.mkdtemp(prefix="detente-faults-"))
        try:
            try_round(folder, chance, tally, Shares(options.share, options.postgresql_share))
        finally:
            shutil.rmtree(folder)
        print(
            f"round {number + 1}: {tally.tried.total():,} faults tried, {len(tally.failed)} did not hold",
            flush=True,
        )
    seconds = time.monotonic() - began
    tally.keep(options.results, rounds=options.rounds, seed=options.seed, seconds=seconds)
    print(f"\n{tally.table()}\n")
    print("\n".join(tally.failed) or f"Everything held, in {seconds:,.0f} seconds (seed {options.seed}).")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
