"""Others: witnesses and a time stamp authority that are to be asked, and the host itself at its public address, as its
users find it. Each tells the time too, by which this machine's clock is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from statistics import median
from typing import Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, build_opener

from msgspec import Struct

from detente.cli.examining.finding import Finding, ago, fail, ok, warn
from detente.client.remote_host import NoRedirects

PATIENCE: Final = 5
_LITTLE: Final = 5
_MUCH: Final = 60
"""Seconds that a clock may be off: a cosigner refuses what is much later than its own."""
_KEPT: Final = ("content-security-policy", "x-content-type-options", "referrer-policy")


class Answer(Struct, frozen=True):
    """status: over HTTP; headers: of the answer."""

    status: int
    headers: Message[str, str]


def ask(address: str) -> Answer | None:
    """None where nobody answers."""
    try:
        with build_opener(NoRedirects).open(Request(address), timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.headers)
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers)
    except (HTTPException, OSError, ValueError):
        return None


def examine(
    witnesses: Sequence[tuple[str, str]], authority: str | None, public: str | None, clock: float
) -> Iterator[Finding]:
    """witnesses: (name, address) of each; clock: this machine's, in Unix seconds."""
    times: list[float] = []
    for name, address in witnesses:
        answer = ask(address)
        times += _time(answer)
        if answer is None:
            yield warn(
                "witness",
                f"{name} does not answer at {address}.",
                "Ask those who run it; acts are taken all the same.",
            )
        else:
            yield ok("witness", f"{name} answers at {address}.")
    if authority is not None:
        answer = ask(authority)
        times += _time(answer)
        if answer is None:
            yield warn(
                "time stamps",
                f"The authority does not answer at {authority}.",
                "Nothing is lost: it is asked again.",
            )
        else:
            yield ok("time stamps", f"The authority answers at {authority}.")
    if public is not None:
        answer = ask(f"{public.rstrip('/')}/ready")
        times += _time(answer) if urlsplit(public).hostname not in ("localhost", "127.0.0.1") else []
        yield from _seen(public, answer)
    yield _clock(times, clock)


def _time(answer: Answer | None) -> list[float]:
    try:
        return [parsedate_to_datetime(answer.headers["date"]).timestamp()] if answer is not None else []
    except (TypeError, ValueError):
        return []


def _clock(times: Sequence[float], clock: float) -> Finding:
    if not times:
        return ok("clock", "Nobody was asked for the time: name witnesses with --witness.")
    off = clock - median(times)
    said = (
        f"This machine's clock is {ago(abs(off))} {'ahead of' if off > 0 else 'behind'} {len(times)} others'."
    )
    if abs(off) > _MUCH:
        return fail("clock", said, "Set it, and keep it set (NTP): acts and tokens carry its time.")
    if abs(off) > _LITTLE:
        return warn("clock", said, "Keep it set (NTP).")
    return ok("clock", said)


def _seen(public: str, answer: Answer | None) -> Iterator[Finding]:
    """The host as its users find it, behind whatever stands in front."""
    local = urlsplit(public).hostname in ("localhost", "127.0.0.1")
    if answer is None:
        yield fail(
            "address",
            f"Nobody answers at {public}.",
            "See that the host runs, that the proxy reaches it, and its certificate.",
        )
        return
    if answer.status != 200:
        yield fail(
            "address", f"{public} is not ready: it says {answer.status}.", f"See “detente ready {public}”."
        )
    else:
        yield ok("address", f"{public} is ready.")
    if urlsplit(public).scheme != "https" and not local:
        yield fail(
            "address",
            f"{public} is not over TLS: browsers offer no keys there.",
            "Put a proxy with a certificate in front.",
        )
    elif not local and "strict-transport-security" not in answer.headers:
        yield warn(
            "headers",
            "The proxy does not tell browsers to come back over TLS only.",
            "Add Strict-Transport-Security there.",
        )
    lost = [name for name in _KEPT if name not in answer.headers]
    doubled = [name for name in _KEPT if len(answer.headers.get_all(name, [])) > 1]
    if lost or doubled:
        yield fail(
            "headers",
            f"The proxy changes the host's headers: {', '.join(lost + doubled)}.",
            "Let them pass as they are.",
        )
    elif "no-store" not in (answer.headers["cache-control"] or ""):
        yield fail("headers", "The proxy changes what may be cached.", "Let Cache-Control pass as it is.")
    else:
        yield ok("headers", "The host's headers arrive as they were sent.")
