"""Which 32 bytes are admitted as a key to seal to, and their text `age1...`.

1. 32 bytes.
2. One spelling for each point: the coordinate below p, the highest bit zero. Whoever holds the private key derives
   the canonical spelling, and age binds it: a file to a second spelling could be opened by nobody.
3. Not a point of small order: what is sealed to one can be opened by everybody (RFC 7748 sec. 6.1).

>>> recipient_of(bytes([9]) + bytes(31))
'age1pyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq8r66x'
"""

from __future__ import annotations

from typing import Final

from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.sealing.bech32 import decode_bech32, encode_bech32

KEY_BYTES: Final = 32
P: Final = 2**255 - 19
"""The field's prime (RFC 7748 sec. 4.1)."""

A: Final = 486662
"""The curve is v^2 = u^3 + A u^2 + u."""

_PREFIX = "age"


def _refused(sentence: str) -> Refused:
    return refuse(
        "sealing.recipient",
        sentence,
        "RFC 7748 sec. 5 and 6.1",
        "Ask this person for another key to read with, made by a generator that you trust.",
    )


def _has_small_order(u: int) -> bool:
    """Order 2 has u = 0, order 4 has u = 1 (on the twist -1); doubling to u = 1 is order 8."""
    return u in (0, 1, P - 1) or ((u * u - 1) ** 2 - 4 * u * (u * u + A * u + 1)) % P == 0


def check_recipient(public: bytes) -> None:
    """Raises `Refused` with code `sealing.recipient`."""
    if len(public) != KEY_BYTES:
        raise _refused(f"A key to seal to has 32 bytes, not {len(public)}.")
    u = int.from_bytes(public, "little")
    if u >= P:
        raise _refused("The key to seal to is a second spelling of another key.")
    if _has_small_order(u):
        raise _refused(
            "The key to seal to is a point of small order: everybody could open what is sealed to it."
        )


def recipient_of(public: bytes) -> str:
    """The text of an X25519 public key: `age1` and 58 signs. Raises as `check_recipient`."""
    check_recipient(public)
    return encode_bech32(_PREFIX, public)


def read_recipient(x: str) -> bytes:
    """The 32 bytes behind a JWK's `x` (RFC 8037 sec. 2), checked.

    Raises `Refused`: `base64.not_canonical`, or as `check_recipient`.
    """
    public = decode_base64url(x)
    check_recipient(public)
    return public


def public_behind(recipient: str) -> bytes:
    """The 32 bytes behind `age1...`. Raises `Refused` with code `sealing.recipient`."""
    public = decode_bech32(_PREFIX, recipient)
    if public is None:
        raise _refused("This is not the text of a key to seal to: age1 and 58 letters and digits.")
    check_recipient(public)
    return public
