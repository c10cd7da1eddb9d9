"""Canonical JSON: equal to RFC 8785 inside the profile, and one spelling for each value."""

import json
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.canonical_json import check_integers, decode_canonical, encode_canonical, is_canonical
from detente.codec.refusal import Refused

LARGEST = 2**53 - 1
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


def code_of(raw: bytes) -> str:
    with pytest.raises(Refused) as caught:
        decode_canonical(raw)
    return caught.value.refusals[0].code


@given(VALUES)
def test_the_form_is_that_of_rfc_8785(value: Any) -> None:
    assert encode_canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_encoded_decodes_to_the_same(value: Any) -> None:
    assert decode_canonical(encode_canonical(value)) == value


@given(st.dictionaries(KEYS, SCALARS, min_size=2))
def test_another_order_of_members_is_refused(value: dict[str, Any]) -> None:
    backwards = dict(sorted(value.items(), reverse=True))
    raw = json.dumps(backwards, ensure_ascii=False, separators=(",", ":")).encode()
    assert code_of(raw) == "json.not_canonical"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a": 1}', "json.not_canonical"),
        (b'{"a":1}\n', "json.not_canonical"),
        (b'{"a":1,"a":1}', "json.not_canonical"),
        (b'{"b":1,"a":2}', "json.not_canonical"),
        (b'"\\u0061"', "json.not_canonical"),
        (b'"\\/"', "json.not_canonical"),
        (b'"\\u001F"', "json.not_canonical"),
        (b"-0", "json.not_canonical"),
        (b"1.0", "json.outside_profile"),
        (b"1e3", "json.outside_profile"),
        (b"9007199254740992", "json.outside_profile"),
        (b"-9007199254740992", "json.outside_profile"),
        ('{"é":1}'.encode(), "json.outside_profile"),
        (b'"\\ud800"', "json.malformed"),
        (b"01", "json.malformed"),
        (b"NaN", "json.malformed"),
        (b"", "json.malformed"),
        (b"{}{}", "json.malformed"),
        (b"\xef\xbb\xbf{}", "json.malformed"),
        (b"[" * 100_000, "json.too_deep"),
    ],
)
def test_other_spellings_are_refused(raw: bytes, code: str) -> None:
    assert code_of(raw) == code


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53, "\ud800", {"é": 1}, {"a": [1.0]}, [["\udfff"]], {1: "key"}]
)
def test_values_outside_the_profile_are_not_encoded(value: object) -> None:
    with pytest.raises(Refused):
        encode_canonical(value)


class Step(msgspec.Struct, frozen=True):
    grade: str
    edition: str
    on: tuple[str, int] | None = None


def test_a_type_is_encoded_as_its_members_sorted() -> None:
    step = Step("definitive", "third", ("understanding", 3))
    assert encode_canonical(step) == b'{"edition":"third","grade":"definitive","on":["understanding",3]}'


def test_the_fast_path_sees_what_the_type_dropped() -> None:
    raw = encode_canonical(Step("definitive", "third"))
    assert is_canonical(raw, msgspec.json.decode(raw, type=Step))
    for changed in (raw.replace(b":", b": "), raw.replace(b"{", b'{"extra":1,'), raw + b" "):
        assert not is_canonical(changed, msgspec.json.decode(changed, type=Step))


@pytest.mark.parametrize("number", [LARGEST, -LARGEST, 0, 10**15])
def test_integers_within_the_profile_pass_the_fast_path(number: int) -> None:
    check_integers(encode_canonical({"n": number, "text": "9" * 40}))


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1, 10**16, 2**64, 10**40])
def test_integers_beyond_the_profile_are_refused_although_a_type_admits_them(number: int) -> None:
    raw = b'{"a":[{"n":%d}]}' % number
    assert is_canonical(raw, msgspec.json.decode(raw))
    with pytest.raises(Refused, match=r"json\.outside_profile"):
        check_integers(raw)
