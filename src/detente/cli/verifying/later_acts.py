"""Later acts: what came after a verified snapshot, folded here on what that says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from detente.cli.terminal import say
from detente.cli.verifying.container import (
    Checked,
    Container,
    say_cosigners,
    say_holds,
    say_process,
    say_unknown,
)
from detente.cli.verifying.long_record import with_progress
from detente.cli.verifying.standing import say_standing
from detente.cli.verifying.verified_snapshot import given_snapshot, resting_on, say_vouched
from detente.codec.refusal import refuse
from detente.proofs.later_acts import FIRST_LINE, WentOn, count_acts, go_on
from detente.proofs.replay_bundle import SKELETON
from detente.proofs.verified_snapshot import VerifiedSnapshot


def check(path: Path, file: BinaryIO) -> Checked:
    """With a progress bar where they are many. Raises `Refused`: what broke, where, in words."""
    snapshot = given_snapshot()
    if snapshot is None:
        raise refuse("later.snapshot", "These acts go on from a snapshot, and say nothing without it.",
                     instead="Add --snapshot FILE: the verified snapshot of the acts before them.")  # fmt: skip
    record = went_on(file, snapshot)
    return resting_on(snapshot, record.note, lambda: _report(path, record))


def went_on(file: BinaryIO, snapshot: VerifiedSnapshot) -> WentOn:
    """Raises `Refused` as `go_on`."""
    total = count_acts(file)
    return with_progress(total, lambda done, checkers: go_on(file, snapshot, done, checkers))


def say_gone_on(record: WentOn, titles: Mapping[str, str] = MappingProxyType({})) -> None:
    """What rests on whom, and where the record stands. titles: of texts, by their ids, where they are known."""
    say_process(record.state.convened.origin)
    say_vouched(record.snapshot)
    later = record.size - record.snapshot.size
    say(
        f"             by this machine from there on: {'1 act' if later == 1 else f'{later} acts'}, folded by the rules"
    )
    say_cosigners(record.cosigners)
    say_standing(record.state, titles)
    say_unknown(record.state.unknown_from, record.unchecked)


def _report(file: Path, record: WentOn) -> None:
    say_holds(file, record.unchecked)
    say_gone_on(record)
    say(f"  {SKELETON}")


LATER_ACTS: Final = Container(FIRST_LINE, check)
