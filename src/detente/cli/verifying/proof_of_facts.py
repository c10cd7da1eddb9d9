"""A proof of facts: what the main record holds, or does not, by the word of a quorum of its cosigners."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Final

from detente.cli.terminal import say
from detente.cli.verifying.container import Container, say_cosigners, say_process
from detente.procedure.fact_keys import fact_sentence, parts_of
from detente.proofs.anchor import Anchored
from detente.proofs.proof_of_facts import FIRST_LINE, ProvedFacts, verify_proof_of_facts
from detente.tlog.signed_note import parse_vkey


def check(path: Path, file: BinaryIO) -> None:
    """Raises `Refused`: what broke, where, in words."""
    _report(path, verify_proof_of_facts(file))


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
    named = f"The convening act names {len(process.cosigners)} cosigners and asks for {process.quorum}"
    say(
        f"  Signed     by {', '.join(anchored.signers)}: they say that they folded the {said.size} acts of the main log"
    )
    say(f"             {named}; you rely on them.")
    say("             Compare their verifier keys with those you were given:")
    for vkey in process.cosigners:
        if parse_vkey(vkey).name in anchored.signers:
            say(f"               {vkey}")
    say_cosigners(anchored.cosigners)


def _unshown_texts(proof: ProvedFacts) -> list[str]:
    """The texts that are said to lack something, where the file does not show that they exist."""
    texts: dict[bool, set[str]] = {True: set(), False: set()}
    for fact in proof.facts:
        text = parts_of(fact.key)[1].get("TEXT")
        if text is not None:
            texts[fact.value is not None].add(text)
    return sorted(texts[False] - texts[True])


PROOF_OF_FACTS: Final = Container(FIRST_LINE, check)
