"""Sealed files from keys that are public and numbers that are not drawn: age's format written out once more, with
`cryptography` and without the libraries that read it (C2SP age, sections "The header" and "The payload").

Each secret is SHA-256 of `detente demonstration key: ` and its name.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from hmac import digest

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from log_parts import seed_of

from detente.sealing.bech32 import encode_bech32

VERSION = b"age-encryption.org/v1\n"
FILE_KEY, NONCE = (
    sha256(f"detente demonstration {name}".encode()).digest()[:16] for name in ("file", "nonce")
)
CHUNK = 65_536


class Reader:
    """A key pair to read with, from its name."""

    def __init__(self, name: str) -> None:
        self.secret = seed_of(name)
        self.public = X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()
        self.identity = encode_bech32("AGE-SECRET-KEY-", self.secret).upper()
        self.recipient = encode_bech32("age", self.public)


MEMBER_A, MEMBER_B, RECOVERY, STRANGER = map(Reader, ("member A", "member B", "recovery of A", "stranger"))


def base64(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def stanza(public: bytes, file_key: bytes = FILE_KEY) -> bytes:
    """The file key wrapped to one reader, with a one-time key that follows from the reader's."""
    once = X25519PrivateKey.from_private_bytes(sha256(b"one-time key for " + public).digest())
    share = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    key = _derived(shared, share + public, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    return b"-> X25519 " + base64(share) + b"\n" + base64(body) + b"\n"


def header(stanzas: Sequence[bytes]) -> bytes:
    before = VERSION + b"".join(stanzas) + b"---"
    return before + b" " + base64(digest(_derived(FILE_KEY, b"", b"header"), before, "sha256")) + b"\n"


def payload(plaintext: bytes) -> bytes:
    cipher = ChaCha20Poly1305(_derived(FILE_KEY, NONCE, b"payload"))
    chunks = [plaintext[at : at + CHUNK] for at in range(0, len(plaintext), CHUNK)] or [b""]
    nonces = [number.to_bytes(11) + bytes([number == len(chunks) - 1]) for number in range(len(chunks))]
    sealed = (cipher.encrypt(nonce, chunk, None) for nonce, chunk in zip(nonces, chunks, strict=True))
    return NONCE + b"".join(sealed)


def sealed_file(plaintext: bytes, *stanzas: bytes) -> bytes:
    return header(stanzas) + payload(plaintext)
