"""`detente chambers`: the keys of one's chambers: make them, give them to somebody, and open all with the paper."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from detente.acts.kinds import BY_NAME
from detente.acts.sealing import group_of, outlived, unboxed
from detente.cli.act import show_and_sign
from detente.cli.drafting import draft
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.chamber_keys import opened_epochs, opened_with, to_begin, to_share
from detente.client.keyring import HeldKey, Keyring
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.sealing.identity import Identity, make_identity, public_of, read_identity
from detente.state.records import Chamber

HEAD: Final = "AGE-SECRET-KEY-1"
GROUP: Final = 6
"""Letters that stand together on paper; four are left for the last group."""


@click.command("chambers")
@click.argument("process")
@click.argument("deed", required=False, type=click.Choice(["paper", "seal", "share", "recover"]))
@click.argument("chamber", required=False, default="")
@keys_option
@click.option("--yes", is_flag=True, help="Sign without asking.")
def command(process: str, deed: str | None, chamber: str, keys: Path, yes: bool) -> None:
    """The chambers of PROCESS that are yours, and what is to be done about their keys.

    \b
    paper            make the recovery key that your side keeps on paper
    seal CHAMBER     put a new key of the chamber in use
    share CHAMBER    give its keys to the members who lack them
    recover          open with the paper what your own keys do not, and give it to them
    """
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    table = AtTheTable(keyring, held)
    if deed in ("seal", "share") and not chamber:
        raise click.UsageError(f"Say which chamber: {', '.join(_own(table))}.")
    if deed is None:
        for line in _listed(table, held):
            say(line)
    elif deed == "paper":
        _on_paper(table, ask=not yes)
    elif deed == "seal":
        sign_fields(
            table, "begin_epoch", to_begin(table.replica.record.own_chamber(chamber)), chamber, ask=not yes
        )
    elif deed == "share":
        _share(table, held, table.replica.record.own_chamber(chamber), ask=not yes)
    else:
        _recover(table, held, ask=not yes)


def _own(table: AtTheTable) -> list[str]:
    return [visible.chamber.name for visible in table.replica.record.chambers()]


def _listed(table: AtTheTable, held: tuple[HeldKey, ...]) -> list[str]:
    record = table.replica.record
    lines = []
    if group_of(record.visible.state, table.held.person) not in record.visible.state.recovery:
        lines.append("Your side has no recovery key on paper. First: detente chambers PROCESS paper")
    for name in _own(table):
        chamber = record.own_chamber(name)
        opens = len(opened_epochs(record, name, held))
        lines.append(f"{name}: {_stands(chamber, opens)}")
    return lines or ["You belong to no chamber."]


def _stands(chamber: Chamber, opens: int) -> str:
    if not chamber.epochs:
        return f"no key yet, so that the host could read it. Next: seal {chamber.name}"
    if outlived(chamber):
        return f"somebody who has left, or a key that is revoked, can open it. Next: seal {chamber.name}"
    if opens < len(chamber.epochs):
        return f"your keys open {opens} of its {len(chamber.epochs)} keys. Ask a member to share them, or: recover"
    if unboxed(chamber):
        return f"sealed; {len(unboxed(chamber))} of those who belong to it lack its key. Next: share {chamber.name}"
    return "sealed; everybody who belongs to it has its key"


def sign_fields(
    table: AtTheTable,
    kind: str,
    fields: Mapping[str, str],
    chamber: str,
    *,
    ask: bool,
    readers: tuple[str, ...] = (),
) -> None:
    """Draft an act from fields that were made here, say it, and sign it; `ask` first. readers: all, if none is named."""
    given = {name: value for name, value in fields.items() if value}
    key = table.held.signing.key_id
    drafted = draft(table.replica, BY_NAME[kind], given, key, chamber, readers, int(time.time()))
    show_and_sign(table, drafted, ask=ask)


def _on_paper(table: AtTheTable, *, ask: bool) -> None:
    """The key is shown once, and nothing of it is kept: who types its end has it before them on paper."""
    identity = make_identity()
    groups = [HEAD, *textwrap.wrap(identity[len(HEAD) :], GROUP)]
    say(
        "Write this down or print it, and keep it where your side keeps what must not be lost. Whoever holds it can"
    )
    say("open what your side seals; nobody can make it again, and it is not kept here.")
    say("")
    for line in textwrap.wrap(" ".join(groups), 48):
        say(f"    {line}")
    say("")
    typed = click.prompt("From the paper, the last four letters")
    if "".join(typed.split()).upper() != groups[-1]:
        raise refuse("sealing.not_on_paper", "These are not the last four letters of the key.",
                     instead="Make another, and compare what you write down group by group.")  # fmt: skip
    click.clear()
    sign_fields(table, "name_recovery_key", {"public": encode_base64url(public_of(identity))}, "", ask=ask)


def _share(table: AtTheTable, held: tuple[HeldKey, ...], chamber: Chamber, *, ask: bool) -> None:
    opened = opened_epochs(table.replica.record, chamber.name, held)
    if not opened:
        raise refuse("sealing.not_for_you", "Your keys cannot open this chamber themselves.",
                     instead="Ask a member who can, or recover with the paper.")  # fmt: skip
    if not unboxed(chamber):
        raise refuse("sealing.nobody", "Everybody who belongs to this chamber has its key.",
                     instead="Seal it anew where somebody has left.")  # fmt: skip
    sign_fields(table, "share_epochs", to_share(chamber, opened, unboxed(chamber)), chamber.name, ask=ask)


def _recover(table: AtTheTable, held: tuple[HeldKey, ...], *, ask: bool) -> None:
    """Every chamber that the paper opens further than one's own keys do."""
    paper = read_identity(click.prompt("The recovery key, from the paper", hide_input=True))
    found = [
        (chamber, opened)
        for chamber in (table.replica.record.own_chamber(name) for name in _own(table))
        if (opened := _lacking(table, held, chamber, paper))
    ]
    if not found:
        raise refuse("sealing.nothing_to_recover", "This key opens nothing that your own keys do not open.",
                     instead="Look for the paper of the key that was named in the record.")  # fmt: skip
    for chamber, opened in found:
        names = [key.signing.key_id for key in held]
        sign_fields(table, "share_epochs", to_share(chamber, opened, names), chamber.name, ask=ask)


def _lacking(
    table: AtTheTable, held: tuple[HeldKey, ...], chamber: Chamber, paper: Identity
) -> dict[str, Identity]:
    """What the paper opens of a chamber, where one's own keys do not open all of that."""
    record = table.replica.record
    opened = opened_with(record, chamber.name, paper)
    return opened if opened.keys() - opened_epochs(record, chamber.name, held).keys() else {}
