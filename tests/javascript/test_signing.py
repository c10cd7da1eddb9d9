"""What is signed in the browser is drawn anew, refused and read as in Python: acts by their parts, and tokens."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.signing.envelope import parse_envelope
from detente.signing.reader_token import check_reader_token, make_reader_token
from detente.signing.signer import sign_act
from tests.codec.test_canonical_json import VALUES
from tests.javascript.pages import CHROMIUM, call
from tests.javascript.test_authoring import IAT, KEY, ORIGIN, PLACE, STATEMENT, in_a_browser, salts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


@in_a_browser
@given(payload=st.dictionaries(st.sampled_from(["act", "v", "a", "b", "_sd"]), VALUES), value=VALUES)
def test_signing_refuses_alike(page: Page, payload: dict[str, Any], value: Any) -> None:
    cases: list[tuple[dict[str, Any], list[str], list[str]]] = [
        ({"b": value}, ["b", "c"], salts(2)),
        ({"...": value}, ["..."], salts(1)),
        ({"b": {"deep": [{"_sd": value}]}}, ["b"], salts(1)),
        ({"z": value}, ["b"], salts(1)),
        ({}, ["c", "c"], salts(2)),
        ({}, ["c", "d"], salts(1) * 2),
        ({"seq": value}, ["seq"], salts(1)),
        ({"d": value}, ["d"], ["c2hvcnQ"]),
    ]
    for hidden, names, drawn in cases:
        found = call(page, "authoring", "sign", KEY.seed.hex(), payload, hidden, names, drawn)
        again = iter(drawn)
        try:
            expected: dict[str, Any] = {
                "found": sign_act(KEY, payload, hidden, names, lambda again=again: next(again)).decode()
            }
        except Refused as refused:
            expected = {"refusals": msgspec.to_builtins(list(refused.refusals))}
        assert found == expected


def test_salts_are_drawn_anew(page: Page) -> None:
    drawn = call(page, "authoring", "salts", 200)
    assert len(set(drawn)) == 200 and all(len(decode_base64url(salt)) == 16 for salt in drawn)
    where = msgspec.to_builtins(PLACE)
    given = (KEY.seed.hex(), "register_statement", where, IAT, STATEMENT, {"text": "x"}, ["all"], None)
    one, two = (call(page, "authoring", "author", *given)["found"] for _ in range(2))
    digests = [set(json.loads(parse_envelope(raw.encode()).payload)["_sd"]) for raw in (one, two)]
    assert len(digests[0]) == len(digests[1]) == 5 and not digests[0] & digests[1]


def test_a_readers_token_is_the_same(page: Page) -> None:
    token = call(page, "authoring", "token", KEY.seed.hex(), ORIGIN, IAT)
    assert token == make_reader_token(KEY, ORIGIN, IAT)
    check_reader_token(token, KEY.public, ORIGIN, IAT)
