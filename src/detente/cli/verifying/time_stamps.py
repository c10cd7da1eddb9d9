"""Time stamps on a log's checkpoints: by when how many acts existed, and who says so."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import BinaryIO

import click

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_process
from detente.codec.instant import instant_from_unix
from detente.codec.refusal import refuse
from detente.proofs.time_stamp import FIRST_LINE, StampedCheckpoint, StampedLog, read_roots, verify_stamps


def check(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, where, in words."""
    certificate: Path | None = click.get_current_context().params["time_stamp_certificate"]
    if certificate is None:
        raise refuse("stamp.certificate", "Whose time stamps you trust is for you to say.", "RFC 3161",
                     "Add --time-stamp-certificate FILE: of whoever certifies the authority.")  # fmt: skip
    _report(path, verify_stamps(file, read_roots(certificate.read_bytes()), int(time.time())))


def _report(file: Path, log: StampedLog) -> None:
    say(f"Everything checks: {os.fspath(file)}")
    say_process(log.origin)
    for checkpoint in log.checkpoints:
        _say_stamps(checkpoint)
    say("  Not shown  the acts: compare a certified copy, whose log has to begin with these")


def _say_stamps(checkpoint: StampedCheckpoint) -> None:
    acts = "1 act" if checkpoint.size == 1 else f"{checkpoint.size} acts"
    first, *again = checkpoint.stamps
    say(
        f"  Stamped    This record of {acts} existed by {instant_from_unix(first.at)}, says {first.authority}"
    )
    for stamp in again:
        say(f"             stamped again {instant_from_unix(stamp.at)}, by {stamp.authority}")
    say(f"             can be checked so until {instant_from_unix(checkpoint.stamps[-1].ends)}")


TIME_STAMPS = Container(FIRST_LINE, check)
