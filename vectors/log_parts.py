"""A small log with public keys, from which the vectors of notes, checkpoints, proofs and tiles are made.

It is the demonstration log of docs/specs: each seed is SHA-256 of `detente demonstration key: ` and the key's
name. Nothing here is random.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.cosignature import ED25519_COSIGNATURE, Cosigner
from detente.tlog.line import encode_base64
from detente.tlog.merkle import ReadNode, leaf_hash, root_of
from detente.tlog.signed_note import Note, NoteSignature, NoteSigner, format_note, format_vkey

ORIGIN = "detente/demonstrationdemonstration"
TIME = 1761618600
ENTRIES = tuple(f"entry {number}".encode() for number in range(5))
LEAVES = tuple(map(leaf_hash, ENTRIES))

Vector = Mapping[str, object]
Vectors = dict[str, Vector]


def seed_of(name: str) -> bytes:
    return sha256(f"detente demonstration key: {name}".encode()).digest()


LOG = NoteSigner.from_seed(ORIGIN, seed_of(ORIGIN))
WITNESS_A = Cosigner.from_seed("witness-a.example", ED25519_COSIGNATURE, seed_of("witness-a.example"))
WITNESS_B = Cosigner.from_seed("witness-b.example", ED25519_COSIGNATURE, seed_of("witness-b.example"))
STRANGER = NoteSigner.from_seed("stranger.example", seed_of("stranger.example"))

LOG_KEY, KEY_A, KEY_B, STRANGER_KEY = (
    format_vkey(signer.key) for signer in (LOG, WITNESS_A, WITNESS_B, STRANGER)
)


def text_of(leaves: Sequence[bytes] = LEAVES, origin: str = ORIGIN) -> str:
    """The checkpoint's text for a tree over `leaves`."""
    return format_checkpoint(Checkpoint(origin, len(leaves), root_of(leaves)))


def note(text: str, *lines: NoteSignature) -> bytes:
    """A note over any text, by the log where no line is given."""
    return format_note(Note(text, lines or (LOG.sign(text),)))


def checkpoint(*cosigners: Cosigner, leaves: Sequence[bytes] = LEAVES) -> bytes:
    """The checkpoint of `leaves`, signed by the log and each of `cosigners`, a second apart."""
    text = text_of(leaves)
    lines = (cosigner.sign(text, TIME + second) for second, cosigner in enumerate(cosigners))
    return note(text, LOG.sign(text), *lines)


def line_of(name: str, raw: bytes) -> bytes:
    """One signature line as it stands in a note."""
    return f"— {name} {encode_base64(raw)}\n".encode()


def flipped(raw: bytes, at: int = 0) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


def subtrees_of(leaves: Sequence[bytes]) -> ReadNode:
    """`read(level, index)` for the proofs of `merkle`."""
    return lambda level, index: root_of(leaves[index << level : (index + 1) << level])


def latin(raw: bytes) -> str:
    """Any bytes as text: each character of it is one byte."""
    return raw.decode("latin-1")


def write_folder(folder: Path, vectors: Mapping[str, Vector]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in vectors.items():
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="ascii")
