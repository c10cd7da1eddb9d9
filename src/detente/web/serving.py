"""Serving: uvicorn, shut down cleanly, on an address that a browser will sign at.

Browsers offer signing keys only in a secure context: over TLS, or on this machine. Plain http on a network
address is none, so the address printed is `http://localhost:PORT`.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import uvicorn
from starlette.applications import Starlette

from detente.web.upkeep import kept_up

GRACE = 5
"""Seconds that open requests have to finish in."""
SWITCH = 0.001
"""Seconds after which a thread that makes a page lets others run: Python's own 5 ms, at each look into the database,
would keep two hundred people waiting for one another."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises `OSError` where the address is taken."""
    # The protocol is named, because asyncio sends small answers at once (TCP_NODELAY) only on a socket that says TCP.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen()  # two that are bound and not yet listening would not hear of each other
    except OSError:
        bound.close()
        raise
    return bound


class Server(uvicorn.Server):
    """A server that says when it is ready. Told to stop, it returns: its caller closes what it had opened."""

    def __init__(self, app: Starlette, ready: Callable[[], None] = lambda: None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,  # `log_lines` says what is logged, and how
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=GRACE,
                server_header=False,
                proxy_headers=False,  # the application asks only proxies that were named (web/app.py)
            )
        )
        self._ready = ready
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.stopping = True  # streams end, or they would hold the server up
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # The original raises the signal again at the end, which would end the program before it has closed.
        with super().capture_signals():
            try:
                yield
            finally:
                self._captured_signals.clear()


def serve(app: Starlette, bound: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until told to stop (SIGINT or SIGTERM). `ready` is called once requests are answered."""
    sys.setswitchinterval(SWITCH)
    with closing(bound), kept_up(getattr(app.state, "upkeep", ())):  # a witness has none
        Server(app, ready).run(sockets=[bound])
