"""The same bytes and the same refusals in JavaScript and in Python: canonical JSON and base64url."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refused
from detente.signing.canonical_object import decode_canonical_value
from tests.codec.test_canonical_json import VALUES
from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
in_a_browser = settings(deadline=None, max_examples=150)
# Pieces of JSON, sound and unsound, put together at random.
SIGNS = ["{", "}", "[", "]", ",", ":", '"', " ", "\n", "\t", "\x0b", "\x00", "\x7f", "\xff", "\xc3\xa9"]
TEXTS = [
    '"a"', '"b"', '"é"', '"\x1f"', '"\x7f"', '"\xed\xa0\x80"', r'"\u0061"', r'"\ud800"', r'"\udc00"', r'"\/"',
    r'"\ud83d\ude00"', r'"\x"', r'"\u12"',
]  # fmt: skip
NUMBERS = [
    "0", "1", "-1", "-0", "01", "1.0", "1e3", "1E400", "1e-400", "-0.0", "+1", ".5", "1.", "9007199254740991",
    "9007199254740992", "-9007199254740993", "18446744073709551616",
]  # fmt: skip
WHOLES = ["true", "false", "null", "tru", "nul", "NaN", '"a":1', '{"a":1}', '{"a":1,"a":2}', '{"b":1,"a":2}',
          "[1,]", "[1,2]", '{"a":[]}', '{"é":1}']  # fmt: skip
PIECES = [*SIGNS, *TEXTS, *NUMBERS, *WHOLES]


def in_python(raw: bytes) -> str:
    try:
        return encode_canonical(decode_canonical_value(raw)).hex()
    except Refused as refused:
        return refused.refusals[0].code


@in_a_browser
@given(value=VALUES)
def test_a_value_has_the_same_canonical_bytes(page: Page, value: Any) -> None:
    assert call(page, "codec", "canonicalOf", json.dumps(value)) == encode_canonical(value).decode()


@in_a_browser
@given(value=VALUES, spaced=st.booleans())
def test_the_same_texts_are_refused_with_the_same_codes(page: Page, value: Any, spaced: bool) -> None:
    raws = [
        encode_canonical(value),
        json.dumps(value).encode(),
        json.dumps(value, ensure_ascii=False, indent=1 if spaced else None).encode(),
    ]
    raws += [raws[0][:-1], raws[0] + b" ", raws[0].replace(b"1", b"1.0"), raws[0].replace(b'":', b'" :')]
    found = call(page, "codec", "decoded", [raw.decode("latin-1") for raw in raws])
    assert found == [in_python(raw) for raw in raws]


@in_a_browser
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=40))
def test_pieces_of_json_are_read_or_refused_alike(page: Page, texts: list[str]) -> None:
    latin = [text.encode("utf-8").decode("latin-1") if "é" in text else text for text in texts]
    found = call(page, "codec", "decoded", latin)
    assert found == [in_python(text.encode("latin-1")) for text in latin]


@pytest.mark.parametrize(
    "around", ["{}", " {}", "{} ", "[{}]", "[{},1]", '{{"a":{}}}', "{{{}:1}}", "\xef\xbb\xbf{}"]
)
def test_every_piece_is_read_or_refused_alike(page: Page, around: str) -> None:
    texts = [around.format(piece) for piece in PIECES if "é" not in piece]
    found = call(page, "codec", "decoded", texts)
    assert found == [in_python(text.encode("latin-1")) for text in texts]


@pytest.mark.parametrize("depth", [63, 64, 65, 66, 500])
@pytest.mark.parametrize("innermost", ["", "1", "1.5", '{"a":1,"a":1}'])
def test_depth_is_judged_alike(page: Page, depth: int, innermost: str) -> None:
    for raw in ("[" * depth + innermost + "]" * depth, '{"a":' * depth + (innermost or "0") + "}" * depth):
        assert call(page, "codec", "decoded", [raw]) == [in_python(raw.encode())]


def test_no_depth_exhausts_the_reader(page: Page) -> None:
    assert call(page, "codec", "decoded", ["[" * 100_000]) == ["json.too_deep"] == [in_python(b"[" * 100_000)]


def test_values_outside_the_profile_are_not_encoded(page: Page) -> None:
    assert set(call(page, "codec", "outsideProfile").values()) == {"json.outside_profile"}


def test_a_member_may_have_any_name(page: Page) -> None:
    names, constructor, text = call(page, "codec", "oddNames")
    assert names == ["__proto__", "constructor", "toString"] and constructor == 2
    assert text == '{"__proto__":{"a":1},"constructor":2,"toString":3}'


@in_a_browser
@given(raw=st.binary(max_size=200))
def test_bytes_are_spelled_alike(page: Page, raw: bytes) -> None:
    text = encode_base64url(raw)
    assert call(page, "codec", "spelled", raw.hex()) == text
    assert call(page, "codec", "unspelled", [text]) == [raw.hex()]


@in_a_browser
@given(texts=st.lists(st.text("ABCDwxyz0189-_+/= \n\té", max_size=9), max_size=40))
def test_other_spellings_are_refused_alike(page: Page, texts: list[str]) -> None:
    def expected(text: str) -> str:
        try:
            return decode_base64url(text).hex()
        except Refused as refused:
            return refused.refusals[0].code

    assert call(page, "codec", "unspelled", texts) == [expected(text) for text in texts]
