"""Signed notes (C2SP signed-note) and verifier keys: sound ones, and faults of which each is the only one."""

from __future__ import annotations

from hashlib import sha256

from act_parts import IDENTITY, IDENTITY_SECOND_SPELLING, MIXED_ORDER
from log_parts import (
    KEY_A,
    LOG,
    LOG_KEY,
    ORIGIN,
    STRANGER,
    TIME,
    WITNESS_A,
    Vector,
    Vectors,
    flipped,
    latin,
    line_of,
    note,
)

from detente.tlog.line import encode_base64
from detente.tlog.signed_note import ED25519, NoteSignature, VerifierKey, format_vkey

TEXT = "A text that somebody signs.\nIts last line.\n"
SIGNED = LOG.sign(TEXT)
COSIGNED_TEXT = f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


def _vector(about: str, raw: bytes, keys: list[str], stage: str, code: str, **expected: object) -> Vector:
    expect = {"stage": stage, "code": code, **expected}
    return {"about": about, "raw": latin(raw), "keys": keys, "expect": expect}


def _with_line(line: bytes) -> bytes:
    """The sound note with its one signature line replaced."""
    return f"{TEXT}\n".encode() + line


def sound_notes() -> Vectors:
    def sound(about: str, raw: bytes, keys: list[str], verified: list[str]) -> Vector:
        return _vector(about, raw, keys, "accepted", "", verified=verified)

    cosigned = note(COSIGNED_TEXT, LOG.sign(COSIGNED_TEXT), WITNESS_A.sign(COSIGNED_TEXT, TIME))
    return {
        "sound": sound("One signature by a known key.", note(TEXT), [LOG_KEY], [ORIGIN]),
        "sound_cosigned": sound(
            "A signature and a cosignature by known keys.",
            cosigned,
            [LOG_KEY, KEY_A],
            [ORIGIN, "witness-a.example"],
        ),
        "sound_unknown_line": sound(
            "A line by a key that the reader does not know stands beside a good one, and says nothing.",
            note(TEXT, STRANGER.sign(TEXT), SIGNED),
            [LOG_KEY],
            [ORIGIN],
        ),
        "sound_unknown_line_that_does_not_hold": sound(
            "An unknown key's line is not looked at, whatever is in it.",
            note(TEXT, SIGNED, NoteSignature("witness-a.example", WITNESS_A.key.key_id, bytes(72))),
            [LOG_KEY],
            [ORIGIN],
        ),
        "sound_empty_line_in_text": sound(
            "The text has an empty line; the signatures stand after the last one.",
            note("One.\n\nTwo.\n"),
            [LOG_KEY],
            [ORIGIN],
        ),
    }


def signature_faults() -> Vectors:
    def fault(about: str, code: str, raw: bytes, keys: list[str] | None = None) -> Vector:
        return _vector(about, raw, [LOG_KEY] if keys is None else keys, "note", code)

    broken = NoteSignature(ORIGIN, LOG.key.key_id, flipped(SIGNED.signature))
    late = WITNESS_A.sign(COSIGNED_TEXT, TIME)
    other_time = NoteSignature(late.name, late.key_id, (TIME + 1).to_bytes(8, "big") + late.signature[8:])
    far_off = NoteSignature(late.name, late.key_id, (2**63).to_bytes(8, "big") + late.signature[8:])
    renamed = NoteSignature(ORIGIN, STRANGER.key.key_id, STRANGER.sign(TEXT).signature)
    return {
        "signature_flipped": fault(
            "A known key's signature has one bit changed.", "note.signature", note(TEXT, broken)
        ),
        "signature_flipped_beside_a_good_one": fault(
            "Of two known keys' signatures one does not hold: the whole note is refused.",
            "note.signature",
            note(TEXT, broken, STRANGER.sign(TEXT)),
            [LOG_KEY, format_vkey(STRANGER.key)],
        ),
        "signature_of_another_text": fault(
            "A known key's signature is that of another text.",
            "note.signature",
            note(TEXT, LOG.sign("Another text.\n")),
        ),
        "signature_short": fault(
            "A known key's signature has 63 bytes.",
            "note.signature",
            note(TEXT, NoteSignature(ORIGIN, LOG.key.key_id, SIGNED.signature[:63])),
        ),
        "cosignature_of_another_time": fault(
            "A known cosigner's line states another time than the one signed.",
            "note.signature",
            note(COSIGNED_TEXT, LOG.sign(COSIGNED_TEXT), other_time),
            [LOG_KEY, KEY_A],
        ),
        "cosignature_under_no_checkpoint": fault(
            "A known cosigner has signed a text that is no checkpoint.",
            "checkpoint.lines",
            note(TEXT, SIGNED, NoteSignature(late.name, late.key_id, late.signature)),
            [LOG_KEY, KEY_A],
        ),
        "cosignature_beyond_63_bits": fault(
            "A known cosigner's line states a time of 2^63 seconds.",
            "cosignature.time",
            note(COSIGNED_TEXT, LOG.sign(COSIGNED_TEXT), far_off),
            [LOG_KEY, KEY_A],
        ),
        "unknown_signature_only": fault(
            "The only signature is by a key that the reader does not know.",
            "note.unverified",
            note(TEXT, STRANGER.sign(TEXT)),
        ),
        "known_name_with_another_key": fault(
            "Under a known name another key has signed.", "note.unverified", note(TEXT, renamed)
        ),
        "signed_twice": fault("A known key has signed twice.", "note.repeated", note(TEXT, SIGNED, SIGNED)),
        "no_keys_known": fault("The reader knows no key at all.", "note.unverified", note(TEXT), []),
        "one_key_twice": fault(
            "The reader was given one key twice.", "note.ambiguous_key", note(TEXT), [LOG_KEY, LOG_KEY]
        ),
    }


