"""That a record still is the one seen before: it extends the last checkpoint verified here, and holds every act whose
receipt is kept.

Where it does not, both checkpoints are kept, and the file that proves it to anybody where there is one. Nothing is
signed on such a record. Every act cites what was verified here as `seen`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from detente.client.contradiction import FOLDER, identity_in, keep_contradiction, nodes_of
from detente.client.outbox import kept_receipts
from detente.client.replica import CopiedLog, Replica
from detente.codec.refusal import Refused, refuse
from detente.proofs.later_acts import WentOn
from detente.proofs.misconduct import Evidence, LogIdentity, another_act, two_histories
from detente.store.durable_files import write_whole
from detente.tlog.checkpoint import unverified_checkpoint
from detente.tlog.merkle import Edge, ReadNode, prefix_root, prove_prefix
from detente.tlog.proof import TlogProof, parse_proof

CLAUSE: Final = "C2SP tlog-checkpoint"
SEEN: Final = "last-seen.note"


class _Kept(NamedTuple):
    """A checkpoint kept here, and what its log must hold under it: a receipt's proof, and the leaf it is of."""

    note: bytes
    proof: TlogProof | None = None
    leaf: bytes = b""


def check_record(
    folder: Path, replica: Replica, tell: Callable[[bytes], object] | None, copied: Iterable[bytes] = ()
) -> None:
    """Compare a verified record with what is kept in `folder`, and keep its checkpoint as the last one seen.

    copied: checkpoints of the logs, chambers too, of a copy that this record is to take the place of. tell: shows the
    host a checkpoint that the record does not hold, since one that runs from an old backup stops then, before it forks;
    None where the record is a copy from this machine's disk, which says nothing of what came after it.

    Raises `Refused`: `seen.behind`, `seen.foreign` or `receipt.lost`; both checkpoints are kept then, with the evidence.
    """
    main, file = replica.logs[replica.record.origin], folder / SEEN
    kept: dict[str, list[_Kept]] = {main.origin: [_Kept(file.read_bytes())] if file.exists() else []}
    for receipt in kept_receipts(folder):
        proof = parse_proof(receipt.proof)
        kept.setdefault(receipt.log, []).append(_Kept(proof.checkpoint, proof, receipt.leaf))
    for note in copied:
        kept.setdefault(unverified_checkpoint(note).origin, []).append(_Kept(note))
    for origin, of_log in kept.items():
        if origin in replica.logs:  # whoever has left a chamber is not given its acts
            try:
                _check_log(folder, replica.logs[origin], identity_in(main), of_log, older=tell is None)
            except _Contradicted as found:
                if tell is not None:
                    with suppress(Refused):
                        tell(found.kept)
                raise found.refused from found
    if not (file.exists() and unverified_checkpoint(file.read_bytes()).size > len(main.acts)):
        _keep_seen(file, main.note)


def check_gone_on(folder: Path, record: WentOn, read: ReadNode, tell: Callable[[bytes], object]) -> None:
    """The same of a record known from a snapshot, whose acts are not all at hand: its tree must begin with the trees of
    the last checkpoint seen, and of every receipt of the main log that is kept. read: nodes of that tree, as the host
    gives them.

    Raises `Refused`: `seen.behind` or `seen.foreign`, as `check_record`; or as the nodes are refused, where they do not
    lead to the root of the record.
    """
    identity, file = record.snapshot.anchored.identity, folder / SEEN
    shown, kept = unverified_checkpoint(record.note), [file.read_bytes()] if file.exists() else []
    kept += [
        parse_proof(receipt.proof).checkpoint
        for receipt in kept_receipts(folder)
        if receipt.log == shown.origin
    ]
    for note in {unverified_checkpoint(note): note for note in kept}.values():
        try:
            _check_begins_with(folder, identity, note, record.note, read)
        except _Contradicted as found:
            with suppress(Refused):
                tell(found.kept)
            raise found.refused from found
    if not (file.exists() and unverified_checkpoint(file.read_bytes()).size > shown.size):
        _keep_seen(file, record.note)


def _check_begins_with(folder: Path, identity: LogIdentity, kept: bytes, note: bytes, read: ReadNode) -> None:
    earlier, shown = unverified_checkpoint(kept), unverified_checkpoint(note)
    if earlier.size > shown.size:
        raise _contradicted(folder, kept, note, None, "seen.behind", _behind(shown.size, earlier.size))
    root = shown.root
    if earlier.size < shown.size:
        root = prefix_root(earlier.size, shown.size, prove_prefix(earlier.size, shown.size, read), shown.root)
    if root != earlier.root:
        evidence = two_histories(shown.origin, identity, kept, note, read)
        raise _contradicted(folder, kept, note, evidence, "seen.foreign", _foreign(earlier.size))


def _behind(shown: int, seen: int) -> str:
    return f"The host shows {shown} acts; {seen} were verified here before."


def _foreign(size: int) -> str:
    return f"This record shows another state of its first {size} acts than the one verified here before."


def _keep_seen(file: Path, note: bytes) -> None:
    write_whole(file, note)


def _check_log(
    folder: Path, log: CopiedLog, identity: LogIdentity, kept: Sequence[_Kept], *, older: bool
) -> None:
    """Where all leaves are at hand, no proof is needed: the roots at the earlier sizes are computed."""
    leaves = log.leaves
    roots = _roots_at(leaves, {unverified_checkpoint(one.note).size for one in kept})
    for one in kept:
        earlier = unverified_checkpoint(one.note)
        if one.proof is not None and one.proof.index < len(leaves) and leaves[one.proof.index] != one.leaf:
            evidence = another_act(log.origin, identity, one.proof, one.leaf, log.note, nodes_of(log))
            raise _contradicted(folder, one.note, log.note, evidence, "receipt.lost",
                                f"The record holds another act {one.proof.index + 1} than the one whose receipt is kept "
                                "here.")  # fmt: skip
        if earlier.size > len(leaves) and not older:
            said = _behind(len(leaves), earlier.size)
            raise _contradicted(folder, one.note, log.note, None, "seen.behind", said)
        if roots.get(earlier.size, earlier.root) != earlier.root:
            evidence = two_histories(log.origin, identity, one.note, log.note, nodes_of(log))
            raise _contradicted(folder, one.note, log.note, evidence, "seen.foreign", _foreign(earlier.size))


def _roots_at(leaves: Sequence[bytes], sizes: Set[int]) -> dict[int, bytes]:
    """The root after each of these many leaves, as far as there are so many."""
    edge, found = Edge.empty(), {}
    for size in sorted(sizes):
        if size <= len(leaves):
            edge = edge.extend(leaves[edge.size : size])
            found[size] = edge.root()
    return found


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
