"""An object store that speaks as much of S3 as writing and reading whole objects needs, on this machine, for tests.

It computes every request's signature itself (AWS Signature Version 4) and answers 403 where it differs, so that what is
tested is a client that a real store would let in.
"""

from __future__ import annotations

import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY_ID, SECRET, REGION, BUCKET = "demonstration", "not a secret", "nowhere-1", "tiles"
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=(.+)"
)


class ObjectServer(ThreadingHTTPServer):
    """objects: path below the bucket -> (bytes, what a cache may do); order: of writing; refuses: every write."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.order: list[str] = []
        self.refuses = False

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION,
            "AWS_ENDPOINT": f"http://127.0.0.1:{self.server_port}", "AWS_ALLOW_HTTP": "true",
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    server: ObjectServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found = self.server.objects.get(self._name())
        if not self._is_signed(b""):
            self._answer(403)
        elif found is None:
            self._answer(404)
        else:
            self._answer(200, found[0])

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        if not self._is_signed(body) or self.server.refuses:
            self._answer(403)
        else:
            self.server.objects[self._name()] = body, self.headers.get("cache-control", "")
            self.server.order.append(self._name())
            self._answer(200)

    def _name(self) -> str:
        return self.path.removeprefix(f"/{BUCKET}/")

    def _is_signed(self, body: bytes) -> bool:
        match = _AUTHORIZATION.fullmatch(self.headers.get("authorization", ""))
        if match is None:
            return False
        key_id, scope, names, signature = match.groups()
        digest = self.headers["x-amz-content-sha256"]
        signed = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names.split(";"))
        request = f"{self.command}\n{self.path}\n\n{signed}\n{names}\n{digest}"
        text = (
            f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{scope}\n{sha256(request.encode()).hexdigest()}"
        )
        key = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        good = hmac.digest(key, text.encode(), "sha256").hex()
        whole = digest in ("UNSIGNED-PAYLOAD", sha256(body).hexdigest())
        return key_id == KEY_ID and whole and hmac.compare_digest(good, signature)

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("etag", f'"{sha256(body).hexdigest()}"')
        self.send_header("last-modified", "Thu, 01 Jan 1970 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def object_server() -> Iterator[ObjectServer]:
    with ObjectServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
