"""Receipts (C2SP tlog-proof) and consistency proofs (RFC 6962 sec. 2.1.2): sound ones, and single faults."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from log_parts import (
    ENTRIES,
    KEY_A,
    KEY_B,
    LEAVES,
    LOG_KEY,
    ORIGIN,
    STRANGER,
    TIME,
    WITNESS_A,
    WITNESS_B,
    Vector,
    Vectors,
    checkpoint,
    flipped,
    latin,
    note,
    subtrees_of,
    text_of,
)

from detente.tlog.line import encode_base64
from detente.tlog.merkle import leaf_hash, prove_consistency, prove_inclusion, root_of
from detente.tlog.proof import TlogProof, format_proof

INDEX = 2
PATH = prove_inclusion(INDEX, 5, subtrees_of(LEAVES))


def _receipt(
    index: int = INDEX, path: Sequence[bytes] = PATH, signed: bytes | None = None, extra: bytes = b""
) -> bytes:
    return format_proof(TlogProof(index, tuple(path), checkpoint() if signed is None else signed, extra))


def _vector(
    about: str, raw: bytes, stage: str, code: str, leaf: bytes = LEAVES[INDEX], **expected: object
) -> Vector:
    return {
        "about": about,
        "raw": latin(raw),
        "leaf": leaf.hex(),
        "log": LOG_KEY,
        "cosigners": [KEY_A, KEY_B],
        "expect": {"stage": stage, "code": code, **expected},
    }


def sound_proofs() -> Vectors:
    def sound(about: str, raw: bytes, index: int, size: int = 5, cosigned: Sequence[object] = ()) -> Vector:
        found = {"index": index, "size": size, "cosigned": list(cosigned)}
        return _vector(about, raw, "accepted", "", LEAVES[index], **found)

    def of(index: int, size: int = 5) -> bytes:
        path = prove_inclusion(index, size, subtrees_of(LEAVES[:size]))
        return _receipt(index, path, checkpoint(leaves=LEAVES[:size]))

    both = [["witness-a.example", TIME], ["witness-b.example", TIME + 1]]
    cosigned = _receipt(signed=checkpoint(WITNESS_A, WITNESS_B))
    return {
        "sound": sound("The third act of five.", _receipt(), INDEX),
        "sound_first": sound("The first act of five.", of(0), 0),
        "sound_last": sound("The last act of five, with a shorter path.", of(4), 4),
        "sound_only": sound("The only act: there is no path.", of(0, 1), 0, 1),
        "sound_cosigned": sound("Under a checkpoint with two known cosigners.", cosigned, INDEX, 5, both),
    }


def form_faults() -> Vectors:
    def fault(about: str, code: str, old: str, new: str) -> Vector:
        changed = _receipt().replace(old.encode(), new.encode(), 1)
        return _vector(about, changed, "proof", f"proof.{code}")

    first, second = map(encode_base64, PATH[:2])
    return {
        "version": fault("The first line names another version.", "malformed", "@v1", "@v2"),
        "line_before": fault("An empty line stands before the first.", "malformed", "c2sp", "\nc2sp"),
        "carriage_return": fault("A carriage return ends the first line.", "malformed", "@v1\n", "@v1\r\n"),
        "index_missing": fault("There is no line with an index.", "index", f"index {INDEX}\n", ""),
        "index_leading_zero": fault(
            "The index is written with a leading zero.", "index", "index 2", "index 02"
        ),
        "index_sign": fault("The index has a sign.", "index", "index 2", "index +2"),
        "index_negative": fault("The index is negative.", "index", "index 2", "index -2"),
        "index_beyond_63_bits": fault("The index is 2^63.", "index", "index 2", f"index {2**63}"),
        "index_after_path": fault(
            "The index stands below the path's first line.",
            "index",
            f"index 2\n{first}\n",
            f"{first}\nindex 2\n",
        ),
        "hash_short": fault("A hash of the path has 31 bytes.", "hash", first, encode_base64(bytes(31))),
        "hash_tail": fault("A hash's base64 ends in bits that are not zero.", "hash", "Aes=", "Aet="),
        "hash_base64url": fault("A hash is spelled in base64url.", "hash", "+", "-"),
        "head_not_ascii": fault(
            "A character beyond ASCII stands in the head.", "malformed", first, f"é{first}"
        ),
        "hash_space": fault("A space stands after a hash.", "hash", first, f"{first} "),
        "extra_not_base64": fault("The extra data is no base64.", "extra", "index", "extra !\nindex"),
        "extra_empty": fault("The extra data is empty.", "extra", "index", "extra \nindex"),
        "path_of_64": fault(
            "The path has 64 hashes: no tree is so large.", "path_length", second, "\n".join([second] * 62)
        ),
    }


def check_faults() -> Vectors:
    def fault(about: str, code: str, raw: bytes, leaf: bytes = LEAVES[INDEX], stage: str = "proof") -> Vector:
        return _vector(about, raw, stage, code, leaf)

    text, smaller = text_of(), LEAVES[:4]
    forked = (*LEAVES[:4], leaf_hash(b"another entry 4"))
    swapped = (PATH[1], PATH[0], *PATH[2:])
    return {
        "index_is_the_size": fault("The index equals the size.", "proof.index", _receipt(index=5)),
        "index_above_the_size": fault("The index is above the size.", "proof.index", _receipt(index=2**62)),
        "index_of_another_leaf": fault("The index is that of the sibling.", "proof.root", _receipt(index=3)),
        "path_short": fault("The path lacks a hash.", "proof.path_length", _receipt(path=PATH[:-1])),
        "path_long": fault(
            "The path has a hash too many.", "proof.path_length", _receipt(path=(*PATH, bytes(32)))
        ),
        "path_empty": fault("The path is empty.", "proof.path_length", _receipt(path=())),
        "path_in_another_order": fault(
            "Two hashes of the path change places.", "proof.root", _receipt(path=swapped)
        ),
        "hash_flipped": fault(
            "A hash of the path has one bit changed.",
            "proof.root",
            _receipt(path=(PATH[0], flipped(PATH[1]), *PATH[2:])),
        ),
        "leaf_of_another_act": fault("The leaf is another act's.", "proof.root", _receipt(), LEAVES[3]),
        "leaf_without_its_prefix": fault(
            "The leaf is the plain digest of the entry.",
            "proof.root",
            _receipt(),
            sha256(ENTRIES[INDEX]).digest(),
        ),
        "node_as_leaf": fault(
            "A node is shown as a leaf, one level up.",
            "proof.path_length",
            _receipt(1, PATH[1:]),
            root_of(LEAVES[2:4]),
        ),
        "checkpoint_of_a_smaller_tree": fault(
            "The checkpoint is an earlier one of the same log.",
            "proof.path_length",
            _receipt(signed=checkpoint(leaves=smaller)),
        ),
        "checkpoint_of_a_fork": fault(
            "The checkpoint is of the same size, of a forked tree.",
            "proof.root",
            _receipt(signed=checkpoint(leaves=forked)),
        ),
        "checkpoint_of_another_log": fault(
            "The checkpoint is signed by another key than the log's.",
            "note.unverified",
            _receipt(signed=note(text, STRANGER.sign(text))),
            stage="note",
        ),
        "checkpoint_of_another_origin": fault(
            "The checkpoint is of a chamber, signed by the log's key.",
            "checkpoint.origin",
            _receipt(signed=note(text_of(origin=f"{ORIGIN}/side-A"))),
            stage="checkpoint",
        ),
        "checkpoint_signature_flipped": fault(
            "The checkpoint's signature does not hold.",
            "note.signature",
            _receipt(signed=checkpoint().replace(b"\n5\n", b"\n4\n")),
            stage="note",
        ),
        "extra_data": fault(
            "The proof carries data that nothing authenticates.", "proof.extra", _receipt(extra=b"context")
        ),
    }


def proof_vectors() -> Vectors:
    return sound_proofs() | form_faults() | check_faults()


def consistency_vectors() -> Vectors:
    """An old and a new (size, root), and the proof between them; all hashes in hex."""
    leaves = [leaf_hash(f"entry {number}".encode()) for number in range(8)]
    read = subtrees_of(leaves)

    def vector(
        about: str,
        code: str,
        old: int,
        new: int,
        proof: Sequence[bytes],
        roots: tuple[bytes, bytes] | None = None,
    ) -> Vector:
        first, second = roots or (root_of(leaves[:old]), root_of(leaves[:new]))
        return {
            "about": about,
            "old": [old, first.hex()],
            "new": [new, second.hex()],
            "proof": [node.hex() for node in proof],
            "expect": {"stage": "consistency" if code else "accepted", "code": code},
        }

    sound = prove_consistency(3, 7, read)
    old_root, new_root = root_of(leaves[:3]), root_of(leaves[:7])
    return {
        "sound": vector("Three leaves, then seven.", "", 3, 7, sound),
        "sound_complete_subtree": vector(
            "Four leaves, then seven: the old root is a node of the new tree.",
            "",
            4,
            7,
            prove_consistency(4, 7, read),
        ),
        "sound_same": vector("Nothing has come: no proof.", "", 7, 7, ()),
        "sound_from_nothing": vector("Every tree extends the empty one.", "", 0, 7, ()),
        "from_nothing_with_a_root": vector(
            "The old tree has no leaves, and a root.",
            "proof.old_root",
            0,
            7,
            (),
            (old_root, new_root),
        ),
        "forked": vector(
            "The old tree had another third leaf.",
            "proof.old_root",
            3,
            7,
            sound,
            (root_of([*leaves[:2], leaves[7]]), new_root),
        ),
        "new_root_of_another_tree": vector(
            "The new tree is another.", "proof.root", 3, 7, sound, (old_root, root_of(leaves[1:]))
        ),
        "same_size_other_root": vector(
            "Two roots for one size: a fork.", "proof.root", 7, 7, (), (new_root, root_of(leaves[1:]))
        ),
        "hash_flipped": vector(
            "A hash has one bit changed.", "proof.root", 3, 7, (*sound[:-1], flipped(sound[-1]))
        ),
        "path_short": vector("A hash is missing.", "proof.path_length", 3, 7, sound[:-1]),
        "path_long": vector("There is a hash too many.", "proof.path_length", 3, 7, (*sound, bytes(32))),
        "path_from_nothing": vector(
            "A proof from the empty tree has a hash.", "proof.path_length", 0, 7, (bytes(32),)
        ),
        "hash_short": vector("A hash has 31 bytes.", "proof.hash", 3, 7, (*sound[:-1], bytes(31))),
        "shrunk": vector("The new tree is smaller than the old one.", "proof.size", 7, 3, sound),
    }
