"""`detente serve`: run a host for real, over a database."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from ipaddress import ip_address, ip_network
from pathlib import Path
from socket import socket
from typing import Final
from urllib.parse import urlsplit

import click

from detente import __version__
from detente.cli.data_folder import DEFAULT, opened
from detente.cli.keys_folder import say_refused
from detente.cli.service_manager import notify
from detente.cli.terminal import say
from detente.cli.time_stamp_options import authority_named, authority_options
from detente.client.asking_witness import AskedWitness
from detente.client.asking_witnesses import Asking
from detente.codec.refusal import Refused, refuse
from detente.depositary.cosigning import Cosigning
from detente.depositary.fork_guard import check_signs
from detente.depositary.host import Depositary
from detente.depositary.publishing import Publishing
from detente.depositary.stamping import DAY, HOUR, Stamping
from detente.depositary.vouched import Vouched
from detente.interchange.base_map import read_base_map
from detente.proofs.verified_snapshot import open_snapshot
from detente.store.files import LARGEST
from detente.store.port import Unavailable
from detente.store.static_files import StaticFiles
from detente.tlog.cosignature import CosignatureVerifier
from detente.tlog.signed_note import parse_vkey
from detente.web.app import make_app
from detente.web.log_lines import FORMS, keep_log
from detente.web.serving import bind, serve
from detente.web.workers import serve_many

_EVERY: Final = {"hour": HOUR, "day": DAY}
AGAIN: Final = 10.0
"""Seconds after which a record that could not be read to be folded is read again."""
_log = logging.getLogger("detente.host")


@click.command("serve")
@click.option(
    "--database",
    help="A database URL (sqlite:///FILE, postgresql://USER@HOST/DATABASE). Without it, the data folder's own.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="The folder of the record, the host key and the sealed files.",
)
@click.option(
    "--host-key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The host key, kept elsewhere. Default: host.key in the data folder.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8200, show_default=True, help="0 takes a free one."
)
@click.option(
    "--behind-proxy", "proxies", multiple=True, metavar="ADDRESS",
    help="Address or network of a proxy in front, whose X-Forwarded-For and -Proto are believed; repeatable.",
)  # fmt: skip
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
@click.option(
    "--publish", "published", metavar="TO",
    help="A directory or a bucket in which the hash tiles and checkpoints of public processes are kept up to date.",
)  # fmt: skip
@click.option(
    "--base-map", "base_maps", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lines that the sides of a process approved for its maps, as GeoJSON that says so; repeatable.",
)  # fmt: skip
@click.option(
    "--log", "form", type=click.Choice(FORMS), default="words", show_default=True,
    help="What is logged on standard error: only what goes wrong, in words; or every request and act, as lines of JSON.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True,
    help="Server processes behind the one address; more than one need PostgreSQL.",
)  # fmt: skip
def command(
    database: str | None, data: Path, host_key: Path | None, host: str, port: int,
    witnesses: tuple[tuple[str, str], ...], snapshots: tuple[Path, ...],
    time_stamp_authority: str | None, time_stamp_certificate: Path | None, time_stamp_every: str,
    largest_file: int, published: str | None, base_maps: tuple[Path, ...], form: str, proxies: tuple[str, ...],
    workers: int,
) -> None:  # fmt: skip
    """Serve the door for acts, the pages and the log's files. Readers sign tokens; nobody looks as another."""
    tell = _tell_in_the_log if form == "json" else _tell_in_words
    named_proxies = tuple(_network(text) for text in proxies)
    if workers > 1:
        _require_shared(database)
    approved = dict(read_base_map(path) for path in base_maps)
    authority = authority_named(time_stamp_authority, time_stamp_certificate)
    with closing(_bound(host, port)) as bound:
        shown = "localhost" if host == "127.0.0.1" else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"

        def serve_one(number: int, ready: Callable[[], None]) -> None:
            with opened(data, create=True, database=database, host_key=host_key) as depositary:
                if depositary.files is not None:
                    depositary.files.largest = largest_file
                vouched = [_started(depositary, path) for path in snapshots]
                # The keeper's own way of taking lines, so that those that are fetched and those that are posted come one
                # by one.
                cosigning = Cosigning(depositary)
                asked = [Asking(depositary, witness, cosigning.receive) for witness in _witnesses(witnesses)]
                keep_log(form)
                _say_stopped(depositary, tell)
                # Before anything is signed: a host restored from an old backup hears of it here.
                for one in asked:
                    one.ask_everything(tell)
                depositary.ask_witnesses = partial(_ask_now, asked, tell)
                upkeep = [Stamping(depositary, authority, _EVERY[time_stamp_every]).look] if authority else []
                if published is not None:
                    upkeep.append(Publishing(depositary, StaticFiles(published)).look)
                with _asking(asked, tell) as grown, _folding(vouched, tell):
                    app = make_app(
                        depositary, taking=cosigning, grown=grown, upkeep=upkeep, proxies=named_proxies
                    )
                    app.state.base_maps = approved
                    if number > 0:
                        # One of them does the rest for all; each knows of its own erasures that were held up.
                        app.state.upkeep = (depositary.erase_held_up,)
                    serve(app, bound, ready)

        if workers == 1:
            serve_one(0, partial(_announce, address))
        else:
            # Tables and host key are made once, before there are several who would.
            with opened(data, create=True, database=database, host_key=host_key):
                pass
            serve_many(workers, serve_one, partial(_announce, address))
        notify("STOPPING=1")


