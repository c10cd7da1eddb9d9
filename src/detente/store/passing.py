"""What a host keeps for a while and may lose: who is signed in, what it has asked, keys that wait to be enrolled.

It stands in no log and in no backup. One server process keeps it in memory; several share it through their database
(`postgresql_passing`). Whoever loses it signs in again, or opens their link again.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from threading import Lock
from time import time
from typing import NamedTuple, Protocol


class Passing(Protocol):
    """kind: what it is for; name: of one kind, once; group: under what it is listed; until: Unix seconds; most: of one
    kind at once in memory, where the oldest go first (in a shared database time alone bounds them)."""

    def keep(self, kind: str, name: str, value: bytes, until: float, group: str = "", *, most: int) -> None:
        """Keep it as the newest, in the place of what had its name."""
        ...

    def find(self, kind: str, name: str) -> bytes | None:
        """What is kept by this name, unless its time is over."""
        ...

    def take(self, kind: str, name: str) -> bytes | None:
        """As `find`, and from here on nobody finds it: of several who take at once, one does."""
        ...

    def listed(self, kind: str, group: str) -> tuple[bytes, ...]:
        """All of one group, oldest first."""
        ...

    def drop(self, kind: str, group: str) -> None:
        """From here on nobody finds any of one group."""
        ...


class _Kept(NamedTuple):
    group: str
    value: bytes
    until: float


class MemoryPassing:
    """Gone with the process."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, OrderedDict[str, _Kept]] = defaultdict(OrderedDict)
        self._lock = Lock()

    def keep(self, kind: str, name: str, value: bytes, until: float, group: str = "", *, most: int) -> None:
        with self._lock:
            kept = self._kept[kind]
            kept[name] = _Kept(group, value, until)
            kept.move_to_end(name)
            while len(kept) > most:
                kept.popitem(last=False)

    def find(self, kind: str, name: str) -> bytes | None:
        with self._lock:
            return _standing(self._kept[kind].get(name))

    def take(self, kind: str, name: str) -> bytes | None:
        with self._lock:
            return _standing(self._kept[kind].pop(name, None))

    def listed(self, kind: str, group: str) -> tuple[bytes, ...]:
        with self._lock:
            found = (_standing(one) for one in self._kept[kind].values() if one.group == group)
            return tuple(value for value in found if value is not None)

    def drop(self, kind: str, group: str) -> None:
        with self._lock:
            kept = self._kept[kind]
            for name in [name for name, one in kept.items() if one.group == group]:
                del kept[name]


def _standing(kept: _Kept | None) -> bytes | None:
    return kept.value if kept is not None and kept.until >= time() else None
