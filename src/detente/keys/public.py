"""Which bytes are admitted as a public key. Checked at enrolment and again before any signature.

1. 32 bytes.
2. One encoding for each point: y below p, and no sign on x = 0 (RFC 8032 sec. 5.1.3).
3. A point of the curve.
4. Not one of the eight points of small order: the identity point "verifies" any message.
5. In the group of prime order: with a component of small order, verifiers disagree on one signature.
"""

from __future__ import annotations

from nacl.bindings import crypto_core_ed25519_is_valid_point

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import refuse
from detente.keys.ed25519 import KEY_BYTES, D, P

_ANOTHER_KEY = "Enrol another key, made by a generator that you trust."


def _x_squared(y: int) -> int:
    return (y * y - 1) * pow(D * y * y + 1, -1, P) % P


def _is_square(value: int) -> bool:
    return pow(value, (P - 1) // 2, P) in (0, 1)


def _has_small_order(y: int) -> bool:
    """Order 1 and 2 have y = ±1, order 4 has y = 0; doubling to y = 0 (order 8) means x^2 = -y^2."""
    return y in (0, 1, P - 1) or (D * y**4 + 2 * y * y - 1) % P == 0


def check_public_key(public: bytes) -> None:
    """Raises `Refused`: `key.length`, `key.not_canonical`, `key.not_on_curve`, `key.small_order` or
    `key.mixed_order`, in that order."""
    if len(public) != KEY_BYTES:
        raise refuse(
            "key.length",
            f"A public key has 32 bytes, not {len(public)}.",
            "RFC 8032 sec. 5.1.5",
            _ANOTHER_KEY,
        )
    number = int.from_bytes(public, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P or (sign and y in (1, P - 1)):
        raise refuse(
            "key.not_canonical",
            "The public key is a second spelling of another key.",
            "RFC 8032 sec. 5.1.3",
            _ANOTHER_KEY,
        )
    if not _is_square(_x_squared(y)):
        raise refuse(
            "key.not_on_curve", "The bytes are no point of Ed25519.", "RFC 8032 sec. 5.1.3", _ANOTHER_KEY
        )
    if _has_small_order(y):
        raise refuse(
            "key.small_order",
            "The public key is a point of small order, for which anyone can make signatures.",
            instead=_ANOTHER_KEY,
        )
    if not crypto_core_ed25519_is_valid_point(public):
        raise refuse(
            "key.mixed_order",
            "The public key has a component of small order, on which verifiers disagree.",
            "RFC 8032 sec. 8.8",
            _ANOTHER_KEY,
        )


def read_public_key(x: str) -> bytes:
    """The 32 bytes behind a JWK's `x` (RFC 8037 sec. 2), checked.

    Raises `Refused` with code `base64.not_canonical` or one of `check_public_key`.
    """
    public = decode_base64url(x)
    check_public_key(public)
    return public
