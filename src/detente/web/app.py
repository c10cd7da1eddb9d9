"""The application: routes, security headers, errors in one shape."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, cast

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from detente.codec.refusal import Refused, refuse
from detente.depositary import telemetry
from detente.depositary.cosigning import Cosigning
from detente.depositary.group_commit import GroupCommit
from detente.depositary.host import Depositary
from detente.depositary.logs import main_origin
from detente.depositary.readiness import Readiness
from detente.depositary.signing_again import SigningAgain
from detente.store.passing import MemoryPassing
from detente.store.port import News, Unavailable, UncertainCommit
from detente.web import (
    articles,
    chambers,
    changed,
    checking,
    compared,
    cosigning,
    endpoints,
    entering,
    feeding,
    files,
    following,
    health,
    languages,
    observance,
    page_routes,
    passkeys,
    preferences,
    presenting,
    proving,
    room,
    second_factor,
    sessions,
    signature_pdf,
    static_files,
    stream,
    tables,
    text_files,
    text_in,
    time_stamps,
)
from detente.web.fragments import Fragments
from detente.web.openapi import openapi_document
from detente.web.rate_limits import Limits, kind_of
from detente.web.refusals import error_response, status_of, unavailable
from detente.web.same_origin import require_same_origin
from detente.web.sent_files import READERS
from detente.web.signing_in import Challenges, Sessions, WaitingKeys
from detente.web.stream import Sizes
from detente.web.telling import Telling, tell_refused
from detente.web.upkeep import Look
from detente.web.viewer import host, record_opened

_log = logging.getLogger("uvicorn.error")
_HEADERS: Final = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
_UNSHARED: Final = "private, no-store"
RECKONERS: Final = 2
"""Threads for the pages on which incidents are counted: one question at a time is, and one page is drawn meanwhile."""
AGAIN: Final = "5"
"""Seconds after which whoever was told that the host cannot do it now may ask again."""


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
    a byte outside ASCII in its query (RFC 3986 sec. 2): uvicorn takes none, and what reads queries cannot answer it. Nor
    is one at a host that cannot be written."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_spelled(scope):
            headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
            response = await _not_found(
                Request({**scope, "query_string": b"", "headers": headers}), HTTPException(404)
            )
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_spelled(scope: Scope) -> bool:
    try:
        _ = Request(scope).url.port
    except ValueError:
        return False
    return bool(scope["path"].isprintable() and scope["query_string"].isascii())


class _Screened:
    """What another site sends, and what is sent too often, reaches no route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        try:
            require_same_origin(request)
            seconds = await _seconds_to_wait(request)
        except Refused as refused:
            return await _refused(request, refused)
        except Unavailable as error:  # what stands around the routes is not there to answer for this
            return await _unavailable(request, error)
        if not seconds:
            return None
        answer = await _refused(request, _too_often(seconds))
        answer.headers["retry-after"] = str(seconds)
        return answer


async def _seconds_to_wait(request: Request) -> int:
    """As `Limits.wait`. Whose session it is, a shared database knows: it is waited for on a thread."""
    limits: Limits = request.app.state.limits
    if not kind_of(request.method, request.scope["path"]):
        return 0
    if host(request).store.passing is None:
        return limits.wait(request)
    return await run_in_threadpool(limits.wait, request)


def _too_often(seconds: int) -> Refused:
    return refuse("host.too_often", f"This was asked too often: wait {seconds} s before you ask again.",
                  "RFC 6585 sec. 4", "Send the same again then: nothing is lost.")  # fmt: skip


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    tell_refused(request.scope, error)
    if not endpoints.wants_page(request):
        response: Response = error_response(error)
    elif record_opened(request) is None:
        response = page_routes.error_page(request, error)
    else:  # around it stands what the database is asked for
        response = await run_in_threadpool(page_routes.error_page, request, error)
    if status_of(error) == 401:
        response.headers["www-authenticate"] = "Detente"
    if status_of(error) == 503:
        response.headers["retry-after"] = AGAIN
    if status_of(error) in (413, 429):
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


async def _unavailable(request: Request, _error: Exception) -> Response:
    """The database is gone, or full, or does not answer in time. It is asked again with the next request."""
    _log.warning("The database cannot be read or written now.")
    return await _refused(request, unavailable())


