"""That a record still is the one seen before: it extends the last checkpoint verified here, and holds every act whose
receipt is kept.

Where it does not, both checkpoints are kept, and the file that proves it to anybody where there is one. Nothing is
signed on such a record. Every act cites what was verified here as `seen`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from detente.client.contradiction import FOLDER, identity_in, keep_contradiction, nodes_of
from detente.client.outbox import kept_receipts
from detente.client.replica import CopiedLog, Replica
from detente.codec.refusal import Refused, refuse
from detente.proofs.misconduct import Evidence, LogIdentity, another_act, two_histories
from detente.tlog.checkpoint import Checkpoint, parse_checkpoint
from detente.tlog.merkle import Edge
from detente.tlog.proof import TlogProof, parse_proof
from detente.tlog.signed_note import parse_note

CLAUSE: Final = "C2SP tlog-checkpoint"
SEEN: Final = "last-seen.note"


class _Kept(NamedTuple):
    """A checkpoint kept here, and what its log must hold under it: a receipt's proof, and the leaf it is of."""

    note: bytes
    proof: TlogProof | None = None
    leaf: bytes = b""


def check_record(folder: Path, replica: Replica, tell: Callable[[bytes], object] | None) -> None:
    """Compare a verified record with what is kept in `folder`, and keep its checkpoint as the last one seen.

    tell: shows the host a checkpoint that the record does not hold, since one that runs from an old backup stops then,
    before it forks; None where the record is a copy from this machine's disk, which says nothing of what came after it.

    Raises `Refused`: `seen.behind`, `seen.foreign` or `receipt.lost`; both checkpoints are kept then, with the evidence.
    """
    main, file = replica.logs[replica.record.origin], folder / SEEN
    kept: dict[str, list[_Kept]] = {main.origin: [_Kept(file.read_bytes())] if file.exists() else []}
    for receipt in kept_receipts(folder):
        proof = parse_proof(receipt.proof)
        kept.setdefault(receipt.log, []).append(_Kept(proof.checkpoint, proof, receipt.leaf))
    for origin, of_log in kept.items():
        if origin in replica.logs:  # whoever has left a chamber is not given its acts
            try:
                _check_log(folder, replica.logs[origin], identity_in(main), of_log, older=tell is None)
            except _Contradicted as found:
                if tell is not None:
                    with suppress(Refused):
                        tell(found.kept)
                raise found.refused from found
    if not (file.exists() and _opened(file.read_bytes()).size > len(main.acts)):
        partial = file.with_suffix(".part")
        partial.write_bytes(main.note)
        partial.replace(file)


def _check_log(
    folder: Path, log: CopiedLog, identity: LogIdentity, kept: Sequence[_Kept], *, older: bool
) -> None:
    """Where all leaves are at hand, no proof is needed: the roots at the earlier sizes are computed."""
    leaves = log.leaves
    roots = _roots_at(leaves, {_opened(one.note).size for one in kept})
    for one in kept:
        earlier = _opened(one.note)
        if one.proof is not None and one.proof.index < len(leaves) and leaves[one.proof.index] != one.leaf:
            evidence = another_act(log.origin, identity, one.proof, one.leaf, log.note, nodes_of(log))
            raise _contradicted(folder, one.note, log.note, evidence, "receipt.lost",
                                f"The record holds another act {one.proof.index + 1} than the one whose receipt is kept "
                                "here.")  # fmt: skip
        if earlier.size > len(leaves) and not older:
            sentence = f"The host shows {len(leaves)} acts; {earlier.size} were verified here before."
            raise _contradicted(folder, one.note, log.note, None, "seen.behind", sentence)
        if roots.get(earlier.size, earlier.root) != earlier.root:
            evidence = two_histories(log.origin, identity, one.note, log.note, nodes_of(log))
            raise _contradicted(folder, one.note, log.note, evidence, "seen.foreign",
                                f"This record shows another state of its first {earlier.size} acts than the one "
                                "verified here before.")  # fmt: skip


def _roots_at(leaves: Sequence[bytes], sizes: Set[int]) -> dict[int, bytes]:
    """The root after each of these many leaves, as far as there are so many."""
    edge, found = Edge.empty(), {}
    for size in sorted(sizes):
        if size <= len(leaves):
            edge = edge.extend(leaves[edge.size : size])
            found[size] = edge.root()
    return found


def _opened(note: bytes) -> Checkpoint:
    return parse_checkpoint(parse_note(note).text)


class _Contradicted(Exception):  # noqa: N818
    """kept: the checkpoint that the record does not hold; refused: what is said of it."""

    def __init__(self, kept: bytes, refused: Refused) -> None:
        super().__init__(str(refused))
        self.kept, self.refused = kept, refused


def _contradicted(
    folder: Path, kept: bytes, shown: bytes, evidence: Evidence | None, code: str, sentence: str
) -> _Contradicted:
    found = keep_contradiction(folder / FOLDER, kept, shown, evidence)
    return _Contradicted(kept, refuse(code, sentence, CLAUSE, f"Nothing is signed. {found.instead}"))
