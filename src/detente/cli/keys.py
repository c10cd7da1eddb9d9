"""`detente keys`: the keys and receipts kept on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.keys_folder import keys_option
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.client.outbox import kept_receipts, unsent
from detente.codec.instant import instant_from_unix
from detente.keys.thumbprint import fingerprint_words


@click.command("keys")
@keys_option
def command(keys: Path) -> None:
    """List the keys kept here: for which process, as whom, their fingerprint words, and how many receipts."""
    keyring = Keyring(keys)
    held = keyring.all()
    for one in held:
        folder = keyring.folder_of(one.process)
        say(
            f"{one.process.removeprefix('detente/')}  {one.person}  {' '.join(fingerprint_words(one.signing.public))}"
        )
        say(f"    at {one.host}, made {instant_from_unix(one.made)}; "
            f"{len(tuple(kept_receipts(folder)))} receipts, {len(unsent(folder))} acts without one")  # fmt: skip
    if not held:
        say(f"No key is kept in {keyring.folder}. “detente join LINK” makes one.")
