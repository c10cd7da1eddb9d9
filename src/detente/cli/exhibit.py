"""`detente exhibit`: fetch the files of an exhibit, check them against its act, and open them on this machine.

A file gets its name only once all of it was opened and is what the act says. Nothing is shown of one that was sealed for
another place, or changed on its way.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import click

from detente.acts.evidence import Present
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.present import progress_of
from detente.cli.terminal import say
from detente.client.exhibit_keys import identities_for
from detente.client.keyring import Keyring
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.procedure.disclosure import VisibleAct
from detente.sealing.identity import Identity
from detente.sealing.streaming import line_of, unseal_stream
from detente.store.durable_files import name_new


@click.command("exhibit")
@click.argument("process")
@click.argument("number", type=int)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@keys_option
def command(process: str, number: int, folder: Path, keys: Path) -> None:
    """Open the files of the exhibit that act NUMBER of PROCESS presents, into FOLDER."""
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    table = AtTheTable(keyring, held)
    act = presenting_act(table, number)
    identities = identities_for(table.replica.record, act, held)
    if not identities:
        raise refuse("sealing.not_for_you", "No key of yours was given the key of this exhibit.",
                     instead="Ask a colleague who was given it: “detente share”.")  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for digest, size in act.act.clear.files:
        with tempfile.TemporaryFile() as sealed:
            table.host.fetch(f"files/{digest}", sealed, token=table.token)
            _check_arrived(sealed, digest, size)
            say(f"Opened: {_opened(table, act, digest, sealed, folder, identities)}")


def presenting_act(table: AtTheTable, number: int) -> VisibleAct:
    """The act of that number, if it presents an exhibit. Raises `Refused` with code `evidence.unknown`."""
    act = table.replica.record.act(number - 1) if number > 0 else None
    if act is None or not isinstance(act.act.clear, Present):
        raise refuse(
            "evidence.unknown", f"Act {number} presents no exhibit.", instead="“detente read” shows the acts."
        )
    return act


def _check_arrived(sealed: BinaryIO, digest: str, size: int) -> None:
    """The SHA-256 that the act commits to, before anything is opened."""
    found = sealed.tell()
    sealed.seek(0)
    arrived = sha256()
    while part := sealed.read(1_048_576):
        arrived.update(part)
    sealed.seek(0)
    if found != size or arrived.digest() != decode_base64url(digest):
        raise refuse("file.digest", "The host gave another file than the one that the act commits to.",
                     instead="Fetch it again; keep what it gave you if it does so twice.")  # fmt: skip


def _opened(
    table: AtTheTable,
    act: VisibleAct,
    digest: str,
    sealed: BinaryIO,
    folder: Path,
    identities: tuple[Identity, ...],
) -> Path:
    """Where the file was put, under the name that its author gave it."""
    name = (act.opened.get("names") or {}).get(digest, "")
    line = line_of(table.held.process, act.act.key, name)
    target = folder / file_name(name, digest)
    if target.exists():
        raise refuse("file.exists", f"{target} is there already.", instead="Name another folder.")
    descriptor, part = tempfile.mkstemp(dir=folder)
    try:
        with (
            os.fdopen(descriptor, "wb") as out,
            progress_of(f"Opening {target.name}", _size_of(sealed)) as progress,
        ):
            inside = unseal_stream(sealed, out, identities, line, progress)
        if inside != decode_base64url((act.opened.get("contents") or {}).get(digest, "")):
            raise refuse("file.content", "What is inside is not what its author signed.",
                         instead="Tell whoever presented it.")  # fmt: skip
        name_new(Path(part), target)
        return target
    except FileExistsError as error:
        raise refuse("file.exists", f"{target} is there already.", instead="Name another folder.") from error
    finally:
        Path(part).unlink(missing_ok=True)


def _size_of(sealed: BinaryIO) -> int:
    return os.fstat(sealed.fileno()).st_size


def file_name(name: str, digest: str) -> str:
    """A name that stays within its folder and can be read; else the digest."""
    plain = name and name.isprintable() and not set(name) & set("/\\:") and not name.startswith(".")
    return name if plain and len(name.encode()) < 200 else f"{digest[:16]}.bin"
