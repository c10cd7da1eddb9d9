"""The act stream (server-sent events): it says how large the record is now, to members how many acts their own chambers
hold together (`event: inside`), and nothing else.

Content never comes this way: whoever hears of a new size asks for the page, and disclosure decides what is on it.
One look at the store serves all who listen, and all are told of the same size at once: what they then ask for is
made once for each audience.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from detente.depositary import telemetry
from detente.procedure.disclosure import readable_chambers
from detente.store.port import News, Store, Unavailable
from detente.web.viewer import origin_of, reader_of, state_of

APART: Final = 0.5
"""Seconds between two announcements, at least: a client refreshes its page at most twice a second."""
LOOK: Final = 0.5
"""Seconds after which the size is looked at though nobody has acted here: another process may write, too."""
RARELY: Final = 30.0
"""Likewise, while the store tells what other processes write."""
LIFE: Final = 55.0
"""Seconds after which a stream ends and the browser opens another: nothing holds a server up for long."""
AGAIN: Final = b"retry: 50\n\n"
"""A stream that has lived out its time is opened again at once (in milliseconds); a server that stops is given time."""


class _Watch:
    """A log that somebody listens to. changed: set, and replaced, when `size` has changed; size: -1 before the first
    look, 0 for a log that is not opened yet."""

    def __init__(self) -> None:
        self.size = -1
        self.listeners = 0
        self.changed = asyncio.Event()
        self.grown = asyncio.Event()
        self.looking: asyncio.Task[None] | None = None


class Sizes:
    """The sizes of logs, looked at once for all who listen. To be used in the server's event loop, but for `hear`."""

    def __init__(self, store: Store, told: Callable[[str], None]) -> None:
        """told: also of every log that has grown here; returns at once."""
        self._store, self._told = store, told
        self._watches: dict[str, _Watch] = {}
        self._apart = LOOK

    def hear(self, news: News, loop: asyncio.AbstractEventLoop) -> None:
        """What the store tells of other processes, on whatever thread. loop: the server's."""
        self._apart = LOOK if news.what == "deaf" else RARELY
        with suppress(RuntimeError):  # the server has stopped meanwhile
            loop.call_soon_threadsafe(self._look_now, news.origin)

    def _look_now(self, origin: str) -> None:
        """At one log; at all for “”, where something may have been missed."""
        for name, watch in self._watches.items():
            if origin in ("", name):
                watch.grown.set()

    def grown(self, origin: str) -> None:
        """An act of this log was received here."""
        self._told(origin)
        if origin in self._watches:
            self._watches[origin].grown.set()

    @contextmanager
    def listening(self, origin: str) -> Iterator[_Watch]:
        watch = self._watches.setdefault(origin, _Watch())
        watch.listeners += 1
        if watch.looking is None:
            watch.looking = asyncio.create_task(self._look(origin, watch))
        try:
            yield watch
        finally:
            watch.listeners -= 1

    async def _look(self, origin: str, watch: _Watch) -> None:
        try:
            while watch.listeners:
                watch.grown.clear()
                size = await run_in_threadpool(self._size, origin, watch.size)
                if size != watch.size:
                    watch.size = size
                    watch.changed.set()
                    watch.changed = asyncio.Event()
                    await asyncio.sleep(APART)
                else:
                    await _set_within(watch.grown, self._apart)
        finally:
            del self._watches[origin]

    def _size(self, origin: str, known: int) -> int:
        """As large as it was, as far as is known, while the database cannot be asked."""
        try:
            head = self._store.head(origin)
        except Unavailable:
            return known
        return head.size if head is not None else 0


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


async def events(request: Request) -> Response:
    """The sizes of the main log, each once, from the present one on; and of the listener's chambers together."""
    chambers = await run_in_threadpool(_own_chambers, request)
    headers = {"cache-control": "private, no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_sizes(request, chambers), media_type="text/event-stream", headers=headers)


def _own_chambers(request: Request) -> tuple[str, ...]:
    """Origins of the chambers that the listener belongs to. Raises `Refused` as `reader_of` does."""
    viewer, origin = reader_of(request), origin_of(request)
    state = state_of(request, origin)
    return tuple(f"{origin}/{name}" for name in readable_chambers(state, viewer)) if state is not None else ()


async def _sizes(request: Request, chambers: tuple[str, ...]) -> AsyncIterator[bytes]:
    sizes: Sizes = request.app.state.sizes
    told, inside, end = -1, 0, asyncio.get_running_loop().time() + LIFE
    yield b"retry: 1000\n\n"
    with ExitStack() as listening:
        listening.enter_context(telemetry.viewer())
        watch = listening.enter_context(sizes.listening(origin_of(request)))
        own = [listening.enter_context(sizes.listening(chamber)) for chamber in chambers]
        while not request.app.state.stopping:
            if watch.size != told:
                told = watch.size
                yield f"data: {told}\n\n".encode()
            if all(one.size >= 0 for one in own) and sum(one.size for one in own) != inside:
                inside = sum(one.size for one in own)
                yield f"event: inside\ndata: {inside}\n\n".encode()
            if await request.is_disconnected():
                return
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                yield AGAIN
                return
            if watch.size == told:
                await _set_within(watch.changed, min(LOOK, left))


ROUTES = [Route("/processes/{process}/events", events)]
