"""A pouch, or the answer to one: whether it is as it was made, and what is in it. The record shows who signed what."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from detente.acts.kinds import Unknown, kind_of, read_act
from detente.cli.terminal import say
from detente.cli.verifying.container import Container
from detente.codec.base64url import encode_base64url
from detente.codec.instant import instant_from_unix
from detente.proofs.pouch import FIRST_ANSWER_LINE, FIRST_LINE, read_answer, read_pouch
from detente.signing.envelope import parse_envelope
from detente.tlog.proof import parse_proof


def check_pouch(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, where, in words."""
    pouch = read_pouch(file)
    say(f"Whole: {os.fspath(path)}")
    say(f"  Process    {pouch.process}")
    for number, act in enumerate(pouch.acts, 1):
        say(f"  Act {number:<6} {_described(act)}")
    say(
        "  Not shown  whether the signatures hold: the host checks them, by the keys that the record has enrolled"
    )


def _described(act: bytes) -> str:
    envelope = parse_envelope(act)
    clear = read_act(envelope.payload)
    if isinstance(clear, Unknown):
        return f"of a kind that this version does not know, by key {envelope.kid[:12]}"
    log = "".join(clear.proc.split("/")[2:]) or "the main log"
    kind, dated = kind_of(clear).name.replace("_", " "), instant_from_unix(clear.iat)
    return f"{kind}, number {clear.seq} of key {envelope.kid[:12]} in {log}, dated {dated}"


def check_answer(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, where, in words."""
    answered = read_answer(file)
    say(f"Whole: {os.fspath(path)}")
    say(f"  Process    {answered.process}")
    for answer in answered.answers:
        leaf = encode_base64url(answer.leaf)[:12]
        if answer.proof:
            say(
                f"  Receipt    of the act with leaf {leaf}, as act {parse_proof(answer.proof).index + 1} of its log"
            )
        for refusal in answer.refusals:
            say(f"  Refused    the act with leaf {leaf}: {refusal.sentence}")
    say("  Not shown  whether it is true. Receipts: detente pouch receive. Refusals are signed by nobody")


POUCH = Container(FIRST_LINE, check_pouch)
POUCH_ANSWER = Container(FIRST_ANSWER_LINE, check_answer)
