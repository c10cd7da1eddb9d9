"""Somebody who begins to answer over HTTP and breaks off, as a line does that goes down."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 30


@contextmanager
def breaking_off(status: int, media_type: str = "application/json") -> Iterator[str]:
    """The address, without a slash at the end, of one that answers with this status and then not to the end."""
    head = (
        f"HTTP/1.1 {status} Said\r\ncontent-type: {media_type}\r\ntransfer-encoding: chunked\r\n\r\nff\r\n7"
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_answer_all, args=(listening, head.encode()), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE)


def _answer_all(listening: socket.socket, head: bytes) -> None:
    while True:
        try:
            line, _address = listening.accept()
        except OSError:
            return
        with line:
            line.settimeout(PATIENCE)
            line.recv(65_536)
            line.sendall(head)
