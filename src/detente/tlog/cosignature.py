"""Cosignatures: a witness states that a checkpoint extends all it saw before (C2SP tlog-cosignature).

A cosignature is a signature line on the checkpoint's note. Its signature is the time in Unix seconds, 8 bytes
big-endian, and then the signature proper over a message that holds the same time:

| algorithm | signature | message |
|---|---|---|
| 0x04 Ed25519 | 64 bytes | `cosignature/v1`, newline, `time N`, newline, the checkpoint's text |
| 0x06 ML-DSA-44 | 2,420 bytes | `subtree/v1`, newline, 0x00; cosigner's name; time; origin; 0; size; root |

In the second, names follow their length in one byte, numbers are 8 bytes big-endian, the root is 32 bytes.

    >>> text = "detente/demonstration\\n0\\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\\n"
    >>> witness = Cosigner.from_seed("witness.example", ED25519_COSIGNATURE, bytes(32))
    >>> line = witness.sign(text, time=1761618600)
    >>> line.signature[:8].hex()
    '0000000069002aa8'
    >>> CosignatureVerifier(witness.key).verify(text, line.signature)
    1761618600
    >>> signed_message(witness.key, text, 1761618600).decode().splitlines()[:3]
    ['cosignature/v1', 'time 1761618600', 'detente/demonstration']
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from detente.codec.refusal import refuse
from detente.keys.ed25519 import signature_holds
from detente.keys.generate import SigningKey
from detente.keys.public import check_public_key
from detente.tlog.checkpoint import parse_checkpoint
from detente.tlog.line import LARGEST_NUMBER
from detente.tlog.signed_note import NoteSignature, VerifierKey, bad_signature

ED25519_COSIGNATURE = 0x04
MLDSA44_COSIGNATURE = 0x06

_CLAUSE = "C2SP tlog-cosignature"


def signed_message(key: VerifierKey, text: str, time: int) -> bytes:
    """What the cosigner's key signs for the checkpoint `text` at `time`.

    Raises `Refused` with code `cosignature.time` (above 2^63 - 1), `cosignature.name` (a name over 255 bytes)
    or one of those of `parse_checkpoint`.
    """
    checkpoint = parse_checkpoint(text)
    if not 0 <= time <= LARGEST_NUMBER:
        raise refuse(
            "cosignature.time", "The time is not a number from 0 to 2^63 - 1.", _CLAUSE, "State Unix seconds."
        )
    if key.algorithm == ED25519_COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    return b"".join(
        (
            b"subtree/v1\n\x00",
            _with_length(key.name),
            time.to_bytes(8, "big"),
            _with_length(checkpoint.origin),
            bytes(8),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root,
        )
    )


class CosignatureVerifier(msgspec.Struct, frozen=True):
    """Verifies one cosigner's cosignatures.

    Raises `Refused` with code `vkey.algorithm` for another key, or as `check_public_key` does.
    """

    key: VerifierKey

    def __post_init__(self) -> None:
        _check_algorithm(self.key.algorithm)
        if self.key.algorithm == ED25519_COSIGNATURE:
            check_public_key(self.key.public_key)

    def verify(self, text: str, signature: bytes) -> int:
        """The time stated, in Unix seconds; 0 where an ML-DSA-44 cosigner states none.

        Raises `Refused` with code `note.signature`, or one of those of `signed_message`.
        """
        time = int.from_bytes(signature[:8], "big")
        message = signed_message(self.key, text, time)
        ed25519 = self.key.algorithm == ED25519_COSIGNATURE
        holds = signature_holds if ed25519 else _mldsa44_signature_holds
        if not holds(self.key.public_key, message, signature[8:]):
            raise bad_signature(self.key.name)
        return time


class Cosigner(msgspec.Struct, frozen=True):
    """Cosigns checkpoints. Whether a checkpoint may be cosigned is for the witness to decide first.

    algorithm: 0x04 or 0x06; sign_bytes: message to signature, without the time.
    """

    name: str
    algorithm: int
    public_key: bytes
    sign_bytes: Callable[[bytes], bytes]

    def __post_init__(self) -> None:
        _check_algorithm(self.algorithm)

    @classmethod
    def from_seed(cls, name: str, algorithm: int, seed: bytes) -> Cosigner:
        """`seed`: 32 bytes (RFC 8032 sec. 5.1.5, FIPS 204 sec. 6.1)."""
        if algorithm == MLDSA44_COSIGNATURE:
            mldsa = MLDSA44PrivateKey.from_seed_bytes(seed)
            return cls(name, algorithm, mldsa.public_key().public_bytes_raw(), mldsa.sign)
        ed25519 = SigningKey.from_seed(seed)
        return cls(name, algorithm, ed25519.public, ed25519.sign)

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, self.algorithm, self.public_key)

    def sign(self, text: str, time: int) -> NoteSignature:
        """The line for the checkpoint `text` at `time` (Unix seconds). Raises as `signed_message` does."""
        key = self.key
        signature = self.sign_bytes(signed_message(key, text, time))
        return NoteSignature(key.name, key.key_id, time.to_bytes(8, "big") + signature)


def _check_algorithm(algorithm: int) -> None:
    if algorithm not in (ED25519_COSIGNATURE, MLDSA44_COSIGNATURE):
        raise refuse(
            "vkey.algorithm",
            "The key is not a cosigner's key.",
            _CLAUSE,
            "Copy the whole line of the cosigner’s key again.",
        )


def _with_length(name: str) -> bytes:
    raw = name.encode()
    if len(raw) > 255:
        raise refuse(
            "cosignature.name",
            "A cosigner's name or an origin is over 255 bytes.",
            _CLAUSE,
            "Give a shorter name.",
        )
    return bytes([len(raw)]) + raw


def _mldsa44_signature_holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        MLDSA44PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
