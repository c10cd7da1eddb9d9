"""Asking a time stamp authority over HTTP (RFC 3161 sec. 3.4): one request, one answer, no redirects."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from detente.codec.refusal import Refused, refuse

PATIENCE: Final = 10
"""Seconds without a byte after which an authority is taken not to answer."""
LARGEST_ANSWER: Final = 65_536
Ask = Callable[[bytes], bytes]
"""A request to an authority (TimeStampReq, DER) -> its answer (TimeStampResp, DER). Raises `Refused`."""


class _NoRedirects(HTTPRedirectHandler):
    """What is asked for is sent to the address that the operator named."""

    def redirect_request(self, *_about: object) -> None:
        return None


def authority_at(url: str) -> Ask:
    """Asks the authority at an address. Raises `Refused` with code `stamp.address`; asking it, `stamp.unreachable`."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise refuse("stamp.address", f"“{url}” is not the address of a time stamp authority.", "RFC 3161 sec. 3.4",
                     "Write it whole: https://HOST/PATH.")  # fmt: skip
    opener = build_opener(_NoRedirects)

    def ask(request: bytes) -> bytes:
        headers = {"content-type": "application/timestamp-query"}
        try:
            with opener.open(Request(url, request, headers), timeout=PATIENCE) as answer:
                found: bytes = answer.read(LARGEST_ANSWER + 1)
        except (HTTPException, OSError) as error:
            raise _unreachable(url) from error
        if len(found) > LARGEST_ANSWER:
            raise _unreachable(url)
        return found

    return ask


def _unreachable(url: str) -> Refused:
    return refuse("stamp.unreachable", f"The time stamp authority at {url} does not answer.", "RFC 3161 sec. 3.4",
                  "Nothing is lost: it is asked again.")  # fmt: skip
