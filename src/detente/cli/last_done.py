"""When something that is done now and then was last done, for `detente doctor` to say: a file of one line beside the
record, `last-fsck` or `last-backup`. Nothing else reads it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.codec.refusal import Refused


class Done(Struct, frozen=True):
    """at: Unix seconds; how: with what outcome."""

    at: int
    how: str


def note_done(folder: Path, what: str, how: str) -> None:
    """Note that it was done now. Where the folder cannot be written to, nobody is told."""
    with suppress(OSError):
        (folder / f"last-{what}").write_text(
            f"{instant_from_unix(int(time.time()))} {how}\n", encoding="utf-8"
        )


def last_done(folder: Path, what: str) -> Done | None:
    """None where it was never done, or nobody noted it."""
    try:
        at, _, how = (folder / f"last-{what}").read_text(encoding="utf-8").strip().partition(" ")
        return Done(unix_from_instant(at), how)
    except (OSError, ValueError, Refused):
        return None
