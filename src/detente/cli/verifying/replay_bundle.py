"""A replay bundle: signatures, order, tree, the whole fold; then what the record holds, and what it does not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Final

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_cosigners, say_process
from detente.cli.verifying.long_record import folded_bundle
from detente.cli.verifying.standing import say_standing
from detente.proofs.replay_bundle import FIRST_LINE, SKELETON, VerifiedBundle


def check(path: Path, _file: BinaryIO) -> None:
    """With a progress bar where the record is long. Raises `Refused`: what broke, where, in words."""
    _report(path, folded_bundle(path))


def _report(file: Path, bundle: VerifiedBundle) -> None:
    state = bundle.state
    say(f"Everything checks: {os.fspath(file)}")
    say_process(bundle.origin)
    say(
        f"  Acts       {bundle.size} in the main log, folded here by the rules; no words of theirs are in the file"
    )
    say_cosigners(bundle.cosigners)
    say_standing(state)
    if state.unknown_from is not None:
        say(f"  Known up to act {state.unknown_from}: this version does not know what follows")
    say(f"  {SKELETON}")


REPLAY_BUNDLE: Final = Container(FIRST_LINE, check)
