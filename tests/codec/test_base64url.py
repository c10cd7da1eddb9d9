"""base64url: every byte string has one text, and every other text is refused."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.refusal import Refused


@given(st.binary())
def test_bytes_come_back(raw: bytes) -> None:
    text = encode_base64url(raw)
    assert decode_base64url(text) == decode_base64url(text.encode()) == raw
    assert text == base64.urlsafe_b64encode(raw).decode().rstrip("=")


@given(st.text(st.sampled_from("AQZaz09-_+/= \n\r\té~."), max_size=12))
def test_an_accepted_text_is_the_only_text_of_its_bytes(text: str) -> None:
    try:
        raw = decode_base64url(text)
    except Refused:
        return
    assert encode_base64url(raw) == text


@pytest.mark.parametrize(
    "text",
    [
        "AB",  # the tail's bits are not zero; AA is the one text of this byte
        "AAB",
        "A",
        "AAAAA",
        "AA==",
        "AA\n",
        "\nAA",
        "A A",
        "+/+/",
        "AAé",
        "AA\ud800",
        "=",
    ],
)
def test_a_second_text_of_the_same_bytes_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        decode_base64url(text)
    assert caught.value.refusals[0].code == "base64.not_canonical"


def test_the_empty_text_is_the_empty_bytes() -> None:
    assert decode_base64url("") == b""
