"""What every container has in common for whoever checks one: a first line that says what it is, and words at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from detente.cli.terminal import say
from detente.codec.instant import LATEST_SECOND, instant_from_unix
from detente.tlog.checkpoint import Cosigned


class Container(Struct, frozen=True):
    """first_line: how a file of this kind begins; check: reads all of it from its start, says what it found, and raises
    `Refused` where something broke."""

    first_line: str
    check: Callable[[Path, BinaryIO], None]

    def holds(self, file: BinaryIO) -> bool:
        """Whether a file says that it is one. Leaves `file` at its start."""
        file.seek(0)
        found = file.read(len(self.first_line) + 1) == f"{self.first_line}\n".encode()
        file.seek(0)
        return found


def say_cosigners(cosigners: tuple[Cosigned, ...]) -> None:
    for cosigner in cosigners:
        # A cosigner may state any time that it likes.
        time = instant_from_unix(cosigner.time) if cosigner.time <= LATEST_SECOND else str(cosigner.time)
        say(f"  Cosigned   by {cosigner.name}, {time}")
    if not cosigners:
        say("  Cosigned   by nobody: that the log has no other branch rests on the host's word")


def say_process(origin: str) -> None:
    say(f"  Process    {origin}")
    say(
        "             Compare this id with the one you were given: it fixes the convenor's and the log's key."
    )
