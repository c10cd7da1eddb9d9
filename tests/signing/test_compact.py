"""Compact statements: one type is never read as another, and the header cache forgets nothing."""

import pytest

from detente.codec.refusal import Refused
from detente.signing.compact import parse_compact, sign_compact
from detente.signing.envelope import ACT_TYPE, parse_entry
from tests.signing.acts import AUTHOR, STRANGER, signed


def test_the_bytes_of_a_statement() -> None:
    raw = sign_compact(AUTHOR, "detente-reader", {"who": "A", "logs": []})
    statement = parse_compact(raw, "detente-reader")
    assert statement.payload == b'{"logs":[],"who":"A"}'
    assert statement.signing_input == raw.rpartition(b".")[0]
    assert statement.signature == AUTHOR.sign(statement.signing_input)
    assert (statement.kid, statement.typ) == (AUTHOR.key_id, "detente-reader")


def test_a_statement_of_one_type_is_not_read_as_another() -> None:
    token = sign_compact(AUTHOR, "detente-reader", {"v": 1})
    with pytest.raises(Refused, match=r"envelope\.typ"):
        parse_entry(token)
    with pytest.raises(Refused, match=r"envelope\.typ"):
        parse_compact(signed().split(b"~")[0], "detente-reader")


def test_a_header_read_before_under_its_own_type_is_not_admitted_under_another() -> None:
    entry = signed().split(b"~")[0]
    assert parse_compact(entry, ACT_TYPE).kid == AUTHOR.key_id
    with pytest.raises(Refused, match=r"envelope\.typ"):
        parse_compact(entry, "JWT")
    assert parse_compact(sign_compact(STRANGER, ACT_TYPE, {}), ACT_TYPE).kid == STRANGER.key_id


def test_a_payload_outside_the_profile_is_not_signed() -> None:
    with pytest.raises(Refused, match=r"json\.outside_profile"):
        sign_compact(AUTHOR, ACT_TYPE, {"share": 0.5})
