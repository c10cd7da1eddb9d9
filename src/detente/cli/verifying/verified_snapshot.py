"""A verified snapshot: the state of a record that a quorum of its cosigners signed, without folding it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

import click

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import Checked, Container
from detente.cli.verifying.proof_of_facts import say_anchored
from detente.cli.verifying.standing import say_standing
from detente.codec.refusal import refuse
from detente.proofs.replay_bundle import SKELETON
from detente.proofs.verified_snapshot import FIRST_LINE, VerifiedSnapshot, open_snapshot
from detente.tlog.policy import CLAUSE, Policy, missing
from detente.tlog.signed_note import VerifierKey


def check(path: Path, file: BinaryIO) -> Checked:
    """Raises `Refused`: what broke, in words."""
    snapshot = open_snapshot(file)
    return resting_on(snapshot, snapshot.anchored.note, lambda: _report(path, snapshot))


def resting_on(snapshot: VerifiedSnapshot, note: bytes, report: Callable[[], None]) -> Checked:
    """What holds by a snapshot. note: the checkpoint up to which it was checked."""
    process = snapshot.anchored.process
    log = log_verifier(process.origin, process.log_key)
    return Checked(note, log, report, snapshot.anchored.keys)


def given_snapshot() -> VerifiedSnapshot | None:
    """What stands under `--snapshot`, checked and read. Raises `Refused` as `open_snapshot`."""
    path: Path | None = click.get_current_context().params["snapshot"]
    if path is None:
        return None
    with path.open("rb") as file:
        return open_snapshot(file)


def check_stated(policy: Policy, stated: tuple[VerifierKey, ...]) -> None:
    """Raises `Refused` with code `policy.unmet` where those whom the policy asks for have not signed the state."""
    lacking = missing(policy, stated)
    if lacking:
        raise refuse("policy.unmet", f"Too few have signed what the record comes to: {lacking}.", CLAUSE,
                     "Ask again once they have signed, or fold the whole record.")  # fmt: skip


def say_vouched(snapshot: VerifiedSnapshot) -> None:
    """Up to where the record rests on others."""
    signers = ", ".join(snapshot.anchored.signers)
    say(
        f"  Verified   by {signers} up to act {snapshot.size}: they say that they folded these acts; you rely on them"
    )


def _report(file: Path, snapshot: VerifiedSnapshot) -> None:
    say(f"Everything checks: {os.fspath(file)}")
    say_anchored(snapshot.anchored)
    say_standing(snapshot.state)
    say(f"  {SKELETON}")


VERIFIED_SNAPSHOT: Final = Container(FIRST_LINE, check)
