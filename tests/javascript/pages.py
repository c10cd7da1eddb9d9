"""A page on localhost from which the tests import the modules, under the application's own security policy."""

from __future__ import annotations

import mimetypes
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page

from detente.web.app import content_security_policy
from tests.javascript.generated import SCRIPTS

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu"]
MODULES = "/static/"
HERE = "/tests/"
PAGE = """<!doctype html><html lang="en"><title>Modules</title>
<script type="module" nonce="{nonce}">
import "/static/js/acts/authoring.js";
document.documentElement.dataset.loaded = "yes";
</script></html>"""


class _Files(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        nonce = secrets.token_urlsafe(16)
        kind, body = "text/html", PAGE.format(nonce=nonce).encode()
        for prefix, folder in ((MODULES, SCRIPTS.parent), (HERE, Path(__file__).parent)):
            if self.path.startswith(prefix):
                file = folder / self.path.removeprefix(prefix)
                kind, body = mimetypes.guess_type(file)[0] or "", file.read_bytes()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-security-policy", content_security_policy(nonce))
        self.send_header("x-content-type-options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[int]:
    """The port at which the modules are."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Files) as server:
        thread = threading.Thread(target=partial(server.serve_forever, 0.05))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def complaints_of(page: Page) -> list[str]:
    """A list that fills with whatever the browser complains of in this page."""
    found: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def call(page: Page, module: str, name: str, *arguments: Any) -> Any:
    """What the function `name` of a module under tests/javascript gives."""
    return page.evaluate(
        "async ([module, name, given]) => (await import(module))[name](...given)",
        [f"{HERE}{module}.js", name, arguments],
    )
