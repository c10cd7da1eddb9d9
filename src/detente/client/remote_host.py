"""Asking a host over HTTP, with the standard library alone: a few requests, one after another, and no redirects.

What a host answers is bytes to be checked. Its refusals arrive in the one shape that every error has.
"""

from __future__ import annotations

import re
from http.client import HTTPException, HTTPResponse
from typing import BinaryIO, Final, Protocol, cast
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec
from msgspec import Struct

from detente.codec.refusal import Refusal, Refused, refuse

PATIENCE: Final = 60
"""Seconds without a byte after which a host is taken not to answer."""
LARGEST_ANSWER: Final = 4_194_304
"""Bytes of an answer that is kept in memory."""
PART: Final = 65_536
_PROCESS: Final = re.compile(r"/processes/([a-z2-7]{26})(?:/.*)?")


class Address(Struct, frozen=True):
    """Where a process is found. host: scheme and authority, without a slash; process: origin of the main log;
    fragment: what follows the #, which is never sent to the host."""

    host: str
    process: str
    fragment: str = ""


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Error(Struct):
    code: str
    sentence: str
    clause: str = ""
    instead: str = ""


class _Errors(Struct):
    errors: list[_Error]


class NoRedirects(HTTPRedirectHandler):
    """A token is for one host: it follows nobody elsewhere."""

    def redirect_request(self, *_about: object) -> None:
        return None


def address_of(text: str) -> Address:
    """The process that a URL names: any page of it. Raises `Refused` with code `host.address`."""
    try:
        parts = urlsplit(text)
    except ValueError:  # what stands in brackets is no IPv6 address
        parts = urlsplit("")
    found = _PROCESS.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or not parts.netloc or found is None:
        raise refuse("host.address", "This is not the address of a process.",
                     instead="Write it whole: https://HOST/processes/ID.")  # fmt: skip
    return Address(f"{parts.scheme}://{parts.netloc}", f"detente/{found[1]}", parts.fragment)


class RemoteHost:
    """One process at one host; without a process, the address at which new ones are made."""

    def __init__(self, host: str, process: str = "") -> None:
        self.process = process
        self.address = f"{host}/processes/{process.removeprefix('detente/')}".removesuffix("/")
        self._opener = build_opener(NoRedirects)

    def ask(
        self,
        path: str,
        *,
        token: str = "",
        body: bytes | None = None,
        media_type: str = "application/json",
        most: int = LARGEST_ANSWER,
    ) -> bytes:
        """The answer to a request below the process; with `body`, to a POST. token: a reader's; most: bytes of it.

        Raises `Refused` as the host refuses, or with code `host.unreachable` or `host.answer`.
        """
        with self._open(path, token, body, media_type) as answer:
            found = _read(answer, most + 1)
        if len(found) > most:
            raise _no_answer()
        return found

    def fetch(self, path: str, out: BinaryIO, *, token: str = "") -> None:
        """Write an answer of any length to `out`. Raises `Refused` as `ask`."""
        with self._open(path, token, None, "") as answer:
            while part := _read(answer, PART):
                out.write(part)

    def put(self, path: str, file: Readable, size: int, *, token: str) -> None:
        """Send a file of any length, `size` bytes from where it stands, a part at a time. Raises `Refused` as `ask`."""
        with self._open(path, token, file, "application/octet-stream", size):
            pass

    def _open(
        self,
        path: str,
        token: str,
        body: bytes | Readable | None,
        media_type: str,
        size: int | None = None,
    ) -> HTTPResponse:
        """size: bytes of a body that is put and not posted."""
        headers = {"accept": "application/json"}
        if token:
            headers["authorization"] = f"Detente {token}"
        if body is not None:
            headers["content-type"] = media_type
        if size is not None:
            headers["content-length"] = str(size)
        method = "PUT" if size is not None else None
        request = Request(f"{self.address}/{path}".removesuffix("/"), body, headers, method=method)
        try:
            return cast(HTTPResponse, self._opener.open(request, timeout=PATIENCE))
        except HTTPError as error:
            with error:
                raise _refused(_read(error, LARGEST_ANSWER)) from error
        except (HTTPException, OSError, ValueError) as error:
            raise _unreachable() from error


def _read(answer: Readable, most: int) -> bytes:
    try:
        return answer.read(most)
    except (HTTPException, OSError) as error:
        raise _unreachable() from error


def _refused(body: bytes) -> Refused:
    try:
        errors = msgspec.json.decode(body, type=_Errors).errors
    except (msgspec.MsgspecError, UnicodeDecodeError):
        errors = []
    return (
        Refused(*(Refusal(e.code, e.sentence, e.clause, e.instead) for e in errors))
        if errors
        else _no_answer()
    )


def _no_answer() -> Refused:
    return refuse("host.answer", "The host could not answer, or answered something else.",
                  instead="Try again later; nothing is lost.")  # fmt: skip


def _unreachable() -> Refused:
    return refuse("host.unreachable", "The host cannot be reached.",
                  instead="Try again when the line is back; nothing is lost.")  # fmt: skip
