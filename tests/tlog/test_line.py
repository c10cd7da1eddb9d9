from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.tlog.line import LARGEST_NUMBER, decode_base64, decode_hash, encode_base64, parse_decimal


@given(st.binary(max_size=100))
def test_base64_comes_back(raw: bytes) -> None:
    assert decode_base64(encode_base64(raw)) == raw


@pytest.mark.parametrize(
    "text", ["//5=", "//4", "//4=\n", "__4=", " //4=", "//4==", "/ /4=", "é", "====", "A==="]
)
def test_another_spelling_of_base64_is_none(text: str) -> None:
    assert decode_base64(text) is None


def test_a_hash_has_32_bytes() -> None:
    assert decode_hash(encode_base64(bytes(32))) == bytes(32)
    assert decode_hash(encode_base64(bytes(31))) is None
    assert decode_hash("") is None


@given(st.integers(0, LARGEST_NUMBER))
def test_decimal_comes_back(number: int) -> None:
    assert parse_decimal(str(number)) == number


@pytest.mark.parametrize(
    "text",
    ["", "01", "00", "+1", "-1", "-0", " 1", "1 ", "1\n", "1_0", "0x1", "١", "²", "9" * 19, str(2**63)],
)
def test_another_spelling_of_a_number_is_none(text: str) -> None:
    assert parse_decimal(text) is None
