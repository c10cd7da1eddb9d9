"""The proof of one act: its words, its author's key, its place in the log."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import Checked, Container, say_cosigners, say_process, say_signed_again
from detente.codec.instant import instant_from_unix
from detente.proofs.one_act import FIRST_LINE, ProvedAct, verify_proof


def check(path: Path, file: BinaryIO) -> Checked:
    """Raises `Refused`: what broke, where, in words."""
    proved = verify_proof(file)
    log = log_verifier(proved.process.origin, proved.process.log_key)
    return Checked(proved.note, log, lambda: _report(path, proved))


def _report(file: Path, proof: ProvedAct) -> None:
    act, admitted = proof.act, proof.admitted
    who = f"{proof.office} ({proof.person})" if proof.office else proof.person
    side = f" of side {admitted.side}" if admitted is not None and admitted.side else ""
    role = f", admitted as {admitted.role}{side}" if admitted is not None else ""
    say(f"Everything checks: {os.fspath(file)}")
    say_process(proof.process.origin)
    kind, dated = act.kind.name.replace("_", " "), instant_from_unix(act.clear.iat)
    say(f"  Proved     act {act.number}, of kind {kind}, dated {dated}")
    say(f"  Signed by  {who}{role}, with the key enrolled in act {proof.enrolled}")
    for name in act.kind.clear_fields:
        say(f"  {name:<11}{msgspec.json.encode(getattr(act.clear, name)).decode()}")
    for name, value in act.opened.items():
        say(f"  {name:<11}{msgspec.json.encode(value).decode()}")
    say(f"  In the log of {proof.size} acts, which the log's own key signed")
    say_signed_again(proof.signed_with_mldsa)
    say_cosigners(proof.cosigners)
    say("  Not shown  whether the act was regular, what came after it, and everything else in the record")


PROOF_OF_AN_ACT = Container(FIRST_LINE, check)
