"""Opening a verified snapshot of a long record: the quorum's signatures, the digest, the state read by type."""

from __future__ import annotations

import gc
import io
import statistics
from collections.abc import Iterator
from hashlib import sha256

from benchmarks.figure import Figure, timed
from benchmarks.synthetic import LongTalks, demonstration_key
from detente.codec.base64url import encode_base64url
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_statement import merge_statements, sign_statement, statement_on
from detente.proofs.verified_snapshot import open_snapshot, write_snapshot
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.merkle import leaf_hash
from detente.tlog.signed_note import Note, NoteSigner, VerifierKey, format_note, format_vkey

COSIGNERS = ("harbour.example", "lighthouse.example", "mill.example")
AIM = 2.0
"""Seconds for a million acts."""


def measure(size: int, runs: int) -> Iterator[Figure]:
    raw = _snapshot(size)
    took = statistics.median(timed(lambda: open_snapshot(io.BytesIO(raw))) for _ in range(runs))
    rate = size / took
    yield Figure(
        "open a verified snapshot", rate, "acts/s", runs, aim="a million in 2 s", met=rate >= 1e6 / AIM
    )


def _snapshot(size: int) -> bytes:
    bundle = _folded(size)
    said = statement_on(bundle)
    keys = {name: demonstration_key(name) for name in COSIGNERS}
    statement = merge_statements(
        sign_statement(said, NoteSigner(name, key.public, key.sign)) for name, key in keys.items()
    )
    out = io.BytesIO()
    write_snapshot(out, bundle, statement)
    return out.getvalue()


def _folded(size: int) -> VerifiedBundle:
    """A record of three cosigners, as whoever has verified its bundle holds it."""
    log, keeper = demonstration_key("log"), demonstration_key("K")
    cosigners = tuple(
        format_vkey(VerifierKey(name, ED25519_COSIGNATURE, demonstration_key(name).public))
        for name in COSIGNERS
    )
    talks = LongTalks(encode_base64url(log.public), encode_base64url(keeper.public), cosigners)
    first, leaves, content = b"", [], sha256()
    gc.disable()
    for raw in talks.acts(size):
        act = raw.partition(b"~")[0]
        first = first or act + b"~"
        leaves.append(leaf_hash(act))
        content.update(act + b"~")
    gc.enable()
    text = format_checkpoint(Checkpoint(talks.origin, size, talks.edge.root()))
    note = format_note(Note(text, (NoteSigner(talks.origin, log.public, log.sign).sign(text),)))
    return VerifiedBundle(talks.origin, talks.state, tuple(leaves), first, content.digest(), note, ())
