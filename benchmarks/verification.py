"""Verifying a certified copy offline, against OpenSSL's bare signature checks and git's signed commits; again, where it
was verified before; and its tree against bare hashing."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pymerkle import InmemoryTree

from benchmarks.figure import Figure, median_rate
from benchmarks.limits import openssl_verifications, verified_commits
from benchmarks.long_copy import long_copy
from detente.acts.kinds import read_act
from detente.cli.verifying.long_record import checking_processes
from detente.codec.base64url import decode_base64url
from detente.proofs.certified_copy import lines_of
from detente.proofs.log_reading import WORKERS
from detente.proofs.verification import VerifiedBefore, VerifiedCopy, verify_copy
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.merkle import leaf_hash, root_of
from detente.tlog.signed_note import parse_note

SAMPLE: Final = 100_000
"""Acts that are measured one by one in memory, at most."""


@contextmanager
def cores(count: int) -> Iterator[None]:
    """Threads started inside run on so many of this machine's cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def measure(size: int, runs: int) -> Iterator[Figure]:
    copy = long_copy(size)
    with copy.open("rb") as file:
        acts = [
            line[4:-1] for line in islice((ln for ln in lines_of(file) if ln.startswith(b"act ")), SAMPLE)
        ]
    yield from _signatures(copy, size, acts, runs)
    yield from _tree(acts, runs)


def _signatures(copy: Path, size: int, acts: list[bytes], runs: int) -> Iterator[Figure]:
    known, public = _verified_once(copy)

    def read_and_check() -> None:
        """Split, base64url, signature, typed decode, leaf, root: everything but the fold."""
        leaves = []
        for raw in acts:
            envelope = parse_envelope(raw, check_canonical=False)
            read_act(envelope.payload)
            verify(envelope, public[envelope.kid])
            leaves.append(leaf_hash(envelope.entry))
        root_of(leaves)

    one, whole_one, whole_two, again, openssl, git = [], [], [], [], [], []
    for _ in range(runs):  # in turn, so that other work on the machine falls on all alike
        with cores(1), TemporaryDirectory() as folder:
            openssl.append(openssl_verifications())
            git.append(verified_commits(Path(folder)))
            one.append(median_rate(len(acts), read_and_check, 1))
            whole_one.append(median_rate(size, lambda: _verified(copy), 1))
            again.append(median_rate(size, lambda: _verified(copy, before=known), 1))
        with checking_processes() as processes:
            _start(processes)
            whole_two.append(median_rate(size, lambda p=processes: _verified(copy, p), 1))
    limit = statistics.median(openssl)
    value = statistics.median(one)
    yield Figure("verify acts, one core, no fold", value, "acts/s", runs, "openssl speed, one core", limit,
                 "at least 1.2", value >= 1.2 * limit)  # fmt: skip
    alone, both = statistics.median(whole_one), statistics.median(whole_two)
    yield Figure(
        f"verify a copy of {size:,} acts, one core", alone, "acts/s", runs, "openssl speed, one core", limit
    )
    yield Figure("  the same, two cores", both, "acts/s", runs, "the same, one core", alone,
                 "at least 1.7", both >= 1.7 * alone)  # fmt: skip
    yield Figure(
        "  the same", both, "acts/s", runs, "git log, signed commits, one core", statistics.median(git)
    )
    known_rate = statistics.median(again)
    yield Figure("  one core, verified here before", known_rate, "acts/s", runs, "the same, one core", alone)


def _start(processes: Executor) -> None:
    """Before the clock: to find `_started`, each process loads this file, and with it what it will run."""
    list(processes.map(_started, range(WORKERS)))


def _started(_process: int) -> None:
    pass


def _verified_once(copy: Path) -> tuple[VerifiedBefore, dict[str, bytes]]:
    """What is remembered of the copy, and its keys."""
    verified = _verified(copy)
    said = parse_checkpoint(parse_note(verified.note).text)
    keys = {key_id: decode_base64url(key.public) for key_id, key in verified.state.keys.items()}
    return VerifiedBefore(said.origin, said.size, said.root), keys


def _verified(
    copy: Path, checkers: Executor | None = None, before: VerifiedBefore | None = None
) -> VerifiedCopy:
    with copy.open("rb") as file:
        return verify_copy(file, checkers=checkers, before=before)


def _tree(acts: list[bytes], runs: int) -> Iterator[Figure]:
    entries = [raw.partition(b"~")[0] for raw in acts]

    def peer() -> None:
        tree = InmemoryTree(algorithm="sha256")
        for entry in entries:
            tree.append_entry(entry)
        tree.get_state()

    def hashing() -> None:
        for entry in entries:
            sha256(entry).digest()
            sha256(entry[:65]).digest()

    ours = median_rate(len(entries), lambda: root_of(map(leaf_hash, entries)), runs)
    yield Figure("rebuild the tree of verified acts", ours, "acts/s", runs, "pymerkle",
                 median_rate(len(entries), peer, runs), "a million in 12 s", ours >= 1e6 / 12)  # fmt: skip
    yield Figure(
        "  the same", ours, "acts/s", runs, "hashing alone", median_rate(len(entries), hashing, runs)
    )
