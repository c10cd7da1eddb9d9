"""Serving: uvicorn, shut down cleanly, on an address that a browser will sign at.

Browsers offer signing keys only in a secure context: over TLS, or on this machine. Plain http on a network
address is none, so the address printed is `http://localhost:PORT`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing

import uvicorn
from starlette.applications import Starlette

GRACE = 5
"""Seconds that open requests have to finish in."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises `OSError` where the address is taken."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


class _Announcing(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(app: Starlette, bound: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until told to stop (SIGINT or SIGTERM). `ready` is called once requests are answered."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE, server_header=False
    )
    with closing(bound):
        _Announcing(config, ready).run(sockets=[bound])
