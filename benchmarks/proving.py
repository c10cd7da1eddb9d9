"""Inclusion proofs from a long log, from tiles expanded in memory and from stored ones, against pymerkle in memory."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pymerkle import InmemoryTree

from benchmarks.figure import Figure, median_rate
from benchmarks.long_record import LongRecord
from detente.depositary.tree import LogTree

AIM = 10_000
PROOFS = 5_000


def measure(record: LongRecord, runs: int) -> Iterator[Figure]:
    chosen = random.Random(1).choices(range(record.size), k=PROOFS)
    store, origin, size = record.depositary.store, record.origin, record.size
    warm = LogTree(store, origin)

    def prove(tree: LogTree) -> None:
        for index in chosen:
            tree.inclusion(index, size)

    prove(warm)
    peer = InmemoryTree(algorithm="sha256")
    for entry, _leaf in store.bare_entries(origin, 0, min(size, 10_000)):
        peer.append_entry(entry)
    few = chosen[:500]

    def peer_proofs() -> None:
        for index in few:
            peer.prove_inclusion(index % peer.get_size() + 1)

    ours = median_rate(PROOFS, lambda: prove(warm), runs)
    limit = median_rate(len(few), peer_proofs, runs)
    yield Figure("inclusion proof, tiles in memory", ours, "proofs/s", runs, "pymerkle, a tree of at most 10,000",
                 limit, f"at least {AIM:,}", ours >= AIM)  # fmt: skip
    cold = median_rate(
        200, lambda: [LogTree(store, origin).inclusion(index, size) for index in chosen[:200]], runs
    )
    yield Figure("inclusion proof, stored tiles, nothing kept", cold, "proofs/s", runs)
