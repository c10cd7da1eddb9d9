"""`detente ready`: ask a running host whether requests can be sent to it. Exits 0 where they can, 1 where not."""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import click
import msgspec

from detente.cli.terminal import say
from detente.codec.refusal import Refusal, Refused, refuse

PATIENCE = 5
LARGEST = 65_536


class _Errors(msgspec.Struct):
    errors: tuple[Refusal, ...]


@click.command("ready")
@click.argument("address", default="http://localhost:8200")
def command(address: str) -> None:
    """Ask the host at ADDRESS whether it can do its work: for containers, proxies and whatever else watches it."""
    ask_ready(address)
    say("ready")


def ask_ready(address: str) -> None:
    """Raises `Refused`: `ready.*` or `store.*` as the host says, `ready.address`, or `ready.unreachable`."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise refuse("ready.address", f"“{address}” is not the address of a host.",
                     instead="Write it whole: http://localhost:8200.")  # fmt: skip
    asked = Request(f"{address.rstrip('/')}/ready", headers={"accept": "application/json"})
    try:
        with urlopen(asked, timeout=PATIENCE):
            return
    except HTTPError as error:
        with error:
            raise _said(address, error) from error
    except (HTTPException, OSError) as error:
        raise refuse("ready.unreachable", f"Nothing answers at {address}.",
                     instead="See whether the host runs, and what its log says.") from error  # fmt: skip


def _said(address: str, error: HTTPError) -> Refused:
    try:
        said = msgspec.json.decode(error.read(LARGEST), type=_Errors).errors
    except (HTTPException, OSError, ValueError):  # it broke off, or is none of a host's answers
        said = ()
    if not said:
        return refuse("ready.unreachable", f"What answers at {address} is no host: it says {error.code}.",
                      instead="See whether a proxy in front of it says so.")  # fmt: skip
    return Refused(*said)
