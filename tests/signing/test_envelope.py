"""Parsing an act: strict, size-limited, and whole again when written back."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE, LARGEST_ENTRY, parse_entry, parse_envelope
from tests.signing.acts import AUTHOR, PAYLOAD, signed


def test_an_act_is_taken_apart() -> None:
    raw = signed(reason="because", place="Lakeside")
    envelope = parse_envelope(raw)
    entry, first, second, end = raw.split(b"~")
    assert end == b""
    assert envelope.kid == AUTHOR.key_id
    assert envelope.entry == entry == envelope.signing_input + b"." + entry.split(b".")[2]
    assert envelope.signature == AUTHOR.sign(envelope.signing_input)
    assert envelope.disclosures == (first.decode(), second.decode())


def test_the_entry_reads_the_same_from_the_log() -> None:
    envelope = parse_envelope(signed(reason="because"))
    from_log = parse_entry(envelope.entry)
    assert from_log.disclosures == ()
    assert (from_log.payload, from_log.submission) == (envelope.payload, envelope.submission)


def test_the_submission_is_the_digest_of_the_signing_input_alone() -> None:
    """An act signed again with randomness, as some browsers do, is the same submission."""
    envelope = parse_envelope(signed())
    assert envelope.submission == encode_base64url(hashlib.sha256(envelope.signing_input).digest())
    resigned = envelope.signing_input + b"." + encode_base64url(bytes(64)).encode()
    assert parse_entry(resigned).submission == envelope.submission


def test_the_largest_entry_is_admitted_and_one_byte_more_is_not() -> None:
    def entry(filler: int) -> bytes:
        return sign_compact(AUTHOR, ACT_TYPE, {"a": "x" * filler})

    room = next(n for n in range(48_900, 49_200) if len(entry(n)) >= LARGEST_ENTRY)
    assert len(entry(room)) in (LARGEST_ENTRY, LARGEST_ENTRY + 1)
    fits = room if len(entry(room)) == LARGEST_ENTRY else room - 1
    parse_entry(entry(fits))
    with pytest.raises(Refused, match=r"envelope\.entry_size"):
        parse_entry(entry(fits + 1))


def test_the_whole_submission_has_a_limit_of_its_own() -> None:
    raw = signed(note="x" * 100_000)
    parse_envelope(raw, largest=len(raw))
    with pytest.raises(Refused, match=r"envelope\.size"):
        parse_envelope(raw, largest=len(raw) - 1)


def test_the_canonical_check_may_be_left_to_a_typed_reader() -> None:
    signing_input = signed().split(b".")[0] + b"." + encode_base64url(b'{"b":1, "a":2}').encode()
    entry = signing_input + b"." + encode_base64url(AUTHOR.sign(signing_input)).encode()
    assert parse_entry(entry, check_canonical=False).payload == b'{"b":1, "a":2}'
    assert parse_envelope(entry + b"~", check_canonical=False).entry == entry
    for parse in (lambda: parse_entry(entry), lambda: parse_envelope(entry + b"~")):
        with pytest.raises(Refused, match=r"json\.not_canonical"):
            parse()


@pytest.mark.parametrize("depth", [500, 700, 2_000, 20_000])
def test_deep_nesting_is_a_refusal_and_no_crash(depth: int) -> None:
    body = encode_base64url(b'{"a":' + b"[" * depth + b"]" * depth + b"}").encode()
    signing_input = signed().split(b".")[0] + b"." + body
    with pytest.raises(Refused, match=r"json\."):
        parse_entry(signing_input + b"." + encode_base64url(AUTHOR.sign(signing_input)).encode())


@given(st.binary())
def test_any_bytes_are_parsed_or_refused(raw: bytes) -> None:
    for parse in (parse_envelope, parse_entry):
        with pytest.raises(Refused):
            parse(raw)


@given(st.data())
def test_an_act_with_one_byte_changed_is_refused_or_is_another_act(data: st.DataObject) -> None:
    raw = signed(reason="because")
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:place] + data.draw(st.binary(min_size=1, max_size=1)) + raw[place + 1 :]
    try:
        envelope = parse_envelope(changed)
    except Refused:
        return
    assert b"~".join([envelope.entry, *(d.encode() for d in envelope.disclosures), b""]) == changed


def test_a_bare_payload_may_hold_anything_canonical() -> None:
    """Members are typed by the reader of kinds; here only the form counts."""
    assert parse_envelope(signed({**PAYLOAD, "unheard": {"of": None}})).payload.startswith(b'{"_sd"')
