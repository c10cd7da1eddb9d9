"""A page for one person on their own machine: nobody who cannot have its address sees anything of it."""

from __future__ import annotations

import http.client
import threading
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

import pytest

from detente.web.local_page import local_app, serve_locally
from detente.wording.language import gettext, spoken
from tests.web.hosting import TestClient

TOKEN, PORT = "the-token-of-this-run", 4711
HERE = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def client() -> Any:
    app = local_app(lambda: f"secret words in {spoken().tag}", "p { margin: 0 }", token=TOKEN, port=PORT)
    return TestClient(app, base_url=HERE, follow_redirects=False)


def test_whoever_has_the_address_sees_the_page_and_keeps_nothing(client: Any) -> None:
    answer = client.get(f"/{TOKEN}/")
    assert (answer.status_code, answer.text) == (200, "secret words in en")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and "form-action 'none'" in policy


def test_it_speaks_the_language_that_the_browser_asks_for_or_the_address_names(client: Any) -> None:
    asked = client.get(f"/{TOKEN}/", headers={"accept-language": "ur"})
    assert asked.text == client.get(f"/{TOKEN}/ur").text == "secret words in ur"
    assert client.get(f"/{TOKEN}/xx").text == "secret words in en"
    assert gettext("") == ""


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/another-token/", {}),
        (f"/{TOKEN[:-1]}/", {}),
        (f"/{TOKEN}x/", {}),
        ("/💧/", {}),
        (f"/{TOKEN}/", {"host": "evil.example"}),
        (f"/{TOKEN}/", {"host": f"evil.example:{PORT}"}),
        (f"/{TOKEN}/", {"host": "127.0.0.1:4712"}),
        (f"/{TOKEN}/", {"host": ""}),
        (f"/{TOKEN}/", {"sec-fetch-site": "cross-site"}),
        (f"/{TOKEN}/", {"sec-fetch-site": "same-site"}),
    ],
)
def test_nobody_else_sees_anything(client: Any, path: str, headers: dict[str, str]) -> None:
    """A guess, another name for this machine (DNS rebinding), a page of another site."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 404 and "secret" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_takes_nothing(client: Any, method: str) -> None:
    answer = client.request(method, f"/{TOKEN}/")
    assert answer.status_code == 405 and "secret" not in answer.text


def test_it_is_served_on_the_loopback_address_at_an_address_of_its_own_and_ends_when_nobody_asks() -> None:
    addresses: Queue[str] = Queue()
    servers = [
        threading.Thread(
            target=serve_locally, args=(lambda: "words", "", addresses.put), kwargs={"idle": 1.0}
        )
        for _ in range(2)
    ]
    for server in servers:
        server.start()
    first, second = (urlsplit(addresses.get(timeout=30)) for _ in range(2))
    assert first.hostname == second.hostname == "127.0.0.1"
    assert first.path != second.path and len(first.path.strip("/")) >= 43
    connection = http.client.HTTPConnection("127.0.0.1", first.port or 0, timeout=10)
    connection.request("GET", first.path)
    assert connection.getresponse().read() == b"words"
    connection.close()
    for server in servers:
        server.join(30)
        assert not server.is_alive()
