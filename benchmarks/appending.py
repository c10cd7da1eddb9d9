"""Durable appends through the door, against what the disk allows in the same folder at the same time."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, timed
from benchmarks.limits import signed_commits, sqlite_transactions, synced_writes
from benchmarks.long_record import RESULTS, receive
from benchmarks.slow_disk import slow_disk
from benchmarks.synthetic import acts
from detente.depositary.opening import open_data

AIM_SINGLE, AIM_BATCHED, AIM_GIT = 0.8, 5_000, 20
GROUP = 50
ACT_BYTES = 850
"""About what an act of the long record has, with its disclosures."""
AIMED_DISK = 300
"""Syncs a second of the disk that `AIM_SINGLE` was set for: one that is slower than a processor's work on an act."""
WRITE = f"write {ACT_BYTES} B and fdatasync"
ROW = "SQLite, one bare row a transaction"


def measure(count: int, runs: int) -> Iterator[Figure]:
    """count: acts appended one at a time in each run; ten times as many in groups."""
    RESULTS.mkdir(exist_ok=True)
    disk, sqlite, single, grouped, signed, git, synced_git = [], [], [], [], [], [], []
    for _ in range(runs):  # in turn, so that other work on the machine falls on all alike
        with tempfile.TemporaryDirectory(dir=RESULTS) as name:
            folder = Path(name)
            disk.append(synced_writes(folder, ACT_BYTES, count))
            sqlite.append(sqlite_transactions(folder, ACT_BYTES, count))
            single.append(_appended(folder / "one", count, 1))
            grouped.append(_appended(folder / "many", 10 * count, GROUP))
            signed.append(_signed_and_appended(folder / "signed", count))
            git.append(signed_commits(folder / "git"))
            synced_git.append(signed_commits(folder / "synced", "-c", "core.fsync=all"))
    limit, one, many, row = map(statistics.median, (disk, single, grouped, sqlite))
    yield Figure("durable append, one act a transaction", one, "acts/s", runs, WRITE, limit,
                 f"at least {AIM_SINGLE}", one >= AIM_SINGLE * limit)  # fmt: skip
    yield Figure("  the same", one, "acts/s", runs, ROW, row)
    yield from _on_a_slower_disk(count, runs)
    yield Figure(f"durable append, {GROUP} acts a transaction", many, "acts/s", runs, WRITE, limit,
                 f"at least {AIM_BATCHED:,}", many >= AIM_BATCHED)  # fmt: skip
    own, peer, synced = map(statistics.median, (signed, git, synced_git))
    yield Figure("author, sign and append, one at a time", own, "acts/s", runs, "git commit -S", peer,
                 f"at least {AIM_GIT}", own >= AIM_GIT * peer)  # fmt: skip
    yield Figure("  the same", own, "acts/s", runs, "git commit -S, synced as ours is", synced)


def _on_a_slower_disk(count: int, runs: int) -> Iterator[Figure]:
    """One act a transaction where every sync takes as long as on the disk that the aim was set for. As many acts as on
    the disk as it is: the first few hundred of a new file are slower, since its write-ahead log still grows."""
    disk, sqlite, single = [], [], []
    try:
        for _ in range(runs):
            with tempfile.TemporaryDirectory(dir=RESULTS) as name, slow_disk(AIMED_DISK):
                folder = Path(name)
                disk.append(synced_writes(folder, ACT_BYTES, count))
                sqlite.append(sqlite_transactions(folder, ACT_BYTES, count))
                single.append(_appended(folder / "one", count, 1))
    except OSError as error:
        print(f"no disk slowed to {AIMED_DISK}/s: {error}", file=sys.stderr)
        return
    limit, row, one = map(statistics.median, (disk, sqlite, single))
    yield Figure(f"  the disk slowed to {AIMED_DISK}/s", one, "acts/s", runs, WRITE, limit,
                 f"at least {AIM_SINGLE}", one >= AIM_SINGLE * limit)  # fmt: skip
    yield Figure(f"  the disk slowed to {AIMED_DISK}/s", one, "acts/s", runs, ROW, row)


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
