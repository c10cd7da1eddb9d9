"""A small log with fixed keys: the one in the examples of docs/specs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.cosignature import (
    ED25519_COSIGNATURE,
    MLDSA44_COSIGNATURE,
    CosignatureVerifier,
    Cosigner,
)
from detente.tlog.merkle import ReadNode, leaf_hash, prove_inclusion, root_of
from detente.tlog.proof import TlogProof
from detente.tlog.signed_note import Note, NoteSigner, NoteVerifier, format_note

ORIGIN = "detente/demonstrationdemonstration"
ENTRIES = tuple(f"entry {number}".encode() for number in range(5))
LEAVES = tuple(map(leaf_hash, ENTRIES))
TIME = 1761618600


def seed_of(name: str) -> bytes:
    return sha256(f"detente demonstration key: {name}".encode()).digest()


LOG = NoteSigner.from_seed(ORIGIN, seed_of(ORIGIN))
WITNESS_A = Cosigner.from_seed("witness-a.example", ED25519_COSIGNATURE, seed_of("witness-a.example"))
WITNESS_B = Cosigner.from_seed("witness-b.example", ED25519_COSIGNATURE, seed_of("witness-b.example"))
LOG_MLDSA = Cosigner.from_seed(ORIGIN, MLDSA44_COSIGNATURE, seed_of(ORIGIN))

LOG_VERIFIER = NoteVerifier(LOG.key)
VERIFIER_A, VERIFIER_B, VERIFIER_MLDSA = (
    CosignatureVerifier(cosigner.key) for cosigner in (WITNESS_A, WITNESS_B, LOG_MLDSA)
)


def read_from(leaves: Sequence[bytes]) -> ReadNode:
    """`read(level, index)` by hashing the leaves again: slow, and independent of tiles and edges."""

    def read(level: int, index: int) -> bytes:
        below = leaves[index << level : (index + 1) << level]
        assert len(below) == 1 << level, "the proof asked for a subtree that is not complete"
        return root_of(below)

    return read


def checkpoint_text(leaves: Sequence[bytes] = LEAVES, origin: str = ORIGIN) -> str:
    return format_checkpoint(Checkpoint(origin, len(leaves), root_of(leaves)))


def signed_checkpoint(*cosigners: Cosigner, leaves: Sequence[bytes] = LEAVES) -> bytes:
    """The checkpoint of `leaves`, signed by the log and each of `cosigners`, a second apart."""
    text = checkpoint_text(leaves)
    lines = [cosigner.sign(text, TIME + second) for second, cosigner in enumerate(cosigners)]
    return format_note(Note(text, (LOG.sign(text), *lines)))


def receipt(index: int, *cosigners: Cosigner, leaves: Sequence[bytes] = LEAVES) -> TlogProof:
    path = prove_inclusion(index, len(leaves), read_from(leaves))
    return TlogProof(index, path, signed_checkpoint(*cosigners, leaves=leaves))
