"""A host with its door open: the application over real talks, in this process or on a real socket."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from detente.depositary.host import Depositary
from detente.keys.generate import SigningKey
from detente.signing.reader_token import make_reader_token
from detente.web.app import make_app
from detente.web.serving import Server, bind
from tests.depositary.talks import Talks

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would like a later client than the one that is locked
    from starlette.testclient import TestClient

ACT = {"content-type": "application/sd-jwt"}
PAGE = {"accept": "text/html,application/xhtml+xml"}
PAGES = (
    "",
    "text",
    "verifiable",
    "sessions",
    "undertakings",
    "statements",
    "powers",
    "timeline",
    "record",
    "acts/1",
)
READABLE = (
    *PAGES, "follow", "entry", "status", "copy", "acts/1/receipt", "log/checkpoint", "log/origin", "log/policy",
    "log/cosigners", "log/tile/0/000.p/1",
    "log/tile/entries/000.p/1", "log/side-A/checkpoint", "log/side-A/tile/0/000.p/1",
    "log/side-A/tile/entries/000.p/1", "log/mediators/checkpoint", "log/mediators-B/checkpoint",
    "text/signature.pdf", "acts/1?log=side-A", "acts/1/prove", "acts/1/proof", "acts/1/proof.html", "acts/1/sheet.html",
)  # fmt: skip
"""Every address of a process that can be read, below `/processes/<id>/`."""


def front(depositary: Depositary, *, demonstration: bool = False) -> TestClient:
    """A client of the application. A fault of the program is raised in the test, never answered with 500."""
    app = make_app(depositary, demonstration=demonstration)
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


@contextmanager
def on_a_socket(depositary: Depositary, *, demonstration: bool = False) -> Iterator[str]:
    """The application on a real socket; its address, without a slash at the end."""
    started = threading.Event()
    with closing(bind("127.0.0.1", 0)) as bound:
        server = Server(make_app(depositary, demonstration=demonstration), started.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        assert started.wait(30)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
    assert not thread.is_alive()


def address(talks: Talks, path: str = "") -> str:
    return f"/processes/{talks.id}/{path}"


def bearer(key: SigningKey, process: str, *, now: int | None = None, life: int = 300) -> dict[str, str]:
    """The header of whoever reads with this key. now: Unix seconds at which the token was made."""
    made = int(time.time()) if now is None else now
    return {"authorization": f"Detente {make_reader_token(key, process, made, life)}"}


def as_person(talks: Talks, person: str | None) -> dict[str, str]:
    """The header of one of the talks' people; none for the public."""
    return bearer(talks.keys[person], talks.origin) if person else {}


def post(client: Any, talks: Talks, raw: Any, **headers: str) -> Any:
    """Send an act to its process. headers: underscores stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(address(talks, "acts"), content=raw, headers={**ACT, **named})


def errors_of(response: Any) -> list[dict[str, str]]:
    """The errors of an answer, which must have the one shape."""
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert set(body) == {"errors"} and body["errors"]
    for error in body["errors"]:
        assert set(error) == {"code", "sentence", "clause", "instead"}
        assert all(isinstance(value, str) for value in error.values())
        assert error["code"] and error["sentence"].endswith(".")
    found: list[dict[str, str]] = body["errors"]
    return found


def codes_of(response: Any) -> list[str]:
    return [error["code"] for error in errors_of(response)]
