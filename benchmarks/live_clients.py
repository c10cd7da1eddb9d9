"""The people of `benchmarks.live_room`, in a process of their own: each holds a page as its script would.

It reads from standard input whom to be and until when, and writes to standard output what each was shown. See
`web/static/js/room/live.js`: a client hears a size, and asks for the fragment of its page at most twice a second.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sys
import time
from bisect import bisect_left
from typing import Any, NamedTuple

APART = 0.5
"""Seconds between two refreshes of one page, at least."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One connection to the host that is kept open, and opened again where the host has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @classmethod
    async def open(cls, port: int) -> Connection:
        made = cls(port)
        await made._opened()
        return made

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def send(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> asyncio.StreamReader:
        reader, writer = await self._opened()
        lines = {"host": f"localhost:{self._port}", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        return reader

    async def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        try:
            return await self._answer(await self.send(method, path, headers, body))
        except (asyncio.IncompleteReadError, ConnectionError):
            if method != "GET":
                raise
            self.close()
            return await self._answer(await self.send(method, path, headers, body))

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(int(first.split()[1]), headers, body)


async def post(connection: Connection, path: str, body: bytes) -> Answer:
    return await connection.ask("POST", path, {"content-length": str(len(body))}, body)


class Seen(NamedTuple):
    """What one person was shown. shown: (seconds on the machine's monotonic clock, acts shown), in order; canaries:
    limited words; listed: numbers of acts that a timeline listed."""

    shown: list[tuple[float, int]]
    canaries: list[str]
    listed: list[int]

    def first_showing(self, number: int) -> float | None:
        """When act `number` first was on the page; None where it never was."""
        at = bisect_left(self.shown, number, key=lambda page: page[1])
        return self.shown[at][0] if at < len(self.shown) else None


class Client:
    """One person with one page open, until a time on the monotonic clock."""

    def __init__(self, port: int, process: str, session: str, page: str, until: float) -> None:
        self._home, self._page, self._port, self._until = f"/processes/{process}/", page, port, until
        self._headers = {"cookie": session, "accept": "text/html", "accept-encoding": "gzip"}
        self._wanted = 0
        self._heard = asyncio.Event()
        self._shown: list[tuple[float, int]] = []
        self._canaries: set[str] = set()
        self._listed: set[int] = set()

    async def follow(self) -> Seen:
        listening = asyncio.create_task(self._listen())
        try:
            await self._refresh()
        finally:
            listening.cancel()
        return Seen(self._shown, sorted(self._canaries), sorted(self._listed))

    async def _listen(self) -> None:
        while True:
            connection, retry = await Connection.open(self._port), 1.0
            reader = await connection.send("GET", f"{self._home}events", self._headers)
            while line := await reader.readline():
                if line.startswith(b"retry: "):
                    retry = int(line[7:]) / 1000
                if line.startswith(b"data: "):
                    self._wanted = int(line[6:])
                    self._heard.set()
                if line == b"0\r\n":  # the last chunk of a stream that has lived out its time
                    break
            connection.close()
            await asyncio.sleep(retry)

    async def _refresh(self) -> None:
        connection, shown, refreshed = await Connection.open(self._port), 0, 0.0
        while (left := self._until - time.monotonic()) > 0:
            if self._wanted <= shown:
                self._heard.clear()
                try:
                    await asyncio.wait_for(self._heard.wait(), left)
                except TimeoutError:
                    break
            await asyncio.sleep(max(0.0, refreshed + APART - time.monotonic()))
            refreshed = time.monotonic()
            headers = {**self._headers, "detente-at-least": str(self._wanted)}
            answer = await connection.ask("GET", self._home + self._page, headers)
            assert answer.status == 200, answer
            shown = int(answer.headers["detente-size"])
            self._look(answer.body.decode(), shown)
        connection.close()

    def _look(self, page: str, shown: int) -> None:
        # What the page says itself, not what its headers promise.
        assert f"{shown} acts" in page, page[:300]
        self._shown.append((time.monotonic(), shown))
        self._canaries.update(re.findall(r"CANARY-\w+-\d+-YRANAC", page))
        if self._page == "timeline":
            self._listed.update(map(int, re.findall(r'/acts/(\d+)"', page)))


async def _all(asked: dict[str, Any]) -> dict[str, Seen]:
    clients = {
        person: Client(asked["port"], asked["process"], session, page, asked["until"])
        for person, (session, page) in asked["people"].items()
    }
    found = await asyncio.gather(*(client.follow() for client in clients.values()))
    return dict(zip(clients, found, strict=True))


if __name__ == "__main__":
    json.dump(asyncio.run(_all(json.load(sys.stdin))), sys.stdout)
