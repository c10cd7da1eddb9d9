"""A line to a database that is cut: a proxy on loopback, which forwards bytes until it is told to stop at one of them."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Final

PART: Final = 65_536


class Proxy:
    """address: where it listens; towards: the port that it forwards to."""

    def __init__(self, towards: int) -> None:
        self._towards = towards
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._left: dict[str, int] = {}
        self._word, self._into = b"", 0
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, *, asked: int | None = None, answered: int | None = None) -> None:
        """Cut the connection on which this many more bytes have gone to the database, or come from it: in the middle of
        whatever is being said then."""
        with self._lock:
            self._left = {
                name: left for name, left in (("asked", asked), ("answered", answered)) if left is not None
            }

    def cut_in(self, word: bytes, into: int) -> None:
        """Cut the connection on which the database next says this, after so many bytes of it."""
        with self._lock:
            self._word, self._into = word, into

    def cut_all(self) -> None:
        with self._lock:
            pairs = list(self._pairs)
            self.cuts += len(pairs)
        for pair in pairs:
            self._end(pair)

    def close(self) -> None:
        self._listening.close()
        self.cut_all()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._towards))
            except OSError:
                here.close()
                continue
            pair = (here, there)
            with self._lock:
                self._pairs.add(pair)
            for source, target, name in ((here, there, "asked"), (there, here, "answered")):
                threading.Thread(target=self._forward, args=(pair, source, target, name), daemon=True).start()

    def _forward(
        self,
        pair: tuple[socket.socket, socket.socket],
        source: socket.socket,
        target: socket.socket,
        name: str,
    ) -> None:
        with suppress(OSError):
            while part := source.recv(PART):
                passed = self._passed(name, part)
                target.sendall(passed)
                if len(passed) < len(part):
                    break
        self._end(pair)

    def _passed(self, name: str, part: bytes) -> bytes:
        """As much of what is said as gets through."""
        with self._lock:
            at = part.find(self._word) if self._word and name == "answered" else -1
            if at >= 0:
                self._word = b""
                self.cuts += 1
                return part[: at + self._into]
            left = self._left.get(name)
            if left is None:
                return part
            if left < len(part):
                self._left = {}
                self.cuts += 1
                return part[:left]
            self._left[name] = left - len(part)
            return part

    def _end(self, pair: tuple[socket.socket, socket.socket]) -> None:
        with self._lock:
            self._pairs.discard(pair)
        for end in pair:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
