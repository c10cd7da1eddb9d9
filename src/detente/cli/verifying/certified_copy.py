"""A certified copy: signatures, order, tree, procedure, disclosures, the keeper's certificate."""

from __future__ import annotations

import time
from pathlib import Path
from typing import BinaryIO

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import (
    Checked,
    Container,
    say_cosigners,
    say_holds,
    say_process,
    say_signed_again,
    say_unknown,
)
from detente.cli.verifying.long_record import with_progress
from detente.client.contradiction import keep_another_history, keep_foreign_view
from detente.client.verified_before import Memory, recall, remember
from detente.codec.instant import instant_from_unix
from detente.codec.refusal import Refused
from detente.proofs.certified_copy import FIRST_LINE, CopyReader, count_acts
from detente.proofs.verification import VerifiedCopy, verify_copy


def check(path: Path, file: BinaryIO, memory: Path | None = None, *, again: bool = False) -> Checked:
    """With a progress bar where the record is long. memory: the folder that remembers what was verified, if any; again:
    check what is remembered too. Raises `Refused`: what broke, where, in words."""
    known = _recalled(memory, file) if memory is not None else None
    before = known.before(again=again) if known is not None else None
    try:
        verified = with_progress(
            count_acts(file),
            lambda done, checkers: verify_copy(file, done, checkers, before),
            known=before.size if before is not None and not before.again else 0,
        )
    except Refused as refused:
        raise _with_evidence(memory, known, file, refused) from refused
    if memory is not None and (known is None or known.before().size <= verified.size):
        _remembered(memory, verified)
    process = verified.state.convened
    log = log_verifier(process.origin, process.log_key)
    return Checked(verified.note, log, lambda: _report(path, verified, known))


def _with_evidence(memory: Path | None, known: Memory | None, file: BinaryIO, refused: Refused) -> Refused:
    """What broke; where it shows that the log has two histories, the file that proves it is kept beside the memory."""
    if memory is None:
        return refused
    if known is not None:
        refused = keep_another_history(memory, file, known.checkpoint.encode(), refused)
    return keep_foreign_view(memory, file, refused)


def _recalled(memory: Path, file: BinaryIO) -> Memory | None:
    """What was verified here of the process that the copy says it is of."""
    file.seek(0)
    process = CopyReader(file).heading().process
    try:
        return recall(memory, process)
    except Refused as refused:
        for refusal in refused.refusals:
            say(f"{refusal.code}: {refusal.sentence} {refusal.instead}", err=True)
        return None


def _remembered(memory: Path, copy: VerifiedCopy) -> None:
    try:
        remember(memory, copy, int(time.time()))
    except OSError as error:
        say(f"memory.unwritable: What was verified is not remembered: {error}.", err=True)


def _report(file: Path, copy: VerifiedCopy, known: Memory | None) -> None:
    state = copy.state
    say_holds(file, copy.unchecked)
    say_process(copy.heading.process)
    say(f"  Acts       {copy.size} in the main log")
    for chamber in copy.chambers:
        say(f"             {chamber.size} in the chamber {chamber.name}")
    say(f"  Copied for {copy.heading.exporter}, {copy.heading.made} by the keeper's clock")
    say_signed_again(copy.signed_with_mldsa)
    say_cosigners(copy.cosigners)
    if known is not None:
        say(f"  Before     {_compared(copy, known)}")
    for irregular in state.irregular:
        say(f"  Irregular  act {irregular.index + 1}: {', '.join(irregular.codes)}; it has no effect")
    say_unknown(state.unknown_from, copy.unchecked)


def _compared(copy: VerifiedCopy, known: Memory) -> str:
    """What this copy is to the one that was verified here before."""
    size, at = known.before().size, instant_from_unix(known.at)
    if size > copy.size:
        return f"{size} acts were verified here on {at}: this copy is older, or somebody shows you less"
    if copy.before:
        return f"the signatures of the first {size} acts were verified here on {at}, and not again; all else was, now"
    return (
        f"it begins with the {size} acts that were verified here on {at}; their signatures were checked again"
    )


CERTIFIED_COPY = Container(FIRST_LINE, check)
