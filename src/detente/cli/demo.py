"""`detente demo`: play the Istanbul case into two records, open the pages, print the address."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import click

from detente.cli.data_folder import DEFAULT
from detente.cli.playing import play_with_progress
from detente.codec.refusal import refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import open_data
from detente.interchange.cases import SHIPPED
from detente.web.app import make_app
from detente.web.serving import bind, serve


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
    depositary = open_data(data, create=True)
    try:
        if not depositary.processes():
            _play(depositary)
        try:
            bound = bind("127.0.0.1", port)
        except OSError as error:
            raise refuse(
                "host.address", f"Port {port} is taken.", instead="Use --port 0 for a free one."
            ) from error
        address = f"http://localhost:{bound.getsockname()[1]}/"
        serve(make_app(depositary, demonstration=True), bound, lambda: _announce(address, browser))
    finally:
        depositary.close()


def _play(depositary: Depositary) -> None:
    for name in SHIPPED:
        play_with_progress(depositary, name)


def _announce(address: str, browser: bool) -> None:
    click.echo(f"\nThe demonstration is open at {address}")
    click.echo(
        "A reconstruction with demonstration keys: it proves nothing about the real talks. Stop with Ctrl-C."
    )
    if browser:
        # A browser that does not come up must not hold up the pages.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
