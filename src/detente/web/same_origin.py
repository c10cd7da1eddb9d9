"""Whether a request that changes something was sent by a page of this host (OWASP: Fetch Metadata)."""

from __future__ import annotations

from starlette.requests import Request

from detente.codec.refusal import refuse


def require_same_origin(request: Request) -> None:
    """A form or script of another site must not act in anybody's name. Raises `Refused` with code `http.cross_site`."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none"):
        raise refuse("http.cross_site", "Another site sent this.",
                     instead="Open the page of this host itself.")  # fmt: skip
