"""Opening the overview of a long record: in the server, cold, from the machine's own snapshot, and warm.

Each opening happens in a process of its own, so that nothing is kept from the one before; memory is that
process's highest.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.figure import Figure, timed
from benchmarks.long_record import LongRecord
from detente.depositary.opening import SNAPSHOTS, open_data
from detente.web.app import make_app

AIM_OVERVIEW, AIM_COLD, AIM_SNAPSHOT, AIM_MEMORY = 0.050, 3.0, 0.5, 400.0
REQUESTS = 30


def measure(record: LongRecord, runs: int) -> Iterator[Figure]:
    record.state()
    record.close()  # keeps the snapshot
    size = f"{record.size:,} acts"
    with_snapshot = [_in_a_process(record.folder) for _ in range(runs)]
    snapshots = record.folder / SNAPSHOTS
    kept = {file: file.read_bytes() for file in snapshots.iterdir()}
    cold = []
    for _ in range(runs):
        for file in kept:
            file.unlink(missing_ok=True)
        cold.append(_in_a_process(record.folder))
    for file, content in kept.items():
        file.write_bytes(content)

    def median(rows: list[dict[str, float]], name: str) -> float:
        return statistics.median(row[name] for row in rows)

    small = record.size <= 10_000
    opened = median(cold, "opened")
    snapshot = median(with_snapshot, "opened")
    overview = median(with_snapshot, "overview")
    yield Figure(f"open {size}, cold", opened, "s", runs, aim="under 3" if not small else "",
                 met=None if small else opened < AIM_COLD)  # fmt: skip
    yield Figure(f"open {size}, own snapshot", snapshot, "s", runs, "cold", opened,
                 "under 0.5 s" if not small else "", None if small else snapshot < AIM_SNAPSHOT)  # fmt: skip
    yield Figure(f"overview of {size}, in the server, warm", 1000 * overview, "ms", runs * REQUESTS,
                 aim="under 50 ms", met=overview < AIM_OVERVIEW)  # fmt: skip
    for page in ("text", "timeline", "as of the middle, first", "as of the middle"):
        yield Figure(f"  {page} of {size}", 1000 * median(with_snapshot, page), "ms", runs * REQUESTS)
    memory = median(cold, "memory")
    yield Figure(
        f"memory for {size}, opened cold", memory, "MB", runs, aim="under 400 MB", met=memory < AIM_MEMORY
    )


def _in_a_process(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.pages", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(found.stdout)
    return figures


def _opened(folder: Path) -> dict[str, float]:
    """Seconds and megabytes of one process that opens the record and is asked for pages."""
    start = time.perf_counter()
    depositary = open_data(folder)
    (origin,) = depositary.processes()
    size = depositary.main(origin).state().size
    figures = {"opened": time.perf_counter() - start}
    client = TestClient(make_app(depositary))
    address = f"/processes/{origin.removeprefix('detente/')}/"

    def ask(path: str) -> float:
        return timed(lambda: client.get(path).raise_for_status())

    def median(path: str) -> float:
        ask(path)
        return statistics.median(ask(path) for _ in range(REQUESTS))

    figures["overview"] = median(address)
    figures["text"], figures["timeline"] = median(f"{address}text"), median(f"{address}timeline")
    middle = f"{address}?at={size // 2}"
    figures["as of the middle, first"] = ask(middle)
    figures["as of the middle"] = median(middle)
    figures["memory"] = _highest_memory()
    # Not closed: closing would keep the snapshot that the next process is to do without.
    return figures


def _highest_memory() -> float:
    """Megabytes this process has held at once. Not `ru_maxrss`, which a child takes over from its parent."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1000


if __name__ == "__main__":
    print(json.dumps(_opened(Path(sys.argv[1]))))
