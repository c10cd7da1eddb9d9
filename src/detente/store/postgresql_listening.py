"""LISTEN: one connection that waits for what other server processes do to the logs, on a thread of its own.

What is told is which log has changed, never what is in it. Where the connection drops, it is opened again, and until
then whoever listens has to look for themselves: they are told that too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any, Final

import psycopg

from detente.store.port import News

CHANNEL: Final = "detente"
PAUSE: Final = 1.0
"""Seconds before a connection that has dropped is opened again; and for which a wait goes on before it is looked at
whether to end."""

Told = Callable[[News], None]
Open = Callable[[], psycopg.Connection[Any]]


def written(news: News) -> str:
    return f"{news.what} {news.origin}"


@contextmanager
def listening(open_one: Open, told: Told) -> Iterator[bool]:
    """Inside, `told` hears what any process tells."""
    ended = Event()
    thread = Thread(target=_listen_on, args=(open_one, told, ended), name="listening", daemon=True)
    thread.start()
    try:
        yield True
    finally:
        ended.set()
        thread.join(10 * PAUSE)


def _listen_on(open_one: Open, told: Told, ended: Event) -> None:
    while not ended.is_set():
        with suppress(psycopg.Error), open_one() as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            told(News("heard"))
            while not ended.is_set():
                for notified in connection.notifies(timeout=PAUSE):
                    what, _, origin = notified.payload.partition(" ")
                    told(News(what, origin))
        told(News("deaf"))
        ended.wait(PAUSE)
