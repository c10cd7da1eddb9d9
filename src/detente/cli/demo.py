"""`detente demo`: play a shipped case, open its pages, print the address; and keep the demonstration keys of everybody in
it, so that whoever follows a tutorial can act."""

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
from detente.cli.demonstration_keys import KEYS, keep_demonstration_keys, label_of
from detente.cli.playing import play_with_progress
from detente.codec.refusal import refuse
from detente.depositary.host import Depositary
from detente.depositary.opening import DATABASE, FILES, HOST_KEY
from detente.interchange.cases import DEMONSTRATED, labels_of, require_shipped
from detente.views.addresses import process_id
from detente.web.app import make_app
from detente.web.serving import bind, serve

UNFINISHED: Final = "unfinished"
"""Where the case is played before its record stands in the data folder, whole."""


@click.command("demo")
@click.argument("case", default=DEMONSTRATED)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where the demonstration's record is kept; played again only into an empty folder. Default: "
    f"{DEFAULT}, and for another case than {DEMONSTRATED} {DEFAULT}-CASE.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8200, show_default=True, help="0 takes a free one."
)
@click.option("--browser/--no-browser", default=True, help="Open the pages in a browser.")
def command(case: str, data: Path | None, port: int, browser: bool) -> None:
    """Play a shipped CASE and show it. Without a name: Istanbul, as reported and asking the principal first."""
    require_shipped(case)
    folder = data or _usual_folder(case)
    with closing(_bound(port)) as bound:
        if not (folder / DATABASE).exists():
            _play_apart(folder, case)
        with opened(folder) as depositary:
            if not depositary.processes():
                play_with_progress(depositary, case)
            _require_case(depositary, case, folder)
            address = f"http://localhost:{bound.getsockname()[1]}/"
            keep_demonstration_keys(depositary, address, folder / KEYS)
            app = make_app(depositary, demonstration=True)
            serve(app, bound, lambda: _announce(depositary, address, folder / KEYS, browser=browser))


def _usual_folder(case: str) -> Path:
    return DEFAULT if case == DEMONSTRATED else DEFAULT.with_name(f"{DEFAULT.name}-{case}")


def _require_case(depositary: Depositary, case: str, folder: Path) -> None:
    """A case that was asked for by name is in the folder, or the folder is another's."""
    known = {label_of(depositary, origin) for origin in depositary.processes()}
    if case != DEMONSTRATED and not known & set(labels_of(case)):
        raise refuse("demo.other_case", f"{folder} holds a record, and not the case “{case}”.",
                     instead="Name another folder with --data, or leave it out.")  # fmt: skip


def _bound(port: int) -> socket:
    try:
        return bind("127.0.0.1", port)
    except OSError as error:
        raise refuse(
            "host.address", f"Port {port} is taken.", instead="Use --port 0 for a free one."
        ) from error


def _play_apart(data: Path, case: str) -> None:
    """Play into a folder of its own first: whoever stops it halfway starts from nothing the next time."""
    apart = data / UNFINISHED
    shutil.rmtree(apart, ignore_errors=True)
    apart.mkdir(parents=True)
    if (data / HOST_KEY).exists():
        shutil.copy2(data / HOST_KEY, apart / HOST_KEY)  # it may open another database too
    with opened(apart, create=True) as depositary:
        play_with_progress(depositary, case)
    # Beside the files of other processes, which are here without a record where a server keeps that.
    for files in (apart / FILES).glob("*"):
        (data / FILES).mkdir(mode=0o700, exist_ok=True)
        files.replace(data / FILES / files.name)
    for name in (HOST_KEY, DATABASE):  # the record last: with it, it is all there
        (apart / name).replace(data / name)
    shutil.rmtree(apart)


def _announce(depositary: Depositary, address: str, keys: Path, *, browser: bool) -> None:
    click.echo(f"\nThe demonstration is open at {address}")
    for origin in depositary.processes():
        click.echo(f"    {address}processes/{process_id(origin)}")
    click.echo(
        f"Everybody’s demonstration keys are in {keys}, a folder for each, for “detente act” and the like."
    )
    click.echo(
        "They are known to anybody: what they sign proves nothing about any real talks. Stop with Ctrl-C."
    )
    if browser:
        # A browser that does not come up must not hold up the pages.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
