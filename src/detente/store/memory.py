"""A store in memory: nothing survives the process. For tests, and for reading what is kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from threading import RLock

from msgspec.structs import replace

from detente.store.appending import check_appends
from detente.store.port import (
    Append,
    Conflict,
    Cosignature,
    Entry,
    Feed,
    Head,
    News,
    SecondFactor,
    Stamp,
    WrappedIdentity,
)
from detente.store.tiles import FullTile, completed_tiles
from detente.tlog.tile import TILE_WIDTH, hashes_in_tile


class _Log:
    """One log. disclosures: apart from the entries, by index, so that they can be erased."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.cosigned_size = 0
        self.cosignatures: dict[str, Cosignature] = {}
        self.signed_again_size = 0
        self.entries: list[Entry] = []
        self.disclosures: dict[int, tuple[str, ...]] = {}
        self.by_submission: dict[str, int] = {}
        self.by_leaf: dict[bytes, list[int]] = {}
        self.tiles: dict[tuple[int, int], FullTile] = {}

    def keep_lines(self, lines: Sequence[Cosignature]) -> None:
        for line in lines:
            kept = self.cosignatures.get(line.cosigner)
            if line.size <= self.head.size and (
                kept is None or (kept.size, kept.time) < (line.size, line.time)
            ):
                self.cosignatures[line.cosigner] = line

    def append(self, append: Append) -> None:
        leaves = [entry.leaf for entry in append.entries]
        for tile in completed_tiles(append.expected_size, leaves, self.hashes):
            self.tiles[tile.level, tile.index] = tile
        for index, entry in enumerate(append.entries, append.expected_size):
            self.entries.append(replace(entry, disclosures=()))
            self.by_submission.setdefault(entry.submission, index)
            self.by_leaf.setdefault(entry.leaf, []).append(index)
            if entry.disclosures:
                self.disclosures[index] = entry.disclosures
        kept = self.head
        self.head = replace(
            append.head, cosigned=kept.cosigned, signed_again=kept.signed_again, stopped=kept.stopped
        )

    def hashes(self, level: int, start: int, stop: int) -> list[bytes]:
        if level == 0:
            return [entry.leaf for entry in self.entries[start:stop]]
        return [self.tiles[level - 1, index].root for index in range(start, stop)]


