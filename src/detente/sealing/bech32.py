"""Bech32 (BIP 173), as age uses it: 32 bytes as text, with a checksum that catches slips of the hand.

No bit is left over and no length but one occurs, so a text has one reading and bytes have one text.

>>> encode_bech32("age", bytes(32))
'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z'
>>> decode_bech32("age", encode_bech32("age", bytes(32))) == bytes(32)
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

SIGNS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""Five bits each. The signs 1, b, i and o are none: they are taken for others."""

_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BYTES = 32
_CHECKSUM = 6
DATA_SIGNS: Final = 58
"""Signs after the `1`: 52 for the bytes and 6 of checksum."""


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, coefficient in enumerate(_GENERATOR):
            checksum ^= coefficient if top >> bit & 1 else 0
    return checksum


def _expanded(prefix: str) -> list[int]:
    codes = prefix.lower().encode("ascii")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _regroup(values: Sequence[int], width: int, into: int) -> list[int]:
    """Numbers of `width` bits as numbers of `into` bits; the last one is filled up with zeros."""
    bits = "".join(f"{value:0{width}b}" for value in values)
    return [int(bits[at : at + into].ljust(into, "0"), 2) for at in range(0, len(bits), into)]


def encode_bech32(prefix: str, raw: bytes) -> str:
    """The text in lower case. raw: 32 bytes."""
    values = _regroup(raw, 8, 5)
    checksum = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    values += [checksum >> 5 * (5 - at) & 31 for at in range(_CHECKSUM)]
    return f"{prefix.lower()}1{''.join(SIGNS[value] for value in values)}"


def decode_bech32(prefix: str, text: str) -> bytes | None:
    """The 32 bytes behind `text`, in lower case; None unless it is the one text of 32 bytes under that prefix."""
    head, one, data = text.rpartition("1")
    if head + one != f"{prefix.lower()}1" or len(data) != DATA_SIGNS or not set(data) <= set(SIGNS):
        return None
    values = [SIGNS.index(sign) for sign in data]
    raw = bytes(_regroup(values[:-_CHECKSUM], 5, 8)[:_BYTES])
    return raw if encode_bech32(prefix, raw) == text else None
