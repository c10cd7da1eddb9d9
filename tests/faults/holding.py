"""What must hold, whatever happened to the ground.

| what | how it is seen |
|---|---|
| nothing acknowledged is lost | every receipt's act stands where the receipt says |
| no fork was signed | the log holds every checkpoint that anybody was ever shown |
| nothing is there twice | no two entries of a log are the same act, or the same submission |
| the record holds together | `detente fsck`: leaves, edge, tiles, roots, signatures, the fold of every act |
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from detente.acts.time import log_verifier
from detente.depositary.fork_guard import holds
from detente.depositary.host import Depositary
from detente.depositary.self_check import check_process
from detente.state.records import Process
from detente.store.fsck import check_database, check_store
from tests.faults.clients import Told


def faults_of_record(depositary: Depositary, *, whole: bool = True) -> Iterator[str]:
    """What fsck finds. whole: with the fold of every act, which costs most; else with everything that one log's database
    says of it."""
    store = depositary.store
    yield from (finding.sentence for finding in check_database(store))
    for origin in depositary.processes():
        if whole:
            yield from (refusal.sentence for refusal in check_process(depositary, origin, int(time.time())))
        yield from _twice(depositary, origin)


def faults_of_log(depositary: Depositary, process: Process) -> Iterator[str]:
    """What the database itself says of one main log."""
    key = log_verifier(process.origin, process.log_key)
    yield from (finding.sentence for finding in check_store(depositary.store, process.origin, key))


def _twice(depositary: Depositary, origin: str) -> Iterator[str]:
    head = depositary.store.head(origin)
    assert head is not None
    entries = list(depositary.store.entries(origin, 0, head.size))
    if len({entry.leaf for entry in entries}) < len(entries):
        yield "An act stands in the log twice."
    if len({entry.submission for entry in entries}) < len(entries):
        yield "A submission stands in the log twice."


def broken_promises(depositary: Depositary, told: Iterable[Told]) -> Iterator[str]:
    """What somebody was told and the record does not hold."""
    for one in told:
        size = one.checkpoint.size
        if not holds(depositary, one.checkpoint):
            yield f"Somebody was shown a checkpoint of {size} acts that the log does not hold."
        elif one.index is not None:
            found = list(depositary.store.bare_entries(one.checkpoint.origin, one.index, one.index + 1))
            if [leaf for _entry, leaf in found] != [one.leaf]:
                yield f"Act {one.index + 1} has a receipt, and another stands in its place."
