"""What every container has in common for whoever checks one: a first line that says what it is, and words at the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from detente.cli.terminal import say
from detente.codec.instant import LATEST_SECOND, instant_from_unix
from detente.proofs.signed_log import CosignedLater
from detente.tlog.checkpoint import Cosigned
from detente.tlog.signed_note import NoteVerifier, VerifierKey


class Checked(Struct, frozen=True):
    """What holds, up to whose signatures are enough. note: the checkpoint that it rests on; log: who signed that, None
    where only a policy can tell; report: says what was found; stated: of what rests on a state that cosigners signed, the
    keys with which these cosign; main: of an act of a chamber, the checkpoint of the main log, in which its author's key
    was enrolled, and who signed that."""

    note: bytes
    log: NoteVerifier | None
    report: Callable[[], None]
    stated: tuple[VerifierKey, ...] | None = None
    main: tuple[bytes, NoteVerifier] | None = None


class Container(Struct, frozen=True):
    """first_line: how a file of this kind begins; check: reads all of it from its start, and raises `Refused` where
    something broke. Where it rests on no checkpoint, `check` itself says what it found."""

    first_line: str
    check: Callable[[Path, BinaryIO], Checked | None]

    def holds(self, file: BinaryIO) -> bool:
        """Whether a file says that it is one. Leaves `file` at its start."""
        file.seek(0)
        found = file.read(len(self.first_line) + 1) == f"{self.first_line}\n".encode()
        file.seek(0)
        return found


def say_cosigners(cosigners: tuple[Cosigned, ...], later: tuple[CosignedLater, ...] = ()) -> None:
    """later: those named after convening, where the file tells them from the others."""
    for cosigner in cosigners:
        say(f"  Cosigned   by {cosigner.name}, {_time(cosigner.time)}")
    for late in later:
        say(f"  Cosigned   by {late.name}, {_time(late.time)}: named by {late.by} after convening")
    if not cosigners and not later:
        say("  Cosigned   by nobody: that the log has no other branch rests on the host's word")


def _time(seconds: int) -> str:
    """A cosigner may state any time that it likes, and one with ML-DSA-44 none (0)."""
    if seconds == 0:
        return "who states no time"
    return instant_from_unix(seconds) if seconds <= LATEST_SECOND else str(seconds)


def say_holds(file: Path, unchecked: int = 0) -> None:
    """unchecked: signatures by keys that this version cannot know, since they come after an act that it does not."""
    say(f"{'What this version can check holds' if unchecked else 'Everything checks'}: {os.fspath(file)}")


def say_unknown(unknown_from: int | None, unchecked: int) -> None:
    """unknown_from: how many acts come before the first that this version does not know, if one is there."""
    if unknown_from is None:
        return
    say(f"  Known up to act {unknown_from}: this version does not know what follows")
    if unchecked:
        acts = "1 act after it was" if unchecked == 1 else f"{unchecked} acts after it were"
        say(
            f"  Unchecked  the signatures: {acts} signed with keys that this version cannot know. Use a later one"
        )


def say_signed_again(signed_with_mldsa: bool) -> None:
    if signed_with_mldsa:
        say("  Signed     by the log with ML-DSA-44 too: against quantum computers as well")


def say_process(origin: str) -> None:
    say(f"  Process    {origin}")
    say(
        "             Compare this id with the one you were given: it fixes the convenor's and the log's key."
    )
