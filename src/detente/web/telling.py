"""One line and one span for every request: by which route it was answered, how, and how long that took.

Never the address as it was sent, its query, a header, a body, or who asked: an address may be a secret (a feed's), and a
query holds words. The process id of an address is told where it is spelt like one.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Sequence
from contextvars import ContextVar
from time import perf_counter
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.codec.refusal import Refused
from detente.depositary import telemetry

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")
"""The number of the request that is being answered: in every line about it, and in the answer where the host failed."""
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
_PROCESS: Final = re.compile("[a-z2-7]{26}")
_log = logging.getLogger("detente.requests")


class Telling:
    """Around everything that answers."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._paths = {_known(route): str(getattr(route, "path", "")) for route in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        REQUEST.set(number)
        told: dict[str, Any] = {}
        scope.setdefault("state", {})["told"] = told
        began, status, sent = perf_counter(), 0, 0

        async def counting(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                if status >= 500:
                    MutableHeaders(scope=message)["detente-request"] = number
            sent += len(message.get("body", b""))
            await send(message)

        method = scope["method"] if scope["method"] in _METHODS else "other"
        with telemetry.span(method) as about:
            try:
                await self._app(scope, receive, counting)
            except BaseException:
                status = status or 500  # as the server answers for it
                raise
            finally:
                route, seconds = self._route(scope), perf_counter() - began
                about.update(
                    {"http.request.method": method, "http.route": route, "http.response.status_code": status}
                )
                about.update({"detente.request": number})
                if told.get("refused"):
                    about["error.type"] = told["refused"][0]
                telemetry.answered(seconds, method, route, status)
                line = {
                    "event": "request", "request": number, "method": method, "route": route, **_process(scope),
                    "status": status, "ms": round(seconds * 1000, 1), "bytes": sent, **told,
                }  # fmt: skip
                _log.info("request", extra={"told": line})

    def _route(self, scope: Scope) -> str:
        """The route as the application writes it; "" where none was found."""
        return self._paths.get((scope.get("endpoint"), frozenset(_parameters(scope))), "")


def tell_refused(scope: Scope, refused: Refused) -> None:
    """Into the request's line: with which codes it was refused."""
    scope["state"].setdefault("told", {})["refused"] = [refusal.code for refusal in refused.refusals]


def _known(route: BaseRoute) -> tuple[Any, frozenset[str]]:
    """What a request shows of the route that answers it: its endpoint, and the names of its parameters."""
    names = frozenset(getattr(route, "param_convertors", ()))
    if isinstance(route, Mount):
        return route.app, names - {"path"}  # the rest of the address is its application's
    return getattr(route, "endpoint", None), names


def _parameters(scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = scope.get("path_params", {})
    return found


def _process(scope: Scope) -> dict[str, str]:
    named = str(_parameters(scope).get("process", ""))
    return {"process": named} if _PROCESS.fullmatch(named) else {}
