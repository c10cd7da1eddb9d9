"""Randomness for salts and nonces, 128 bits each from the system's generator (RFC 9901 sec. 9.3)."""

from __future__ import annotations

import secrets

from detente.codec.base64url import encode_base64url

SALT_BYTES = 16


def make_salt() -> str:
    """A new salt for one disclosure or one decoy, base64url, 22 characters. Never use one twice."""
    return encode_base64url(secrets.token_bytes(SALT_BYTES))


def make_nonce() -> str:
    """A new nonce, of the same form, for a content hash: an edition that differs by a word is guessable."""
    return encode_base64url(secrets.token_bytes(SALT_BYTES))
