"""Wrapping in the browser: it opens the specification's example, Python opens what it wraps, and nothing else opens."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from playwright.sync_api import Page

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.keys.ed25519 import signature_holds
from detente.keys.generate import SigningKey
from tests.javascript.pages import CHROMIUM, call
from tests.sealing.test_wrapped_identity_spec import KEPT, LABEL, PROCESS, SCALAR, SECRET, SEED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
OTHER = X25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
ELSEWHERE = "detente/" + "a" * 26


def opened(
    page: Page, kept: dict[str, str], secret: bytes = SECRET, process: str = PROCESS
) -> dict[str, Any]:
    public = OTHER.public_key().public_bytes_raw().hex()
    found: dict[str, Any] = call(
        page, "wrapped", "open", secret.hex(), process, kept, b"message".hex(), public
    )
    return found


def wrapped(seed: bytes, scalar: bytes, told: dict[str, str]) -> dict[str, str]:
    """As a browser would wrap it; what is told need not be true."""
    said = LABEL + encode_canonical({"origin": PROCESS, **told})
    key = AESGCM(HKDF(SHA256(), 32, LABEL, PROCESS.encode()).derive(SECRET))
    return {**told, "wrapped": encode_base64url(bytes(12) + key.encrypt(bytes(12), seed + scalar, said))}


def test_the_example_of_the_specification_opens_into_keys_that_cannot_be_read(page: Page) -> None:
    found = opened(page, KEPT)["found"]
    assert SigningKey.from_seed(SEED).sign(b"message").hex() == found["signature"]
    assert X25519PrivateKey.from_private_bytes(SCALAR).exchange(OTHER.public_key()).hex() == found["shared"]
    assert found["readable"] == [False, False]
    assert call(page, "wrapped", "input", PROCESS) == LABEL.decode() + PROCESS


def test_what_is_wrapped_here_opens_again_and_no_two_are_alike(page: Page) -> None:
    made = [call(page, "wrapped", "wrap", SECRET.hex(), PROCESS, "B") for _time in range(2)]
    assert {one["person"] for one in made} == {"B"}
    assert all(made[0][name] != made[1][name] for name in ("public", "sealing", "wrapped"))
    for one in made:
        found = opened(page, one)["found"]
        public = decode_base64url(one["public"])
        assert signature_holds(public, b"message", bytes.fromhex(found["signature"]))
        reading = X25519PublicKey.from_public_bytes(decode_base64url(one["sealing"]))
        assert OTHER.exchange(reading).hex() == found["shared"]


def faults() -> dict[str, tuple[dict[str, str], bytes, str]]:
    """What does not open: the identity, the secret, the process."""
    told = {name: KEPT[name] for name in ("person", "public", "sealing")}
    raw = decode_base64url(KEPT["wrapped"])
    flipped = {at: bytes((*raw[:at], raw[at] ^ 1, *raw[at + 1 :])) for at in (0, 20, 60, len(raw) - 1)}
    another, other = SigningKey.from_seed(bytes(32)), encode_base64url(OTHER.public_key().public_bytes_raw())
    return {
        "another secret": (KEPT, bytes(32), PROCESS),
        "another process": (KEPT, SECRET, ELSEWHERE),
        "another person": ({**KEPT, "person": "A"}, SECRET, PROCESS),
        "another key": ({**KEPT, "public": encode_base64url(another.public)}, SECRET, PROCESS),
        "another key to read with": ({**KEPT, "sealing": other}, SECRET, PROCESS),
        "nothing": ({**KEPT, "wrapped": ""}, SECRET, PROCESS),
        "no base64url": ({**KEPT, "wrapped": "!"}, SECRET, PROCESS),
        **{f"byte {at}": ({**KEPT, "wrapped": encode_base64url(r)}, SECRET, PROCESS) for at, r in flipped.items()},
        "wrapped with a false key": (wrapped(bytes(32), SCALAR, told), SECRET, PROCESS),
        "wrapped with a false key to read with": (wrapped(SEED, bytes(range(32)), told), SECRET, PROCESS),
        "wrapped too short": (wrapped(SEED, SCALAR[:16], told), SECRET, PROCESS),
    }  # fmt: skip


@pytest.mark.parametrize("name", faults())
def test_what_is_not_as_it_was_wrapped_is_refused(page: Page, name: str) -> None:
    outcome = opened(page, *faults()[name])
    assert [one["code"] for one in outcome["refusals"]] == ["passkey.damaged"]


def test_what_python_wraps_as_the_page_says_opens(page: Page) -> None:
    told = {name: KEPT[name] for name in ("person", "public", "sealing")}
    assert "found" in opened(page, wrapped(SEED, SCALAR, told))
