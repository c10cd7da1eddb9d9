"""`detente position`: commit to words that stand sealed in a chamber, and reveal them later.

Whoever opens the chamber can reveal them: its members, and the recovery key on paper once it is brought back
(`detente chambers`). Words that nobody can open any more cannot be revealed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from detente.acts.positions import DISCLOSED
from detente.cli.chambers import sign_fields
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.client.chamber_keys import disclosures_in, opened_epochs
from detente.client.keyring import HeldKey, Keyring
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import refuse
from detente.signing.disclosure import digest_of, read_disclosure
from detente.state.public_record import Position

DEEDS: Final = ("commit", "reveal")


@click.command("position")
@click.argument("process")
@click.argument("deed", type=click.Choice(DEEDS))
@click.argument("chamber")
@click.argument("number", type=int)
@keys_option
@click.option("--yes", is_flag=True, help="Sign without asking.")
def command(process: str, deed: str, chamber: str, number: int, keys: Path, yes: bool) -> None:
    """Commit to the words of act NUMBER of CHAMBER, which stay sealed there; or reveal words committed to.

    The record gets their digest at once, and the words when you reveal them: then everybody can check that they stood
    since the commitment.
    """
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    table = AtTheTable(keyring, held)
    disclosure = _words(table, held, chamber, number)
    digest = digest_of(disclosure)
    if deed == "commit":
        sign_fields(table, "commit_position", {"digest": digest}, "", ask=not yes)
        return
    opened, position = read_disclosure(disclosure), _committed(table, digest)
    fields = {
        "position": f"#{position.index + 1}",
        "text": encode_canonical(opened.value).decode(),
        "salt": opened.salt,
    }
    sign_fields(table, "reveal_position", fields, "", ask=not yes)


def _words(table: AtTheTable, held: tuple[HeldKey, ...], chamber: str, number: int) -> str:
    """The disclosure of the words of an act that this person's keys open. Raises `Refused`."""
    record = table.replica.record
    record.own_chamber(chamber)
    acts = record.chamber_acts(chamber)
    if not 1 <= number <= len(acts):
        raise refuse("log.at", f"{chamber} holds {len(acts)} acts; there is no act {number}.",
                     instead="“detente read” shows what stands in your chambers.")  # fmt: skip
    inside = disclosures_in(acts[number - 1], opened_epochs(record, chamber, held))
    words = [disclosure for disclosure in inside if read_disclosure(disclosure).name == DISCLOSED]
    if not words:
        raise refuse("position.nothing_sealed", f"Your keys open no sealed words in act {number} of {chamber}.",
                     instead="Write a note there first, or recover the chamber’s keys with the paper.")  # fmt: skip
    return words[0]


def _committed(table: AtTheTable, digest: str) -> Position:
    for position in table.replica.record.visible.state.positions.values():
        if position.digest == digest:
            return position
    raise refuse("position.unknown", "Nobody has committed to these words.",
                 instead="Commit to them first; they can be revealed from then on.")  # fmt: skip
