"""A verified snapshot: the folded state of a main record, by a statement that a quorum of its cosigners signed, so that a
long record opens without being folded again, and goes on from there (docs/specs/state-statement.md).

    detente verified snapshot v1
    <the anchor: process, act, path, checkpoint, statement>
    edge <number of hashes>
    <the right edge of the tree at N, largest subtree first; a line for each>
    salt <base64>
    state <number of bytes>
    <the state's bytes>

It rests on the quorum's word, where a replay bundle rests on nobody's; and shows what a replay bundle shows. Whoever has
both sees whether the two agree.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import BinaryIO, Final

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.proofs.anchor import Anchored, AnchorReader, write_anchor
from detente.proofs.replay_bundle import VerifiedBundle, verify_bundle
from detente.proofs.state_bytes import read_state, state_bytes
from detente.proofs.state_statement import STATE, state_commitment, tree_of
from detente.state.records import State
from detente.tlog.line import encode_base64
from detente.tlog.merkle import Edge

FIRST_LINE: Final = "detente verified snapshot v1"
_INSTEAD: Final = "Ask for the snapshot again, or fold a replay bundle."


class SignedState(Struct, frozen=True):
    """What a quorum has signed. edge: of the tree at the statement's size; raw: the state's bytes, in the shape of
    whatever version of a program wrote them."""

    anchored: Anchored
    edge: Edge
    raw: bytes


class VerifiedSnapshot(Struct, frozen=True):
    """edge: of the tree at the statement's size."""

    anchored: Anchored
    state: State
    edge: Edge

    @property
    def size(self) -> int:
        return self.state.size


def write_snapshot(out: BinaryIO, bundle: VerifiedBundle, statement: bytes) -> None:
    """bundle: what the statement is on. Raises `Refused` as `write_anchor`."""
    raw, salt = state_bytes(bundle.state), tree_of(bundle).salt(STATE)
    out.write(f"{FIRST_LINE}\n".encode())
    write_anchor(out, bundle, statement)
    edge = Edge.empty().extend(bundle.leaves)
    out.write(f"edge {len(edge.hashes)}\n".encode())
    out.write("".join(f"{encode_base64(node)}\n" for node in edge.hashes).encode())
    out.write(f"salt {encode_base64(salt)}\nstate {len(raw)}\n".encode() + raw)


def open_snapshot(file: BinaryIO) -> VerifiedSnapshot:
    """Check a snapshot and read it. Nothing is read before its digest is the one signed.

    Raises `Refused`: what broke, in words; `state.shape` where another version wrote it.
    """
    signed = open_signed_state(file)
    state, said = read_state(signed.raw), signed.anchored.statement
    if (state.size, state.process) != (said.size, signed.anchored.process):
        raise refuse("snapshot.state", "The state is of another record than the statement.", instead=_INSTEAD)
    return VerifiedSnapshot(signed.anchored, state, signed.edge)


def open_signed_state(file: BinaryIO) -> SignedState:
    """Check a snapshot of whatever version, and leave its state unread. Raises `Refused`: what broke, in words."""
    reader = AnchorReader(file, "snapshot", _INSTEAD)
    anchored = reader.anchor(FIRST_LINE)
    edge = _edge(reader, anchored)
    salt, length = reader.hash(reader.text("salt")), reader.number(reader.text("state"))
    raw = reader.rest()
    if len(raw) != length or state_commitment(salt, raw) != anchored.statement.state:
        raise reader.fault("state", "what follows is not the state that the statement signs.")
    return SignedState(anchored, edge, raw)


def _edge(reader: AnchorReader, anchored: Anchored) -> Edge:
    said = anchored.statement
    count = reader.number(reader.text("edge"))
    if count != said.size.bit_count():
        raise reader.fault(
            "number", f"the edge of a tree of {said.size} acts has {said.size.bit_count()} hashes."
        )
    edge = Edge(said.size, tuple(reader.hash(reader.plain(reader.raw_line())) for _ in range(count)))
    if edge.root() != said.root:
        raise reader.fault("edge", "the edge is not of the tree that the statement names.")
    return edge


def fold_against(
    file: BinaryIO,
    snapshot: VerifiedSnapshot,
    progress: Callable[[int], None] = lambda _done: None,
    checkers: Executor | None = None,
) -> VerifiedBundle:
    """Fold a whole replay bundle, and see that its first acts come to what the quorum signed. progress, checkers: as of
    `verify_bundle`.

    Raises `Refused`: `snapshot.longer`, `snapshot.another_history`, `snapshot.fold`, or as `verify_bundle`.
    """
    states: list[State] = []

    def folded(size: int, state: State) -> None:
        if size == snapshot.size:
            states.append(state)

    bundle = verify_bundle(file, progress, checkers, folded)
    said, signers = snapshot.anchored.statement, ", ".join(snapshot.anchored.signers)
    if bundle.size < said.size:
        raise refuse("snapshot.longer", f"The bundle has {bundle.size} acts and the snapshot is of {said.size}.",
                     instead="Take a bundle that has grown as far.")  # fmt: skip
    if Edge.empty().extend(bundle.leaves[: said.size]).root() != said.root:
        raise refuse("snapshot.another_history", f"The bundle's first {said.size} acts are not those that {signers} "
                     "signed for: the log was forked, or one of the two is of another record.", "RFC 6962 sec. 2.1",
                     "Keep both files, and compare them with what the other parties hold.")  # fmt: skip
    if states != [snapshot.state]:
        raise refuse("snapshot.fold", f"The same {said.size} acts come to another state here than the one that "
                     f"{signers} signed.",
                     instead="Do not rely on the snapshot. Keep both files and show them to the other cosigners: those "
                     "who signed did not fold the record, or not by its rules.")  # fmt: skip
    return bundle
