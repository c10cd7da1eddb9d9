"""A replay bundle: signatures, order, tree, the whole fold; then what the record holds, and what it does not. Beside a
verified snapshot: whether those who signed that said the same."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_cosigners, say_holds, say_process, say_unknown
from detente.cli.verifying.long_record import folded_bundle, with_progress
from detente.cli.verifying.standing import say_standing
from detente.cli.verifying.verified_snapshot import given_snapshot
from detente.proofs.replay_bundle import FIRST_LINE, SKELETON, VerifiedBundle, count_acts
from detente.proofs.verified_snapshot import VerifiedSnapshot, fold_against


def check(path: Path, file: BinaryIO) -> None:
    """With a progress bar where the record is long. Raises `Refused`: what broke, where, in words."""
    snapshot = given_snapshot()
    if snapshot is None:
        _report(path, folded_bundle(path), None)
    else:
        total = count_acts(file)
        bundle = with_progress(total, lambda done, checkers: fold_against(file, snapshot, done, checkers))
        _report(path, bundle, snapshot)


def _report(file: Path, bundle: VerifiedBundle, snapshot: VerifiedSnapshot | None) -> None:
    state = bundle.state
    say_holds(file, bundle.unchecked)
    say_process(bundle.origin)
    folded = "" if state.unknown_from is None else f"{state.unknown_from} of them "
    say(f"  Acts       {bundle.size} in the main log, {folded}folded here by the rules")
    say("             no words of theirs are in the file")
    if snapshot is not None:
        signers = ", ".join(snapshot.anchored.signers)
        say(f"  Snapshot   the first {snapshot.size} acts come to the state that {signers} signed")
    say_cosigners(bundle.cosigners)
    say_standing(state)
    say_unknown(state.unknown_from, bundle.unchecked)
    say(f"  {SKELETON}")


REPLAY_BUNDLE: Final = Container(FIRST_LINE, check)
