"""The application: routes, security headers, errors in one shape."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.codec.refusal import Refused, refuse
from detente.depositary.cosigning import Cosigning
from detente.depositary.group_commit import GroupCommit
from detente.depositary.host import Depositary
from detente.depositary.signing_again import SigningAgain
from detente.web import (
    articles,
    chambers,
    checking,
    cosigning,
    endpoints,
    entering,
    files,
    following,
    languages,
    observance,
    page_routes,
    passkeys,
    presenting,
    proving,
    room,
    static_files,
    stream,
    time_stamps,
)
from detente.web.fragments import Fragments
from detente.web.openapi import openapi_document
from detente.web.refusals import error_response, status_of
from detente.web.signing_in import Challenges, Sessions, WaitingKeys
from detente.web.stream import Sizes
from detente.web.upkeep import Look

_HEADERS: Final = {
    "cross-origin-opener-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
_UNSHARED: Final = "private, no-store"


def content_security_policy(nonce: str) -> str:
    """Nothing from anywhere else; the one script by its nonce."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


class _SecurityHeaders:
    """Around everything that answers: the headers of every answer. What does not say otherwise is kept by nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = scope.setdefault("state", {})["nonce"] = secrets.token_urlsafe(16)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers["content-security-policy"] = content_security_policy(nonce)
                headers.setdefault("cache-control", _UNSHARED)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _OneSpelling:
    """An address with a line end or another sign that cannot be seen is none: routing would look past it. Nor is one with
    a byte outside ASCII in its query (RFC 3986 sec. 2): uvicorn takes none, and what reads queries cannot answer it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not (scope["path"].isprintable() and scope["query_string"].isascii()):
            response = await _not_found(Request({**scope, "query_string": b""}), HTTPException(404))
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    wanted = endpoints.wants_page(request)
    response = page_routes.error_page(request, error) if wanted else error_response(error)
    if status_of(error) == 401:
        response.headers["www-authenticate"] = "Detente"
    if status_of(error) == 413:
        response.headers["connection"] = "close"  # the rest of it is not read
    return response


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        refused = refuse("http.method", "This address does not take that method.", "RFC 9110 sec. 15.5.6",
                         "See /openapi.json for the methods of each address.")  # fmt: skip
    else:
        refused = refuse("http.address", "There is nothing at this address.", "RFC 9110 sec. 15.5.5",
                         "Start from the list of processes.")  # fmt: skip
    response = await _refused(request, refused)
    response.headers.update(error.headers or {})
    return response


async def _gone(_request: Request, _error: Exception) -> Response:
    """Whoever sent half an act and left hears nothing, and nothing has changed."""
    return Response(status_code=400)


async def _failed(request: Request, _error: Exception) -> Response:
    """A fault of ours: in the same shape as every other error, and in the server's own log."""
    failed = refuse("host.failed", "The host could not answer; this is a fault of the program.",
                    instead="Send the same again: an act that was stored gets its receipt.")  # fmt: skip
    return await _refused(request, failed)


class _Application(Starlette):
    """Starlette answers what nobody expected outside its middleware: headers and language stand around that too."""

    def build_middleware_stack(self) -> ASGIApp:
        return _SecurityHeaders(languages.Speaking(super().build_middleware_stack()))


def make_app(
    depositary: Depositary,
    *,
    demonstration: bool = False,
    taking: Cosigning | None = None,
    grown: Callable[[str], None] = lambda _origin: None,
    upkeep: Sequence[Look] = (),
) -> Starlette:
    """The application over a host. demonstration: pages may be looked at as any of the people in a record; taking: how
    cosignatures are taken, where others take them too; grown: told of every log to which something was added, and
    returns at once; upkeep: what else the host looks at by itself while it is served."""
    app = _Application(
        routes=[
            *page_routes.ROUTES,
            *observance.ROUTES,
            *room.ROUTES,
            *chambers.ROUTES,
            *presenting.ROUTES,
            *articles.ROUTES,
            *checking.ROUTES,
            *proving.ROUTES,
            *entering.ROUTES,
            *following.ROUTES,
            *passkeys.ROUTES,
            *languages.ROUTES,
            *stream.ROUTES,
            *endpoints.ROUTES,
            *cosigning.ROUTES,
            *time_stamps.ROUTES,
            *files.ROUTES,
            Route("/openapi.json", openapi_document),
            *static_files.routes(),
        ],
        middleware=[Middleware(_OneSpelling), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={
            Refused: _refused, HTTPException: _not_found, ClientDisconnect: _gone, Exception: _failed,
        },
    )  # fmt: skip
    app.state.depositary = depositary
    app.state.door = GroupCommit(depositary)
    app.state.cosigning = taking or Cosigning(depositary)
    app.state.upkeep = (SigningAgain(depositary).look, *upkeep)
    app.state.demonstration = demonstration
    app.state.sessions = Sessions()
    app.state.challenges = Challenges()
    app.state.fragments = Fragments()
    app.state.sizes = Sizes(depositary.store, grown)
    app.state.stopping = False
    app.state.waiting_keys = WaitingKeys()
    return app
