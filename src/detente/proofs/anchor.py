"""What ties a state statement to a process id, in a file that shows nothing else of the record: the convening act, which
names the cosigners and their quorum, its place in the log, the log's checkpoint, and the statement.

    process detente/<26 characters>
    act <the convening act's JWS>~
    path <number of lines>
    <a hash of its inclusion proof in base64; a line for each>
    checkpoint <number of lines>
    <the signed note>
    statement <number of lines>
    <the signed note>
"""

from __future__ import annotations

from typing import BinaryIO

from msgspec import Struct

from detente.acts.convening import Convene
from detente.acts.kinds import read_act
from detente.acts.time import cosigner_verifiers, log_verifier, mldsa_verifiers
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.procedure.examination import examine
from detente.procedure.fold import fold, place
from detente.proofs.log_reading import bare_act, refuse_strangers
from detente.proofs.path_lines import PathReader, write_path
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_statement import StateStatement, open_statement, parse_statement, statement_on
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify
from detente.state.records import Process, State
from detente.tlog.checkpoint import Cosigned, open_checkpoint
from detente.tlog.merkle import check_inclusion, leaf_hash, nodes_over, prove_inclusion
from detente.tlog.signed_note import Verifier, VerifierKey, only_signed_by, parse_note

LONGEST_PATH = 63


class Anchored(Struct, frozen=True):
    """note: the log's checkpoint; signers, keys: the cosigners who signed the statement, and the keys with which they
    cosign; cosigners: who cosigned the checkpoint, and when."""

    process: Process
    note: bytes
    statement: StateStatement
    signers: tuple[str, ...]
    keys: tuple[VerifierKey, ...]
    cosigners: tuple[Cosigned, ...]


def write_anchor(out: BinaryIO, bundle: VerifiedBundle, statement: bytes) -> None:
    """bundle: the record that the statement is on. Raises `Refused`: `anchor.another`, or as `open_statement`."""
    if open_statement(statement, bundle.state.convened).statement != statement_on(bundle):
        said = parse_statement(parse_note(statement).text)
        raise _another(said.size, bundle.size)
    path = prove_inclusion(0, bundle.size, nodes_over(bundle.leaves))
    note = only_signed_by(bundle.note, (v.key for v in _verifiers(bundle.state.convened)))
    out.write(f"process {bundle.origin}\n".encode() + b"act " + bundle.first + b"\n")
    write_path(out, path)
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)
    out.write(f"statement {statement.count(10)}\n".encode() + statement)


def _verifiers(process: Process) -> tuple[Verifier, ...]:
    """Of the log, and of those whose lines an anchor carries: it shows no other act that could name one."""
    own = mldsa_verifiers(process.origin, process.log_mldsa_key)
    return (log_verifier(process.origin, process.log_key), *cosigner_verifiers(process), *own)


def _another(said: int, size: int) -> Refused:
    return refuse("anchor.another", f"The statement is on {said} acts and does not say what these {size} come to.",
                  instead="Use the bundle that was signed, or have this one signed.")  # fmt: skip


class AnchorReader(PathReader):
    """Reads an anchor, and what stands after it."""

    def anchor(self, first_line: str) -> Anchored:
        """Raises `Refused`: what does not hold, in words."""
        if self.raw_line() != first_line.encode():
            raise self.fault("version", f"the file does not begin with “{first_line}”.")
        origin, act, path = self.text("process"), bare_act(self), self.path()
        process = self._convened(origin, act)
        note = self.note()
        log, *others = _verifiers(process)
        opened = open_checkpoint(note, log, others)
        refuse_strangers(self, note, opened.cosigners)
        signed = opened.checkpoint
        check_inclusion(leaf_hash(act[:-1]), 0, signed.size, path, signed.root)
        stated = open_statement(self.note_of(self.number(self.text("statement"))), process)
        if (stated.statement.size, stated.statement.root) != (signed.size, signed.root):
            raise self.fault("root", "the statement is not on the record that the checkpoint signs.")
        return Anchored(process, note, stated.statement, stated.signers, stated.keys, opened.witnesses)

    def _convened(self, origin: str, act: bytes) -> Process:
        """The process, whose id fixes the convenor's key and the log's; the rest is the convenor's word in the log."""
        envelope = parse_envelope(act)
        clear = read_act(envelope.payload)
        if not isinstance(clear, Convene):
            raise self.fault("process", "the act is not one that convenes talks.")
        placed = place(State(), envelope.kid, encode_base64url(leaf_hash(envelope.entry)), clear)
        refusals = examine(State(), placed)
        if refusals:
            raise Refused(*refusals)
        state = fold(State(), placed)
        if state.convened.origin != origin:
            raise self.fault("process", f"the act convened {state.convened.origin}, not {origin}.")
        if envelope.kid not in state.keys:
            raise self.fault("process", "the act is not signed with the convenor's key.")
        verify(envelope, decode_base64url(state.keys[envelope.kid].public))
        return state.convened