@asynccontextmanager
async def _hearing(app: Starlette) -> AsyncIterator[None]:
    """While it is served, a host hears what other server processes do to its logs."""
    sizes: Sizes = app.state.sizes
    loop = asyncio.get_running_loop()

    def told(news: News) -> None:
        if news.what != "grown":  # erased here, or perhaps somewhere while nothing was heard
            app.state.fragments.forget(main_origin(news.origin))
        sizes.hear(news, loop)

    with app.state.depositary.store.listen(told):
        yield


class _Application(Starlette):
    """Starlette answers what nobody expected outside its middleware: what stands around answers stands around that.
    proxies: addresses and networks whose word for a visitor's address and scheme is taken."""

    def __init__(self, *, proxies: Sequence[str], **given: Any) -> None:
        self._proxies = list(proxies)
        super().__init__(**given)

    def build_middleware_stack(self) -> ASGIApp:
        answering: Any = _SecurityHeaders(languages.Speaking(super().build_middleware_stack()))
        return Telling(cast(ASGIApp, ProxyHeadersMiddleware(answering, self._proxies)), self.routes)


def make_app(
    depositary: Depositary,
    *,
    demonstration: bool = False,
    taking: Cosigning | None = None,
    grown: Callable[[str], None] = lambda _origin: None,
    upkeep: Sequence[Look] = (),
    proxies: Sequence[str] = (),
) -> Starlette:
    """The application over a host. demonstration: pages may be looked at as any of the people in a record; taking: how
    cosignatures are taken, where others take them too; grown: told of every log to which something was added, and
    returns at once; upkeep: what else the host looks at by itself while it is served; proxies: addresses and networks of
    proxies in front, who say from where a visitor comes and whether over TLS."""
    app = _Application(
        proxies=proxies,
        routes=[
            *page_routes.ROUTES,
            *feeding.ROUTES,
            *observance.ROUTES,
            *room.ROUTES,
            *chambers.ROUTES,
            *preferences.ROUTES,
            *presenting.ROUTES,
            *articles.ROUTES,
            *text_files.ROUTES,
            *changed.ROUTES,
            *text_in.ROUTES,
            *compared.ROUTES,
            *checking.ROUTES,
            *proving.ROUTES,
            *signature_pdf.ROUTES,
            *entering.ROUTES,
            *sessions.ROUTES,
            *second_factor.ROUTES,
            *following.ROUTES,
            *passkeys.ROUTES,
            *languages.ROUTES,
            *stream.ROUTES,
            *endpoints.ROUTES,
            *cosigning.ROUTES,
            *time_stamps.ROUTES,
            *files.ROUTES,
            *tables.ROUTES,
            *health.ROUTES,
            Route("/openapi.json", openapi_document),
            *static_files.routes(),
        ],
        middleware=[Middleware(_OneSpelling), Middleware(_Screened), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={
            Refused: _refused, HTTPException: _not_found, ClientDisconnect: _gone, Exception: _failed,
            Unavailable: _unavailable, UncertainCommit: _unavailable,
        },
        lifespan=_hearing,
    )  # fmt: skip
    telemetry.begin()
    passing = depositary.store.passing or MemoryPassing()
    app.state.depositary = depositary
    app.state.door = GroupCommit(depositary)
    app.state.cosigning = taking or Cosigning(depositary)
    app.state.upkeep = (depositary.erase_held_up, SigningAgain(depositary).look, *upkeep)
    app.state.demonstration = demonstration
    app.state.sessions = Sessions(passing)
    app.state.challenges = Challenges(passing)
    app.state.limits = Limits()
    app.state.fragments = Fragments()
    app.state.sizes = Sizes(depositary.store, grown)
    app.state.stopping = False
    app.state.readiness = Readiness(depositary)
    app.state.asking_readiness = CapacityLimiter(1)
    app.state.readers = CapacityLimiter(READERS)
    app.state.feed_readers = CapacityLimiter(1)
    app.state.reckoners = CapacityLimiter(RECKONERS)
    app.state.waiting_keys = WaitingKeys(passing)
    return app
