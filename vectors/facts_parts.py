"""A map of facts, and proofs of them, from which the vectors of facts/ are made: on the record of proved/, also as
somebody makes them who keeps no rule. Its facts are written down here: none depends on the rules of any procedure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import count
from typing import Any

from host_parts import cosigner_named
from proved_parts import (
    COSIGNER,
    NAMING,
    ORIGIN,
    TAB,
    WATCHED,
    bare,
    leaves_of,
    line_by,
    note_of,
    noted,
    placed,
)

from detente.proofs.fact_tree import FactLeaf, FactTree
from detente.proofs.state_statement import StateStatement, format_statement, state_commitment
from detente.tlog.line import encode_base64
from detente.tlog.merkle import root_of
from detente.tlog.signed_note import Note, NoteSigner, format_note

BARES = [bare(act) for act in WATCHED]
"""The record: M convenes, admits B and enrols their key; B says two things and names a cosigner."""

FACTS = {
    "phase": "between sessions", "admitted/M": "mediator - 1", "admitted/K": "keeper - 1",
    "admitted/B": "delegate B 2", "text/road": "4 A,B", "steps/road/B/I": "5", "confirmed/4": "5",
}  # fmt: skip
TREE = FactTree(ORIGIN, FACTS, sha256(b"".join(BARES)).digest())
STATE = b"0" * 64 + b'\n{"size":6}'
"""As a version of a program might write it that nobody has: only its digest is signed."""
STATE_SALT = TREE.salt("state")


def outside(index: int) -> str:
    """A key whose place is beyond the leaf at this end of the tree."""
    keys = (f"left/Z{number}" for number in count(1))
    return next(key for key in keys if [leaf.index for leaf in TREE.shown(key)] == [index])


LAST = TREE.size - 1
BEFORE_ALL, AFTER_ALL = outside(0), outside(LAST)
BETWEEN = next(key for key in (f"left/Z{number}" for number in count(1)) if len(TREE.shown(key)) == 2)


# --- the facts of a proof


def lines_of(leaf: FactLeaf, said: str) -> str:
    return f"leaf {leaf.index}{said}\npath {len(leaf.path)}\n" + "".join(
        f"{encode_base64(node)}\n" for node in leaf.path
    )


def present(key: str, value: str = "") -> bytes:
    (leaf,) = TREE.shown(key)
    salt = encode_base64(TREE.salt(key))
    return f"fact {key}\npresent {value or FACTS[key]}\nsalt {salt}\n{lines_of(leaf, '')}".encode()


def absent(key: str, *indices: int, shown: bool = True) -> bytes:
    """By its neighbours, or by the leaves at these places. shown: False where none is to be."""
    leaves = [TREE.leaf(index) for index in indices] or (list(TREE.shown(key)) if shown else [])
    told = (
        lines_of(leaf, f" {encode_base64(leaf.label)} {encode_base64(leaf.commitment)}") for leaf in leaves
    )
    return f"fact {key}\nabsent {len(leaves)}\n{''.join(told)}".encode()


# --- the anchor


def statement_text(acts: Sequence[bytes] = BARES, origin: str = ORIGIN) -> str:
    leaves, state = leaves_of(acts), state_commitment(STATE_SALT, STATE)
    return format_statement(StateStatement(origin, len(leaves), root_of(leaves), TREE.size, TREE.root, state))


def signed(text: str, *names: str) -> bytes:
    """A note that these cosigners have signed as they sign statements."""
    cosigners = [cosigner_named(name) for name in names]
    signers = [NoteSigner(one.key.name, one.public_key, one.sign_bytes) for one in cosigners]
    return format_note(Note(text, tuple(signer.sign(text) for signer in signers)))


def stated(note: bytes) -> bytes:
    return b"statement %d\n%s" % (note.count(b"\n"), note)


def anchor(
    acts: Sequence[bytes] = BARES,
    shown: Sequence[int] = (),
    note: bytes = b"",
    statement: bytes = b"",
    process: str = ORIGIN,
) -> bytes:
    """shown: the acts beside the first; note, statement: of these acts, by log and cosigner, where none is given."""
    first = placed(acts, 0).replace(b"act 1 ", b"act ", 1)
    beside = b"".join(placed(acts, index) for index in shown)
    said = statement or signed(statement_text(acts, process), COSIGNER)
    return (
        f"process {process}\n".encode()
        + first
        + beside
        + noted(note or note_of(acts, process))
        + stated(said)
    )


def proof(*facts: bytes, counted: str = "", **anchored: Any) -> bytes:
    """A proof of facts. anchored: as of `anchor`."""
    told = facts or (present("admitted/B"),)
    heading = f"facts {counted or len(told)}\n".encode()
    return b"detente proof of facts v1\n" + anchor(**anchored) + heading + b"".join(told)


def watched(
    acts: Sequence[bytes] = BARES,
    shown: Sequence[int] = (1, 2, NAMING),
    statement: bytes = b"",
) -> bytes:
    """A proof of which the cosigner has signed the checkpoint whom act 6 names."""
    return proof(acts=acts, shown=shown, note=note_of(acts, ORIGIN, line_by(TAB, acts)), statement=statement)


PROOF = proof(present("admitted/B"), absent(BETWEEN))


def changed(old: bytes, new: bytes, raw: bytes = PROOF) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)
