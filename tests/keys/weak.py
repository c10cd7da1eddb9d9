"""Keys that prove nothing or that everybody could read, as they could be brought: by name, 32 bytes each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from nacl.bindings import crypto_core_ed25519_add

from detente.keys.ed25519 import P
from detente.keys.generate import SigningKey
from tests.keys.test_public import IDENTITY, ORDER_8_Y, SIGN, point

ED25519: Final[Mapping[str, tuple[bytes, str]]] = MappingProxyType({
    "the identity": (IDENTITY, "key.small_order"),
    "all zero, of order 4": (point(0), "key.small_order"),
    "order 4, the other sign": (point(SIGN), "key.small_order"),
    "order 2": (point(P - 1), "key.small_order"),
    "order 8": (point(ORDER_8_Y), "key.small_order"),
    "order 8, the other": (point(P - ORDER_8_Y), "key.small_order"),
    "the identity with a sign": (point(1 + SIGN), "key.not_canonical"),
    "the identity as p + 1": (point(P + 1), "key.not_canonical"),
    "zero as p": (point(P), "key.not_canonical"),
    "a sound key and a point of order 2": (
        crypto_core_ed25519_add(SigningKey.from_seed(bytes(32)).public, point(P - 1)), "key.mixed_order",
    ),
    "no point": (point(2), "key.not_on_curve"),
})  # fmt: skip
"""With the code that each is refused with."""

_ORDER_8_U: Final = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
"""RFC 7748's Curve25519: the two coordinates of order 8 (checked in tests/sealing/test_keys.py)."""
X25519: Final[Mapping[str, bytes]] = MappingProxyType({
    "all zero": point(0),
    "one, of order 4": point(1),
    "p - 1, of order 4 on the twist": point(P - 1),
    "order 8": point(_ORDER_8_U[0]),
    "order 8, the other": point(_ORDER_8_U[1]),
    "zero as p": point(P),
    "one as p + 1": point(P + 1),
    "nine as p + 9": point(P + 9),
    "nine with the highest bit": point(9 + SIGN),
    "all ones": b"\xff" * 32,
})  # fmt: skip
"""All are refused with `sealing.recipient`."""
