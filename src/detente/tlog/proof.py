"""Receipts: a proof, to be checked offline, that an entry stands in a log (C2SP tlog-proof).

    c2sp.org/tlog-proof@v1
    index 1
    <a hash of the inclusion proof in base64, leaf's sibling first; a line for each>
                                                                 (an empty line)
    <the checkpoint with its signatures, as it is>

A line `extra <base64>` may stand before the index. Nothing authenticates it: it is parsed for other logs'
proofs, and `check_proof` refuses a proof that has one.

    >>> proof = TlogProof(index=0, hashes=(), checkpoint=b"...")
    >>> format_proof(proof)
    b'c2sp.org/tlog-proof@v1\\nindex 0\\n\\n...'
    >>> parse_proof(format_proof(proof)) == proof
    True
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from detente.codec.refusal import Refused, refuse
from detente.tlog.checkpoint import Cosigned, open_checkpoint
from detente.tlog.line import LARGEST_NUMBER, decode_base64, decode_hash, encode_base64, parse_decimal
from detente.tlog.merkle import check_inclusion
from detente.tlog.signed_note import Verifier

FIRST_LINE = "c2sp.org/tlog-proof@v1"
_LONGEST_PATH = 63  # a tree has fewer than 2^63 leaves
_CLAUSE = "C2SP tlog-proof"


class TlogProof(msgspec.Struct, frozen=True):
    """A proof nobody has checked yet.

    index: of the entry, from 0; hashes: 32 bytes each, the leaf's sibling first; checkpoint: the signed note,
    unopened; extra: data that nothing authenticates, empty where there is none.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""


def format_proof(proof: TlogProof) -> bytes:
    """Raises `Refused` with code `proof.index`, `proof.path_length` or `proof.hash` where the parts make no proof."""
    lines = [FIRST_LINE]
    if proof.extra:
        lines.append(f"extra {encode_base64(proof.extra)}")
    lines.append(f"index {proof.index}")
    lines += map(encode_base64, proof.hashes)
    # Checked part by part: a depositary formats one for every act, and parsing it again would double the cost.
    if not 0 <= proof.index <= LARGEST_NUMBER:
        raise _refuse("proof.index", "The index is not a number from 0 to 2^63 - 1.")
    if len(proof.hashes) > _LONGEST_PATH:
        raise _refuse("proof.path_length", "The proof has more than 63 hashes.")
    if not {32}.issuperset(map(len, proof.hashes)):
        raise _refuse("proof.hash", "A hash of the proof is not 32 bytes.")
    return "\n".join(lines).encode() + b"\n\n" + proof.checkpoint


def parse_proof(raw: bytes) -> TlogProof:
    """Raises `Refused` with code `proof.malformed`, `proof.extra`, `proof.index`, `proof.path_length` or
    `proof.hash`. Nothing is verified: see `check_proof`.
    """
    head, found, checkpoint = raw.partition(b"\n\n")
    if not found or not head.isascii():
        raise _refuse("proof.malformed", "The proof has no head of ASCII lines before an empty line.")
    lines = head.decode().split("\n")
    if lines.pop(0) != FIRST_LINE:
        raise _refuse("proof.malformed", f"The proof does not start with “{FIRST_LINE}”.")
    extra = _parse_extra(lines.pop(0)) if lines and lines[0].startswith("extra ") else b""
    index = parse_decimal(lines.pop(0).removeprefix("index ")) if lines and lines[0][:6] == "index " else None
    if index is None:
        raise _refuse("proof.index", "The proof has no line “index N” with a decimal number.")
    if len(lines) > _LONGEST_PATH:
        raise _refuse("proof.path_length", "The proof has more than 63 hashes.")
    return TlogProof(index, tuple(map(_parse_hash, lines)), checkpoint, extra)


class CheckedProof(msgspec.Struct, frozen=True):
    """The entry stands at `index` in the tree (size, root), which the log signed.

    cosigners: one for each known cosigner's key that verified; a quorum counts names.
    """

    index: int
    size: int
    root: bytes
    cosigners: tuple[Cosigned, ...]


def check_proof(
    proof: TlogProof, leaf_hash: bytes, log: Verifier, cosigners: Sequence[Verifier] = ()
) -> CheckedProof:
    """Check that `log` proves the entry with `leaf_hash` (32 bytes), and which known `cosigners` signed.

    How many cosigners are enough is the caller's policy. Raises `Refused` with code `proof.extra`, or one of
    those of `open_checkpoint` and `check_inclusion`.
    """
    if proof.extra:
        raise _refuse("proof.extra", "The proof carries extra data, which nothing authenticates.")
    opened = open_checkpoint(proof.checkpoint, log, cosigners)
    size, root = opened.checkpoint.size, opened.checkpoint.root
    check_inclusion(leaf_hash, proof.index, size, proof.hashes, root)
    return CheckedProof(proof.index, size, root, opened.cosigners)


def _parse_extra(line: str) -> bytes:
    extra = decode_base64(line.removeprefix("extra "))
    if not extra:
        raise _refuse(
            "proof.extra", "The extra data is empty or not base64; without any, the line is left out."
        )
    return extra


def _parse_hash(line: str) -> bytes:
    node = decode_hash(line)
    if node is None:
        raise _refuse("proof.hash", "A line of the inclusion proof is not 32 bytes in base64.")
    return node


def _refuse(code: str, sentence: str) -> Refused:
    return refuse(code, sentence, _CLAUSE)
