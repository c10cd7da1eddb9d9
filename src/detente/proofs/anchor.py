"""What ties a state statement to a process id, in a file that shows nothing else of the record: the convening act, which
names the cosigners and their quorum, its place in the log, the log's checkpoint, and the statement. Where cosigners named
after convening have signed, the acts that name them stand there too, each with its number and what its key rests on.

    process detente/<26 characters>
    act <the convening act's JWS>~
    path <number of lines>
    <a hash of its inclusion proof in base64; a line for each>
    [act <number> <JWS>~ and its path, for each of those acts]
    checkpoint <number of lines>
    <the signed note>
    statement <number of lines>
    <the signed note>
"""

from __future__ import annotations

from typing import BinaryIO

from msgspec import Struct

from detente.acts.convening import Convene
from detente.acts.cosigners import standing_cosigners
from detente.acts.kinds import read_act
from detente.acts.time import log_verifier, mldsa_verifiers
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.procedure.examination import examine
from detente.procedure.fold import fold, place
from detente.proofs.log_reading import bare_act
from detente.proofs.misconduct import LogIdentity
from detente.proofs.path_lines import write_path
from detente.proofs.proving import HeldLog, Registry, write_act
from detente.proofs.registry_acts import ActsReader, Placed, first_cosigners, later_cosigners
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.signed_log import CosignedLater, Signers, check_log
from detente.proofs.state_statement import (
    StateStatement,
    open_statement,
    parse_statement,
    statement_on,
    statement_verifiers,
)
from detente.proofs.stated import convened, read_stated
from detente.signing.envelope import parse_envelope
from detente.signing.verifier import verify
from detente.state.records import Process, State
from detente.tlog.checkpoint import Cosigned, unverified_checkpoint
from detente.tlog.merkle import leaf_hash, nodes_over, prove_inclusion
from detente.tlog.signed_note import VerifierKey, only_signed_by, parse_note, parse_vkey


class Anchored(Struct, frozen=True):
    """identity: what the process id is derived from; note: the log's checkpoint; signers, keys: as of `OpenedStatement`;
    cosigners, later: who cosigned the checkpoint, and when, of those whom the convening act names and of those named
    since."""

    process: Process
    identity: LogIdentity
    note: bytes
    statement: StateStatement
    signers: tuple[str, ...]
    keys: tuple[VerifierKey, ...]
    cosigners: tuple[Cosigned, ...]
    later: tuple[CosignedLater, ...]


def write_anchor(out: BinaryIO, bundle: VerifiedBundle, statement: bytes) -> None:
    """bundle: the record that the statement is on. Lines of those named after convening are left out who have not signed
    the checkpoint. Raises `Refused`: `anchor.another`, or as `open_statement`."""
    named = tuple(parse_vkey(cosigner.vkey) for cosigner in standing_cosigners(bundle.state))
    if open_statement(statement, bundle.state.convened, named).statement != statement_on(bundle):
        said = parse_statement(parse_note(statement).text)
        raise _another(said.size, bundle.size)
    log, process = _held(bundle), bundle.state.convened
    later, beside = Registry(log).later_cosigners()
    own = [log_verifier(process.origin, process.log_key).key]
    own += [verifier.key for verifier in mldsa_verifiers(process.origin, process.log_mldsa_key)]
    first = tuple(map(parse_vkey, process.cosigners))
    note = only_signed_by(bundle.note, (*own, *first, *later))
    statement = only_signed_by(
        statement, (verifier.key for verifier in statement_verifiers((*first, *later)))
    )
    out.write(f"process {bundle.origin}\n".encode() + b"act " + log.act(0) + b"\n")
    write_path(out, log.path(0))
    for index in sorted(beside - {0}):
        write_act(out, log, index, ())
    out.write(f"checkpoint {note.count(10)}\n".encode() + note)
    out.write(f"statement {statement.count(10)}\n".encode() + statement)


def _held(bundle: VerifiedBundle) -> HeldLog:
    """Of the record those acts that keys and cosigners rest on."""
    acts, read = dict(bundle.registry), nodes_over(bundle.leaves)
    return HeldLog(
        bundle.note, acts.__getitem__, lambda index: prove_inclusion(index, bundle.size, read), tuple(acts)
    )


def _another(said: int, size: int) -> Refused:
    return refuse("anchor.another", f"The statement is on {said} acts and does not say what these {size} come to.",
                  instead="Use the bundle that was signed, or have this one signed.")  # fmt: skip


class AnchorReader(ActsReader):
    """Reads an anchor, and what stands after it."""

    def anchor(self, first_line: str) -> Anchored:
        """Raises `Refused`: what does not hold, in words."""
        if self.raw_line() != first_line.encode():
            raise self.fault("version", f"the file does not begin with “{first_line}”.")
        origin, raw, path = self.text("process"), bare_act(self), self.path()
        process, envelope = self._convened(origin, raw), parse_envelope(raw)
        first = Placed(read_stated(1, envelope), leaf_hash(envelope.entry), path)
        keys = convened(first.act, origin)
        acts = self.acts_of(origin, origin, keys, None, before=1)
        cosigners = first_cosigners(process.cosigners, origin)
        later = later_cosigners(acts, keys, cosigners, origin)
        note = self.checkpoint()
        log = check_log(self, Signers(origin, first.act.clear, cosigners, later), note, (first, *acts))
        named = tuple(cosigner.verifier.key for cosigner in later)
        stated = open_statement(self.note_of(self.number(self.text("statement"))), process, named)
        said, signed = stated.statement, unverified_checkpoint(note)
        if (said.size, said.root) != (signed.size, signed.root):
            raise self.fault("root", "the statement is not on the record that the checkpoint signs.")
        told = first.act.clear
        identity = LogIdentity(told["convenor_key"], told["label"], told["log_key"], told["nonce"])
        return Anchored(process, identity, note, said, stated.signers, stated.keys, log.cosigners, log.later)

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
