"""The application: routes, security headers, errors in one shape."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from detente.codec.refusal import Refused, refuse
from detente.depositary.group_commit import GroupCommit
from detente.depositary.host import Depositary
from detente.web import endpoints, page_routes
from detente.web.openapi import openapi_document
from detente.web.refusals import error_response

STATIC = Path(__file__).parent / "static"

_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def content_security_policy(nonce: str) -> str:
    """Nothing from anywhere else; the one script by its nonce."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


async def _with_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    request.state.nonce = secrets.token_urlsafe(16)
    response = await answer(request)
    response.headers.update(_HEADERS)
    response.headers["content-security-policy"] = content_security_policy(request.state.nonce)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    if endpoints.wants_page(request):
        return page_routes.error_page(request, error)
    return error_response(error)


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        refused = refuse("http.method", "This address does not take that method.", "RFC 9110 sec. 15.5.6",
                         "See /openapi.json for the methods of each address.")  # fmt: skip
    else:
        refused = refuse("http.address", "There is nothing at this address.", "RFC 9110 sec. 15.5.5",
                         "Start from the list of processes.")  # fmt: skip
    return await _refused(request, refused)


def make_app(depositary: Depositary, *, demonstration: bool = False) -> Starlette:
    """The application over a host. demonstration: pages may be looked at as any of the people in a record."""
    app = Starlette(
        routes=[
            *page_routes.ROUTES,
            *endpoints.ROUTES,
            Route("/openapi.json", openapi_document),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(BaseHTTPMiddleware, dispatch=_with_headers),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={Refused: _refused, HTTPException: _not_found},
    )
    app.state.depositary = depositary
    app.state.door = GroupCommit(depositary)
    app.state.demonstration = demonstration
    return app
