"""Replaying stored acts into a state, each stage by itself, against the decoding that no typed replay can avoid."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figure import Figure, median_rate
from benchmarks.long_record import LongRecord
from detente.acts.kinds import read_act
from detente.codec.base64url import encode_base64url
from detente.depositary.logs import collection_paused
from detente.procedure.fold import evolve, fold, place
from detente.signing.envelope import parse_entry
from detente.state.records import State

AIM_EVOLVE, AIM_EXAMINE = 100_000, 40_000


def measure(record: LongRecord, runs: int) -> Iterator[Figure]:
    stored = list(record.depositary.store.bare_entries(record.origin, 0, record.size))
    payloads = [(parse_entry(entry, check_canonical=False).payload) for entry, _leaf in stored]
    keys = [parse_entry(entry, check_canonical=False).kid for entry, _leaf in stored]
    leaves = [encode_base64url(leaf) for _entry, leaf in stored]
    read = [read_act(payload) for payload in payloads]

    def parse() -> None:
        for entry, _leaf in stored:
            parse_entry(entry, check_canonical=False)

    def decode() -> None:
        for payload in payloads:
            read_act(payload)

    def evolve_all(decoding: bool) -> None:
        state = State()
        with collection_paused():
            for at, key in enumerate(keys):
                clear = read_act(payloads[at]) if decoding else read[at]
                state = evolve(state, place(state, key, leaves[at], clear))  # type: ignore[arg-type]

    def fold_all() -> None:
        state = State()
        with collection_paused():
            for at, key in enumerate(keys):
                state = fold(state, place(state, key, leaves[at], read_act(payloads[at])))  # type: ignore[arg-type]

    count = len(stored)
    decoding = median_rate(count, decode, runs)
    yield Figure("split an entry", median_rate(count, parse, runs), "acts/s", runs)
    yield Figure("typed decode, canonical", decoding, "acts/s", runs)
    yield Figure("evolve alone", median_rate(count, lambda: evolve_all(False), runs), "acts/s", runs)
    both = median_rate(count, lambda: evolve_all(True), runs)
    yield Figure("decode and evolve", both, "acts/s", runs, "decode alone", decoding,
                 f"at least {AIM_EVOLVE:,}", both >= AIM_EVOLVE)  # fmt: skip
    examined = median_rate(count, fold_all, runs)
    yield Figure("decode, examine and evolve", examined, "acts/s", runs, "decode alone", decoding,
                 f"at least {AIM_EXAMINE:,}", examined >= AIM_EXAMINE)  # fmt: skip
