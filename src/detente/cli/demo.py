"""`detente demo`: play the Istanbul case into two records, open the pages, print the address."""

from __future__ import annotations

import shutil
import threading
import webbrowser
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import Final

import click

from detente.cli.data_folder import DEFAULT, opened
from detente.cli.playing import play_with_progress
from detente.codec.refusal import refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import DATABASE, FILES, HOST_KEY
from detente.interchange.cases import DEMONSTRATED
from detente.web.app import make_app
from detente.web.serving import bind, serve

UNFINISHED: Final = "unfinished"
"""Where the case is played before its record stands in the data folder, whole."""


@click.command("demo")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="Where the demonstration's record is kept; played again only into an empty folder.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8200, show_default=True, help="0 takes a free one."
)
@click.option("--browser/--no-browser", default=True, help="Open the pages in a browser.")
def command(data: Path, port: int, browser: bool) -> None:
    """Play the Istanbul case, as reported and asking the principal first, and show it."""
    with closing(_bound(port)) as bound:
        if not (data / DATABASE).exists():
            _play_apart(data)
        with opened(data) as depositary:
            if not depositary.processes():
                _play(depositary)
            address = f"http://localhost:{bound.getsockname()[1]}/"
            serve(make_app(depositary, demonstration=True), bound, lambda: _announce(address, browser))


def _bound(port: int) -> socket:
    try:
        return bind("127.0.0.1", port)
    except OSError as error:
        raise refuse(
            "host.address", f"Port {port} is taken.", instead="Use --port 0 for a free one."
        ) from error


def _play_apart(data: Path) -> None:
    """Play into a folder of its own first: whoever stops it halfway starts from nothing the next time."""
    apart = data / UNFINISHED
    shutil.rmtree(apart, ignore_errors=True)
    apart.mkdir(parents=True)
    if (data / HOST_KEY).exists():
        shutil.copy2(data / HOST_KEY, apart / HOST_KEY)  # it may open another database too
    with opened(apart, create=True) as depositary:
        _play(depositary)
    shutil.rmtree(data / FILES, ignore_errors=True)
    for name in (HOST_KEY, FILES, DATABASE):  # the record last: with it, it is all there
        (apart / name).replace(data / name)
    shutil.rmtree(apart)


def _play(depositary: Depositary) -> None:
    play_with_progress(depositary, DEMONSTRATED)


def _announce(address: str, browser: bool) -> None:
    click.echo(f"\nThe demonstration is open at {address}")
    click.echo(
        "A reconstruction with demonstration keys: it proves nothing about the real talks. Stop with Ctrl-C."
    )
    if browser:
        # A browser that does not come up must not hold up the pages.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
