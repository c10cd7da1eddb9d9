"""Two checkpoints that were not shown to chain: what they prove, and what they do not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from detente.cli.terminal import say
from detente.cli.verifying.container import Container
from detente.proofs.unchained import FIRST_LINE, NOT_SHOWN, read_unchained
from detente.tlog.signed_note import format_vkey


def check(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, where, in words."""
    held = read_unchained(file)
    say(f"Whole: {os.fspath(path)}")
    say(f"  Log        {held.key.name}")
    say(f"  Its key    {format_vkey(held.key)}")
    say(f"  Proved     {held.proved}")
    say(f"  Lacking    {held.lacking}")
    say(f"  Not shown  {NOT_SHOWN}")


UNCHAINED_CHECKPOINTS = Container(FIRST_LINE, check)
