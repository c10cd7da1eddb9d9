"""How often one person and one address may ask for what costs the host work: a token bucket each (RFC 6585 sec. 4).

Reading pages is not limited. What is, stands in `RATES`: an allowance at once, and how fast it comes back. It is that of
one person who is signed in, by their key and wherever they are. Whoever shares an address shares `TOGETHER` of them, so
that a delegation of ten behind one address of a conference centre is not held up by one another. Nothing can be guessed:
keys and secrets are too long for that. What is kept down is the work that one visitor makes for a host.

Each server process counts for itself and in memory. This machine's own addresses are not counted: a proxy on it that was
not named (`detente serve --behind-proxy`) would otherwise make one visitor of everybody.
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import MappingProxyType
from typing import Final, NamedTuple

from starlette.requests import Request

from detente.web.signing_in import COOKIE, Sessions


class Rate(NamedTuple):
    """at_once: requests that may come together; a_minute: requests that may come after that, for ever."""

    at_once: int
    a_minute: int


RATES: Final = MappingProxyType(
    {
        "sign-in": Rate(60, 30),  # after a restart a browser signs in again by itself, to each process
        "challenge": Rate(120, 60),  # one for each sign-in, and it is written down for whoever asks
        "invitation": Rate(60, 60),  # a browser whose key waits asks every two seconds what became of it
        "upload": Rate(30, 15),
        "submission": Rate(120, 60),  # an outbox of a day without a line goes out at once
        "proof": Rate(60, 30),
        "other": Rate(120, 120),
    }
)
TOGETHER: Final = 10
"""People whose allowances one address has."""
MOST: Final = 20_000
"""Buckets kept; those that nobody has used for longest go first, and they are the fullest."""
_P: Final = r"/processes/[^/]+/"
_LIMITED: Final = tuple(
    (kind, methods, re.compile(path))
    for kind, methods, path in (
        ("sign-in", ("POST",), rf"{_P}(session|second-factor(/end)?)"),
        ("challenge", ("GET", "HEAD"), rf"{_P}session"),
        ("invitation", ("POST",), rf"{_P}(waiting-keys|passkeys)"),
        ("invitation", ("GET", "HEAD"), rf"{_P}passkeys/.*"),
        ("upload", ("PUT", "POST"), rf"{_P}(files/.*|sign/file|text/changed|text/compare)"),
        ("upload", ("POST",), rf"{_P}(statements/read|observance/feed)"),
        ("submission", ("POST",), rf"/processes|{_P}(acts|log/.*)"),
        ("proof", ("GET", "HEAD"), rf"{_P}(copy|acts/[^/]+/(proof|proof\.html|sheet\.html|receipt))"),
        ("proof", ("GET", "HEAD"), rf"{_P}(text/signature\.pdf|text\.(docx|xml|txt)|tables\.zip|matrix\.xlsx)"),
        ("proof", ("GET", "HEAD"), rf"{_P}observance/.*\.(svg|csv)"),
        ("", ("GET", "HEAD"), r"(?s:.*)"),
        ("other", (), r"(?s:.*)"),
    )
)  # fmt: skip
"""(what is limited, methods, path); the first match counts, and no methods are all of them."""


def kind_of(method: str, path: str) -> str:
    """As what a request is counted; empty where it is not.

    >>> kind_of("POST", "/processes/x/acts"), kind_of("GET", "/processes/x/acts/3"), kind_of("GET", "/processes/x/copy")
    ('submission', '', 'proof')
    """
    matching = (
        kind
        for kind, methods, found in _LIMITED
        if (not methods or method in methods) and found.fullmatch(path)
    )
    return next(matching)


class Limits:
    """What each has left, as of when it was last looked at."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, request: Request) -> int:
        """Seconds that the sender of this request has to wait; 0 where it is counted and may go on.

        Raises `Unavailable` where a shared database does not say whose session it is.
        """
        kind, address = kind_of(request.method, request.scope["path"]), _network(request)
        if not kind or not address:
            return 0
        rate, key = RATES[kind], _signed_in(request)
        whole = Rate(rate.at_once * TOGETHER, rate.a_minute * TOGETHER)
        spent = [((kind, address), whole), *([((kind, key), rate)] if key else [])]
        with self._lock:
            now = self._now()
            left = {who: self._filled(who, one, now) for who, one in spent}
            missing = max((1 - left[who]) * 60 / one.a_minute for who, one in spent)
            for who, one in left.items():
                self._left[who] = (one if missing > 0 else one - 1, now)
                self._left.move_to_end(who)
            while len(self._left) > MOST:
                self._left.popitem(last=False)
        return math.ceil(max(missing, 0))

    def _filled(self, who: tuple[str, str], rate: Rate, now: float) -> float:
        left, then = self._left.get(who, (float(rate.at_once), now))
        return min(left + (now - then) * rate.a_minute / 60, float(rate.at_once))


def _network(request: Request) -> str:
    """The address that asks, of IPv6 the network that one customer has (RFC 6177); empty for this machine's own."""
    try:
        found: IPv4Address | IPv6Address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if found.is_loopback:
        return ""
    return str(found) if isinstance(found, IPv4Address) else str(IPv6Address(int(found) >> 64 << 64))


def _signed_in(request: Request) -> str:
    """The key whose session this is; empty where nobody is signed in."""
    process = request.scope["path"].split("/")[2:3]
    sessions: Sessions = request.app.state.sessions
    session = sessions.of(request.cookies.get(COOKIE, ""), f"detente/{''.join(process)}")
    return session.key if session is not None else ""
