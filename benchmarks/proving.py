"""Inclusion proofs from a long log, from tiles expanded in memory and from stored ones, against pymerkle in memory; and
the proof of one act as a file, by the size of the log."""

from __future__ import annotations

import io
import random
import statistics
from collections.abc import Iterator

from pymerkle import InmemoryTree

from benchmarks.figure import Figure, median_rate, timed
from benchmarks.long_copy import long_copy, note_of
from benchmarks.long_record import LongRecord
from detente.codec.base64url import decode_base64url
from detente.depositary.tree import LogTree
from detente.proofs.certified_copy import lines_of
from detente.proofs.one_act import verify_proof
from detente.proofs.proving import whole_log, write_proof

AIM = 10_000
PROOFS = 5_000
CHECKS = 20


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
    for log_size in (1_000, 10_000, 100_000, 1_000_000):
        if log_size <= size:
            yield from _files(log_size, runs)


def _files(size: int, runs: int) -> Iterator[Figure]:
    """The proof of the last act of side B: written from the whole log at hand, checked with nothing else."""
    copy = long_copy(size)
    with copy.open("rb") as file:
        acts = [line[4:-1] for line in lines_of(file) if line.startswith(b"act ")]
    note = note_of(copy)
    number = max(
        n for n, act in enumerate(acts[-20:], size - 19) if b"propose" in decode_base64url(_payload(act))
    )
    out = io.BytesIO()

    def write() -> None:
        out.seek(0)
        write_proof(out, whole_log(acts, note), number, ("text",))

    seconds = statistics.median(timed(write) for _ in range(runs))
    proof = out.getvalue()
    checks = median_rate(CHECKS, lambda: [verify_proof(io.BytesIO(proof)) for _ in range(CHECKS)], runs)
    told = f"proof of one act among {size:,}"
    yield Figure(f"{told}: its size", len(proof), "bytes", 1)
    yield Figure("  written, the log at hand", seconds, "s", runs)
    yield Figure("  checked", checks, "proofs/s", runs)


def _payload(act: bytes) -> str:
    return act.split(b".")[1].decode()
