"""Signing: what is signed is admitted at every stage, and absent fields look like hidden ones."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused
from detente.signing.disclosure import decoy_of, open_disclosures
from detente.signing.envelope import parse_envelope
from detente.signing.signer import sign_act
from detente.signing.verifier import verify
from tests.signing.acts import AUTHOR, NAMES, PAYLOAD, counting_salts, signed


def opened(raw: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    verified = verify(parse_envelope(raw), AUTHOR.public)
    payload = json.loads(verified.payload)
    return payload, open_disclosures(payload["_sd"], verified.disclosures, payload.keys())


@given(st.dictionaries(st.sampled_from(NAMES), st.text() | st.lists(st.integers(0, 9))))
def test_what_is_signed_is_admitted_and_opens(hidden: dict[str, Any]) -> None:
    payload, fields = opened(sign_act(AUTHOR, PAYLOAD, hidden, NAMES))
    assert fields == hidden
    assert payload == PAYLOAD | {"_sd": payload["_sd"]}


@given(st.sets(st.sampled_from(NAMES)))
def test_the_number_of_digests_never_tells_how_many_fields_are_there(names: set[str]) -> None:
    payload, _ = opened(signed(**dict.fromkeys(names, "x")))
    assert len(payload["_sd"]) == len(NAMES)
    assert payload["_sd"] == sorted(payload["_sd"])


def test_a_kind_without_hidden_fields_has_an_empty_list() -> None:
    raw = sign_act(AUTHOR, PAYLOAD, {}, ())
    assert raw.endswith(b"~") and raw.count(b"~") == 1
    assert opened(raw) == (PAYLOAD | {"_sd": []}, {})


def test_whoever_keeps_the_salts_can_show_the_decoys() -> None:
    salts = counting_salts()
    payload, _ = opened(signed(reason="because"))
    _, second, third = salts(), salts(), salts()
    assert {decoy_of(second), decoy_of(third)} < set(payload["_sd"])


def test_the_payload_is_canonical_and_the_same_salts_give_the_same_bytes() -> None:
    raw = signed(reason="because")
    payload = parse_envelope(raw).payload
    assert payload == encode_canonical(json.loads(payload))
    assert raw == signed(reason="because")


@pytest.mark.parametrize(
    ("payload", "hidden", "names", "code"),
    [
        ({"_sd": []}, {}, (), "disclosure.reserved_name"),
        ({}, {"other": 1}, NAMES, "disclosure.not_of_kind"),
        ({"reason": 1}, {}, NAMES, "disclosure.overrides"),
        ({}, {"on": 1}, ("on",), "disclosure.overrides"),
        ({}, {}, ("note", "note"), "disclosure.name_twice"),
        ({}, {"...": 1}, ("...",), "disclosure.reserved_name"),
        ({}, {"note": 1.5}, NAMES, "json.outside_profile"),
        ({"a": "x" * 49_500}, {}, (), "envelope.entry_size"),
    ],
)
def test_what_no_reader_would_admit_is_not_signed(
    payload: dict[str, Any], hidden: dict[str, Any], names: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        sign_act(AUTHOR, payload, hidden, names)
    assert caught.value.refusals[0].code == code


def test_a_salt_is_never_used_for_two_fields() -> None:
    with pytest.raises(Refused, match=r"disclosure\.salt_reused"):
        sign_act(AUTHOR, PAYLOAD, {}, NAMES, lambda: "A" * 22)
