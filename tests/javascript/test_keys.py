"""Keys have the same names, the same words and the same bounds in JavaScript and in Python."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add
from playwright.sync_api import Page

from detente.codec.refusal import Refused
from detente.keys.ed25519 import L, P, signature_holds
from detente.keys.generate import SigningKey
from detente.keys.possession import check_possession, prove_possession
from detente.keys.public import check_public_key
from detente.keys.thumbprint import fingerprint_words, thumbprint
from tests.javascript.pages import CHROMIUM, call
from tests.keys.test_public import IDENTITY, SEEDS, SIGN, SMALL_ORDER, point

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
in_a_browser = settings(deadline=None, max_examples=25)
ORIGIN = "detente/" + "a" * 26


def code_of(public: bytes) -> str:
    try:
        check_public_key(public)
    except Refused as refused:
        return refused.refusals[0].code
    return ""


@in_a_browser
@given(public=st.binary(min_size=32, max_size=32))
def test_a_key_has_the_same_names(page: Page, public: bytes) -> None:
    assert call(page, "keys", "names", public.hex()) == [thumbprint(public), list(fingerprint_words(public))]


@in_a_browser
@given(seed=SEEDS, small=st.sampled_from(SMALL_ORDER[1:]), other=st.binary(max_size=40))
def test_the_same_keys_are_admitted(page: Page, seed: bytes, small: int, other: bytes) -> None:
    sound = SigningKey.from_seed(seed).public
    keys = [sound, crypto_core_ed25519_add(sound, point(small)), seed, other]
    found = call(page, "keys", "admitted", [key.hex() for key in keys])
    assert found == [code_of(key) for key in keys]
    assert found[:2] == ["", "key.mixed_order"]


def test_keys_at_every_edge_are_judged_alike(page: Page) -> None:
    numbers = [
        *SMALL_ORDER,
        *(P + more for more in range(20)),
        P + SIGN,
        1 + SIGN,
        P - 1 + SIGN,
        2,
        7,
        2 + SIGN,
    ]
    keys = [*map(point, numbers), b"", bytes(31), bytes(33), b"\xff" * 32]
    found = call(page, "keys", "admitted", [key.hex() for key in keys])
    assert found == [code_of(key) for key in keys]
    assert {"key.small_order", "key.not_canonical", "key.not_on_curve", "key.length"} <= set(found)


def test_signatures_at_every_edge_are_judged_alike(page: Page) -> None:
    key, message = SigningKey.from_seed(bytes(range(32))), b"message"
    sound = key.sign(message)
    s = int.from_bytes(sound[32:], "little")
    above = sound[:32] + (s + L).to_bytes(32, "little")
    flipped = bytes([sound[0] ^ 1]) + sound[1:]
    signatures = [sound, above, flipped, sound[:63], b"", bytes(64), _with_identity(key, message)]
    signed = [[key.public.hex(), message.hex(), signature.hex()] for signature in signatures]
    found = call(page, "keys", "hold", signed)
    assert found == [signature_holds(key.public, message, signature) for signature in signatures]
    assert found == [True] + [False] * 6


def _with_identity(key: SigningKey, message: bytes) -> bytes:
    """A signature with r = 0: R is the identity, S is h times the private scalar."""
    scalar = int.from_bytes(hashlib.sha512(key.seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    h = int.from_bytes(hashlib.sha512(IDENTITY + key.public + message).digest(), "little")
    return IDENTITY + (h * scalar % L).to_bytes(32, "little")


@in_a_browser
@given(seed=SEEDS, person=st.sampled_from(["A", "PA", "M", "A.legal"]))
def test_a_proof_of_possession_is_the_same_and_checked_on_both_sides(
    page: Page, seed: bytes, person: str
) -> None:
    key = SigningKey.from_seed(seed)
    proof = call(page, "keys", "proved", seed.hex(), ORIGIN, person)
    check_possession(key.public, ORIGIN, person, proof)
    assert proof == prove_possession(key, ORIGIN, person)
    for origin, holder, shown, code in (
        (ORIGIN, person, proof, ""),
        (ORIGIN + "b", person, proof, "key.possession"),
        (ORIGIN, "B", proof, "key.possession"),
        (ORIGIN, person, proof + "=", "key.possession"),
        (ORIGIN, person, "", "key.possession"),
    ):
        assert call(page, "keys", "possessionCode", key.public.hex(), origin, holder, shown) == code
    assert call(page, "keys", "possessionCode", IDENTITY.hex(), ORIGIN, person, proof) == "key.small_order"
