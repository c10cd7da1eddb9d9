"""Whether what changes something was sent by a page of this host, or by no page at all (OWASP: Fetch Metadata).

Browsers say so in `Sec-Fetch-Site`, and where they do not (plain http on a network address), in `Origin`. Programs say
neither. It is asked of every request that is no mere look, before it reaches its route.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from detente.codec.refusal import refuse

_LOOKS: Final = ("GET", "HEAD", "OPTIONS")


def require_same_origin(request: Request) -> None:
    """A form or script of another site must not act in anybody's name. Raises `Refused` with code `http.cross_site`."""
    if request.method in _LOOKS:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    else:
        # The scheme is left out: a proxy in front may have taken TLS off.
        is_ours = origin is None or _authority(origin) == request.headers.get("host", "").lower()
    if not is_ours:
        raise refuse("http.cross_site", "Another site sent this.",
                     instead="Open the page of this host itself.")  # fmt: skip


def _authority(origin: str) -> str | None:
    """Host and port; None for `null`, which stands for whoever does not say."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
