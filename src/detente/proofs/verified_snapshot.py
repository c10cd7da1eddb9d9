"""A verified snapshot: the folded state of a main record, by a statement that a quorum of its cosigners signed, so that a
long record opens without being folded again (docs/specs/state-statement.md).

    detente verified snapshot v1
    <the anchor: process, act, path, checkpoint, statement>
    salt <base64>
    state <number of bytes>
    <the state's bytes>

It rests on the quorum's word, where a replay bundle rests on nobody's; and shows what a replay bundle shows.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from msgspec import Struct

from detente.proofs.anchor import Anchored, AnchorReader, write_anchor
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_bytes import read_state, state_bytes
from detente.proofs.state_statement import STATE, state_commitment, tree_of
from detente.state.records import State
from detente.tlog.line import encode_base64

FIRST_LINE: Final = "detente verified snapshot v1"


class VerifiedSnapshot(Struct, frozen=True):
    anchored: Anchored
    state: State


def write_snapshot(out: BinaryIO, bundle: VerifiedBundle, statement: bytes) -> None:
    """bundle: what the statement is on. Raises `Refused` as `write_anchor`."""
    raw, salt = state_bytes(bundle.state), tree_of(bundle).salt(STATE)
    out.write(f"{FIRST_LINE}\n".encode())
    write_anchor(out, bundle, statement)
    out.write(f"salt {encode_base64(salt)}\nstate {len(raw)}\n".encode() + raw)


def open_snapshot(file: BinaryIO) -> VerifiedSnapshot:
    """Check a snapshot and read it. Nothing is read before its digest is the one signed.

    Raises `Refused`: what broke, in words; `state.shape` where another version wrote it.
    """
    reader = AnchorReader(file, "snapshot", "Ask for the snapshot again, or fold a replay bundle.")
    anchored = reader.anchor(FIRST_LINE)
    salt, length = reader.hash(reader.text("salt")), reader.number(reader.text("state"))
    raw = reader.rest()
    if len(raw) != length or state_commitment(salt, raw) != anchored.statement.state:
        raise reader.fault("state", "what follows is not the state that the statement signs.")
    state = read_state(raw)
    if (state.size, state.process) != (anchored.statement.size, anchored.process):
        raise reader.fault("state", "the state is of another record than the statement.")
    return VerifiedSnapshot(anchored, state)
