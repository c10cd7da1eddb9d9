"""`detente serve`: run a host for real, over a database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socket import socket
from typing import Final
from urllib.parse import urlsplit

import click

from detente.cli.data_folder import DEFAULT, opened
from detente.cli.keys_folder import say_refused
from detente.cli.terminal import say
from detente.cli.time_stamp_options import authority_named, authority_options
from detente.client.asking_witness import AskedWitness
from detente.client.asking_witnesses import Asking
from detente.codec.refusal import Refused, refuse
from detente.depositary.cosigning import Cosigning
from detente.depositary.fork_guard import check_signs
from detente.depositary.host import Depositary
from detente.depositary.stamping import DAY, HOUR, Stamping
from detente.depositary.vouched import Vouched
from detente.proofs.verified_snapshot import open_snapshot
from detente.store.files import LARGEST
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.signed_note import parse_vkey
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
@click.option(
    "--witness", "witnesses", nargs=2, multiple=True, metavar="VKEY URL",
    help="A witness to be asked after new acts (C2SP tlog-witness), for the processes that name its key; repeatable.",
)  # fmt: skip
@click.option(
    "--snapshot", "snapshots", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A verified snapshot from which a long record is served at once, while it is folded; repeatable.",
)  # fmt: skip
@authority_options
@click.option(
    "--time-stamp-every",
    type=click.Choice(list(_EVERY)),
    default="day",
    show_default=True,
    help="How often, at most, a record that grows is stamped.",
)
@click.option(
    "--largest-file",
    type=click.IntRange(1),
    default=LARGEST,
    show_default=True,
    help="Bytes of one sealed file.",
)
def command(
    database: str | None, data: Path, host_key: Path | None, host: str, port: int,
    witnesses: tuple[tuple[str, str], ...], snapshots: tuple[Path, ...],
    time_stamp_authority: str | None, time_stamp_certificate: Path | None, time_stamp_every: str,
    largest_file: int,
) -> None:  # fmt: skip
    """Serve the door for acts, the pages and the log's files. Readers sign tokens; nobody looks as another."""
    authority = authority_named(time_stamp_authority, time_stamp_certificate)
    with (
        closing(_bound(host, port)) as bound,
        opened(data, create=True, database=database, host_key=host_key) as depositary,
    ):
        if depositary.files is not None:
            depositary.files.largest = largest_file
        shown = "localhost" if host == "127.0.0.1" else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        vouched = [_started(depositary, path) for path in snapshots]
        _say_stopped(depositary)
        # The keeper's own way of taking lines, so that those that are fetched and those that are posted come one by one.
        cosigning = Cosigning(depositary)
        asked = [Asking(depositary, witness, cosigning.receive) for witness in _witnesses(witnesses)]
        for one in asked:  # before anything is signed: a host restored from an old backup hears of it here
            one.ask_everything(say_refused)
        stamping = [Stamping(depositary, authority, _EVERY[time_stamp_every]).look] if authority else []
        with _asking(asked) as grown, _folding(vouched):
            app = make_app(depositary, taking=cosigning, grown=grown, upkeep=stamping)
            serve(app, bound, lambda: click.echo(f"Serving {address}"))


def _witnesses(stated: tuple[tuple[str, str], ...]) -> Iterator[AskedWitness]:
    """Raises `Refused`: `vkey.*`, `witness.address`."""
    for vkey, url in stated:
        if urlsplit(url).scheme not in ("http", "https"):
            raise refuse("witness.address", f"“{url}” is not where a witness can be asked.",
                         "C2SP tlog-witness", "Write its whole address: https://witness.example.")  # fmt: skip
        yield AskedWitness(CosignatureVerifier(parse_vkey(vkey)).key, url)


def _started(depositary: Depositary, path: Path) -> Vouched:
    with path.open("rb") as file:
        snapshot = open_snapshot(file)
    vouched = Vouched(depositary, snapshot)
    say(f"{snapshot.anchored.process.origin}: verified by {', '.join(snapshot.anchored.signers)} up to act "
        f"{snapshot.size}; this host folds it meanwhile.")  # fmt: skip
    return vouched


@contextmanager
def _folding(vouched: list[Vouched]) -> Iterator[None]:
    """Folds what was taken over, on a thread that nobody waits for."""

    def fold() -> None:
        for one in vouched:
            try:
                one.fold()
            except Refused as refused:
                say_refused(refused)

    threading.Thread(target=fold, name="folding", daemon=True).start()
    yield


@contextmanager
def _asking(asked: list[Asking]) -> Iterator[Callable[[str], None]]:
    """Each witness on a thread of its own, until the end; to be told of what has grown."""
    threads = [threading.Thread(target=one.run, args=(say_refused,)) for one in asked]
    for thread in threads:
        thread.start()

    def grown(origin: str) -> None:
        for one in asked:
            one.grown(origin)

    try:
        yield grown
    finally:
        for one in asked:
            one.end()
        for thread in threads:
            thread.join()


def _say_stopped(depositary: Depositary) -> None:
    for origin in depositary.processes():
        try:
            check_signs(depositary, depositary.store.head(origin))
        except Refused as refused:
            say(f"{origin}:", err=True)
            say_refused(refused)


def _bound(host: str, port: int) -> socket:
    try:
        return bind(host, port)
    except OSError as error:
        raise refuse("host.address", f"Cannot listen on {host}:{port}: {error.strerror}.",
                     instead="Choose another port, or 0 for a free one.") from error  # fmt: skip
