"""How a database grows: thousands of processes, tens of millions of acts, and what one act costs on top of them.

The acts are real: each is signed by its author's key, admitted by the fold and chained in its log's tree, and each
log's checkpoint is signed by the key that the host keeps. They are loaded in bulk, through the store's own `append`
and past the door: what the door checks was checked by whoever made them. At each mark the same small things are
measured through the door, as everybody uses it, on processes drawn at random. `detente fsck --sample` then checks some
of them whole.

    python -m benchmarks.growth --database URL --host-key FILE --processes 5000 --acts 2000

goes on where it was stopped, and prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.synthetic import START, LongTalks, demonstration_key
from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.instant import instant_from_unix
from detente.depositary.custody import use_name
from detente.depositary.host import Depositary
from detente.depositary.opening import open_database
from detente.procedure.chambers import chamber_names
from detente.signing.envelope import parse_envelope
from detente.store.port import Append, Entry, Head
from detente.tlog.merkle import Edge, leaf_hash

ROUND: Final = 100
"""Processes between two marks."""
DRAWN: Final = 40
"""Processes on which a mark measures."""


class Mark(NamedTuple):
    """What was measured at one size.

    rate: acts a second loaded since the last mark, by all loaders together; size: bytes of the database; the rest in
    milliseconds, medians over processes drawn at random, by a host that had none of them in memory. cold: a process is
    folded from its log; act: an act is received, durable; again: the same one, sent again, is recognised; proof: an act
    at random is proved. memory: bytes of that host at most.
    """

    processes: int
    acts: int
    rate: float
    size: int
    cold: float
    act: float
    again: float
    proof: float
    memory: int


HEADINGS: Final = (
    "processes", "acts", "loaded, acts/s", "database, GB", "bytes an act", "folded from nothing, ms",
    "an act received, ms", "sent again, ms", "proved, ms", "memory, MB",
)  # fmt: skip


def row(one: Mark) -> str:
    cells = (
        f"{one.processes:,}", f"{one.acts:,}", f"{one.rate:,.0f}", f"{one.size / 1e9:.2f}",
        f"{one.size / one.acts:.0f}", f"{one.cold:.0f}", f"{one.act:.1f}", f"{one.again:.1f}", f"{one.proof:.1f}",
        f"{one.memory / 1e6:.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


class Loaded(LongTalks):
    """Talks whose acts are kept as the store keeps them."""

    def __init__(self, log_key: str, keeper_key: str) -> None:
        super().__init__(log_key, keeper_key)
        self.entries: list[Entry] = []

    def author(self, by: str, kind: str, hidden: dict[str, Any] | None = None, /, **clear: Any) -> bytes:
        at = START + 60 * self.edge.size
        raw = super().author(by, kind, hidden, **clear)
        sent = parse_envelope(raw, check_canonical=False)
        leaf = leaf_hash(sent.entry)
        self.entries.append(Entry(sent.entry, leaf, sent.submission, kind, by, at, sent.disclosures))
        return raw


def load(url: str, host_key: Path, processes: int, acts: int) -> None:
    """Convene so many processes of so many acts each."""
    depositary = open_database(url, host_key)
    for _ in range(processes):
        log_key, keeper_key, _mldsa = depositary.prepare()
        talks = Loaded(log_key, keeper_key)
        for _raw in talks.acts(acts):
            pass
        chambers = [f"{talks.origin}/{name}" for name in chamber_names(("A", "B"))]
        appends = [
            _append(depositary, talks.origin, log_key, talks.edge, tuple(talks.entries)),
            *(_append(depositary, chamber, log_key, Edge.empty(), ()) for chamber in chambers),
        ]
        uses = [(use_name(public), talks.origin.encode()) for public in (log_key, keeper_key)]
        depositary.store.append(appends, uses)
    depositary.close()


def _append(
    depositary: Depositary, origin: str, log_key: str, edge: Edge, entries: tuple[Entry, ...]
) -> Append:
    return Append(
        0, entries, Head(origin, edge.size, edge.hashes, depositary.checkpoint(origin, log_key, edge))
    )


def mark(url: str, host_key: Path, rate: float, seed: int) -> Mark:
    """Measure on processes drawn at random; the acts that it leaves behind are one a process drawn."""
    draw = random.Random(seed)
    depositary = open_database(url, host_key)
    origins = depositary.processes()
    acts = sum(head.size for head in map(depositary.store.head, origins) if head is not None)
    times: dict[str, list[float]] = {"cold": [], "act": [], "again": [], "proof": []}

    def timed(what: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        times[what].append(1000 * (time.perf_counter() - start))

    for origin in draw.sample(origins, min(DRAWN, len(origins))):
        timed("cold", depositary.main(origin).state)
        receive = partial(depositary.receive_act, _minute(depositary, origin))
        timed("act", receive)
        timed("again", receive)
        anywhere = draw.randrange(depositary.main(origin).state().size)
        timed("proof", partial(depositary.receipt, origin, anywhere))
    size = _bytes(url)
    depositary.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    medians = [statistics.median(times[what]) for what in ("cold", "act", "again", "proof")]
    return Mark(len(origins), acts, rate, size, *medians, memory)


def _minute(depositary: Depositary, origin: str) -> bytes:
    main = depositary.main(origin)
    state = main.state()
    key = demonstration_key("M")
    seen = (state.size, encode_base64url(main.tree.root(state.size)))
    at = START + 60 * state.size
    where = Place(origin, state.chains.get(key.key_id), seen)
    clear = {"speaker": "A", "sense": "statement", "said_at": instant_from_unix(at)}
    return author_act(key, BY_NAME["minute"], where, at, clear, {"text": "Once more."})


def _bytes(url: str) -> int:
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return int(row[0])


def grow(url: str, host_key: Path, processes: int, acts: int, loaders: int) -> Iterator[Mark]:
    """Load up to so many processes, by so many loaders at once, and measure at every hundredth, doubling."""
    depositary = open_database(url, host_key)
    there = len(depositary.processes())
    depositary.close()
    at = ROUND
    while there < processes:
        step = max(0, min(at, processes) - there)
        at *= 2
        if not step:
            continue
        start = time.perf_counter()
        workers = [
            get_context("spawn").Process(
                target=load, args=(url, host_key, step // loaders + (n < step % loaders), acts)
            )
            for n in range(loaders)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
            if worker.exitcode:
                raise SystemExit("a loader failed")
        there += step
        yield mark(url, host_key, step * acts / (time.perf_counter() - start), there)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", required=True)
    parser.add_argument("--host-key", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--acts", type=int, default=1000, help="of each process")
    parser.add_argument("--loaders", type=int, default=1)
    asked = parser.parse_args()
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}")
    for one in grow(asked.database, asked.host_key, asked.processes, asked.acts, asked.loaders):
        print(row(one), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
