"""That a record still is the one seen before: it extends the last checkpoint verified here, and holds every act whose
receipt is kept.

Where it does not, both checkpoints are kept: each is signed by the log's key, so the pair can be shown to anybody.
Nothing is signed on such a record. Every act cites what was verified here as `seen`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path
from typing import Final, NamedTuple

from detente.client.outbox import kept_receipts
from detente.client.replica import CopiedLog, Replica
from detente.codec.refusal import Refused, refuse
from detente.tlog.checkpoint import Checkpoint, parse_checkpoint
from detente.tlog.merkle import Edge
from detente.tlog.proof import parse_proof
from detente.tlog.signed_note import parse_note

CLAUSE: Final = "C2SP tlog-checkpoint"
SEEN: Final = "last-seen.note"
CONTRADICTION: Final = "contradiction"


class _Kept(NamedTuple):
    """A checkpoint kept here, and the leaf that its log must hold at a place (index from 0): b"" for none."""

    note: bytes
    leaf: bytes = b""
    at: int = 0


def check_record(folder: Path, replica: Replica) -> None:
    """Compare a verified record with what is kept in `folder`, and keep its checkpoint as the last one seen.

    Raises `Refused`: `seen.behind`, `seen.foreign` or `receipt.lost`; both checkpoints are kept then.
    """
    main, file = replica.logs[replica.record.origin], folder / SEEN
    kept: dict[str, list[_Kept]] = {main.origin: [_Kept(file.read_bytes())] if file.exists() else []}
    for receipt in kept_receipts(folder):
        proof = parse_proof(receipt.proof)
        kept.setdefault(receipt.log, []).append(_Kept(proof.checkpoint, receipt.leaf, proof.index))
    for origin, of_log in kept.items():
        if origin in replica.logs:  # whoever has left a chamber is not given its acts
            _check_log(folder, replica.logs[origin], of_log)
    partial = file.with_suffix(".part")
    partial.write_bytes(main.note)
    partial.replace(file)


def _check_log(folder: Path, log: CopiedLog, kept: Sequence[_Kept]) -> None:
    """Where all leaves are at hand, no proof is needed: the roots at the earlier sizes are computed."""
    leaves = log.leaves
    roots = _roots_at(leaves, {_opened(one.note).size for one in kept})
    for one in kept:
        earlier = _opened(one.note)
        if earlier.size > len(leaves):
            sentence = f"The host shows {len(leaves)} acts; {earlier.size} were verified here before."
            raise _contradicted(folder, one.note, log.note, "seen.behind", sentence)
        if roots[earlier.size] != earlier.root:
            raise _contradicted(folder, one.note, log.note, "seen.foreign",
                                f"This record shows another state of its first {earlier.size} acts than the one "
                                "verified here before.")  # fmt: skip
        if one.leaf and leaves[one.at] != one.leaf:
            raise _contradicted(folder, one.note, log.note, "receipt.lost",
                                f"The record does not hold act {one.at + 1}, whose receipt is kept here.")  # fmt: skip


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


def _contradicted(folder: Path, kept: bytes, shown: bytes, code: str, sentence: str) -> Refused:
    where = folder / CONTRADICTION
    where.mkdir(mode=0o700, exist_ok=True)
    for note, name in ((kept, "kept"), (shown, "shown")):
        (where / f"{name}-{_opened(note).size}.note").write_bytes(note)
    return refuse(code, sentence, CLAUSE, f"Nothing is signed. Both checkpoints are kept in {where}: compare them with "
                  "what another party holds; together they may prove a fork.")  # fmt: skip
