"""`detente present`: seal files on this machine to a key of their own, box that for those who may open them, send the
files to the host, and sign for them.

A file is read and sealed a part at a time into a temporary file, whose SHA-256 the act commits to; so the machine needs
room on its disk, and no memory, for a file of any size.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from detente.acts.kinds import BY_NAME
from detente.acts.sealing import group_of, keys_to_read_with
from detente.cli.act import show_and_sign
from detente.cli.drafting import draft
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.client.exhibit_keys import box_fields
from detente.client.keyring import Keyring
from detente.codec.base64url import encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import refuse
from detente.sealing.identity import make_identity, public_of
from detente.sealing.streaming import Progress, Sealed, line_of, seal_stream
from detente.state.records import State


@click.command("present")
@click.argument("process")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@keys_option
@click.option("--title", default="", help="What the exhibit is.")
@click.option("--text", default="", help="What it is presented for.")
@click.option(
    "--readers", default="", help="Sides, M for the mediators, or people, with commas; everybody if left out."
)
@click.option("--yes", is_flag=True, help="Sign without asking.")
def command(
    process: str, files: tuple[Path, ...], keys: Path, title: str, text: str, readers: str, yes: bool
) -> None:
    """Present FILES as an exhibit in PROCESS, sealed to those who may read it. The host cannot open them."""
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, process))
    names = tuple(name.strip() for name in readers.split(",") if name.strip())
    state = table.replica.record.visible.state
    key_ids, groups = _recipients(state, names, table.held.person)
    own = make_identity()
    sealed: dict[Path, Sealed] = {}
    with ExitStack() as kept:
        for path in files:
            out = kept.enter_context(tempfile.TemporaryFile())
            sealed[path] = _sealed(table, path, out, public_of(own))
            _sent(table, path, out, sealed[path])
    fields = {
        **_fields(sealed),
        **box_fields(state, [own], [*key_ids, *groups]),
        "title": title,
        "text": text,
    }
    given = {name: _quoted(name, value) for name, value in fields.items() if value}
    key = table.held.signing.key_id
    drafted = draft(table.replica, BY_NAME["present"], given, key, "", names, int(time.time()))
    show_and_sign(table, drafted, ask=not yes)


def _quoted(name: str, value: str) -> str:
    return encode_canonical(value).decode() if name in ("title", "text") else value


def _recipients(
    state: State, readers: tuple[str, ...], author: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the keys, and the groups with a recovery key, of those who may read."""

    def reads(person: str) -> bool:
        return not readers or person == author or person in readers or group_of(state, person) in readers

    found = tuple(k for k, key in keys_to_read_with(state).items() if reads(key.person))
    if not found:
        raise refuse("sealing.nobody", "Nobody who may read it has a key to read with.",
                     instead="Wait until they have entered with a key of their own.")  # fmt: skip
    own = group_of(state, author)
    groups = tuple(
        group for group in sorted(state.recovery) if not readers or group in readers or group == own
    )
    return found, groups


def _sealed(table: AtTheTable, path: Path, out: BinaryIO, public: bytes) -> Sealed:
    line = line_of(table.held.process, table.held.signing.key_id, path.name)
    with path.open("rb") as source, progress_of(f"Sealing {path.name}", path.stat().st_size) as progress:
        return seal_stream(source, out, [public], line, progress)


def _sent(table: AtTheTable, path: Path, out: BinaryIO, sealed: Sealed) -> None:
    out.seek(0)
    with progress_of(f"Sending {path.name}", sealed.size) as progress:
        path_there = f"files/{encode_base64url(sealed.digest)}"
        table.host.put(path_there, Counted(out, progress), sealed.size, token=table.token)


@contextmanager
def progress_of(what: str, size: int) -> Iterator[Progress]:
    """A bar on the terminal; nothing where there is none."""
    with click.progressbar(length=max(size, 1), label=what, file=sys.stderr) as bar:

        def went(done: int) -> None:
            bar.update(done - bar.pos)

        yield went


class Counted:
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file, self._progress = file, progress

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self._progress(self._file.tell())
        return part


def _fields(sealed: Mapping[Path, Sealed]) -> dict[str, str]:
    named = {encode_base64url(one.digest): (path, one) for path, one in sealed.items()}
    return {
        "files": encode_canonical([[digest, one.size] for digest, (_path, one) in named.items()]).decode(),
        "names": encode_canonical({digest: path.name for digest, (path, _one) in named.items()}).decode(),
        "contents": encode_canonical(
            {digest: encode_base64url(one.content) for digest, (_path, one) in named.items()}
        ).decode(),
    }
