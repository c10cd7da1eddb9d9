"""Durable appends through the door, against what the disk allows in the same folder at the same time."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, timed
from benchmarks.limits import signed_commits, sqlite_transactions, synced_writes
from benchmarks.long_record import RESULTS, receive
from benchmarks.synthetic import acts
from detente.depositary.opening import open_data

AIM_SINGLE, AIM_BATCHED, AIM_GIT = 0.8, 5_000, 20
GROUP = 50
ACT_BYTES = 850
"""About what an act of the long record has, with its disclosures."""


def measure(count: int, runs: int) -> Iterator[Figure]:
    """count: acts appended one at a time in each run; twenty times as many in groups."""
    RESULTS.mkdir(exist_ok=True)
    disk, sqlite, single, grouped, signed, git = [], [], [], [], [], []
    for _ in range(runs):  # in turn, so that other work on the machine falls on all alike
        with tempfile.TemporaryDirectory(dir=RESULTS) as name:
            folder = Path(name)
            disk.append(synced_writes(folder, ACT_BYTES, count))
            sqlite.append(sqlite_transactions(folder, ACT_BYTES, count))
            single.append(_appended(folder / "one", count, 1))
            grouped.append(_appended(folder / "many", 20 * count, GROUP))
            signed.append(_signed_and_appended(folder / "signed", count))
            git.append(signed_commits(folder))
    limit, one, many = map(statistics.median, (disk, single, grouped))
    write = f"write {ACT_BYTES} B and fdatasync"
    yield Figure("durable append, one act a transaction", one, "acts/s", runs, write, limit,
                 f"at least {AIM_SINGLE}", one >= AIM_SINGLE * limit)  # fmt: skip
    yield Figure(
        "  the same", one, "acts/s", runs, "SQLite, one bare row a transaction", statistics.median(sqlite)
    )
    yield Figure(f"durable append, {GROUP} acts a transaction", many, "acts/s", runs, write, limit,
                 f"at least {AIM_BATCHED:,}", many >= AIM_BATCHED)  # fmt: skip
    own, peer = statistics.median(signed), statistics.median(git)
    yield Figure("author, sign and append, one at a time", own, "acts/s", runs, "git commit -S", peer,
                 f"at least {AIM_GIT}", own >= AIM_GIT * peer)  # fmt: skip


def _appended(folder: Path, count: int, group: int) -> float:
    """Acts a second, received in groups; they are signed before."""
    depositary = open_data(folder, create=True)
    made = list(acts(count, *depositary.prepare()[:2]))
    groups = [made[at : at + group] for at in range(0, count, group)]
    seconds = timed(lambda: [receive(depositary, some) for some in groups])
    depositary.close()
    return count / seconds


def _signed_and_appended(folder: Path, count: int) -> float:
    """Acts a second of one caller, each authored and signed on top of the one before."""
    depositary = open_data(folder, create=True)
    made = acts(count, *depositary.prepare()[:2])
    seconds = timed(lambda: [receive(depositary, [raw]) for raw in made])
    depositary.close()
    return count / seconds
