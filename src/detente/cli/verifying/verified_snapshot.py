"""A verified snapshot: the state of a record that a quorum of its cosigners signed, without folding it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Final

from detente.cli.terminal import say
from detente.cli.verifying.container import Container
from detente.cli.verifying.proof_of_facts import say_anchored
from detente.cli.verifying.standing import say_standing
from detente.proofs.replay_bundle import SKELETON
from detente.proofs.verified_snapshot import FIRST_LINE, VerifiedSnapshot, open_snapshot


def check(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, in words."""
    _report(path, open_snapshot(file))


def _report(file: Path, snapshot: VerifiedSnapshot) -> None:
    say(f"Everything checks: {os.fspath(file)}")
    say_anchored(snapshot.anchored)
    say_standing(snapshot.state)
    say(f"  {SKELETON}")


VERIFIED_SNAPSHOT: Final = Container(FIRST_LINE, check)
