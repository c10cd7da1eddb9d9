"""`detente ready`: what a running host says of itself, by the exit code and in words."""

from __future__ import annotations

import socket
from contextlib import closing

from detente.depositary.custody import Custody
from tests.cli.speaking import refused, say
from tests.client.breaking_off import breaking_off
from tests.depositary.talks import Talks, open_host
from tests.web.hosting import on_a_socket


def test_a_host_that_is_ready() -> None:
    talks_here = Talks(open_host()).convene()
    with on_a_socket(talks_here.depositary) as base:
        assert say("ready", base) == (0, "ready\n", "")
        assert say("ready", f"{base}/").code == 0


def test_a_host_that_is_not() -> None:
    talks_here = Talks(open_host()).convene()
    other = open_host(talks_here.depositary.store)
    other.custody = Custody(b"another host key, of 32 bytes...")
    with on_a_socket(other) as base:
        assert "does not open" in refused(say("ready", base), "ready.keys")


def test_nobody_there() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert address in refused(say("ready", address), "ready.unreachable")
    refused(say("ready", "localhost:8200"), "ready.address")


def test_somebody_who_breaks_off() -> None:
    with breaking_off(503) as address:
        assert "it says 503" in refused(say("ready", address), "ready.unreachable")
