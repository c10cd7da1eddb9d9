"""`detente invite`: a link with which somebody brings a key, made and signed on this machine."""

from __future__ import annotations

import time
from pathlib import Path

import click

from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.codec.refusal import refuse
from detente.signing.invitation import make_invitation


@click.command("invite")
@click.argument("process")
@click.argument("person")
@keys_option
def command(process: str, person: str, keys: Path) -> None:
    """Make a link for PERSON (id in the record), or for a further key of your own. Send it to them alone: it serves
    for seven days. Their key waits until you have compared its words and enrolled it."""
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, process))
    people = table.replica.verified.state.people
    if person not in people:
        raise refuse("participation.person", f"“{person}” is not in this record.",
                     instead=f"Admit them first. People in the record: {', '.join(sorted(people))}.")  # fmt: skip
    token = make_invitation(table.held.signing, table.held.process, person, int(time.time()))
    say(f"{table.host.address}/join#{person}.{token}")
