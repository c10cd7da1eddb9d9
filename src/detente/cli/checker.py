"""`detente checker`: the page that checks the proof of an act, as one file for somebody who has no detente."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from detente.cli.terminal import say
from detente.web.checker import checker_page


@click.command("checker")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write FILE, one HTML page that checks the proof of an act in a browser, from disk, with the network off."""
    page = checker_page()
    with file.open("xb") as out:
        out.write(page)
    say(f"{file} checks proofs in any browser. It asks for no network.")
    say(f"SHA-256 {hashlib.sha256(page).hexdigest()}")
