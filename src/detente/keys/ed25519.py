"""The numbers of Ed25519 (RFC 8032 sec. 5.1) and the one place where a signature is checked.

Implementations disagree about what lies at the edge: OpenSSL, for one, lets the identity point verify any
message. So the edge is refused before the library is asked: keys in `detente.keys.public`, signatures
with S not below L here.
"""

from __future__ import annotations

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

P = 2**255 - 19
"""The field's prime."""

L = 2**252 + 27742317777372353535851937790883648493
"""The order of the base point."""

D = -121665 * pow(121666, -1, P) % P
"""The curve is -x^2 + y^2 = 1 + D x^2 y^2."""

KEY_BYTES = 32
SIGNATURE_BYTES = 64


def scalar_below_order(signature: bytes) -> bool:
    """Whether S, the second half, is below L: otherwise S + L is a second signature of the same act."""
    return int.from_bytes(signature[32:], "little") < L


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) is `public`'s over `message` (RFC 8032 sec. 5.1.7, cofactorless).

    `public` must have passed `detente.keys.public.check_public_key`. Never raises on bad bytes.
    """
    if len(signature) != SIGNATURE_BYTES or not scalar_below_order(signature):
        return False
    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        return False
    return True
