"""The folded logs of a host: for each, its tree, its edge, and its state at any size.

A state is brought forward by folding what the store holds beyond it. One state every `STRIDE` acts is kept,
which serves the as-of slider; all states share what they do not change.
"""

from __future__ import annotations

import gc
import threading
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from detente.acts.act import Clear
from detente.acts.convening import Convene
from detente.acts.kinds import Unknown, read_act
from detente.codec.base64url import encode_base64url
from detente.depositary.snapshot import Snapshots
from detente.depositary.tree import LogTree
from detente.procedure.chambers import empty_chamber
from detente.procedure.fold import fold, place, stop
from detente.signing.envelope import parse_entry
from detente.state.records import Chamber, State
from detente.store.port import Head, Store
from detente.tlog.merkle import Edge

STRIDE = 1000
RECENT = 64
"""States of the last sizes: who reads while others act finds the one that they began with."""


def main_origin(origin: str) -> str:
    """The origin of the main log to which a log belongs."""
    return "/".join(origin.split("/")[:2])


def chamber_name(origin: str) -> str:
    """The chamber's name, or "" for a main log."""
    return "".join(origin.split("/")[2:3])


@contextmanager
def collection_paused() -> Iterator[None]:
    """A replay makes many objects and no cycles: collecting them costs 10 to 30 % for nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def decode_stored(entry: bytes, leaf: bytes) -> tuple[str, str, Clear | Unknown]:
    """(key, leaf, clear) of an entry that the door has verified."""
    envelope = parse_entry(entry, check_canonical=False)
    return envelope.kid, encode_base64url(leaf), read_act(envelope.payload)


class Entries(Protocol):
    """As much of a store as the first act needs."""

    def bare_entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[bytes, bytes]]: ...


def convening_of(store: Entries, origin: str) -> Convene | None:
    """The act with which a process began, without folding anything; None where its version is not known here."""
    for entry, leaf in store.bare_entries(main_origin(origin), 0, 1):
        _key, _leaf, clear = decode_stored(entry, leaf)
        if isinstance(clear, Convene):
            return clear
    return None


class Seen(NamedTuple):
    """What a server process has seen of a log: its largest head, and the losses of the store when that was looked at."""

    newest: Head | None
    losses: int


class FoldedLog:
    """What a server process knows of one log, whatever becomes of the database.

    newest: the largest head of it that was read or stored here; losses: of the store, when it was last looked whether it
    still holds that head.
    """

    def __init__(self, store: Store, origin: str) -> None:
        self.origin = origin
        self.tree = LogTree(store, origin)
        self.newest: Head | None = None
        self.losses = store.losses
        self._store = store

    def take(self, head: Head | None) -> Head | None:
        """A head that was read or stored just now."""
        if head is not None and (self.newest is None or self.newest.size < head.size):
            self.newest = head
        return head

    def seen(self) -> Seen:
        return Seen(self.newest, self.losses)

    def remember(self, seen: Seen | None) -> None:
        """Take over what was seen of it before it left memory."""
        if seen is not None:
            self.newest, self.losses = seen

    def is_held(self) -> bool:
        """Whether the database holds the newest head that is known here, asked without what is remembered of it."""
        known, held = self.newest, self._store.head(self.origin)
        return known is None or (
            held is not None and held.size >= known.size
            and LogTree(self._store, self.origin).root(known.size) == Edge(known.size, known.edge).root()
        )  # fmt: skip


class MainLog(FoldedLog):
    """One main log: its states by size, its tree."""

    def __init__(self, store: Store, origin: str, snapshots: Snapshots) -> None:
        super().__init__(store, origin)
        self._snapshots = snapshots
        self._lock = threading.RLock()
        self._latest = State()
        self._latest_size = 0
        self._kept: list[tuple[int, State]] = [(0, State())]
        self._recent: deque[tuple[int, State]] = deque(maxlen=RECENT)
        self._load_snapshot()

    def _load_snapshot(self) -> None:
        found = self._snapshots.load(self.origin)
        head = self._store.head(self.origin)
        if found is None or head is None:
            return
        state, root = found
        if 0 < state.size <= head.size and self.tree.root(state.size) == root:
            self._latest, self._latest_size = state, state.size
            self._kept.append((state.size, state))

    def forget(self) -> None:
        """The database holds less than was folded, or other acts: begin again with what it holds."""
        with self._lock:
            self.tree = LogTree(self._store, self.origin)
            self._latest, self._latest_size, self._kept = State(), 0, [(0, State())]
            self._recent.clear()
            self._load_snapshot()

    def start_from(self, state: State) -> None:
        """Take over what others say the first acts come to (`depositary.vouched`), unless as much is known here."""
        with self._lock:
            if self._latest_size < state.size:
                self._keep(state.size, state)
                self._move_on(state.size, state)

    def fold_again(self, size: int) -> State:
        """Fold the first `size` acts and all after them, and go on from that. Others read and act meanwhile."""
        state, kept = State(), [(0, State())]
        for index, (entry, leaf) in enumerate(self._store.bare_entries(self.origin, 0, size), 1):
            state = fold_stored(state, entry, leaf)
            if index % STRIDE == 0:
                kept.append((index, state))
        with self._lock:
            self._kept = kept
            self._recent.clear()
            self._move_on(self._latest_size, self._bring_forward(state, size, self._latest_size))
        return state

    def save_snapshot(self) -> None:
        with self._lock:
            if self._latest.size and self._latest.unknown_from is None:
                self._snapshots.save(self.origin, self._latest, self.tree.root(self._latest.size))

    def state(self) -> State:
        """The state after every stored act."""
        head = self.take(self._store.head(self.origin))
        size = head.size if head else 0
        with self._lock:
            return self._latest if self._latest_size >= size else self.state_at(size)

    def state_at(self, size: int) -> State:
        """The state after the first `size` acts."""
        with self._lock:
            if size == self._latest_size:
                return self._latest
            recent = next((state for known, state in self._recent if known == size), None)
            if recent is not None:
                return recent
            start, state = self._nearest(size)
            state = self._bring_forward(state, start, size)
            if size > self._latest_size:
                self._move_on(size, state)
            return state

    def states_at(self, sizes: Sequence[int]) -> tuple[State, ...]:
        """The states after so many acts each, the fewest first: what lies between two is folded once."""
        found: list[State] = []
        at, state = 0, State()
        for size in sizes:
            with self._lock:
                at, state = max((at, state), self._nearest(size), key=lambda known: known[0])
                at, state = size, self._bring_forward(state, at, size)
            found.append(state)
        return tuple(found)

    def publish(self, size: int, state: State) -> None:
        """Take over the state that the door folded while it appended."""
        with self._lock:
            if size > self._latest_size:
                if size // STRIDE > self._latest_size // STRIDE:
                    self._kept.append((size, state))
                self._move_on(size, state)

    def _move_on(self, size: int, state: State) -> None:
        self._latest, self._latest_size = state, size
        self._recent.append((size, state))

    def _nearest(self, size: int) -> tuple[int, State]:
        if self._latest_size <= size:
            return self._latest_size, self._latest
        position = bisect_right(self._kept, size, key=lambda kept: kept[0])
        return self._kept[position - 1]

    def _bring_forward(self, state: State, start: int, size: int) -> State:
        with collection_paused():
            for index, (entry, leaf) in enumerate(self._store.bare_entries(self.origin, start, size), start):
                state = fold_stored(state, entry, leaf)
                if (index + 1) % STRIDE == 0:
                    self._keep(index + 1, state)
        return state

    def _keep(self, size: int, state: State) -> None:
        """Keep the state of one size, wherever it stands among those kept: a snapshot leaves gaps before it."""
        position = bisect_right(self._kept, size, key=lambda kept: kept[0])
        if self._kept[position - 1][0] != size:
            self._kept.insert(position, (size, state))


def fold_stored(state: State, entry: bytes, leaf: bytes) -> State:
    key, leaf_text, clear = decode_stored(entry, leaf)
    if isinstance(clear, Unknown):
        return stop(state)
    return fold(state, place(state, key, leaf_text, clear))


class ChamberLog(FoldedLog):
    """One chamber log. Each act is weighed against the main state that its author had seen."""

    def __init__(self, store: Store, origin: str, main: MainLog) -> None:
        super().__init__(store, origin)
        self.name = chamber_name(origin)
        self._main = main
        self._lock = threading.RLock()
        self._latest = empty_chamber(self.name)

    def forget(self) -> None:
        """As `MainLog.forget`."""
        with self._lock:
            self.tree = LogTree(self._store, self.origin)
            self._latest = empty_chamber(self.name)

    def chamber(self) -> Chamber:
        head = self.take(self._store.head(self.origin))
        with self._lock:
            size = head.size if head else 0
            for entry, leaf in self._store.bare_entries(self.origin, self._latest.size, size):
                key, leaf_text, clear = decode_stored(entry, leaf)
                if isinstance(clear, Unknown):
                    self._latest = stop(self._latest)
                    break
                chamber = self.seen_by(self._latest, clear)
                if chamber.main.unknown_from is not None:
                    self._latest = stop(self._latest)
                    break
                self._latest = fold(chamber, place(chamber.main, key, leaf_text, clear))
            return self._latest

    def seen_by(self, chamber: Chamber, clear: Clear) -> Chamber:
        """The chamber, with the main state that the author of `clear` had seen."""
        return replace(chamber, main=self._main.state_at(clear.seen[0]))

    def publish(self, chamber: Chamber) -> None:
        with self._lock:
            if chamber.size > self._latest.size:
                self._latest = chamber
