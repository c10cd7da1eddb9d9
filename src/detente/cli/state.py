"""`detente state`: what a record comes to up to an act, by one's own fold: asked, signed by cosigners, and proved."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from detente.acts.cosigners import verifiers_of_all
from detente.cli.new_file import new_file
from detente.cli.terminal import say
from detente.cli.verifying.long_record import folded_bundle
from detente.client.cosigner_key import CosignerKey, read_cosigner_key
from detente.codec.refusal import refuse
from detente.procedure.fact_keys import check_asked, fact_sentence
from detente.procedure.facts import facts_of
from detente.proofs.proof_of_facts import write_proof_of_facts
from detente.proofs.replay_bundle import SKELETON
from detente.proofs.state_statement import (
    merge_statements,
    parse_statement,
    sign_statement,
    statement_on,
)
from detente.proofs.verified_snapshot import write_snapshot
from detente.state.records import Process, State
from detente.tlog.signed_note import NoteSigner, format_vkey, parse_note, parse_vkey

_FILE: Final = click.Path(dir_okay=False, path_type=Path)
_THERE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("state")
def command() -> None:
    """What a record comes to, up to an act. BUNDLE is a replay bundle (`detente bundle`), folded here each time."""


@command.command("ask")
@click.argument("bundle", type=_THERE)
@click.argument("keys", nargs=-1, metavar="[FACT]...")
def ask(bundle: Path, keys: tuple[str, ...]) -> None:
    """Say whether the record holds each FACT (steps/accord/B/S: did B sign?). Without one: list all that it holds."""
    state = folded_bundle(bundle).state
    facts = facts_of(state)
    for key in keys:
        check_asked(key, state.convened.sides, state.size, state.instruments)
        say(fact_sentence(key, facts.get(key), state.size))
    if not keys:
        for key, value in facts.items():
            say(f"{key} = {value}")
    if state.unknown_from is not None:
        say(f"Known up to act {state.unknown_from}: this version does not know what follows.")


@command.command("sign")
@click.argument("bundle", type=_THERE)
@click.argument("statement", type=_FILE)
@click.option(
    "--key", "file", type=_THERE, required=True, help="The file of the cosigner's key (detente witness)."
)
def sign(bundle: Path, statement: Path, file: Path) -> None:
    """Fold BUNDLE and sign what it comes to: in a new file STATEMENT, or under the lines that stand there already."""
    folded, key = folded_bundle(bundle), read_cosigner_key(file)
    process = folded.state.convened
    _require_cosigner(key, folded.state)
    if key.name not in {cosigned.name for cosigned in folded.cosigners}:
        raise refuse("statement.not_cosigned", f"{key.name} has not cosigned the record up to act {folded.size}; it "
                     "signs only what extends all that it has signed before.", "C2SP tlog-witness",
                     "Let “detente witness” cosign it, and take a new bundle.")  # fmt: skip
    signer = NoteSigner(key.name, key.signing.public, key.signing.sign)
    note = sign_statement(statement_on(folded), signer)
    note = merge_statements([statement.read_bytes(), note]) if statement.exists() else note
    _replace(statement, note)
    _say_signed(statement, note, process)


@command.command("merge")
@click.argument("statement", type=_THERE)
@click.argument("others", nargs=-1, required=True, type=_THERE)
def merge(statement: Path, others: tuple[Path, ...]) -> None:
    """Gather in STATEMENT the lines that stand under the same statement in OTHERS."""
    note = merge_statements([file.read_bytes() for file in (statement, *others)])
    _replace(statement, note)
    said = parse_statement(parse_note(note).text)
    say(
        f"{statement}: {len(parse_note(note).signatures)} lines under a statement on {said.size} acts of {said.origin}"
    )


@command.command("prove")
@click.argument("bundle", type=_THERE)
@click.argument("statement", type=_THERE)
@click.argument("file", type=_FILE)
@click.argument("keys", nargs=-1, required=True, metavar="FACT...")
def prove(bundle: Path, statement: Path, file: Path, keys: tuple[str, ...]) -> None:
    """Write FILE, which proves by STATEMENT that the record holds each FACT, or that it does not, and shows no other."""
    folded = folded_bundle(bundle)
    note = statement.read_bytes()

    with new_file(file) as out:
        for fact in write_proof_of_facts(out, folded, note, keys):
            say(fact_sentence(fact.key, fact.value, folded.size))
    say(f"Proved by {file}. Whoever has it checks it with: detente verify {file}")


@command.command("snapshot")
@click.argument("bundle", type=_THERE)
@click.argument("statement", type=_THERE)
@click.argument("file", type=_FILE)
def snapshot(bundle: Path, statement: Path, file: Path) -> None:
    """Write FILE, the state that STATEMENT signs: a long record then opens without being folded."""
    folded = folded_bundle(bundle)
    note = statement.read_bytes()
    with new_file(file) as out:
        write_snapshot(out, folded, note)
    say(f"{file}: the state up to act {folded.size}. {SKELETON}")


def _require_cosigner(key: CosignerKey, state: State) -> None:
    named = verifiers_of_all(state)
    if key.vkey not in map(format_vkey, (verifier.key for verifier in named)):
        names = ", ".join(verifier.key.name for verifier in named) or "nobody"
        raise refuse("statement.stranger", f"The record does not name {key.name} with this key as a cosigner.",
                     instead=f"It names {names}.")  # fmt: skip


def _say_signed(statement: Path, note: bytes, process: Process) -> None:
    first = {parse_vkey(vkey).name for vkey in process.cosigners}
    have = len({line.name for line in parse_note(note).signatures} & first)
    said = parse_statement(parse_note(note).text)
    say(f"{statement}: what the main record, up to act {said.size}, comes to, by the fold of this program.")
    say(f"Signed by {have} of those whom the convening act names; it asks for {process.quorum}.")


def _replace(file: Path, note: bytes) -> None:
    partial = file.with_name(file.name + ".part")
    partial.write_bytes(note)
    partial.replace(file)
