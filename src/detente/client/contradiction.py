"""What is kept on this machine when a log contradicts itself: both checkpoints, and the file that proves it to anybody.

kept-<size>.note, shown-<size>.note         the two checkpoints, as the log signed them
evidence-<first|act>-<number>.detente       the proof, where there is one (docs/specs/evidence-against-a-log.md)
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from detente.acts.convening import Convene
from detente.acts.kinds import Unknown, read_act
from detente.client.replica import CopiedLog, logs_of
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused, refuse
from detente.proofs.misconduct import Evidence, LogIdentity, another_view, two_histories, write_evidence
from detente.signing.envelope import parse_envelope
from detente.tlog.checkpoint import unverified_checkpoint
from detente.tlog.merkle import Edge, ReadNode, nodes_over

FOLDER: Final = "contradiction"


class Kept(Struct, frozen=True):
    """evidence: the file that proves it to anybody; None where the two checkpoints alone do not."""

    folder: Path
    evidence: Path | None

    @property
    def instead(self) -> str:
        """What to do with it, in words."""
        if self.evidence is None:
            return (f"Both checkpoints are kept in {self.folder}: show the larger one to the host and to the other "
                    "parties. The two alone prove nothing yet.")  # fmt: skip
        return (f"{self.evidence} proves it to anybody, who checks it with “detente verify”. Send it to the other "
                "parties and the mediators.")  # fmt: skip


def keep_contradiction(folder: Path, kept: bytes, shown: bytes, evidence: Evidence | None) -> Kept:
    """Keep both checkpoints in `folder`, and the evidence where it holds. kept: the one held here; shown: by the host."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for note, name in ((kept, "kept"), (shown, "shown")):
        (folder / f"{name}-{unverified_checkpoint(note).size}.note").write_bytes(note)
    try:
        return Kept(folder, _written(folder, evidence) if evidence is not None else None)
    except Refused:  # what was shown does not prove it
        return Kept(folder, None)


def keep_two_of_one_size(folder: Path, one: bytes, other: bytes, identity: LogIdentity | None) -> Kept:
    """Keep two checkpoints of one size, each signed by the log, and the file that proves it. identity: where it is not
    known, there is no file."""
    origin = unverified_checkpoint(one).origin
    # Their roots are all that differs: no node of either tree is read.
    evidence = two_histories(origin, identity, one, other, nodes_over(())) if identity is not None else None
    return keep_contradiction(folder, one, other, evidence)


def _written(folder: Path, evidence: Evidence) -> Path:
    file = folder / f"evidence-{evidence.subject}-{evidence.number}.detente"
    file.write_bytes(write_evidence(evidence))
    return file


def keep_foreign_view(folder: Path, copy: BinaryIO, refused: Refused) -> Refused:
    """What to say of a copy that was refused: where somebody in it had seen another record, the evidence is kept."""
    first = refused.refusals[0]
    if first.code != "act.seen_foreign":
        return refused
    try:
        evidence = foreign_view_in(copy)
        if evidence is None:
            return refused
        note = evidence.testimonies[1].note
        found = keep_contradiction(folder / FOLDER, note, note, evidence)
    except (Refused, ValueError):  # no checkpoint of this log follows in the copy
        return refused
    return refuse(first.code, first.sentence, first.clause, found.instead)


def keep_another_history(folder: Path, copy: BinaryIO, before: bytes, refused: Refused) -> Refused:
    """What to say of a copy that does not begin with the acts of a checkpoint that was verified before; the evidence is
    kept. before: that checkpoint, of no more acts than the copy."""
    first = refused.refusals[0]
    if first.code != "copy.another_history":
        return refused
    copy.seek(0)
    main = next(logs_of(copy))
    evidence = two_histories(main.origin, identity_in(main), before, main.note, nodes_of(main))
    found = keep_contradiction(folder / FOLDER, before, main.note, evidence)
    if found.evidence is None:
        return refused  # what is remembered is not what the log signed
    return refuse(first.code, first.sentence, first.clause, found.instead)


def identity_in(log: CopiedLog) -> LogIdentity:
    """What fixes the log's key, from the convening act of a main log that was verified."""
    convening = read_act(parse_envelope(log.acts[0], check_canonical=False).payload)
    assert isinstance(convening, Convene)
    return LogIdentity(convening.convenor_key, convening.label, convening.log_key, convening.nonce)


def nodes_of(log: CopiedLog) -> ReadNode:
    return nodes_over(log.leaves)


def foreign_view_in(copy: BinaryIO) -> Evidence | None:
    """Evidence from a copy that was refused because somebody in it had seen another record: its first such act.

    What is read here is checked by nobody before the evidence is written.
    """
    copy.seek(0)
    main = next(logs_of(copy), None)
    if main is None:
        return None
    edge = Edge.empty()
    roots = [encode_base64url(edge.root())]
    for index, act in enumerate(main.acts):
        envelope = parse_envelope(act, check_canonical=False)
        clear = read_act(envelope.payload)
        if (
            not isinstance(clear, Unknown)
            and 0 < clear.seen[0] <= index
            and roots[clear.seen[0]] != clear.seen[1]
        ):
            return another_view(
                main.origin, identity_in(main), envelope.entry, index, main.note, nodes_of(main)
            )
        edge = edge.append(main.leaves[index])
        roots.append(encode_base64url(edge.root()))
    return None
