"""The example in docs/specs/wrapped-identity.md is computed again, by code that shares nothing with the browser's."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.codec.canonical_json import encode_canonical
from detente.keys.generate import SigningKey
from detente.web.passkeys import CREDENTIAL_BYTES, MOST, WRAPPED_BYTES
from tests.tlog.test_specs import SPECS, block

PAGE = "wrapped-identity"
LABEL = b"detente wrapped identity v1\n"
SECRET, PROCESS = bytes.fromhex(block(PAGE, "secret")), block(PAGE, "process").strip()
KEPT: dict[str, str] = json.loads(block(PAGE, "kept").replace("\n", ""))
SAID = block(PAGE, "said").replace("\n", "").encode()
SEED, SCALAR = (bytes.fromhex(line) for line in block(PAGE, "inside").split())


def wrapping_key(process: str = PROCESS) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, LABEL, process.encode()).derive(SECRET))


def test_the_secret_opens_what_is_kept_and_gives_the_private_keys() -> None:
    wrapped = decode_base64url(KEPT["wrapped"])
    assert wrapping_key().decrypt(wrapped[:12], wrapped[12:], LABEL + SAID) == SEED + SCALAR
    assert wrapped[:12] + wrapping_key().encrypt(wrapped[:12], SEED + SCALAR, LABEL + SAID) == wrapped
    assert len(wrapped) == WRAPPED_BYTES
    with pytest.raises(InvalidTag):
        wrapping_key(f"detente/{'a' * 26}").decrypt(wrapped[:12], wrapped[12:], LABEL + SAID)


def test_what_is_said_in_the_clear_is_bound_and_names_the_public_halves() -> None:
    told = {name: KEPT[name] for name in ("person", "public", "sealing")}
    assert encode_canonical({"origin": PROCESS, **told}) == SAID
    assert SigningKey.from_seed(SEED).public == decode_base64url(KEPT["public"])
    reading = X25519PrivateKey.from_private_bytes(SCALAR).public_key().public_bytes_raw()
    assert encode_base64url(reading) == KEPT["sealing"]


def test_the_private_keys_are_those_of_the_texts_that_the_page_names() -> None:
    text = b"detente demonstration key: behind a passkey"
    assert (sha256(text).digest(), sha256(text + b", to read with").digest()) == (SEED, SCALAR)


def test_the_page_states_the_limits_of_the_code() -> None:
    page = " ".join((SPECS / f"{PAGE}.md").read_text("utf-8").split())
    assert (
        f"an id of {CREDENTIAL_BYTES.start} to {CREDENTIAL_BYTES.stop - 1} bytes, {WRAPPED_BYTES} wrapped"
        in page
    )
    assert MOST == 4 and "person four are kept at most" in page
