"""A proof of facts: what the main record holds, or does not, by the word of a quorum of its cosigners."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Final

from detente.acts.time import log_verifier
from detente.cli.terminal import say
from detente.cli.verifying.container import Checked, Container, say_cosigners, say_process
from detente.procedure.fact_keys import fact_sentence, parts_of
from detente.proofs.anchor import Anchored
from detente.proofs.proof_of_facts import FIRST_LINE, ProvedFacts, verify_proof_of_facts
from detente.tlog.signed_note import format_vkey


def check(path: Path, file: BinaryIO) -> Checked:
    """Raises `Refused`: what broke, where, in words."""
    proof = verify_proof_of_facts(file)
    anchored, process = proof.anchored, proof.anchored.process
    log = log_verifier(process.origin, process.log_key)
    return Checked(anchored.note, log, lambda: _report(path, proof), anchored.keys)


def _report(file: Path, proof: ProvedFacts) -> None:
    size = proof.anchored.statement.size
    say(f"Everything checks: {os.fspath(file)}")
    say_anchored(proof.anchored)
    say("")
    for fact in proof.facts:
        say(f"  {fact_sentence(fact.key, fact.value, size)}")
    say("")
    for text in _unshown_texts(proof):
        say(
            f"  Compare the text’s id “{text}” with the one you were given: under another, nothing would stand either."
        )
    say("  Not shown  every other fact, what came after that act, and what stands in chambers")


def say_anchored(anchored: Anchored) -> None:
    said, process = anchored.statement, anchored.process
    say_process(process.origin)
    names = len(process.cosigners)
    named = (
        f"The convening act names {names} cosigner{'s' if names != 1 else ''} and asks for {process.quorum}"
    )
    say(
        f"  Signed     by {', '.join(anchored.signers)}: they say that they folded the {said.size} acts of the main log"
    )
    say(f"             {named}; you rely on them.")
    say("             Compare their verifier keys with those you were given:")
    for key in anchored.keys:
        later = (
            "" if format_vkey(key) in process.cosigners else ", named after convening: not asked for by it"
        )
        say(f"               {format_vkey(key)}{later}")
    say_cosigners(anchored.cosigners, anchored.later)


def _unshown_texts(proof: ProvedFacts) -> list[str]:
    """The texts that are said to lack something, where the file does not show that they exist."""
    texts: dict[bool, set[str]] = {True: set(), False: set()}
    for fact in proof.facts:
        text = parts_of(fact.key)[1].get("TEXT")
        if text is not None:
            texts[fact.value is not None].add(text)
    return sorted(texts[False] - texts[True])


PROOF_OF_FACTS: Final = Container(FIRST_LINE, check)
