"""State statements: what the main record, up to act N, comes to, signed by cosigners who have folded it themselves.

A signed note (C2SP signed-note) whose text has seven lines (docs/specs/state-statement.md):

    detente state statement v1
    <origin>
    <N: acts folded>
    <root of the log at N, base64>
    <number of facts>
    <root of the tree of facts, base64>
    <SHA-256 of a salt and the state's bytes, base64>

It is signed with a cosigner's key, as plain Ed25519 (algorithm 0x01) under the cosigner's name: another key id than that
of its cosignatures, and another first line than any message those sign (`cosignature/v1`). So neither can be taken for
the other, by a program that knows statements or by one that does not. The text says nothing of time or of who signs: all
who folded the same acts sign the same text, and their lines gather under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from msgspec import Struct

from detente.codec.refusal import Refused, refuse
from detente.procedure.facts import facts_of
from detente.proofs.fact_tree import FactTree
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_bytes import state_bytes
from detente.state.records import Process
from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.line import decode_hash, encode_base64, parse_decimal
from detente.tlog.signed_note import (
    ED25519,
    Note,
    NoteSigner,
    NoteVerifier,
    VerifierKey,
    add_signatures,
    format_note,
    open_note,
    parse_note,
    parse_vkey,
)

FIRST_LINE: Final = "detente state statement v1"
STATE: Final = "state"
"""What the salt of the state's bytes is reckoned from: the key of no fact."""
_CLAUSE: Final = "C2SP signed-note"


class StateStatement(Struct, frozen=True):
    """size: acts folded; root: of the log at that size; facts, facts_root: of the tree of facts; state:
    `state_commitment` of `state_bytes`. Hashes are 32 bytes."""

    origin: str
    size: int
    root: bytes
    facts: int
    facts_root: bytes
    state: bytes


class OpenedStatement(Struct, frozen=True):
    """A statement that a quorum has signed. signers: names of those cosigners whom the convening act names, in the order
    of their lines; keys: those with which they cosign, and then those of cosigners named later who have signed too."""

    statement: StateStatement
    signers: tuple[str, ...]
    keys: tuple[VerifierKey, ...]


def tree_of(bundle: VerifiedBundle) -> FactTree:
    """The facts of a record that is folded to its end.

    Raises `Refused` with code `statement.unknown` where an act is of a kind that this program does not know.
    """
    if bundle.state.unknown_from is not None:
        raise refuse("statement.unknown", "The record holds an act that this version does not know: it cannot be folded.",
                     instead="Use a later version.")  # fmt: skip
    return FactTree(bundle.origin, facts_of(bundle.state), bundle.content)


def state_commitment(salt: bytes, raw: bytes) -> bytes:
    """salt: without it, whoever knows most of a record could test what they guess of the rest."""
    hashed = sha256(salt)
    hashed.update(raw)  # of a long record they are many: not copied
    return hashed.digest()


def statement_on(bundle: VerifiedBundle) -> StateStatement:
    """What a bundle comes to, by this program's own fold. Raises `Refused` as `tree_of`."""
    tree = tree_of(bundle)
    state = state_commitment(tree.salt(STATE), state_bytes(bundle.state))
    return StateStatement(bundle.origin, bundle.size, bundle.root, tree.size, tree.root, state)


def format_statement(said: StateStatement) -> str:
    """The note's text."""
    roots = (encode_base64(found) for found in (said.root, said.facts_root, said.state))
    root, facts_root, state = roots
    return f"{FIRST_LINE}\n{said.origin}\n{said.size}\n{root}\n{said.facts}\n{facts_root}\n{state}\n"


def parse_statement(text: str) -> StateStatement:
    """Raises `Refused` with code `statement.version` or `statement.lines`."""
    lines = text.split("\n")
    if lines[0] != FIRST_LINE:
        raise refuse("statement.version", f"The note does not begin with “{FIRST_LINE}”.",
                     instead="Ask for a statement on the state of the record.")  # fmt: skip
    if len(lines) == 8 and not lines[7]:
        size, facts = parse_decimal(lines[2]), parse_decimal(lines[4])
        root, facts_root, state = (decode_hash(lines[at]) for at in (3, 5, 6))
        if size and facts and root and facts_root and state:
            return StateStatement(lines[1], size, root, facts, facts_root, state)
    raise refuse("statement.lines", "A state statement has seven lines: its name, the origin, the number of acts, the "
                 "log’s root, the number of facts, their root, and the digest of the state.",
                 instead="Ask for the statement again.")  # fmt: skip


