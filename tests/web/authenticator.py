"""An authenticator in Python: a passkey of either kind, and what it signs when it is used."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from detente.codec.base64url import encode_base64url

PRESENT, VERIFIED = 0x01, 0x04


class Passkey:
    """kind: ES256 or EdDSA; site: the host name that it was made for."""

    def __init__(self, kind: str = "ES256", site: str = "localhost") -> None:
        self.site = site
        self._key: Any = (
            generate_private_key(SECP256R1()) if kind == "ES256" else Ed25519PrivateKey.generate()
        )
        self.credential = encode_base64url(sha256(self.spki).digest())

    @property
    def spki(self) -> bytes:
        found: bytes = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return found

    @property
    def public(self) -> str:
        return encode_base64url(self.spki)

    def used(self, challenge: str, **other: Any) -> dict[str, str]:
        """What a browser hands on. other: what is not as it should be, by the specification's names."""
        client = {"type": "webauthn.get", "challenge": encode_base64url(challenge.encode()),
                  "origin": f"http://{self.site}", "crossOrigin": False}  # fmt: skip
        flags = other.pop("flags", PRESENT | VERIFIED)
        of_site = sha256(other.pop("rpId", self.site).encode()).digest()
        client_data = json.dumps({**client, **other}).encode()
        data = of_site + bytes([flags]) + bytes(4)
        return {
            "client_data": encode_base64url(client_data),
            "authenticator_data": encode_base64url(data),
            "signature": encode_base64url(self.signs(data + sha256(client_data).digest())),
        }

    def signs(self, message: bytes) -> bytes:
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(message, ECDSA(SHA256()))
        found: bytes = self._key.sign(message)
        return found
