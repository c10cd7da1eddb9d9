from __future__ import annotations

import pytest

from detente.keys.ed25519 import L
from detente.tlog.line import encode_base64
from detente.tlog.signed_note import (
    Note,
    NoteSignature,
    NoteSigner,
    NoteVerifier,
    VerifiedSignature,
    VerifierKey,
    add_signatures,
    format_note,
    format_vkey,
    open_note,
    parse_note,
    parse_vkey,
)
from tests.tlog.refused import refused_with

TEXT = "One line.\n\nAnother.\n"
ALICE = NoteSigner.from_seed("alice.example", bytes([1] * 32))
BOB = NoteSigner.from_seed("bob.example", bytes([2] * 32))
KNOWS_ALICE = NoteVerifier(ALICE.key)
KNOWS_BOB = NoteVerifier(BOB.key)
RAW = format_note(Note(TEXT, (ALICE.sign(TEXT), BOB.sign(TEXT))))

# The verifier key and the note that the specification gives as its example.
SPECIFIED_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPECIFIED_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()


def test_example_of_the_specification_opens() -> None:
    key = parse_vkey(SPECIFIED_VKEY)
    assert format_vkey(key) == SPECIFIED_VKEY
    opened = open_note(SPECIFIED_NOTE, [NoteVerifier(key)])
    assert opened.verified == (VerifiedSignature("example.com/foo", bytes.fromhex("530d903a"), None),)


def test_text_is_all_before_the_last_empty_line() -> None:
    note = parse_note(RAW)
    assert note.text == TEXT
    assert [line.name for line in note.signatures] == ["alice.example", "bob.example"]
    assert format_note(note) == RAW


def test_signatures_by_unknown_keys_are_set_apart() -> None:
    opened = open_note(RAW, [KNOWS_ALICE])
    assert [line.name for line in opened.verified] == ["alice.example"]
    assert [line.name for line in opened.unverified] == ["bob.example"]


def test_same_name_with_another_key_id_is_unknown() -> None:
    namesake = NoteSigner.from_seed("alice.example", bytes([3] * 32))
    raw = add_signatures(RAW, [namesake.sign(TEXT)])
    opened = open_note(raw, [KNOWS_ALICE])
    assert len(opened.verified) == 1
    assert namesake.sign(TEXT) in opened.unverified


def test_note_by_unknown_keys_only_is_refused() -> None:
    with refused_with("note.unverified"):
        open_note(RAW, [NoteVerifier(NoteSigner.from_seed("carol.example", bytes([3] * 32)).key)])
    with refused_with("note.unverified"):
        open_note(RAW, [])


def test_bad_signature_by_a_known_key_is_refused_even_beside_a_good_one() -> None:
    bad = BOB.sign("Another text.\n")
    raw = format_note(Note(TEXT, (ALICE.sign(TEXT), bad)))
    with refused_with("note.signature"):
        open_note(raw, [KNOWS_ALICE, KNOWS_BOB])
    assert open_note(raw, [KNOWS_ALICE]).unverified == (bad,)


def test_changed_text_is_refused() -> None:
    with refused_with("note.signature"):
        open_note(RAW.replace(b"One", b"Own"), [KNOWS_ALICE])


@pytest.mark.parametrize("end", [63, 65])
def test_signature_of_another_length_is_refused(end: int) -> None:
    good = ALICE.sign(TEXT)
    other = NoteSignature(good.name, good.key_id, (good.signature + b"\x00")[:end])
    with refused_with("note.signature"):
        open_note(format_note(Note(TEXT, (other,))), [KNOWS_ALICE])


def test_second_signature_made_from_the_first_is_refused() -> None:
    """S + L is the same number modulo L: RFC 8032 asks that S be below L."""
    good = ALICE.sign(TEXT)
    larger = int.from_bytes(good.signature[32:], "little") + L
    twin = NoteSignature(good.name, good.key_id, good.signature[:32] + larger.to_bytes(32, "little"))
    with refused_with("note.signature"):
        open_note(format_note(Note(TEXT, (twin,))), [KNOWS_ALICE])


def test_known_key_that_signs_twice_is_refused() -> None:
    raw = format_note(Note(TEXT, (ALICE.sign(TEXT), ALICE.sign(TEXT))))
    with refused_with("note.repeated"):
        open_note(raw, [KNOWS_ALICE])


