"""The options of whoever acts from a terminal: the folder of their keys, and the process, by address or by id."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
import msgspec
from msgspec import Struct

from detente.cli.terminal import say
from detente.client.contradiction import keep_foreign_view
from detente.client.keyring import HeldKey, Keyring
from detente.client.last_seen import check_record
from detente.client.later_acts import fetch_later_acts
from detente.client.remote_host import RemoteHost, address_of
from detente.client.replica import Replica, read_replica
from detente.codec.refusal import Refused, refuse
from detente.proofs.verified_snapshot import VerifiedSnapshot
from detente.signing.reader_token import make_reader_token

Opened = TypeVar("Opened")


def default_folder() -> Path:
    """Where a user's data belongs (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "detente" / "keys"


def keys_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--keys", type=click.Path(file_okay=False, path_type=Path), default=default_folder,
        help="The folder of your keys and receipts. Default: detente/keys among your own data.",
    )(function)  # fmt: skip


def record_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--record", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None, metavar="COPY",
        help="Read the record from this copy instead of from the host: where there is no line.",
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
    """Somebody with a key that is in force, and the record as verified on this machine: the host's, or where there is no
    line, a copy of it on disk."""

    def __init__(self, keyring: Keyring, held: tuple[HeldKey, ...], copy: Path | None = None) -> None:
        """Raises `Refused`: `key.not_in_force`, `host.*`, `seen.*`, `receipt.lost`, or as `read_replica`."""
        self.folder = keyring.folder_of(held[0].process)
        self.replica, self.held = _first_in_force(held, lambda one: _opened(self.folder, one, copy))
        self.host = RemoteHost(self.held.host, self.held.process)
        self.has_line = copy is None
        check_record(self.folder, self.replica, tell_host(self.held) if self.has_line else None)

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


def tell_host(held: HeldKey) -> Callable[[bytes], object]:
    """Shows the host a checkpoint that its record does not hold."""
    host = RemoteHost(held.host, held.process)
    return lambda note: host.ask("log/checkpoint", token=_token(held), body=note, media_type="text/plain")


def fetch_copy(keyring: Keyring, held: tuple[HeldKey, ...], out: BinaryIO) -> int:
    """Write to `out` the record as the host gives it now, verified, and return how many acts it has. Raises `Refused` as
    `AtTheTable` does."""
    folder = keyring.folder_of(held[0].process)

    def fetched(one: HeldKey) -> Replica:
        out.seek(0)
        out.truncate()
        RemoteHost(one.host, one.process).fetch("copy", out, token=_token(one))
        out.seek(0)
        return _read(folder, one, out)

    replica, held_one = _first_in_force(held, fetched)
    check_record(folder, replica, tell_host(held_one))
    return replica.record.size


def later_acts(held: tuple[HeldKey, ...], snapshot: VerifiedSnapshot, out: BinaryIO) -> HeldKey:
    """Write to `out` what the host has received since a snapshot; the key by which it gave that. Raises `Refused`:
    `key.not_in_force`, or as `fetch_later_acts`."""

    def fetched(one: HeldKey) -> None:
        fetch_later_acts(RemoteHost(one.host, one.process), _token(one), snapshot, out)

    return _first_in_force(held, fetched)[1]


def line_to(held: HeldKey) -> tuple[RemoteHost, str]:
    """The host of a process, and with what it lets this person read for a while."""
    return RemoteHost(held.host, held.process), _token(held)


def _first_in_force(held: tuple[HeldKey, ...], opened: Callable[[HeldKey], Opened]) -> tuple[Opened, HeldKey]:
    """The record, as the newest key opens it that is enrolled and not revoked."""
    for one in held:
        try:
            return opened(one), one
        except Refused as refused:
            if not refused.refusals[0].code.startswith("token.key"):
                raise
    raise refuse("key.not_in_force", "No key of yours for this process is in force: it is revoked, or not enrolled yet.",
                 instead="Wait with “detente join LINK” until it is enrolled, or ask a mediator for a new link.",
                 )  # fmt: skip


def _opened(folder: Path, held: HeldKey, copy: Path | None) -> Replica:
    if copy is not None:
        with copy.open("rb") as file:
            return _read(folder, held, file)
    with tempfile.TemporaryFile() as fetched:
        RemoteHost(held.host, held.process).fetch("copy", fetched, token=_token(held))
        fetched.seek(0)
        return _read(folder, held, fetched)


def _read(folder: Path, held: HeldKey, copy: BinaryIO) -> Replica:
    try:
        replica = read_replica(copy, held.process, held.person)
    except Refused as refused:
        raise keep_foreign_view(folder, copy, refused) from refused
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
