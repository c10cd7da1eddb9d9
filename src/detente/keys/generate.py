"""A key pair, and the only randomness on this floor.

>>> key = SigningKey.from_seed(bytes(32))
>>> key.key_id
'9ZP03Nu8GrXPAUkbKNxHOKBzxPX83SShgFkRNK-f2lw'
>>> len(key.sign(b"message"))
64
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

from detente.codec.refusal import refuse
from detente.keys.ed25519 import SIGNATURE_BYTES
from detente.keys.thumbprint import thumbprint

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 private key (RFC 8032 sec. 5.1.5). Its seed is never printed.

    seed: 32 bytes. public: 32 bytes. key_id: the thumbprint, 43 characters.
    Raises `Refused` with code `key.length`.
    """

    seed: bytes = field(repr=False)
    public: bytes = field(init=False)
    key_id: str = field(init=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise refuse("key.length", f"A seed has 32 bytes, not {len(self.seed)}.", "RFC 8032 sec. 5.1.5")
        public, _ = crypto_sign_seed_keypair(self.seed)
        object.__setattr__(self, "public", public)
        object.__setattr__(self, "key_id", thumbprint(public))

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        return cls(seed)

    def sign(self, message: bytes) -> bytes:
        """64 bytes, the same for the same message (RFC 8032 sec. 5.1.6)."""
        # libsodium's secret key is the seed followed by the public key.
        return crypto_sign(message, self.seed + self.public)[:SIGNATURE_BYTES]


def generate_signing_key() -> SigningKey:
    return SigningKey(secrets.token_bytes(SEED_BYTES))
