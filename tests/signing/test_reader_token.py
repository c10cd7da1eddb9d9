"""Readers' tokens: docs/specs/reader-token.md, and what its vectors do not say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.keys.thumbprint import thumbprint
from detente.signing.compact import sign_compact
from detente.signing.envelope import parse_entry
from detente.signing.reader_token import (
    LONGEST_LIFE,
    READ_TYPE,
    check_reader_token,
    key_named,
    make_reader_token,
)
from tests.signing.acts import AUTHOR, STRANGER

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "docs/specs/reader-token.md").read_text("utf-8")
PROCESS = "detente/" + "a" * 26
NOW = 1_772_442_000


def block(name: str) -> str:
    (found,) = re.findall(rf"^```{name}\n(.*?)\n```$", SPEC, re.DOTALL | re.MULTILINE)
    return str(found)


TOKEN = re.sub(r"\s", "", block("token"))


def test_the_example_is_good_where_the_page_says() -> None:
    process, now = block("good-for").split()
    public = decode_base64url(block("public-key"))
    check_reader_token(TOKEN, public, process, int(now))
    assert key_named(TOKEN) == thumbprint(public)


def test_the_parts_are_those_of_the_example() -> None:
    header, claims, _signature = TOKEN.split(".")
    assert decode_base64url(header).decode() == block("header")
    assert decode_base64url(claims).decode() == block("payload")
    assert json.loads(block("header"))["typ"] == READ_TYPE
    assert set(json.loads(block("payload"))) == {"exp", "iat", "proc"}


def test_the_example_is_the_sound_vector() -> None:
    assert json.loads((ROOT / "vectors/token/sound.json").read_text("ascii"))["raw"] == TOKEN


def test_every_code_on_the_page_has_a_vector() -> None:
    named = set(re.findall(r"^\| `(token\.[a-z]+)`", SPEC, re.MULTILINE))
    vectors = [
        json.loads(path.read_text("ascii"))["expect"] for path in (ROOT / "vectors/token").glob("*.json")
    ]
    assert named == {vector["code"] for vector in vectors if vector["stage"] == "token"}


@pytest.mark.parametrize("life", range(0, LONGEST_LIFE + 1, 100))
def test_a_token_is_good_from_a_minute_before_until_its_end(life: int) -> None:
    token = make_reader_token(AUTHOR, PROCESS, NOW, life)
    for now in (NOW - 60, NOW, NOW + life):
        check_reader_token(token, AUTHOR.public, PROCESS, now)
    for now in (NOW - 61, NOW + life + 1, 0, 2**53):
        with pytest.raises(Refused, match=r"token\.expired"):
            check_reader_token(token, AUTHOR.public, PROCESS, now)


def test_every_byte_of_a_token_counts() -> None:
    """Changed by one bit, it is refused, or asks for a key that has not signed it."""
    raw = make_reader_token(AUTHOR, PROCESS, NOW).encode()
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(Refused):
            check_reader_token(changed.decode("latin-1"), AUTHOR.public, PROCESS, NOW)


def test_a_token_is_no_act_and_no_other_readers() -> None:
    token = make_reader_token(AUTHOR, PROCESS, NOW)
    with pytest.raises(Refused, match=r"envelope\.typ"):
        parse_entry(token.encode())
    with pytest.raises(Refused, match=r"envelope\.kid"):
        check_reader_token(token, STRANGER.public, PROCESS, NOW)


@pytest.mark.parametrize("token", ["", ".", "..", "a.b", "é.é.é", "\ud800", "~" * 3, "A" * 100_000])
def test_whatever_comes_in_the_header_is_a_refusal(token: str) -> None:
    for read in (key_named, lambda text: check_reader_token(text, AUTHOR.public, PROCESS, NOW)):
        with pytest.raises(Refused):
            read(token)


def test_a_token_that_signs_in_says_which_challenge_it_answers() -> None:
    token = make_reader_token(AUTHOR, PROCESS, NOW, nonce="a challenge")
    assert check_reader_token(token, AUTHOR.public, PROCESS, NOW) == "a challenge"
    assert check_reader_token(make_reader_token(AUTHOR, PROCESS, NOW), AUTHOR.public, PROCESS, NOW) == ""


@pytest.mark.parametrize("nonce", ["", "x" * 65, 7, None])
def test_a_challenge_is_text_of_1_to_64_characters(nonce: object) -> None:
    claims = {"exp": NOW + 300, "iat": NOW, "proc": PROCESS, "nonce": nonce}
    token = sign_compact(AUTHOR, READ_TYPE, claims).decode()
    with pytest.raises(Refused) as refusing:
        check_reader_token(token, AUTHOR.public, PROCESS, NOW)
    assert refusing.value.refusals[0].code == "token.malformed"
