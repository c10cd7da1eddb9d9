"""Facts of a record proved to anybody, present or absent, by a statement that a quorum of its cosigners signed
(docs/specs/state-statement.md).

    detente proof of facts v1
    <the anchor: process, act, path, checkpoint, statement>
    facts <how many>
    fact <key>
    present <value>                            followed by `salt`, `leaf <index>` and the leaf's path; or
    absent <number of neighbours>              followed, for each, by `leaf <index> <label> <commitment>` and its path
    fact ...
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from msgspec import Struct

from detente.codec.refusal import refuse
from detente.procedure.fact_keys import check_asked
from detente.proofs.anchor import Anchored, AnchorReader, write_anchor
from detente.proofs.fact_tree import FactLeaf, FactTree, commitment_of, label_of
from detente.proofs.path_lines import write_path
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_statement import tree_of
from detente.tlog.line import encode_base64
from detente.tlog.merkle import check_inclusion

FIRST_LINE: Final = "detente proof of facts v1"
MOST_FACTS: Final = 1000


class ProvedFact(Struct, frozen=True):
    """value: None where the record does not hold it."""

    key: str
    value: str | None


class ProvedFacts(Struct, frozen=True):
    anchored: Anchored
    facts: tuple[ProvedFact, ...]


def write_proof_of_facts(
    out: BinaryIO, bundle: VerifiedBundle, statement: bytes, keys: Sequence[str]
) -> tuple[ProvedFact, ...]:
    """Prove what the record holds under each of `keys`, and what it does not. bundle: what the statement is on.

    Raises `Refused`: `fact.*` for a key that cannot be asked of this record, or as `write_anchor`.
    """
    state = bundle.state
    for key in keys:
        check_asked(key, state.convened.sides, state.size, state.instruments)
    if not 0 < len(keys) <= MOST_FACTS:
        raise refuse(
            "facts.number", f"A file proves from 1 to {MOST_FACTS} facts.", instead="Name those you need."
        )
    tree = tree_of(bundle)
    out.write(f"{FIRST_LINE}\n".encode())
    write_anchor(out, bundle, statement)
    out.write(f"facts {len(keys)}\n".encode())
    for key in keys:
        _write_fact(out, tree, key)
    return tuple(ProvedFact(key, tree.value(key)) for key in keys)


def _write_fact(out: BinaryIO, tree: FactTree, key: str) -> None:
    value, leaves = tree.value(key), tree.shown(key)
    out.write(f"fact {key}\n".encode())
    if value is not None:
        out.write(f"present {value}\nsalt {encode_base64(tree.salt(key))}\nleaf {leaves[0].index}\n".encode())
        write_path(out, leaves[0].path)
        return
    out.write(f"absent {len(leaves)}\n".encode())
    for leaf in leaves:
        out.write(
            f"leaf {leaf.index} {encode_base64(leaf.label)} {encode_base64(leaf.commitment)}\n".encode()
        )
        write_path(out, leaf.path)


def verify_proof_of_facts(file: BinaryIO) -> ProvedFacts:
    """Check everything in it. Raises `Refused`: what broke, where, in words."""
    reader = _FactsReader(file, "facts", "Ask for the proof again, and keep this file.")
    anchored = reader.anchor(FIRST_LINE)
    count = reader.number(reader.text("facts"))
    if not 0 < count <= MOST_FACTS:
        raise reader.fault("number", f"a file proves from 1 to {MOST_FACTS} facts.")
    facts = tuple(reader.fact(anchored) for _ in range(count))
    if not reader.at_end():
        raise reader.fault("end", "the file goes on after the last fact.")
    return ProvedFacts(anchored, facts)


class _FactsReader(AnchorReader):
    def fact(self, anchored: Anchored) -> ProvedFact:
        key, said = self.text("fact"), anchored.statement
        check_asked(key, anchored.process.sides, said.size)
        label, line = label_of(said.origin, key), self.word("present", "absent")
        rest = self.plain(line.rest)
        if line.word == "present":
            commitment = commitment_of(self.hash(self.text("salt")), rest)
            self._stands(FactLeaf(self.number(self.text("leaf")), label, commitment, self.path()), anchored)
            return ProvedFact(key, rest)
        leaves = [self._neighbour() for _ in range(min(self.number(rest), 3))]
        for leaf in leaves:
            self._stands(leaf, anchored)
        if not _between(label, leaves, said.facts):
            raise self.fault(
                "absent", "the leaves shown are not the neighbours between which the fact would stand."
            )
        return ProvedFact(key, None)

    def _neighbour(self) -> FactLeaf:
        index, _, rest = self.text("leaf").partition(" ")
        label, _, commitment = rest.partition(" ")
        return FactLeaf(self.number(index), self.hash(label), self.hash(commitment), self.path())

    def _stands(self, leaf: FactLeaf, anchored: Anchored) -> None:
        said = anchored.statement
        check_inclusion(leaf.hash, leaf.index, said.facts, leaf.path, said.facts_root)


def _between(label: bytes, leaves: Sequence[FactLeaf], facts: int) -> bool:
    """Whether nothing can stand between them where `label` would: two that follow each other, or the first or last."""
    if len(leaves) == 2:
        before, after = leaves
        return after.index == before.index + 1 and before.label < label < after.label
    if len(leaves) != 1:
        return False
    (end,) = leaves
    return (end.index == 0 and label < end.label) or (end.index == facts - 1 and end.label < label)
