"""The keys that a browser holds: they outlive it, cannot be read, and no two processes share one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from detente.codec.base64url import decode_base64url
from detente.keys.ed25519 import signature_holds
from detente.keys.public import read_public_key
from detente.keys.thumbprint import thumbprint
from tests.javascript.pages import CHROMIUM, FLAGS, call, complaints_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
ONE, TWO = "detente/" + "a" * 26, "detente/" + "b" * 26
MADE = 1_761_618_600


@contextmanager
def started(playwright: Playwright, profile: Path, address: str, *flags: str) -> Iterator[Page]:
    """A browser with a profile on disk, until it is closed."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=[*FLAGS, *flags]
    )
    page = context.new_page()
    complaints = complaints_of(page)
    page.goto(address)
    try:
        yield page
    finally:
        context.close()
    assert complaints == []


def make(page: Page, process: str, made: int = MADE) -> dict[str, Any]:
    found: dict[str, Any] = call(page, "keys", "make", process, made)["found"]
    return found


def code_of(outcome: dict[str, Any]) -> str:
    return str(outcome["refusals"][0]["code"])


def test_keys_outlive_the_browser_and_sign_again(playwright: Playwright, port: int, tmp_path: Path) -> None:
    address = f"http://localhost:{port}/"
    with started(playwright, tmp_path, address) as page:
        first, second = make(page, ONE), make(page, TWO)
    with started(playwright, tmp_path, address) as page:
        assert {key["keyId"]: key for key in call(page, "keys", "listKeys")} == {
            first["keyId"]: first, second["keyId"]: second
        }  # fmt: skip
        public = read_public_key(first["publicKey"])
        assert thumbprint(public) == first["keyId"]
        signature = bytes.fromhex(call(page, "keys", "signed", first["keyId"], b"message".hex())["found"])
        assert signature_holds(public, b"message", signature)
        said = call(page, "keys", "tryToExport")
        assert len(said) == 2 * 2 * 3
        assert {tuple(one) for one in said} == {
            (name, False, "InvalidAccessError") for name in ("Ed25519", "X25519")
        }


def test_two_processes_have_different_keys(page: Page) -> None:
    one, again, two = make(page, ONE, MADE + 1), make(page, ONE, MADE), make(page, TWO)
    for member in ("keyId", "publicKey", "sealingKey"):
        assert len({key[member] for key in (one, again, two)}) == 3
    assert call(page, "keys", "keysOf", ONE) == [again, one]
    assert call(page, "keys", "keysOf", TWO) == [two]
    assert set(one) == {"keyId", "process", "publicKey", "sealingKey", "made", "persistent"}
    assert isinstance(one["persistent"], bool)


def test_a_forgotten_key_is_gone(page: Page) -> None:
    key = make(page, ONE)
    call(page, "keys", "forget", key["keyId"])
    assert key not in call(page, "keys", "listKeys")
    assert code_of(call(page, "keys", "signed", key["keyId"], "00")) == "keyring.absent"


def test_a_convenors_key_is_tied_once(page: Page) -> None:
    key = make(page, "")
    assert call(page, "keys", "tied", key["keyId"], TWO)["found"] == {**key, "process": TWO}
    assert call(page, "keys", "tied", key["keyId"], TWO)["found"]["process"] == TWO
    assert code_of(call(page, "keys", "tied", key["keyId"], ONE)) == "keyring.tied"
    assert key["keyId"] in {kept["keyId"] for kept in call(page, "keys", "keysOf", TWO)}
    assert code_of(call(page, "keys", "tied", "nobody's", ONE)) == "keyring.absent"


def test_the_pair_to_read_with_agrees_on_a_secret(page: Page) -> None:
    key = make(page, ONE)
    found = call(page, "keys", "shared", key["keyId"])
    assert found["ends"][0] == found["ends"][1] and len(found["ends"][0]) == 64
    assert found["sealingKey"] == key["sealingKey"] and len(decode_base64url(key["sealingKey"])) == 32


def test_plain_http_from_another_machine_is_told_plainly(
    playwright: Playwright, port: int, tmp_path: Path
) -> None:
    mapped = "--host-resolver-rules=MAP elsewhere.example 127.0.0.1"
    with started(playwright, tmp_path, f"http://elsewhere.example:{port}/", mapped) as page:
        assert page.evaluate("[isSecureContext, typeof crypto.subtle]") == [False, "undefined"]
        outcome = call(page, "keys", "make", ONE, MADE)
        assert code_of(outcome) == "browser.insecure_context"
        assert "http://localhost" in outcome["refusals"][0]["instead"]
        assert code_of(call(page, "keys", "tied", "any", ONE)) == "browser.insecure_context"