def test_two_verifiers_for_one_name_and_id_are_refused() -> None:
    with refused_with("note.ambiguous_key"):
        open_note(RAW, [KNOWS_ALICE, KNOWS_ALICE])


def test_added_signature_takes_the_place_of_the_same_key() -> None:
    raw = format_note(Note(TEXT, (NoteSignature("bob.example", BOB.key.key_id, b"old"), ALICE.sign(TEXT))))
    assert add_signatures(raw, [BOB.sign(TEXT)]) == format_note(
        Note(TEXT, (ALICE.sign(TEXT), BOB.sign(TEXT)))
    )


SIGNATURE = encode_base64(ALICE.key.key_id + b"s")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "text\n",
        "text\n\n",
        f"text\n— a {SIGNATURE}\n",
        f"text\n\n— a {SIGNATURE}",
        f"text\n\n— a {SIGNATURE}\nmore\n",
        f"text\n\n- a {SIGNATURE}\n",
        f"text\n\n—  a {SIGNATURE}\n",
        f"text\n\n— a  {SIGNATURE}\n",
        f"text\n\n— a {SIGNATURE} \n",
        f"text\n\n— a+b {SIGNATURE}\n",
        f"text\n\n— a\u00a0b {SIGNATURE}\n",
        f"text\n\n—  {SIGNATURE}\n",
        "text\n\n— a\n",
        "text\n\n— a AAAAAA==\n",
        "text\n\n— a AAAAAAB=\n",
        f"text\r\n\n— a {SIGNATURE}\n",
        f"te\txt\n\n— a {SIGNATURE}\n",
        f"te\x00xt\n\n— a {SIGNATURE}\n",
        "text\n\n" + f"— a {SIGNATURE}\n" * 101,
    ],
)
def test_bytes_of_no_note_are_refused(raw: str) -> None:
    with refused_with("note.malformed"):
        parse_note(raw.encode())


def test_note_that_is_not_utf8_is_refused() -> None:
    with refused_with("note.malformed"):
        parse_note(b"te\xffxt" + RAW)


def test_a_hundred_signatures_are_read() -> None:
    raw = f"text\n\n{f'— a {SIGNATURE}' + chr(10)}".encode() + f"— a {SIGNATURE}\n".encode() * 99
    assert len(parse_note(raw).signatures) == 100


@pytest.mark.parametrize(
    "note",
    [
        Note("no newline", (ALICE.sign(TEXT),)),
        Note(TEXT, ()),
        Note("\ud800\n", (ALICE.sign(TEXT),)),
        Note("tab\t\n", (ALICE.sign(TEXT),)),
        Note(TEXT, (NoteSignature("a b", bytes(4), b"s"),)),
        Note(TEXT, (NoteSignature("a", bytes(3), b"sss"),)),
        Note(TEXT, (NoteSignature("a", bytes(4), b""),)),
        Note(TEXT, (NoteSignature("a", bytes(4), b"s"),) * 101),
    ],
)
def test_parts_of_no_note_are_refused(note: Note) -> None:
    with refused_with("note.malformed"):
        format_note(note)


@pytest.mark.parametrize(
    ("vkey", "code"),
    [
        ("", "vkey.malformed"),
        ("example.com/foo", "vkey.malformed"),
        (SPECIFIED_VKEY + "\n", "vkey.malformed"),
        (SPECIFIED_VKEY.replace("530d903a", "530D903A"), "vkey.malformed"),
        (SPECIFIED_VKEY.replace("530d903a", "530d903b"), "vkey.malformed"),
        (SPECIFIED_VKEY.replace("example", "exemple"), "vkey.malformed"),
        (SPECIFIED_VKEY.replace("+Aek", "+Auk"), "vkey.algorithm"),
        ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "vkey.name"),
        ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "vkey.name"),
        ("a+00000000+AQ==", "vkey.length"),
    ],
)
def test_text_of_no_verifier_key_is_refused(vkey: str, code: str) -> None:
    with refused_with(code):
        parse_vkey(vkey)


def test_key_of_another_algorithm_verifies_no_plain_signature() -> None:
    with refused_with("vkey.algorithm"):
        NoteVerifier(VerifierKey("alice.example", 0x04, ALICE.public_key))


def test_identity_point_is_no_key() -> None:
    with refused_with("key.small_order"):
        NoteVerifier(VerifierKey("alice.example", 0x01, b"\x01" + bytes(31)))
