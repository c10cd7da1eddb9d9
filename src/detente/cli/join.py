"""`detente join`: make a key on this machine, from the link that a mediator sent or that one made for oneself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final, Literal, NamedTuple

import click
import msgspec
from msgspec import Struct

from detente.cli.keys_folder import AtTheTable, keys_option, say_refused
from detente.cli.terminal import say
from detente.client.keyring import HeldKey, Keyring, make_keys
from detente.client.outbox import is_open
from detente.client.remote_host import RemoteHost, address_of
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.keys.possession import prove_possession
from detente.keys.thumbprint import fingerprint_words
from detente.sealing.identity import public_of
from detente.wording.names import Names

EVERY: Final = 2.0
"""Seconds between two looks whether the key is enrolled."""


class _Link(NamedTuple):
    """host: without a slash at the end; process: origin of the main log."""

    host: str
    process: str
    person: str
    invitation: str


class _Standing(Struct):
    person: str
    key: str
    stands: Literal["waiting", "enrolled", "spent"]


@click.command("join")
@click.argument("link")
@keys_option
@click.option("--wait/--no-wait", default=True, help="Wait until the key is enrolled.")
def command(link: str, keys: Path, wait: bool) -> None:
    """Make a key for the process that LINK invites to, and wait until it is enrolled. Run again, it goes on."""
    invited = _read(link)
    host, keyring = RemoteHost(invited.host, invited.process), Keyring(keys)
    held, stands = _brought(host, keyring, invited)
    if stands == "waiting":
        _say_words(keyring, held)
        if not wait:
            return
        say("Waiting until it is enrolled. Ctrl-C stops waiting; the same command goes on.")
        _await(host, invited, held)
    record = AtTheTable(keyring, (held,)).replica.record
    names = Names(record)
    say(f"Enrolled: {names.person(held.person)} ({held.person}) in “{names.title}”.")
    say(f"The record has {record.size} acts; every one was checked here.")
    say(f"Act with: detente act {held.process.removeprefix('detente/')[:8]} KIND FIELD=VALUE …")


def _read(link: str) -> _Link:
    """The parts of a link: what follows the # is person and invitation, and is not sent to the host by opening it."""
    address = address_of(link)
    person, _, invitation = address.fragment.partition(".")
    if not person or invitation.count(".") != 2:
        raise refuse("invitation.absent", "This address brings no invitation.",
                     instead="Give the link that you were sent, whole, in quotation marks.")  # fmt: skip
    return _Link(address.host, address.process, person, invitation)


def _brought(host: RemoteHost, keyring: Keyring, link: _Link) -> tuple[HeldKey, str]:
    """A key that was handed in and what became of it: one held already, unless it is spent, or else a new one."""
    for held in keyring.of(link.process):
        if held.person == link.person and (stands := _bring(host, link, held)) != "spent":
            return held, stands
    held = keyring.keep(make_keys(link.host, link.process, link.person, int(time.time())))
    return held, _bring(host, link, held)


def _bring(host: RemoteHost, link: _Link, held: HeldKey) -> str:
    """Hand a key in with its proof. The host keeps waiting keys in memory alone: it is handed in at each look."""
    sealing = encode_base64url(public_of(held.identity))
    body = {
        "invitation": link.invitation, "public": encode_base64url(held.signing.public), "sealing": sealing,
        "possession": prove_possession(held.signing, link.process, link.person, sealing),
    }  # fmt: skip
    answer = host.ask("waiting-keys", body=msgspec.json.encode(body))
    try:
        return msgspec.json.decode(answer, type=_Standing).stands
    except msgspec.MsgspecError as error:
        raise refuse("host.answer", "The host answered something else than what became of the key.",
                     instead="Try again later; the key is kept.") from error  # fmt: skip


def _say_words(keyring: Keyring, held: HeldKey) -> None:
    say(f"Your key is made, and kept in {keyring.file_of(held)}: whoever reads that file signs as you.")
    say("Read these words out to whoever sent you the link, over the telephone:")
    say("")
    say(f"    {' '.join(fingerprint_words(held.signing.public))}")
    say("")
    say("They see the same words and enrol your key. If you made the link yourself, compare them there.")


def _await(host: RemoteHost, link: _Link, held: HeldKey) -> None:
    """Look until the key is enrolled. Raises `Refused` where it will not be; a line that is down is waited for."""
    stands, away = "waiting", False
    while stands != "enrolled":
        time.sleep(EVERY)
        try:
            stands, away = _bring(host, link, held), False
        except Refused as refused:
            if not is_open(refused):
                raise
            if not away:
                say_refused(refused)
            away = True
        if stands == "spent":
            raise refuse("key.revoked", "This key was enrolled and then revoked.",
                         instead="Ask a mediator for a new link; a new key is made for it.")  # fmt: skip
