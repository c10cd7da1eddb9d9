"""The proof of one act: its words, its author's key, its place in the log."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import Checked, Container, say_cosigners, say_process, say_signed_again
from detente.codec.instant import instant_from_unix
from detente.proofs.one_act import FIRST_LINE, ProvedAct, verify_proof
from detente.proofs.parts import MARK, proof_in

MOST_SCANNED = 1_000_000
"""Characters: more than the parts of any sheet have."""


def check(path: Path, file: BinaryIO) -> Checked:
    """Raises `Refused`: what broke, where, in words."""
    return _checked(path, verify_proof(file))


def check_scanned(path: Path, file: BinaryIO) -> Checked:
    """As `check`, of a proof in parts as its codes say them."""
    text = file.read(MOST_SCANNED).decode("ascii", "replace")
    return _checked(path, verify_proof(io.BytesIO(proof_in(text))))


def _checked(path: Path, proved: ProvedAct) -> Checked:
    """The act's own log is what a policy is asked of."""
    origin = f"{proved.process}/{proved.chamber}" if proved.chamber else proved.process
    return Checked(proved.log.note, log_verifier(origin, proved.log_key), lambda: _report(path, proved))


def _report(file: Path, proof: ProvedAct) -> None:
    act = proof.act
    who = f"{proof.office} ({proof.person})" if proof.office else proof.person
    side = f" of side {proof.side}" if proof.side else ""
    role = f", admitted as {proof.role}{side}" if proof.role else ""
    place = f" of the chamber {proof.chamber}" if proof.chamber else ""
    say(f"Everything checks: {os.fspath(file)}")
    say_process(proof.process)
    if proof.title:
        say(f"  Talks      {proof.title}")
    say(
        f"  Proved     act {act.number}{place}, of kind {act.kind.replace('_', ' ')}, dated {instant_from_unix(act.at)}"
    )
    say(f"  Signed by  {who}{role}, with the key enrolled in act {proof.enrolled}")
    for name, value in {**act.clear, **act.opened}.items():
        say(f"  {name:<11}{msgspec.json.encode(value).decode()}")
    say(f"  In the log of {proof.log.size} acts, which the log's own key signed")
    say_signed_again(proof.log.signed_with_mldsa)
    say_cosigners(proof.log.cosigners, proof.log.later)
    say("  Not shown  whether the act was regular, what came after it, and everything else in the record")


class _Scanned(Container, frozen=True):
    def holds(self, file: BinaryIO) -> bool:
        file.seek(0)
        found = file.read(200).lstrip().startswith(self.first_line.encode())
        file.seek(0)
        return found


PROOF_OF_AN_ACT = Container(FIRST_LINE, check)
SCANNED_PROOF = _Scanned(MARK, check_scanned)
