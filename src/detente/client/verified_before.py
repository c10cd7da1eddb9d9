"""What this machine verified before: one checkpoint a process, so that `detente verify` checks no signature twice.

    STATE/verified/<26 characters of the process>.json      mode 0600

The checkpoint says how many acts there were, and their root. It is believed only from a file that nobody but this user
can write or read. Another version of the program, which may know better, checks the signatures again.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from detente import __version__
from detente.codec.refusal import Refused, refuse
from detente.proofs.verification import VerifiedBefore, VerifiedCopy
from detente.store.durable_files import write_whole
from detente.tlog.checkpoint import unverified_checkpoint

LARGEST: Final = 1_048_576
"""Bytes of a memory that is read."""


class Memory(Struct, frozen=True, forbid_unknown_fields=True):
    """program: the version that verified; at: when, in Unix seconds; checkpoint: the signed note, as it is."""

    program: str
    at: int
    checkpoint: str

    def before(self, *, again: bool = False) -> VerifiedBefore:
        """again: check the signatures nevertheless. Raises `Refused` where the checkpoint cannot be read."""
        said = unverified_checkpoint(self.checkpoint.encode())
        return VerifiedBefore(said.origin, said.size, said.root, again or self.program != __version__)


def default_folder() -> Path:
    """Where what may be lost without harm belongs (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "detente"


def file_of(folder: Path, process: str) -> Path:
    return folder / "verified" / f"{process.removeprefix('detente/')}.json"


def recall(folder: Path, process: str) -> Memory | None:
    """What was verified of a process; None where nothing was.

    Raises `Refused` with codes `memory.*` where there is something that is not believed.
    """
    file = file_of(folder, process)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_private(file) from error
    with os.fdopen(descriptor, "rb") as opened:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise _not_private(file)
        content = opened.read(LARGEST)
    try:
        memory = msgspec.json.decode(content, type=Memory)
        whole = memory.before().origin == process
    except (msgspec.MsgspecError, UnicodeError, Refused):
        whole = False
    if not whole:
        raise refuse("memory.unreadable", f"{file} does not say what was verified here before.",
                     instead="Everything is checked.")  # fmt: skip
    return memory


def remember(folder: Path, copy: VerifiedCopy, now: int) -> None:
    """Keep a verified copy's checkpoint, in place of an earlier one. now: Unix seconds. Raises `OSError`."""
    file = file_of(folder, copy.heading.process)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    memory = Memory(__version__, now, copy.note.decode())
    write_whole(file, msgspec.json.format(msgspec.json.encode(memory)) + b"\n")


def _not_private(file: Path) -> Refused:
    return refuse("memory.not_private", f"Others than you can read or write {file}, so it is not believed.",
                  instead="Everything is checked; remove the file if you did not make it so.")  # fmt: skip