def _require_shared(database: str | None) -> None:
    """Before anything is made. Raises `Refused` with code `host.workers`."""
    if not (database or "").startswith(("postgresql:", "postgres:")):
        raise refuse("host.workers", "Several server processes need a database through which they know who is signed in.",
                     instead="Keep the record in PostgreSQL, or serve it with one process.")  # fmt: skip


def _announce(address: str) -> None:
    click.echo(f"Serving {address}")
    _log.info("served", extra={"told": {"event": "served", "address": address, "version": __version__}})
    notify("READY=1")


def _tell_in_words(refused: Refused, origin: str = "") -> None:
    if origin:
        say(f"{origin}:", err=True)
    say_refused(refused)


def _tell_in_the_log(refused: Refused, origin: str = "") -> None:
    about = {"process": origin.removeprefix("detente/")} if origin else {}
    codes = [refusal.code for refusal in refused.refusals]
    _log.warning("%s", refused.refusals[0].sentence, extra={"told": {**about, "refused": codes}})


def _network(text: str) -> str:
    """Raises `Refused` with code `host.proxy`."""
    try:
        return str(ip_network(text)) if "/" in text else str(ip_address(text))
    except ValueError as error:
        raise refuse("host.proxy", f"“{text}” is no address or network of a proxy.",
                     instead="Write it in numbers: 127.0.0.1, or 10.1.0.0/16.") from error  # fmt: skip


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
def _folding(vouched: list[Vouched], tell: Callable[[Refused], None]) -> Iterator[None]:
    """Folds what was taken over, on a thread that nobody waits for."""

    threading.Thread(target=_fold_each, args=(vouched, tell), name="folding", daemon=True).start()
    yield


def _fold_each(vouched: Sequence[Vouched], tell: Callable[[Refused], None]) -> None:
    for one in vouched:
        while True:
            try:
                one.fold()
                break
            except Refused as refused:
                tell(refused)
                break
            except Unavailable:  # until it is folded, the state rests on others: it is begun again
                time.sleep(AGAIN)


@contextmanager
def _asking(asked: list[Asking], tell: Callable[[Refused], None]) -> Iterator[Callable[[str], None]]:
    """Each witness on a thread of its own, until the end; to be told of what has grown."""
    threads = [threading.Thread(target=one.run, args=(tell,)) for one in asked]
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


def _ask_now(asked: Sequence[Asking], tell: Callable[[Refused, str], None], origin: str) -> None:
    for one in asked:
        one.ask_now(origin, lambda refused: tell(refused, origin))


def _say_stopped(depositary: Depositary, tell: Callable[[Refused, str], None]) -> None:
    for origin in depositary.processes():
        try:
            check_signs(depositary, depositary.store.head(origin))
        except Refused as refused:
            tell(refused, origin)


def _bound(host: str, port: int) -> socket:
    try:
        return bind(host, port)
    except OSError as error:
        raise refuse("host.address", f"Cannot listen on {host}:{port}: {error.strerror}.",
                     instead="Choose another port, or 0 for a free one.") from error  # fmt: skip
