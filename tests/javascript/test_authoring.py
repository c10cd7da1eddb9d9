"""An act made in the browser is, byte for byte, the act that Python makes of the same fields, key and salts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from detente.acts import authoring
from detente.acts.authoring import Place, author_act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.keys.generate import SigningKey
from detente.signing.disclosure import open_disclosures
from detente.signing.envelope import parse_envelope
from detente.signing.signer import sign_act
from detente.state.records import Chain
from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
in_a_browser = settings(deadline=None, max_examples=25)
ROOT = Path(__file__).parents[2]
KEY = SigningKey.from_seed(bytes(range(32)))
ORIGIN = "detente/" + "a" * 26
LEAF = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
PLACE = Place(ORIGIN, Chain(4, LEAF), (12, LEAF))
IAT = 1_761_618_600
ENVELOPE = ("act", "v", "proc", "iat", "seq", "prev", "seen", "aud", "_sd")
STATEMENT = {"claims": [["other", ""]]}


def salts(count: int) -> list[str]:
    return [encode_base64url(bytes([number]) * 16) for number in range(count)]


def in_python(kind: str, place: Place, clear: Any, hidden: Any, audience: Any = ("all",)) -> Any:
    drawn = iter(salts(20))

    def sign_with_these_salts(*given: Any, **named: Any) -> bytes:
        return sign_act(*given, salts=lambda: next(drawn), **named)

    with patch.object(authoring, "sign_act", sign_with_these_salts):
        return author_act(KEY, BY_NAME[kind], place, IAT, clear, hidden, audience)


def in_browser(
    page: Page, kind: str, place: Place, clear: Any, hidden: Any, audience: Any = ("all",)
) -> dict[str, Any]:
    where = msgspec.to_builtins(place)
    found: dict[str, Any] = call(
        page, "authoring", "author", KEY.seed.hex(), kind, where, IAT, clear, hidden, audience, salts(20)
    )
    return found


def acts_of_records() -> Iterator[tuple[str, Any, Any, Any]]:
    """The fields of each kind of act that stands in a record among the vectors, once for each set of fields."""
    known = set()
    for path in sorted((ROOT / "vectors").rglob("*.copy")):
        for line in path.read_bytes().splitlines():
            if not line.startswith(b"act "):
                continue
            envelope = parse_envelope(line.removeprefix(b"act "))
            payload = json.loads(envelope.payload)
            clear = {name: value for name, value in payload.items() if name not in ENVELOPE}
            hidden = open_disclosures(payload["_sd"], envelope.disclosures, payload.keys())
            found = (payload["act"], *sorted(clear), *sorted(hidden))
            if payload["act"] in BY_NAME and found not in known:
                known.add(found)
                yield payload["act"], clear, hidden, payload["aud"]


RECORDED = list(acts_of_records())


def test_acts_of_real_records_come_out_the_same(page: Page) -> None:
    assert len({kind for kind, *_fields in RECORDED}) >= 30
    for kind, clear, hidden, audience in RECORDED:
        made = in_browser(page, kind, PLACE, clear, hidden, audience)
        assert made == {"found": in_python(kind, PLACE, clear, hidden, audience).decode()}, kind


def sample(kind: str) -> dict[str, Any]:
    """Some value for each clear field that must be there; their types are not asked here."""
    named = {"claims": [["other", ""]], "yes": True, "number": 1, "languages": ["en"], "sides": ["A", "B"]}
    fields = msgspec.structs.fields(BY_NAME[kind].clear)
    known = (*ENVELOPE, "on", "sd")
    return {f.name: named.get(f.name, "x") for f in fields if f.required and f.name not in known}


@pytest.mark.parametrize("kind", BY_NAME)
def test_every_kind_hides_its_own_fields_and_leaves_its_defaults_out(page: Page, kind: str) -> None:
    """Signed by Python with the kind's own fields; the browser is given every default spelled out."""
    own = [f for f in msgspec.structs.fields(BY_NAME[kind].clear) if f.name not in (*ENVELOPE, "on", "sd")]
    defaults = {f.name: f.default for f in own if not f.required}
    names = BY_NAME[kind].hidden_fields
    hidden = {name: f"words of {name}" for name in names[::2]}
    payload = {
        **sample(kind), "act": kind, "v": 1, "proc": ORIGIN, "iat": IAT, "seq": 5, "prev": LEAF,
        "seen": PLACE.seen, "aud": ("all",),
    }  # fmt: skip
    drawn = iter(salts(20))
    expected = sign_act(KEY, payload, hidden, names, lambda: next(drawn)).decode()
    spelled_out = {**sample(kind), **defaults, "on": None}
    nothing = {name: None for name in names if name not in hidden}
    assert in_browser(page, kind, PLACE, spelled_out, {**hidden, **nothing}) == {"found": expected}


@in_a_browser
@given(text=st.text(st.characters(exclude_categories=["Cs"])), first=st.booleans(), chamber=st.booleans())
def test_any_text_any_place(page: Page, text: str, first: bool, chamber: bool) -> None:
    place = Place(ORIGIN + "/side-A" * chamber, None if first else Chain(4, LEAF), (12, LEAF))
    raw = in_python("register_statement", place, STATEMENT, {"text": text, "remark": None}, ("A", "M"))
    assert in_browser(page, "register_statement", place, STATEMENT, {"text": text}, ("A", "M")) == {
        "found": raw.decode()
    }
    found = call(page, "authoring", "readThrough", raw.decode(), encode_base64url(KEY.public))["found"]
    payload = json.loads(parse_envelope(raw).payload)
    assert found == {
        "kid": KEY.key_id, "members": payload, "hidden": {"text": text},
        "submission": parse_envelope(raw).submission,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "clear", "hidden"),
    [
        ("register_statement", {}, {}),
        ("register_statement", {**STATEMENT, "claim": 1}, {}),
        ("register_statement", STATEMENT, {"words": "x"}),
        ("assent", {"instrument": "road"}, {}),
    ],
)
def test_fields_that_are_not_those_of_the_kind_are_refused(
    page: Page, kind: str, clear: Any, hidden: Any
) -> None:
    with pytest.raises(Refused, match=r"act\.malformed"):
        in_python(kind, PLACE, clear, hidden)
    assert in_browser(page, kind, PLACE, clear, hidden)["refusals"][0]["code"] == "act.malformed"


def test_a_kind_that_is_not_known_is_refused(page: Page) -> None:
    found = in_browser(page, "toString", PLACE, {}, {})
    assert found["refusals"][0]["code"] == "act.unknown_kind"


def test_an_entry_too_large_for_a_tile_is_refused(page: Page) -> None:
    large = {"claims": [["other", "x" * 50_000]]}
    assert in_browser(page, "register_statement", PLACE, large, {})["refusals"][0]["code"] == (
        "envelope.entry_size"
    )


@in_a_browser
@given(label=st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True), nonce=st.binary(min_size=16, max_size=16))
def test_a_process_has_the_same_name(page: Page, label: str, nonce: bytes) -> None:
    stated = (label, encode_base64url(nonce * 2), encode_base64url(KEY.public), encode_base64url(nonce))
    assert call(page, "authoring", "processOrigin", *stated) == process_origin(*stated)
