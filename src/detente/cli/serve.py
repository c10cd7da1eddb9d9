"""`detente serve`: run a host for real, over a database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from socket import socket

import click

from detente.cli.data_folder import DEFAULT, opened
from detente.codec.refusal import refuse
from detente.store.files import LARGEST
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
@click.option(
    "--largest-file",
    type=click.IntRange(1),
    default=LARGEST,
    show_default=True,
    help="Bytes of one sealed file.",
)
def command(
    database: str | None, data: Path, host_key: Path | None, host: str, port: int, largest_file: int
) -> None:
    """Serve the door for acts, the pages and the log's files. Readers sign tokens; nobody looks as another."""
    with (
        closing(_bound(host, port)) as bound,
        opened(data, create=True, database=database, host_key=host_key) as depositary,
    ):
        if depositary.files is not None:
            depositary.files.largest = largest_file
        shown = "localhost" if host == "127.0.0.1" else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        serve(make_app(depositary), bound, lambda: click.echo(f"Serving {address}"))


def _bound(host: str, port: int) -> socket:
    try:
        return bind(host, port)
    except OSError as error:
        raise refuse("host.address", f"Cannot listen on {host}:{port}: {error.strerror}.",
                     instead="Choose another port, or 0 for a free one.") from error  # fmt: skip
