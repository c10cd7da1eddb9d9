"""Custody of the logs' own keys: each is wrapped under a host key that is never in the database.

Whoever steals the database alone can sign no checkpoint. The host key is 32 bytes in a file of its own,
readable by its owner only; losing it ends every log it wraps (docs/adr/0005-custody.md).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.keys.generate import SigningKey, generate_signing_key
from detente.store.durable_files import write_privately

HOST_KEY_BYTES = 32
_NONCE_BYTES = 12


def read_host_key(path: Path) -> bytes:
    """The host key in `path`, made there on first use. Raises `Refused` with code `custody.host_key`."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another process of this host has just made it
            write_privately(path, os.urandom(HOST_KEY_BYTES))
    key = path.read_bytes()
    if len(key) != HOST_KEY_BYTES:
        raise refuse("custody.host_key", f"The host key in {path} is not {HOST_KEY_BYTES} bytes.",
                     instead="Restore the file from your backup of the host key.")  # fmt: skip
    return key


class Custody:
    """Wraps and unwraps the keys of logs and of the keeper."""

    def __init__(self, host_key: bytes, generate: Callable[[], SigningKey] = generate_signing_key) -> None:
        self._cipher = AESGCM(host_key)
        self._generate = generate

    def make_key(self) -> tuple[SigningKey, tuple[str, bytes]]:
        """A new key and the wrapped secret to store under its name."""
        key = self._generate()
        return key, self._wrap(encode_base64url(key.public), key.seed)

    def make_mldsa_key(self) -> tuple[str, tuple[str, bytes]]:
        """A new ML-DSA-44 public key (base64url) and the wrapped secret to store under its name."""
        key = MLDSA44PrivateKey.generate()
        public = encode_base64url(key.public_key().public_bytes_raw())
        return public, self._wrap(public, key.private_bytes_raw())

    def _wrap(self, public: str, seed: bytes) -> tuple[str, bytes]:
        name, nonce = secret_name(public), os.urandom(_NONCE_BYTES)
        return name, nonce + self._cipher.encrypt(nonce, seed, name.encode())

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """The seed. Raises `Refused` with code `custody.unwrap`: another host key, or changed bytes."""
        try:
            seed = self._cipher.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise refuse("custody.unwrap", "A log's key does not open under this host key.",
                         instead="Start with the host key that this database was made with.") from error  # fmt: skip
        return seed


def secret_name(public: str) -> str:
    """Under which name the store keeps the wrapped key with this public key (base64url)."""
    return f"key/{public}"


def use_name(public: str) -> str:
    """Under which name the store keeps the process for which the key with this public key is used."""
    return f"use/{public}"
