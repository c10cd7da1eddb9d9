"""Evidence against a log: two things that its key has signed and that cannot both be true."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_process
from detente.proofs.misconduct import FIRST_LINE, check_evidence, read_evidence


def check(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, where, in words."""
    proved = check_evidence(read_evidence(file))
    chamber = proved.evidence.origin.removeprefix(proved.evidence.identity.process)
    say(f"Everything checks: {os.fspath(path)}")
    say_process(proved.evidence.identity.process)
    say(f"  Log        {f'the chamber {chamber[1:]}' if chamber else 'the main record'}")
    say(f"  Proved     {proved.sentence}")
    say("  Not shown  which of the two is the true one, who was shown which, and whether it was meant")


EVIDENCE_AGAINST_A_LOG = Container(FIRST_LINE, check)