class MemoryStore:
    """Implements `detente.store.port.Store`. One lock: a reader never sees half a transaction."""

    passing = None
    losses = 0

    def __init__(self) -> None:
        self._lock = RLock()
        self._logs: dict[str, _Log] = {}
        self._secrets: dict[str, bytes] = {}
        self._feeds: dict[str, Feed] = {}
        self._stamps: dict[tuple[str, int, int], Stamp] = {}
        self._wrapped: dict[tuple[str, str], WrappedIdentity] = {}
        self._factors: dict[tuple[str, str], SecondFactor] = {}

    def listen(self, told: Callable[[News], None]) -> AbstractContextManager[bool]:
        return nullcontext(False)

    def append(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]] = ()) -> None:
        check_appends(appends)
        with self._lock:
            self._check_conflicts(appends, secrets)
            for append in appends:
                origin = append.head.origin
                if origin not in self._logs:
                    self._logs[origin] = _Log(
                        replace(append.head, size=0, edge=(), cosigned=b"", signed_again=b"")
                    )
                self._logs[origin].append(append)
            self._secrets.update(secrets)

    def _check_conflicts(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]]) -> None:
        sizes = {origin: log.head.size for origin, log in self._logs.items()}
        for append in appends:
            origin = append.head.origin
            opened = origin in sizes
            if sizes.get(origin, 0) != append.expected_size or (opened and not append.entries):
                raise Conflict(f"{origin} is not at size {append.expected_size}")
            sizes[origin] = append.head.size
        names = set(self._secrets)
        for name, _ in secrets:
            if name in names:
                raise Conflict(f"a secret named {name} is kept already")
            names.add(name)

    def origins(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._logs)

    def origins_holding(self, kind: str) -> tuple[str, ...]:
        with self._lock:
            logs = self._logs.items()
            return tuple(origin for origin, log in logs if any(entry.kind == kind for entry in log.entries))

    def heads(self) -> Iterator[Head]:
        with self._lock:
            return iter([log.head for log in self._logs.values()])

    def head(self, origin: str) -> Head | None:
        with self._lock:
            log = self._logs.get(origin)
            return log.head if log else None

    def entries(self, origin: str, start: int, stop: int) -> Iterator[Entry]:
        with self._lock:
            log = self._logs.get(origin)
            if log is None:
                return iter(())
            kept = range(len(log.entries))[max(start, 0) : max(stop, 0)]
            return iter([replace(log.entries[i], disclosures=log.disclosures.get(i, ())) for i in kept])

    def bare_entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[bytes, bytes]]:
        with self._lock:
            log = self._logs.get(origin)
            kept = log.entries[max(start, 0) : max(stop, 0)] if log else []
            return iter([(entry.entry, entry.leaf) for entry in kept])

    def find(
        self, origin: str, stop: int, limit: int, *, author: str | None = None, kind: str | None = None
    ) -> tuple[int, ...]:
        found: list[int] = []
        with self._lock:
            log = self._logs.get(origin)
            entries = log.entries[: max(stop, 0)] if log else []
        for index in range(len(entries) - 1, -1, -1):
            if len(found) >= limit:
                break
            if author in (None, entries[index].author) and kind in (None, entries[index].kind):
                found.append(index)
        return tuple(found)

    def index_of_submission(self, origin: str, submission: str) -> int | None:
        with self._lock:
            log = self._logs.get(origin)
            return log.by_submission.get(submission) if log else None

    def index_of_leaf(self, origin: str, leaf: bytes) -> int | None:
        with self._lock:
            log = self._logs.get(origin)
            return log.by_leaf[leaf][0] if log and leaf in log.by_leaf else None

    def disclosures(self, origin: str, leaves: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        with self._lock:
            log = self._logs.get(origin)
            if log is None:
                return {}
            kept = {
                leaf: tuple(d for i in log.by_leaf.get(leaf, ()) for d in log.disclosures.get(i, ()))
                for leaf in leaves
            }
        return {leaf: disclosures for leaf, disclosures in kept.items() if disclosures}

    def erase(self, origin: str, disclosures: Mapping[bytes, Sequence[str]]) -> None:
        with self._lock:
            log = self._logs.get(origin)
            if log is None:
                return
            for leaf, erased in disclosures.items():
                for index in log.by_leaf.get(leaf, ()):
                    kept = tuple(d for d in log.disclosures.pop(index, ()) if d not in erased)
                    if kept:
                        log.disclosures[index] = kept

    def tile(self, origin: str, level: int, index: int) -> bytes | None:
        with self._lock:
            log = self._logs.get(origin)
            tile = log.tiles.get((level, index)) if log else None
            return tile.hashes if tile else None

    def partial_tile(self, origin: str, level: int, index: int, width: int) -> bytes | None:
        with self._lock:
            log = self._logs.get(origin)
            if log is None or level < 0 or index < 0:
                return None
            if not 1 <= width <= hashes_in_tile(level, index, log.head.size):
                return None
            start = index * TILE_WIDTH
            return b"".join(log.hashes(level, start, start + width))

    def keep_cosigned(self, origin: str, size: int, note: bytes, lines: Sequence[Cosignature] = ()) -> None:
        with self._lock:
            log = self._logs.get(origin)
            if log is None or size > log.head.size:
                return
            if log.cosigned_size <= size:
                log.head = replace(log.head, cosigned=note)
                log.cosigned_size = size
            log.keep_lines(lines)

    def keep_lines(self, origin: str, lines: Sequence[Cosignature]) -> None:
        with self._lock:
            log = self._logs.get(origin)
            if log is not None:
                log.keep_lines(lines)

    def cosignatures(self, origin: str) -> tuple[Cosignature, ...]:
        with self._lock:
            log = self._logs.get(origin)
            return tuple(log.cosignatures[name] for name in sorted(log.cosignatures)) if log else ()

    def stop(self, origin: str, note: bytes) -> None:
        with self._lock:
            log = self._logs.get(origin)
            if log and not log.head.stopped:
                log.head = replace(log.head, stopped=note)

    def go_on(self, origin: str) -> None:
        with self._lock:
            log = self._logs.get(origin)
            if log:
                log.head = replace(log.head, stopped=b"")

    def stopped(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(origin for origin, log in self._logs.items() if log.head.stopped)

    def check_schema(self) -> None:
        """Nothing of it outlives the program."""

    def keep_signed_again(self, origin: str, size: int, note: bytes) -> None:
        with self._lock:
            log = self._logs.get(origin)
            if log and log.signed_again_size <= size <= log.head.size:
                log.head = replace(log.head, signed_again=note)
                log.signed_again_size = size

    def keep_stamp(self, stamp: Stamp) -> None:
        with self._lock:
            if stamp.origin in self._logs:
                self._stamps.setdefault((stamp.origin, stamp.size, stamp.place), stamp)

    def stamps(self, origin: str) -> tuple[Stamp, ...]:
        with self._lock:
            return tuple(self._stamps[key] for key in sorted(self._stamps) if key[0] == origin)

    def newest_stamp(self, origin: str) -> Stamp | None:
        return next((stamp for stamp in reversed(self.stamps(origin)) if stamp.place == 0), None)

    def secret(self, name: str) -> bytes | None:
        with self._lock:
            return self._secrets.get(name)

    def keep_feed(self, feed: Feed) -> None:
        with self._lock:
            if feed.origin in self._logs:
                self._feeds.setdefault(feed.digest, feed)

    def drop_feed(self, digest: str) -> None:
        with self._lock:
            self._feeds.pop(digest, None)

    def feed(self, digest: str) -> Feed | None:
        with self._lock:
            return self._feeds.get(digest)

    def feeds(self, origin: str, person: str) -> tuple[Feed, ...]:
        with self._lock:
            return tuple(f for f in self._feeds.values() if (f.origin, f.person) == (origin, person))

    def keep_wrapped(self, identity: WrappedIdentity) -> None:
        with self._lock:
            if identity.origin in self._logs:
                self._wrapped.setdefault((identity.origin, identity.credential), identity)

    def drop_wrapped(self, origin: str, credential: str) -> None:
        with self._lock:
            self._wrapped.pop((origin, credential), None)

    def wrapped(self, origin: str, credential: str) -> WrappedIdentity | None:
        with self._lock:
            return self._wrapped.get((origin, credential))

    def wrapped_of(self, origin: str, person: str) -> tuple[WrappedIdentity, ...]:
        with self._lock:
            return tuple(w for w in self._wrapped.values() if (w.origin, w.person) == (origin, person))

    def keep_factor(self, factor: SecondFactor) -> None:
        with self._lock:
            if factor.origin in self._logs:
                self._factors.setdefault((factor.origin, factor.key), factor)

    def drop_factor(self, origin: str, key: str) -> None:
        with self._lock:
            self._factors.pop((origin, key), None)

    def factor(self, origin: str, key: str) -> SecondFactor | None:
        with self._lock:
            return self._factors.get((origin, key))

    def close(self) -> None:
        """Nothing to close; what is stored can still be read."""
