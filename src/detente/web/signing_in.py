"""Signing in: a reader's token that answers this host's challenge, signed by an enrolled key, opens a session for one
process. No passwords.

The session is a random id in a cookie that scripts cannot read and other sites cannot send. It opens reading
only: every act is signed by itself. Sessions end after `LIFE`, with the key's revocation, and with the server, or with
the database that several servers share; a browser that still has its key signs in again by itself.
"""

from __future__ import annotations

import secrets
import time
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct

from detente.store.passing import Passing

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
"""Keys that wait; those that came first go first."""
WAIT: Final = 30 * 86_400
"""Seconds for which a key waits to be enrolled."""
MOST_EACH: Final = 4
"""Keys that wait for one person: whoever holds a link crowds out nobody else's."""


class Session(Struct, frozen=True):
    """Who is signed in to which process, by which key."""

    origin: str
    person: str
    key: str


class Sessions:
    """The sessions of one host, kept under the digests of their ids: whoever reads the database holds none."""

    def __init__(self, passing: Passing) -> None:
        self._passing = passing

    def open(self, origin: str, person: str, key: str) -> str:
        """The id of a new session."""
        name = secrets.token_urlsafe(32)
        session = msgspec.json.encode(Session(origin, person, key))
        self._passing.keep(
            "session", _digest(name), session, time.time() + LIFE, _holder(origin, person), most=MOST
        )
        return name

    def of(self, name: str, origin: str) -> Session | None:
        """The session with this id, if it is for this process and not over."""
        found = self._kept(name)
        return found if found is not None and found.origin == origin else None

    def origin_of(self, name: str) -> str:
        """The process of the session with this id; "" where there is none."""
        found = self._kept(name)
        return found.origin if found is not None else ""

    def _kept(self, name: str) -> Session | None:
        kept = self._passing.find("session", _digest(name)) if name else None
        return msgspec.json.decode(kept, type=Session) if kept is not None else None

    def close(self, name: str) -> None:
        self._passing.take("session", _digest(name))

    def close_all(self, origin: str, person: str) -> None:
        """Those of one person in one process, by whatever key."""
        self._passing.drop("session", _holder(origin, person))


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _holder(origin: str, person: str) -> str:
    return f"{origin} {person}"


class Challenges:
    """Asked of whoever signs in: random, answered once, and soon or not at all."""

    def __init__(self, passing: Passing) -> None:
        self._passing = passing

    def ask(self) -> str:
        challenge = secrets.token_urlsafe(16)
        self._passing.keep("challenge", challenge, b"", time.time() + TIME_TO_ANSWER, most=MOST_CHALLENGES)
        return challenge

    def answer(self, challenge: str) -> bool:
        """Whether it was asked here and stood open; it does not any more."""
        return self._passing.take("challenge", challenge) is not None


class WaitingKey(Struct, frozen=True):
    """A key whose holder has proved to have it, and which nobody has enrolled yet. public, possession: base64url;
    sealing: the key to read with beside it, or ""."""

    person: str
    public: str
    possession: str
    sealing: str = ""


class WaitingKeys:
    """Keys that wait to be enrolled: of each person in a process, the last few that came by an invitation.

    Where they are lost, an invited person opens the link again.
    """

    def __init__(self, passing: Passing) -> None:
        self._passing = passing

    def keep(self, origin: str, key: WaitingKey) -> None:
        others = [one for one in self._of(origin) if one.person == key.person and one.public != key.public]
        for one in others[: max(0, len(others) - MOST_EACH + 1)]:
            self._passing.take("waiting", _waiting(origin, one))
        self._passing.keep("waiting", _waiting(origin, key), msgspec.json.encode(key), time.time() + WAIT, origin,
                           most=MOST_WAITING)  # fmt: skip

    def of(self, origin: str) -> tuple[WaitingKey, ...]:
        """Those of one process, in the order in which their people were first heard of."""
        by_person: dict[str, list[WaitingKey]] = {}
        for key in self._of(origin):
            by_person.setdefault(key.person, []).append(key)
        return tuple(key for own in by_person.values() for key in own)

    def _of(self, origin: str) -> list[WaitingKey]:
        return [
            msgspec.json.decode(kept, type=WaitingKey) for kept in self._passing.listed("waiting", origin)
        ]


def _waiting(origin: str, key: WaitingKey) -> str:
    return f"{origin} {key.person} {key.public}"
