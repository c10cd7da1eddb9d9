"""Signing in: a reader's token, signed by an enrolled key, opens a session for one process. No passwords.

The session is a random id in a cookie that scripts cannot read and other sites cannot send. It opens reading
only: every act is signed by itself. Sessions end after `LIFE`, with the key's revocation, and with the server;
a browser that still has its key signs in again by itself.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from typing import Final

from msgspec import Struct

COOKIE: Final = "detente"
LIFE: Final = 12 * 3600
"""Seconds."""
MOST: Final = 100_000
"""Sessions kept at once; the oldest end first."""
MOST_WAITING: Final = 10_000


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
            while len(self._open) > MOST:
                self._open.popitem(last=False)
        return name

    def of(self, name: str, origin: str) -> Session | None:
        """The session with this id, if it is for this process and not over."""
        found = self._open.get(name)
        if found is None or found.origin != origin or found.until < time.time():
            return None
        return found

    def close(self, name: str) -> None:
        with self._lock:
            self._open.pop(name, None)


class WaitingKey(Struct, frozen=True):
    """A key whose holder has proved to have it, and which nobody has enrolled yet. public, possession: base64url."""

    person: str
    public: str
    possession: str


class WaitingKeys:
    """Keys that wait to be enrolled, one a person and process: the last that came by an invitation.

    They are kept in memory. After a restart an invited browser sends its key again by itself.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[str, str, str], WaitingKey] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, origin: str, key: WaitingKey) -> None:
        with self._lock:
            self._waiting[(origin, key.person, key.public)] = key
            while len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)

    def of(self, origin: str) -> tuple[WaitingKey, ...]:
        return tuple(
            key for (where, _person, _public), key in tuple(self._waiting.items()) if where == origin
        )
