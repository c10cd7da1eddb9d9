"""A page for one person on their own machine: served on the loopback address, at an address that nobody can guess.

Other programs of the machine can reach a loopback port, and so can any site that is open in a browser, by script or by a
name that it has pointed at 127.0.0.1 (DNS rebinding). So the address holds a token that is drawn for this run alone, the
Host header has to be this address, other sites are refused, the page holds no script and may load nothing, no cookie is
set, nothing is kept by a browser, and the server ends by itself when nobody asks any more.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.web.checker import source_of
from detente.web.languages import language_for, languages
from detente.web.serving import Server, bind
from detente.wording.language import speaking

LOOPBACK: Final = "127.0.0.1"
IDLE: Final = 30 * 60.0
"""Seconds without a request after which the server ends."""


def local_app(page: Callable[[], str], style: str, *, token: str, port: int) -> Starlette:
    """The application. page: makes the page in the language spoken; style: its one style sheet, which stands in it."""
    headers = {
        "content-security-policy": (
            f"default-src 'none'; style-src '{source_of(style)}'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        ),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    hosts = (f"{LOOPBACK}:{port}", f"localhost:{port}")

    async def shown(request: Request) -> Response:
        given, tag = request.path_params["token"], request.path_params.get("tag", "")
        if (
            request.headers.get("host", "") not in hosts
            or request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
            or not secrets.compare_digest(given.encode(), token.encode())
        ):
            return Response(status_code=404, headers=headers)
        app.state.asked = time.monotonic()
        with speaking(languages().get(tag) or language_for(request)):
            return Response(page(), media_type="text/html", headers=headers)

    app = Starlette(routes=[Route("/{token}/", shown), Route("/{token}/{tag}", shown)])
    app.state.asked = time.monotonic()
    return app


class _UntilIdle(Server):
    """A server that also ends when nobody has asked for a while."""

    def __init__(self, app: Starlette, idle: float, ready: Callable[[], None]) -> None:
        super().__init__(app, ready)
        self._idle = idle

    async def on_tick(self, counter: int) -> bool:
        return await super().on_tick(counter) or time.monotonic() - self._app.state.asked > self._idle


def serve_locally(
    page: Callable[[], str], style: str, ready: Callable[[str], None], *, idle: float = IDLE
) -> None:
    """Serve until told to stop, or idle. `ready` is given the address once requests are answered: it is for the one
    person who may look, and belongs in no log and on no command line."""
    with closing(bind(LOOPBACK, 0)) as bound:
        port, token = bound.getsockname()[1], secrets.token_urlsafe(32)
        app = local_app(page, style, token=token, port=port)
        _UntilIdle(app, idle, lambda: ready(f"http://{LOOPBACK}:{port}/{token}/")).run(sockets=[bound])
