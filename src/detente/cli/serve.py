"""`detente serve`: run a host for real, over a database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from socket import socket

import click

from detente.cli.data_folder import DEFAULT, opened
from detente.cli.keys_folder import say_refused
from detente.cli.terminal import say
from detente.codec.refusal import Refused, refuse
from detente.depositary.fork_guard import check_signs
from detente.depositary.host import Depositary
from detente.web.app import make_app
from detente.web.serving import bind, serve


@click.command("serve")
@click.option("--database", help="A database URL (sqlite:///FILE). Without it, the data folder's own.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="The folder of the record and the host key.",
)
@click.option(
    "--host-key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The host key of --database, kept elsewhere. Default: host.key in the data folder.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8200, show_default=True, help="0 takes a free one."
)
def command(database: str | None, data: Path, host_key: Path | None, host: str, port: int) -> None:
    """Serve the door for acts, the pages and the log's files. Readers sign tokens; nobody looks as another."""
    with (
        closing(_bound(host, port)) as bound,
        opened(data, create=True, database=database, host_key=host_key) as depositary,
    ):
        shown = "localhost" if host == "127.0.0.1" else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        _say_stopped(depositary)
        serve(make_app(depositary), bound, lambda: click.echo(f"Serving {address}"))


def _say_stopped(depositary: Depositary) -> None:
    for origin in depositary.processes():
        try:
            check_signs(depositary.store, depositary.store.head(origin))
        except Refused as refused:
            say(f"{origin}:", err=True)
            say_refused(refused)


def _bound(host: str, port: int) -> socket:
    try:
        return bind(host, port)
    except OSError as error:
        raise refuse("host.address", f"Cannot listen on {host}:{port}: {error.strerror}.",
                     instead="Choose another port, or 0 for a free one.") from error  # fmt: skip
