"""The proof of one act: its words, its author's key, its place in the log."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import (
    Checked,
    Container,
    say_cosigners,
    say_holds,
    say_process,
    say_signed_again,
)
from detente.codec.base64url import decode_base64url
from detente.codec.instant import instant_from_unix
from detente.codec.refusal import Refused
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
    """A policy is asked of the act's own log, and of the main log where the author's key stands in that."""
    main = log_verifier(proved.process, proved.log_key)
    if not proved.chamber:
        return Checked(proved.log.note, main, lambda: _report(path, proved))
    chamber = log_verifier(f"{proved.process}/{proved.chamber}", proved.log_key)
    return Checked(proved.log.note, chamber, lambda: _report(path, proved), main=(proved.main.note, main))


def _report(file: Path, proof: ProvedAct) -> None:
    act = proof.act
    who = f"{proof.office} ({proof.person})" if proof.office else proof.person
    side = f" of side {proof.side}" if proof.side else ""
    role = f", admitted as {proof.role}{side}" if proof.role else ""
    place = f" of the chamber {proof.chamber}" if proof.chamber else ""
    say_holds(file)
    say_process(proof.process)
    if proof.title:
        say(f"  Talks      {proof.title}")
    say(
        f"  Proved     act {act.number}{place}, of kind {act.kind.replace('_', ' ')}, dated {instant_from_unix(act.at)}"
    )
    say(f"  Signed by  {who}{role}, with the key enrolled in act {proof.enrolled}")
    say("  It states")
    for name, value in {**act.clear, **act.opened}.items():
        say(f"      {name:<11} {msgspec.json.encode(_stated(name, value)).decode()}")
    say(f"  In the log of {proof.log.size} acts, which the log's own key signed")
    say_signed_again(proof.log.signed_with_mldsa)
    say_cosigners(proof.log.cosigners, proof.log.later)
    if proof.chamber:
        say(
            f"  The key    was enrolled in the main log of {proof.main.size} acts, which the log's own key signed"
        )
        say_cosigners(proof.main.cosigners, proof.main.later)
    say("  Not shown  whether the act was regular, what came after it, and everything else in the record")


def _stated(name: str, value: Any) -> Any:
    """A field; of the version that an act is on, the fingerprint (leaf) as the page of what brought it shows it."""
    match name, value:
        case "on", [subject, str(leaf)]:
            try:
                return subject, decode_base64url(leaf).hex()
            except Refused:
                return value
    return value


class _Scanned(Container, frozen=True):
    def holds(self, file: BinaryIO) -> bool:
        file.seek(0)
        found = file.read(200).lstrip().startswith(self.first_line.encode())
        file.seek(0)
        return found


PROOF_OF_AN_ACT = Container(FIRST_LINE, check)
SCANNED_PROOF = _Scanned(MARK, check_scanned)
