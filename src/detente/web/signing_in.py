"""Signing in: a reader's token that answers this host's challenge, signed by an enrolled key, opens a session for one
process. No passwords.

The session is a random id in a cookie that scripts cannot read and other sites cannot send. It opens reading
only: every act is signed by itself. Sessions end after `LIFE`, with the key's revocation, and with the server;
a browser that still has its key signs in again by itself.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from typing import Any, Final

from msgspec import Struct

COOKIE: Final = "detente"
LIFE: Final = 12 * 3600
"""Seconds."""
TIME_TO_ANSWER: Final = 60
"""Seconds."""
MOST_CHALLENGES: Final = 100_000
"""Open at once; the oldest go first."""
MOST: Final = 100_000
"""Sessions kept at once; the oldest end first."""
MOST_WAITING: Final = 10_000
"""People of whom some key waits; those who came first go first."""
MOST_EACH: Final = 4
"""Keys that wait for one person: whoever holds a link crowds out nobody else's."""


class Session(Struct, frozen=True):
    """Who is signed in to which process, by which key. until: Unix seconds."""

    origin: str
    person: str
    key: str
    until: float


class Sessions:
    """The sessions of one server, by their ids."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, origin: str, person: str, key: str) -> str:
        """The id of a new session."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            self._open[name] = Session(origin, person, key, time.time() + LIFE)
            _bound(self._open, MOST)
        return name

    def of(self, name: str, origin: str) -> Session | None:
        """The session with this id, if it is for this process and not over."""
        found = self._open.get(name)
        if found is not None and found.until < time.time():
            self.close(name)
            return None
        return found if found is not None and found.origin == origin else None

    def close(self, name: str) -> None:
        with self._lock:
            self._open.pop(name, None)


class Challenges:
    """Asked of whoever signs in: random, answered once, and soon or not at all. They are kept in memory."""

    def __init__(self) -> None:
        self._asked: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self) -> str:
        challenge = secrets.token_urlsafe(16)
        with self._lock:
            self._asked[challenge] = time.time() + TIME_TO_ANSWER
            _bound(self._asked, MOST_CHALLENGES)
        return challenge

    def answer(self, challenge: str) -> bool:
        """Whether it was asked here and stood open; it does not any more."""
        with self._lock:
            return self._asked.pop(challenge, 0.0) >= time.time()


class WaitingKey(Struct, frozen=True):
    """A key whose holder has proved to have it, and which nobody has enrolled yet. public, possession: base64url;
    sealing: the key to read with beside it, or ""."""

    person: str
    public: str
    possession: str
    sealing: str = ""


class WaitingKeys:
    """Keys that wait to be enrolled: of each person in a process, the last few that came by an invitation.

    They are kept in memory. After a restart an invited person opens the link again.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[str, str], OrderedDict[str, WaitingKey]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, origin: str, key: WaitingKey) -> None:
        with self._lock:
            own = self._waiting.setdefault((origin, key.person), OrderedDict())
            own[key.public] = key
            own.move_to_end(key.public)
            _bound(own, MOST_EACH)
            _bound(self._waiting, MOST_WAITING)

    def of(self, origin: str) -> tuple[WaitingKey, ...]:
        """Those of one process, in the order in which their people were first heard of."""
        with self._lock:
            found = [own for (where, _person), own in self._waiting.items() if where == origin]
            return tuple(key for own in found for key in own.values())


def _bound(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
