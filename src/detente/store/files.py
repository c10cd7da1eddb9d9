"""Sealed files beside the log: large, kept under their SHA-256, and never opened here.

`FOLDER/PROCESS/SHA-256 in hex`. A file is written under another name first, hashed on its way, forced to disk and then
renamed, so that what has its name is whole. What no act commits to is swept away after a day: an upload whose author
never signed. One process of the host writes at a time, or several with the same result.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from msgspec import Struct

from detente.codec.refusal import Refused, refuse
from detente.store.durable_files import force

LARGEST: Final = 4 * 2**30
"""Bytes of one file, unless the host is told otherwise."""
MOST_WAITING: Final = 4
"""How many times the largest file may wait, in one process, for acts that commit to them."""
KEPT_WAITING: Final = 86_400
"""Seconds."""
_ARRIVING: Final = ".arriving"
_NAME: Final = re.compile(r"[0-9a-f]{64}")


class Arriving:
    """A file on its way. Used as `with files.arriving(...) as file: file.write(part) ...; file.keep()`."""

    def __init__(self, folder: Path, digest: bytes, largest: int) -> None:
        self._path, self._digest, self._largest = folder / digest.hex(), digest, largest
        self._hash, self.size = sha256(), 0
        self._file = NamedTemporaryFile(dir=folder, suffix=_ARRIVING, delete=False)  # noqa: SIM115

    def __enter__(self) -> Arriving:
        return self

    def write(self, part: bytes) -> None:
        """Raises `Refused` with code `file.size`."""
        self.size += len(part)
        if self.size > self._largest:
            raise too_large(self._largest)
        self._hash.update(part)
        self._file.write(part)

    def keep(self) -> None:
        """Raises `Refused` with code `file.digest` where the bytes are not those that were announced."""
        if self._hash.digest() != self._digest:
            raise refuse("file.digest", "The file is not the one that was announced: its SHA-256 differs.",
                         instead="Send it again.")  # fmt: skip
        self._file.flush()
        os.fsync(self._file.fileno())
        Path(self._file.name).replace(self._path)
        force(self._path.parent)

    def __exit__(self, *_about: object) -> None:
        try:
            self._file.close()
        finally:
            Path(self._file.name).unlink(missing_ok=True)


class Held(Struct, frozen=True):
    """A file that is kept. digest: 32 bytes; size: bytes."""

    digest: bytes
    path: Path
    size: int


class SealedFiles:
    """The files of every process of a host. folder: made when the first arrives."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self.largest = largest

    def arriving(self, process: str, digest: bytes, committed: Collection[bytes]) -> Arriving:
        """A file to be written. committed: digests that acts commit to. Raises `Refused` with code `file.waiting`."""
        folder = self._folder / process
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.sweep(process, committed)
        waiting = sum(held.size for held in self._held(process) if held.digest not in committed)
        if waiting > MOST_WAITING * self.largest:
            raise refuse("file.waiting", "Too many files wait here for acts that commit to them.",
                         instead="Sign the acts, or wait a day: what nobody signs for is swept away.")  # fmt: skip
        return Arriving(folder, digest, self.largest)

    def find(self, process: str, digest: bytes) -> Held | None:
        return _held_at(self._folder / process / digest.hex())

    def remove(self, process: str, digest: bytes) -> None:
        (self._folder / process / digest.hex()).unlink(missing_ok=True)

    def sweep(self, process: str, committed: Collection[bytes]) -> None:
        """Remove what has waited for a day and no act commits to, and what never arrived whole."""
        before = time.time() - KEPT_WAITING
        stale = [held.path for held in self._held(process) if held.digest not in committed]
        stale += (self._folder / process).glob(f"*{_ARRIVING}")
        for path in stale:
            with suppress(FileNotFoundError):  # others sweep too, and what arrives gets its name
                if path.stat().st_mtime < before:
                    path.unlink()

    def _held(self, process: str) -> Iterator[Held]:
        found = map(_held_at, sorted((self._folder / process).glob("*")))
        return (held for held in found if held is not None)


def _held_at(path: Path) -> Held | None:
    """None where no file has this name, or none any more."""
    if not _NAME.fullmatch(path.name):
        return None
    try:
        return Held(bytes.fromhex(path.name), path, path.stat().st_size)
    except FileNotFoundError:
        return None


def too_large(largest: int) -> Refused:
    return refuse("file.size", f"A file is at most {largest} bytes here.",
                  instead="Present it in parts, or ask whoever runs the host to admit larger ones.")  # fmt: skip
