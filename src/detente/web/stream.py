"""The act stream (server-sent events): it says how large the record is now, and nothing else.

Content never comes this way: whoever hears of a new size asks for the page, and disclosure decides what is on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from detente.web.viewer import host, origin_of, reader_of

LOOK: Final = 0.5
"""Seconds between two looks at the size."""
LIFE: Final = 55.0
"""Seconds after which a stream ends and the browser opens another: nothing holds a server up for long."""


async def events(request: Request) -> Response:
    """The sizes of the main log, each once, from the present one on."""
    await run_in_threadpool(reader_of, request)
    headers = {"cache-control": "private, no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_sizes(request), media_type="text/event-stream", headers=headers)


async def _sizes(request: Request) -> AsyncIterator[bytes]:
    store, origin, told = host(request).store, origin_of(request), -1
    end = asyncio.get_running_loop().time() + LIFE
    yield b"retry: 1000\n\n"
    while asyncio.get_running_loop().time() < end and not request.app.state.stopping:
        head = await run_in_threadpool(store.head, origin)
        if head is not None and head.size != told:
            told = head.size
            yield f"data: {told}\n\n".encode()
        if await request.is_disconnected():
            return
        await asyncio.sleep(LOOK)


ROUTES = [Route("/processes/{process}/events", events)]