def form_faults() -> Vectors:
    def fault(about: str, raw: bytes) -> Vector:
        return _vector(about, raw, [LOG_KEY], "note", "note.malformed")

    sound, line = note(TEXT), line_of(ORIGIN, SIGNED.key_id + SIGNED.signature)
    return {
        "no_signatures": fault("There is no block of signatures.", TEXT.encode()),
        "no_empty_line": fault("No empty line parts the text from the signatures.", TEXT.encode() + line),
        "missing_newline": fault("The last line does not end.", sound[:-1]),
        "newline_after_the_end": fault("An empty line follows the signatures.", sound + b"\n"),
        "carriage_returns": fault(
            "The lines end in carriage return and newline.", sound.replace(b"\n", b"\r\n")
        ),
        "tab_in_text": fault("The text holds a control character.", note("a.\n").replace(b"a", b"\t")),
        "not_utf8": fault("The text is not UTF-8.", note("a.\n").replace(b"a", b"\xe9")),
        "hyphen_for_dash": fault(
            "The signature line begins with a hyphen.", _with_line(line.replace("—".encode(), b"-"))
        ),
        "two_spaces": fault("Two spaces stand before the name.", _with_line(line.replace(b" ", b"  ", 1))),
        "space_at_end": fault("A space stands after the signature.", _with_line(line[:-1] + b" \n")),
        "name_missing": fault(
            "The signature line names nobody.", _with_line(line.replace(ORIGIN.encode(), b""))
        ),
        "name_with_plus": fault(
            "A plus sign stands in the name.", _with_line(line.replace(b"detente/", b"detente+"))
        ),
        "base64_tail": fault(
            "The signature's base64 ends in bits that are not zero.",
            _with_line(line[:-3] + _next_letter(line[-3:-2]) + b"=\n"),
        ),
        "base64_unpadded": fault(
            "The signature's base64 is not padded.", _with_line(line.replace(b"=", b""))
        ),
        "base64url": fault(
            "The signature is spelled in base64url.",
            _with_line(line[:60] + line[60:].replace(b"+", b"-").replace(b"/", b"_")),
        ),
        "key_id_only": fault("No signature follows the key id.", _with_line(line_of(ORIGIN, SIGNED.key_id))),
        "too_many_signatures": fault("There are 101 signatures.", sound + line * 100),
    }


def _next_letter(letter: bytes) -> bytes:
    """Another last letter for the same bytes."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return alphabet[alphabet.index(letter) + 1 :][:1]


def key_faults() -> Vectors:
    """Keys that no reader may check a note with: the note is sound."""

    def fault(about: str, code: str, key: str) -> Vector:
        return _vector(about, note(TEXT), [key], "vkey", code)

    def key_of(public: bytes) -> str:
        return format_vkey(VerifierKey(ORIGIN, ED25519, public))

    def spelled(name: str, algorithm: int, public: bytes) -> str:
        """A key that nothing but this fault is wrong with: its id is its own."""
        typed_key = bytes([algorithm]) + public
        key_id = sha256(f"{name}\n".encode() + typed_key).hexdigest()[:8]
        return f"{name}+{key_id}+{encode_base64(typed_key)}"

    name, key_id, typed = LOG_KEY.split("+", 2)
    return {
        "vkey_identity": fault("The key is the identity point.", "key.small_order", key_of(IDENTITY)),
        "vkey_identity_second_spelling": fault(
            "The key is the identity point, spelled with y = p + 1.",
            "key.not_canonical",
            key_of(IDENTITY_SECOND_SPELLING),
        ),
        "vkey_mixed_order": fault(
            "The key is a sound key plus a point of order 8.", "key.mixed_order", key_of(MIXED_ORDER)
        ),
        "vkey_other_id": fault(
            "The key id is not that of the key.", "vkey.malformed", f"{name}+00000000+{typed}"
        ),
        "vkey_other_name": fault(
            "The name is not the one in the key id.", "vkey.malformed", f"other.example+{key_id}+{typed}"
        ),
        "vkey_upper_case": fault(
            "The key id is spelled in capitals.", "vkey.malformed", f"{name}+{key_id.upper()}+{typed}"
        ),
        "vkey_unknown_algorithm": fault(
            "The algorithm is not known.", "vkey.algorithm", spelled(ORIGIN, 2, LOG.public_key)
        ),
        "vkey_short": fault(
            "The key has 30 bytes.", "vkey.length", spelled(ORIGIN, ED25519, LOG.public_key[:30])
        ),
        "vkey_name_with_space": fault(
            "A space stands in the name.", "vkey.name", spelled("log example", ED25519, LOG.public_key)
        ),
    }


def note_vectors() -> Vectors:
    return sound_notes() | signature_faults() | form_faults() | key_faults()
