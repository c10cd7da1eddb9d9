"""The options of whoever acts from a terminal: the folder of their keys, and the process, by address or by id."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from detente.cli.terminal import say
from detente.client.keyring import HeldKey, Keyring
from detente.client.last_seen import check_record
from detente.client.remote_host import RemoteHost, address_of
from detente.client.replica import Replica, read_replica
from detente.codec.refusal import Refused, refuse
from detente.signing.reader_token import make_reader_token


def default_folder() -> Path:
    """Where a user's data belongs (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "detente" / "keys"


def keys_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--keys", type=click.Path(file_okay=False, path_type=Path), default=default_folder,
        help="The folder of your keys and receipts. Default: detente/keys among your own data.",
    )(function)  # fmt: skip


def held_keys(keyring: Keyring, process: str) -> tuple[HeldKey, ...]:
    """The keys for a process, the newest first. process: an address, or its id or the start of it.

    Raises `Refused`: `keyring.absent`, `log.ambiguous`, `host.address`.
    """
    if "://" in process:
        found = keyring.of(address_of(process).process)
    else:
        wanted = process.removeprefix("detente/")
        found = tuple(
            held for held in keyring.all() if held.process.removeprefix("detente/").startswith(wanted)
        )
    named = sorted({held.process for held in found})
    if not named:
        raise refuse("keyring.absent", f"No key for “{process}” is kept in {keyring.folder}.",
                     instead="Make one with “detente join LINK”, from the link that you were sent.")  # fmt: skip
    if len(named) > 1:
        raise refuse("log.ambiguous", f"More than one process begins with “{process}”.",
                     instead=f"Write more of the id: {', '.join(named)}.")  # fmt: skip
    return tuple(sorted(found, key=lambda held: -held.made))


class _WaitingKey(Struct):
    href: str


class _Waiting(Struct):
    waiting: list[_WaitingKey]


class AtTheTable:
    """Somebody with a key that is in force, and the record as verified on this machine."""

    def __init__(self, keyring: Keyring, held: tuple[HeldKey, ...]) -> None:
        """Raises `Refused`: `key.not_in_force`, `host.*`, `seen.*`, `receipt.lost`, or as `read_replica`."""
        self.folder = keyring.folder_of(held[0].process)
        self.replica, self.held = _first_in_force(held)
        self.host = RemoteHost(self.held.host, self.held.process)
        check_record(self.folder, self.replica)

    @property
    def token(self) -> str:
        """With which the host lets this person read, and put files there, for a while."""
        return _token(self.held)

    def keys_that_wait(self) -> tuple[str, ...]:
        """Where the host says that keys can be enrolled by this person: addresses that name each key and its proof.

        Raises `Refused`: `host.*`.
        """
        answer = self.host.ask("waiting-keys", token=_token(self.held))
        try:
            return tuple(key.href for key in msgspec.json.decode(answer, type=_Waiting).waiting)
        except msgspec.MsgspecError as error:
            raise refuse("host.answer", "The host answered something else than which keys wait.",
                         instead="Try again later.") from error  # fmt: skip


def _first_in_force(held: tuple[HeldKey, ...]) -> tuple[Replica, HeldKey]:
    """The record, as the newest key opens it that is enrolled and not revoked."""
    for one in held:
        try:
            return _opened(one), one
        except Refused as refused:
            if not refused.refusals[0].code.startswith("token.key"):
                raise
    raise refuse("key.not_in_force", "No key of yours for this process is in force: it is revoked, or not enrolled yet.",
                 instead="Wait with “detente join LINK” until it is enrolled, or ask a mediator for a new link.",
                 )  # fmt: skip


def _opened(held: HeldKey) -> Replica:
    with tempfile.TemporaryFile() as copy:
        RemoteHost(held.host, held.process).fetch("copy", copy, token=_token(held))
        copy.seek(0)
        replica = read_replica(copy, held.process, held.person)
    key = replica.verified.state.keys.get(held.signing.key_id)
    if key is None or key.revoked is not None or key.person != held.person:
        raise refuse("token.key", "The key is not in force for the person that it was made for.")
    return replica


def _token(held: HeldKey) -> str:
    return make_reader_token(held.signing, held.process, int(time.time()))


def say_refused(refused: Refused) -> None:
    """Refusals that do not end the program."""
    for refusal in refused.refusals:
        say(f"{refusal.code}: {refusal.sentence} {refusal.instead}".rstrip(), err=True)
