"""Checkpoints (C2SP tlog-checkpoint): sound ones, and faults of which each is the only one.

Where the fault is in the text, the log's own key has signed it: only the text is at fault.
"""

from __future__ import annotations

from log_parts import (
    KEY_A,
    KEY_B,
    LEAVES,
    LOG,
    LOG_KEY,
    ORIGIN,
    STRANGER,
    STRANGER_KEY,
    TIME,
    WITNESS_A,
    WITNESS_B,
    Vector,
    Vectors,
    checkpoint,
    flipped,
    latin,
    note,
    text_of,
)

from detente.tlog.cosignature import ED25519_COSIGNATURE
from detente.tlog.line import encode_base64
from detente.tlog.merkle import EMPTY_ROOT, root_of
from detente.tlog.signed_note import NoteSignature, VerifierKey, format_vkey

ROOT = encode_base64(root_of(LEAVES))


def _vector(
    about: str, raw: bytes, stage: str, code: str, cosigners: tuple[str, ...] = (), **expected: object
) -> Vector:
    expect = {"stage": stage, "code": code, **expected}
    return {"about": about, "raw": latin(raw), "log": LOG_KEY, "cosigners": list(cosigners), "expect": expect}


def sound_checkpoints() -> Vectors:
    def sound(
        about: str, raw: bytes, cosigners: tuple[str, ...], cosigned: list[object], size: int
    ) -> Vector:
        opened = {"origin": ORIGIN, "size": size, "root": ROOT if size else encode_base64(EMPTY_ROOT)}
        return _vector(about, raw, "accepted", "", cosigners, **opened, cosigned=cosigned)

    by_a, by_b = ["witness-a.example", TIME], ["witness-b.example", TIME + 1]
    return {
        "sound": sound("Signed by the log.", checkpoint(), (), [], 5),
        "sound_cosigned": sound(
            "Two known cosigners.", checkpoint(WITNESS_A, WITNESS_B), (KEY_A, KEY_B), [by_a, by_b], 5
        ),
        "sound_one_cosigner_known": sound(
            "One of two cosigners is known.", checkpoint(WITNESS_A, WITNESS_B), (KEY_B,), [by_b], 5
        ),
        "sound_empty_log": sound("A log of no acts.", checkpoint(leaves=()), (), [], 0),
    }


def text_faults() -> Vectors:
    def fault(about: str, code: str, text: str) -> Vector:
        return _vector(about, note(text), "checkpoint", f"checkpoint.{code}")

    def sized(size: str) -> str:
        return f"{ORIGIN}\n{size}\n{ROOT}\n"

    def rooted(root: str, size: int = 5) -> str:
        return f"{ORIGIN}\n{size}\n{root}\n"

    return {
        "size_leading_zero": fault("The size is written with a leading zero.", "size", sized("05")),
        "size_sign": fault("The size has a sign.", "size", sized("+5")),
        "size_negative": fault("The size is negative.", "size", sized("-5")),
        "size_hexadecimal": fault("The size is not decimal.", "size", sized("0x5")),
        "size_space": fault("A space stands after the size.", "size", sized("5 ")),
        "size_empty": fault("The size is missing.", "size", sized("")),
        "size_beyond_63_bits": fault("The size is 2^63.", "size", sized(str(2**63))),
        "size_other_digits": fault("The size is written in Arabic-Indic digits.", "size", sized("٥")),
        "root_short": fault("The root has 31 bytes.", "root", rooted(encode_base64(bytes(31)))),
        "root_tail": fault(
            "The root's base64 ends in bits that are not zero.", "root", rooted(ROOT[:-2] + "J=")
        ),
        "root_unpadded": fault("The root's base64 is not padded.", "root", rooted(ROOT.rstrip("="))),
        "root_of_no_empty_tree": fault("The size is 0 and the root another's.", "root", rooted(ROOT, 0)),
        "origin_of_another_log": fault(
            "The log's key has signed a checkpoint of another log.",
            "origin",
            text_of(origin="detente/anotheranotheranotherano"),
        ),
        "origin_of_a_chamber": fault(
            "The log's key has signed a checkpoint of a chamber.",
            "origin",
            text_of(origin=f"{ORIGIN}/side-A"),
        ),
        "origin_empty": fault("The origin is empty.", "origin", f"\n5\n{ROOT}\n"),
        "extension_line": fault("A fourth line follows the root.", "lines", f"{text_of()}extension\n"),
        "empty_extension_line": fault("An empty line follows the root.", "lines", f"{text_of()}\n"),
        "root_line_missing": fault("There is no third line.", "lines", f"{ORIGIN}\n5\n"),
    }


def signature_faults() -> Vectors:
    text = text_of()
    cosigned = checkpoint(WITNESS_A)
    borrowed = format_vkey(VerifierKey("c.example", ED25519_COSIGNATURE, LOG.public_key))
    second_name = format_vkey(VerifierKey("c.example", ED25519_COSIGNATURE, WITNESS_A.public_key))
    broken = NoteSignature(ORIGIN, LOG.key.key_id, flipped(LOG.sign(text).signature))
    earlier = WITNESS_A.sign(text_of(LEAVES[:4]), TIME)
    return {
        "missing_newline": _vector(
            "No empty line parts the root from the signatures.",
            checkpoint().replace(b"\n\n", b"\n"),
            "note",
            "note.malformed",
        ),
        "carriage_returns": _vector(
            "The lines end in carriage return and newline.",
            checkpoint().replace(b"\n", b"\r\n"),
            "note",
            "note.malformed",
        ),
        "size_changed": _vector(
            "The size was changed after the log signed.",
            checkpoint().replace(b"\n5\n", b"\n6\n"),
            "note",
            "note.signature",
        ),
        "signature_flipped": _vector(
            "The log's signature has one bit changed.", note(text, broken), "note", "note.signature"
        ),
        "cosignature_of_another_checkpoint": _vector(
            "A known cosigner's line is that of an earlier checkpoint.",
            note(text, LOG.sign(text), earlier),
            "note",
            "note.signature",
            (KEY_A,),
        ),
        "signed_by_another_log": _vector(
            "Another key has signed than the log's.",
            note(text, STRANGER.sign(text)),
            "note",
            "note.unverified",
        ),
        "signed_by_cosigners_only": _vector(
            "A known cosigner has signed, and the log has not.",
            note(text, WITNESS_A.sign(text, TIME)),
            "checkpoint",
            "checkpoint.unsigned",
            (KEY_A,),
        ),
        "one_key_under_two_names": _vector(
            "The reader was given one public key under two cosigners' names.",
            cosigned,
            "checkpoint",
            "note.shared_key",
            (KEY_A, second_name),
        ),
        "log_key_as_cosigner": _vector(
            "The reader was given the log's public key as a cosigner's.",
            checkpoint(),
            "checkpoint",
            "note.shared_key",
            (borrowed,),
        ),
        "plain_key_as_cosigner": _vector(
            "The reader was given a plain key as a cosigner's.",
            checkpoint(),
            "vkey",
            "vkey.algorithm",
            (STRANGER_KEY,),
        ),
    }


def checkpoint_vectors() -> Vectors:
    return sound_checkpoints() | text_faults() | signature_faults()
