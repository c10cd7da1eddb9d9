"""Weak keys are refused in the browser as at the door: to sign with, and to seal to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.javascript.pages import CHROMIUM, call
from tests.keys.weak import ED25519, X25519

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
ORIGIN = "detente/" + "a" * 26
FORGED = "AQ" + "A" * 84


def test_the_browser_judges_weak_keys_as_the_door_does(page: Page) -> None:
    keys = [public.hex() for public, _code in ED25519.values()]
    assert call(page, "keys", "admitted", keys) == [code for _public, code in ED25519.values()]


@pytest.mark.parametrize(("public", "code"), ED25519.values(), ids=ED25519)
def test_a_weak_key_proves_no_possession(page: Page, public: bytes, code: str) -> None:
    found = call(page, "keys", "possessionCode", public.hex(), ORIGIN, "A", FORGED)
    assert found in (code, "key.possession")


@pytest.mark.parametrize("public", X25519.values(), ids=X25519)
def test_the_browser_seals_to_no_weak_key(page: Page, public: bytes) -> None:
    """A key box of a chamber is sealed to each of its readers: one weak key, and everybody could open it."""
    sound = (bytes([9]) + bytes(31)).hex()
    found = call(page, "sealing", "sealed", "00", [sound, public.hex()])
    assert [refusal["code"] for refusal in found["refusals"]] == ["sealing.recipient"]
    assert isinstance(call(page, "sealing", "sealed", "00", [sound]), dict | str)
