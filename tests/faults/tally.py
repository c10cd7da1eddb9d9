"""What was tried, counted by kind and by store; printed, and kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec


class Tally:
    """failed: what did not hold, in sentences."""

    def __init__(self) -> None:
        self.tried: Counter[tuple[str, str]] = Counter()
        self.possible: Counter[tuple[str, str]] = Counter()
        self.failed: list[str] = []

    def count(self, store: str, kind: str, *, tried: bool = True) -> None:
        """One more that was possible, and whether it was tried."""
        self.possible[store, kind] += 1
        self.tried[store, kind] += tried

    def fail(self, store: str, kind: str, faults: list[str]) -> None:
        self.failed += [f"{store}, {kind}: {fault}" for fault in faults]

    def table(self) -> str:
        """Markdown."""
        rows = ["| store | fault | tried | of |", "|---|---|---:|---:|"]
        for (store, kind), possible in sorted(self.possible.items()):
            rows.append(f"| {store} | {kind} | {self.tried[store, kind]:,} | {possible:,} |")
        rows.append(f"| | all | {self.tried.total():,} | {self.possible.total():,} |")
        return "\n".join(rows)

    def keep(self, file: Path, *, rounds: int, seed: int, seconds: float) -> None:
        """Beside what was kept of earlier runs, a line of JSON each."""
        faults = [
            {"store": store, "fault": kind, "tried": self.tried[store, kind], "of": possible}
            for (store, kind), possible in sorted(self.possible.items())
        ]
        line = {
            "rounds": rounds,
            "seed": seed,
            "seconds": round(seconds),
            "faults": faults,
            "failed": self.failed,
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as out:
            out.write(msgspec.json.encode(line) + b"\n")
