"""Verification: another type, made only where the signature holds under the key that is named."""

import pytest

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.signing.compact import parse_compact, sign_compact
from detente.signing.envelope import Envelope, parse_entry, parse_envelope
from detente.signing.verifier import VerifiedEnvelope, verify, verify_statement
from tests.signing.acts import AUTHOR, STRANGER, signed


def test_a_sound_act_becomes_a_verified_one() -> None:
    envelope = parse_envelope(signed(reason="because"))
    verified = verify(envelope, AUTHOR.public)
    assert isinstance(verified, VerifiedEnvelope) and not isinstance(verified, Envelope)
    assert (verified.kid, verified.payload, verified.entry, verified.disclosures, verified.submission) == (
        envelope.kid,
        envelope.payload,
        envelope.entry,
        envelope.disclosures,
        envelope.submission,
    )


def test_neither_type_can_be_changed() -> None:
    envelope = parse_envelope(signed())
    for value in (envelope, verify(envelope, AUTHOR.public)):
        with pytest.raises(AttributeError):
            value.payload = b"{}"  # type: ignore[misc]


def test_every_bit_of_the_signature_counts() -> None:
    entry = parse_envelope(signed()).entry
    signing_input, _, _ = entry.rpartition(b".")
    signature = int.from_bytes(parse_entry(entry).signature, "big")
    for bit in range(512):
        flipped = (signature ^ (1 << bit)).to_bytes(64, "big")
        envelope = parse_entry(signing_input + b"." + encode_base64url(flipped).encode())
        with pytest.raises(Refused, match=r"envelope\.signature"):
            verify(envelope, AUTHOR.public)


def test_another_key_is_refused_before_its_signature_is_looked_at() -> None:
    with pytest.raises(Refused, match=r"envelope\.kid"):
        verify(parse_envelope(signed()), STRANGER.public)


def test_a_refused_key_stays_refused() -> None:
    """Admitted keys are remembered; refused ones must not be remembered as admitted."""
    for _ in range(2):
        with pytest.raises(Refused, match=r"key\.small_order"):
            verify(parse_envelope(signed()), bytes([1]) + bytes(31))


def test_a_statement_of_another_type_is_verified_as_such() -> None:
    statement = parse_compact(sign_compact(AUTHOR, "detente-reader", {"who": "A"}), "detente-reader")
    verified = verify_statement(statement, AUTHOR.public)
    assert (verified.typ, verified.kid, verified.payload) == ("detente-reader", AUTHOR.key_id, b'{"who":"A"}')
    with pytest.raises(Refused, match=r"envelope\.kid"):
        verify_statement(statement, STRANGER.public)


def test_an_integer_beyond_53_bits_is_refused_where_the_parse_left_it_to_a_type() -> None:
    head = parse_envelope(signed()).entry.split(b".")[0]
    signing_input = head + b"." + encode_base64url(b'{"n":9007199254740993}').encode()
    entry = signing_input + b"." + encode_base64url(AUTHOR.sign(signing_input)).encode()
    with pytest.raises(Refused, match=r"json\.outside_profile"):
        verify(parse_entry(entry, check_canonical=False), AUTHOR.public)
