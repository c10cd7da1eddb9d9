"""Sealed files (docs/specs/sealed-file.md): sound ones, and single faults."""

from __future__ import annotations

from log_parts import Vector, Vectors, latin
from sealing_key_faults import ORDER_8, key_vectors, number, public_vector
from sealing_parts import (
    MEMBER_A,
    MEMBER_B,
    RECOVERY,
    STRANGER,
    VERSION,
    Reader,
    base64,
    sealed_file,
    stanza,
)

TEXT = b"Instruction: accept the corridor, not the date."
TO_ALL = tuple(stanza(reader.public) for reader in (MEMBER_A, MEMBER_B, RECOVERY))
FILE = sealed_file(TEXT, *TO_ALL)
HEADER_END = FILE.index(b"\n---") + 1
PAYLOAD = FILE.index(b"\n", HEADER_END) + 1
GREASE = b"-> fp-grease J6 ]X\nbXVzdCBiZSBpZ25vcmVk\n"


def flipped(at: int) -> bytes:
    """FILE with the lowest bit of one byte changed; in base64 that is another sign."""
    return FILE[:at] + bytes([FILE[at] ^ 1]) + FILE[at + 1 :]


def _file(
    about: str, code: str, raw: bytes, opener: Reader | str = MEMBER_A, plaintext: bytes = TEXT
) -> Vector:
    expect: Vector = {"stage": "file", "code": code} if code else {
        "stage": "accepted", "code": "", "plaintext": latin(plaintext)
    }  # fmt: skip
    identity = opener if isinstance(opener, str) else opener.identity
    return {"about": about, "raw": latin(raw), "identity": identity, "expect": expect}


def _typed(identity: str) -> str:
    """As from paper: small letters, groups of four, two lines, a letter O for each zero."""
    head, data = identity.lower().rsplit("1", 1)
    groups = [data[at : at + 4] for at in range(0, len(data), 4)]
    return f" {head} 1\n{' '.join(groups[:8])}\n{' '.join(groups[8:])}\n".replace("0", "O")


def _sound() -> Vectors:
    alone = sealed_file(TEXT, stanza(MEMBER_A.public))
    return {
        "sound_one_reader": _file("To one reader.", "", alone),
        "sound_first_of_three": _file("To three readers; the first opens it.", "", FILE),
        "sound_second_of_three": _file("The second opens it.", "", FILE, MEMBER_B),
        "sound_recovery_key": _file("The printed recovery key opens it.", "", FILE, RECOVERY),
        "sound_recovery_key_typed": _file(
            "The recovery key as typed from paper.", "", FILE, _typed(RECOVERY.identity)
        ),
        "sound_nothing_inside": _file(
            "No byte was sealed.", "", sealed_file(b"", TO_ALL[0]), plaintext=b""
        ),
        "sound_unknown_stanza": _file(
            "A stanza of a kind that nobody knows stands first.", "", sealed_file(TEXT, GREASE, *TO_ALL)
        ),
        "sound_recipient": public_vector("A key to seal to.", MEMBER_A.public, MEMBER_A.recipient),
    }  # fmt: skip


def _changed_files() -> Vectors:
    damaged = "sealing.damaged"
    share = FILE.index(b"X25519 ") + 9
    return {
        "mac_flipped": _file("A bit of the header's MAC is another.", damaged, flipped(HEADER_END + 8)),
        "stanza_of_another_flipped": _file(
            "A bit of the second reader's stanza is another; the first opens it.",
            damaged,
            flipped(FILE.index(TO_ALL[1]) + 12),
        ),
        "stanza_taken_out": _file(
            "The second reader's stanza was taken out.", damaged, FILE.replace(TO_ALL[1], b"")
        ),
        "share_flipped": _file(
            "A bit of the one-time key is another: nothing here opens.", "sealing.not_for_you", flipped(share)
        ),
        "version_flipped": _file("Version 0.", "sealing.malformed", flipped(len(VERSION) - 2)),
        "nonce_flipped": _file("A bit of the nonce is another.", damaged, flipped(PAYLOAD + 3)),
        "payload_flipped": _file("A bit of the content is another.", damaged, flipped(PAYLOAD + 20)),
        "tag_flipped": _file("A bit of the last tag is another.", damaged, flipped(len(FILE) - 1)),
        "cut_in_the_header": _file("Cut in the header.", "sealing.malformed", FILE[: HEADER_END - 40]),
        "cut_after_the_header": _file("Only the header.", damaged, FILE[:PAYLOAD]),
        "cut_in_the_nonce": _file("Cut in the nonce.", damaged, FILE[: PAYLOAD + 9]),
        "cut_after_the_nonce": _file("Nothing after the nonce.", damaged, FILE[: PAYLOAD + 16]),
        "cut_short": _file("The last byte is missing.", damaged, FILE[:-1]),
        "byte_after_the_end": _file("A byte follows.", damaged, FILE + b"\n"),
    }  # fmt: skip


def _other_files() -> Vectors:
    malformed, damaged = "sealing.malformed", "sealing.damaged"
    armoured = (
        b"-----BEGIN AGE ENCRYPTED FILE-----\n" + base64(FILE) + b"\n-----END AGE ENCRYPTED FILE-----\n"
    )
    share, body = TO_ALL[0].split(b"\n")[:2]
    return {
        "another_reader": _file("Sealed to three others.", "sealing.not_for_you", FILE, STRANGER),
        "no_known_stanza": _file(
            "It has no stanza of a kind that we know.", "sealing.not_for_you", sealed_file(TEXT, GREASE)
        ),
        "not_age": _file("A text.", malformed, b"-----BEGIN PGP MESSAGE-----\n"),
        "nothing": _file("No byte.", malformed, b""),
        "armoured": _file("The text form, which is not used here.", malformed, armoured),
        "stanza_without_its_last_line": _file(
            "A stanza's body ends in a full line.",
            malformed,
            sealed_file(TEXT, b"-> fp-grease\n" + b"A" * 64 + b"\n", *TO_ALL),
        ),
        "passphrase": _file(
            "Sealed to a passphrase.",
            malformed,
            sealed_file(TEXT, b"-> scrypt " + base64(bytes(16)) + b" 10\n" + body + b"\n"),
        ),
        "carriage_returns": _file(
            "Line ends were changed on the way.", malformed, FILE.replace(b"\n", b"\r\n")
        ),
        "header_too_long": _file(
            "A header of more than 32,768 bytes.", malformed, sealed_file(TEXT, GREASE * 1_000, *TO_ALL)
        ),
        "small_order_share": _file(
            "A one-time key of small order, with which everybody would derive the same.",
            damaged,
            sealed_file(TEXT, b"-> X25519 " + base64(number(ORDER_8)) + b"\n" + body + b"\n"),
        ),
        "share_short": _file(
            "A one-time key of 31 bytes.",
            damaged,
            sealed_file(TEXT, b"-> X25519 " + base64(bytes(range(31))) + b"\n" + body + b"\n"),
        ),
        "body_short": _file(
            "A wrapped key of 31 bytes.",
            damaged,
            sealed_file(TEXT, share + b"\n" + base64(bytes(31)) + b"\n"),
        ),
    }  # fmt: skip


def sealing_vectors() -> Vectors:
    return {**_sound(), **_changed_files(), **_other_files(), **key_vectors()}
