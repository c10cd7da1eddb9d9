"""A certified copy: signatures, order, tree, procedure, disclosures, the keeper's certificate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_cosigners, say_process
from detente.cli.verifying.long_record import with_progress
from detente.proofs.certified_copy import FIRST_LINE, count_acts
from detente.proofs.verification import VerifiedCopy, verify_copy


def check(path: Path, file: BinaryIO) -> None:
    """With a progress bar where the record is long. Raises `Refused`: what broke, where, in words."""
    _report(path, with_progress(count_acts(file), lambda done, checkers: verify_copy(file, done, checkers)))


def _report(file: Path, copy: VerifiedCopy) -> None:
    state = copy.state
    say(f"Everything checks: {os.fspath(file)}")
    say_process(copy.heading.process)
    say(f"  Acts       {copy.size} in the main log")
    for chamber in copy.chambers:
        say(f"             {chamber.size} in the chamber {chamber.name}")
    say(f"  Copied for {copy.heading.exporter}, {copy.heading.made} by the keeper's clock")
    say_cosigners(copy.cosigners)
    for irregular in state.irregular:
        say(f"  Irregular  act {irregular.index + 1}: {', '.join(irregular.codes)}; it has no effect")
    if state.unknown_from is not None:
        say(f"  Known up to act {state.unknown_from}: this version does not know what follows")


CERTIFIED_COPY = Container(FIRST_LINE, check)