def sign_statement(said: StateStatement, signer: NoteSigner) -> bytes:
    """The note, with one line. signer: whoever folded the record to this statement."""
    text = format_statement(said)
    return format_note(Note(text, (signer.sign(text),)))


def merge_statements(notes: Iterable[bytes]) -> bytes:
    """One note with the lines of all. Raises `Refused` with code `statement.differs` where they say different things."""
    first, *others = notes
    for note in others:
        one, other = parse_statement(parse_note(first).text), parse_statement(parse_note(note).text)
        if one != other:
            raise _differs(one, other)
        first = add_signatures(first, parse_note(note).signatures)
    return first


def _differs(one: StateStatement, other: StateStatement) -> Refused:
    if (one.origin, one.size) != (other.origin, other.size):
        return refuse("statement.differs", f"One is of {one.size} acts of {one.origin}, the other of {other.size} of "
                      f"{other.origin}.",
                      instead="Sign statements on the record up to the same act.")  # fmt: skip
    if one.root != other.root:
        return refuse("statement.differs", f"They are of two different records of {one.size} acts: the log was forked.",
                      "RFC 6962 sec. 2.1", "Keep both, and compare the two bundles with what the other parties hold.",
                      )  # fmt: skip
    return refuse("statement.differs", "The same acts were folded to two different states.",
                  instead="Fold them with the same version of this program; keep both if they still differ.",
                  )  # fmt: skip


def statement_verifiers(keys: Iterable[VerifierKey]) -> tuple[NoteVerifier, ...]:
    """The keys under which cosigners sign statements: those of theirs that are Ed25519 keys."""
    return tuple(
        NoteVerifier(VerifierKey(key.name, ED25519, key.public_key))
        for key in keys
        if key.algorithm == ED25519_COSIGNATURE
    )


def open_statement(raw: bytes, process: Process, later: Iterable[VerifierKey] = ()) -> OpenedStatement:
    """Check a statement against the cosigners and the quorum that the convening act names. later: keys of cosigners named
    since: their lines must hold, and count towards no quorum but that of a reader's own policy.

    Raises `Refused` with code `statement.quorum` (too few cosigners, counted by name, or none named), `statement.origin`,
    `statement.signature` (a line that is no cosigner's), or as `open_note` and `parse_statement` do.
    """
    needed = process.quorum
    counted, others = statement_verifiers(map(parse_vkey, process.cosigners)), statement_verifiers(later)
    if not needed or not counted:
        raise refuse("statement.quorum", "The convening act names no cosigner, or asks for none: nobody can "
                     "sign for others.",
                     instead="Fold a replay bundle: it needs nobody’s word.")  # fmt: skip
    opened = open_note(raw, (*counted, *others))
    said = parse_statement(opened.text)
    if said.origin != process.origin:
        raise refuse("statement.origin", f"The statement is on {said.origin}.",
                     instead="Ask for one on this process.")  # fmt: skip
    if opened.unverified:
        raise refuse("statement.signature", f"“{opened.unverified[0].name}” is no cosigner whom the record names, "
                     "or signs with another key.", _CLAUSE,
                     "Ask for a statement with the cosigners’ lines only.")  # fmt: skip
    quorum = {(found.key.name, found.key.key_id) for found in counted}
    signers = tuple(
        dict.fromkeys(line.name for line in opened.verified if (line.name, line.key_id) in quorum)
    )
    if len(signers) < needed:
        raise refuse("statement.quorum", f"{len(signers)} of the cosigners have signed; the convening act asks "
                     f"for {needed}.",
                     instead="Ask more of them to sign the same statement.")  # fmt: skip
    lines = {(line.name, line.key_id) for line in opened.verified}
    signed = [found.key for found in (*counted, *others) if (found.key.name, found.key.key_id) in lines]
    keys = tuple(VerifierKey(key.name, ED25519_COSIGNATURE, key.public_key) for key in signed)
    return OpenedStatement(said, signers, keys)
