"""Knowing where a long record stands: from a verified snapshot, and from the acts after it, against folding all of it."""

from __future__ import annotations

import gc
import io
import statistics
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from benchmarks.figure import Figure, timed
from benchmarks.synthetic import LongTalks, demonstration_key
from detente.cli.verifying.long_record import checking_processes
from detente.codec.base64url import encode_base64url
from detente.proofs.later_acts import go_on, write_later_acts
from detente.proofs.replay_bundle import FIRST_LINE, VerifiedBundle, verify_bundle
from detente.proofs.state_statement import merge_statements, sign_statement, statement_on
from detente.proofs.verified_snapshot import open_snapshot, write_snapshot
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.merkle import Edge, leaf_hash, nodes_over
from detente.tlog.signed_note import Note, NoteSigner, VerifierKey, format_note, format_vkey

COSIGNERS = ("harbour.example", "lighthouse.example", "mill.example")
LATER: Final = 1_000
"""Acts that came after the snapshot."""
AIM = 2.0
"""Seconds for a million acts."""


class Made(NamedTuple):
    """A record of three cosigners. snapshot: of its first acts; later: what came after; folding: seconds that it took."""

    snapshot: bytes
    later: bytes
    folding: float


def measure(size: int, runs: int) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        made = _made(size, Path(folder) / "bundle")
    folded, over = size / made.folding, "the whole fold, signatures included, two cores"
    yield Figure("fold a replay bundle", folded, "acts/s", 1)
    rates = [size / timed(lambda: open_snapshot(io.BytesIO(made.snapshot))) for _ in range(runs)]
    rate = statistics.median(rates)
    yield Figure(
        "open a verified snapshot", rate, "acts/s", runs, over, folded, "a million in 2 s", rate >= 1e6 / AIM
    )

    def known() -> None:
        go_on(io.BytesIO(made.later), open_snapshot(io.BytesIO(made.snapshot)))

    rate = statistics.median((size + LATER) / timed(known) for _ in range(runs))
    yield Figure(f"the same, and {LATER:,} later acts folded on it", rate, "acts/s", runs, over, folded)
    yield Figure("bytes of the snapshot", len(made.snapshot) / size, "B/act", 1)


def _made(size: int, file: Path) -> Made:
    """The fold that is timed is also the one whose outcome the cosigners sign."""
    log, keeper = demonstration_key("log"), demonstration_key("K")
    cosigners = tuple(
        format_vkey(VerifierKey(name, ED25519_COSIGNATURE, demonstration_key(name).public))
        for name in COSIGNERS
    )
    talks = LongTalks(encode_base64url(log.public), encode_base64url(keeper.public), cosigners)

    def note(edge: Edge) -> bytes:
        text = format_checkpoint(Checkpoint(talks.origin, edge.size, edge.root()))
        return format_note(Note(text, (NoteSigner(talks.origin, log.public, log.sign).sign(text),)))

    acts = talks.acts(size + LATER)
    gc.disable()
    with file.open("wb") as out:
        # By hand: the checkpoint is signed when the acts have passed, and a million of them are not kept in memory.
        out.write(f"{FIRST_LINE}\nprocess {talks.origin}\nacts {size}\n".encode())
        for act in islice(acts, size):
            out.write(b"act " + act.partition(b"~")[0] + b"~\n")
        signed = note(talks.edge)
        out.write(f"checkpoint {signed.count(10)}\n".encode() + signed)
    later = list(acts)
    gc.enable()
    bundle, took = _folded(file)
    said = statement_on(bundle)
    keys = {name: demonstration_key(name) for name in COSIGNERS}
    statement = merge_statements(
        sign_statement(said, NoteSigner(name, key.public, key.sign)) for name, key in keys.items()
    )
    snapshot, after = io.BytesIO(), io.BytesIO()
    write_snapshot(snapshot, bundle, statement)
    leaves = [*bundle.leaves, *(leaf_hash(act.partition(b"~")[0]) for act in later)]
    write_later_acts(after, talks.origin, size, later, note(talks.edge), nodes_over(leaves))
    return Made(snapshot.getvalue(), after.getvalue(), took)


def _folded(file: Path) -> tuple[VerifiedBundle, float]:
    found: list[VerifiedBundle] = []
    with file.open("rb") as opened, checking_processes() as checkers:
        took = timed(lambda: found.append(verify_bundle(opened, checkers=checkers)))
    return found[0], took
