"""`detente serve`: run a host for real, over a database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from socket import socket
from typing import Final

import click

from detente.cli.data_folder import DEFAULT, opened
from detente.cli.time_stamp_options import authority_named, authority_options
from detente.codec.refusal import refuse
from detente.depositary.stamping import DAY, HOUR, Stamping
from detente.web.app import make_app
from detente.web.serving import bind, serve

_EVERY: Final = {"hour": HOUR, "day": DAY}


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
@authority_options
@click.option(
    "--time-stamp-every",
    type=click.Choice(list(_EVERY)),
    default="day",
    show_default=True,
    help="How often, at most, a record that grows is stamped.",
)
def command(
    database: str | None, data: Path, host_key: Path | None, host: str, port: int,
    time_stamp_authority: str | None, time_stamp_certificate: Path | None, time_stamp_every: str,
) -> None:  # fmt: skip
    """Serve the door for acts, the pages and the log's files. Readers sign tokens; nobody looks as another."""
    authority = authority_named(time_stamp_authority, time_stamp_certificate)
    with (
        closing(_bound(host, port)) as bound,
        opened(data, create=True, database=database, host_key=host_key) as depositary,
    ):
        shown = "localhost" if host == "127.0.0.1" else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        stamping = [Stamping(depositary, authority, _EVERY[time_stamp_every]).look] if authority else []
        app = make_app(depositary, upkeep=stamping)
        serve(app, bound, lambda: click.echo(f"Serving {address}"))


def _bound(host: str, port: int) -> socket:
    try:
        return bind(host, port)
    except OSError as error:
        raise refuse("host.address", f"Cannot listen on {host}:{port}: {error.strerror}.",
                     instead="Choose another port, or 0 for a free one.") from error  # fmt: skip
