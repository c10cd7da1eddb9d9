"""Canonical JSON: the JCS form (RFC 8785) of a profile in which it has one spelling.

The profile: objects with ASCII keys, arrays, strings, integers of at most 53 bits, true, false, null.
No floats: a signed 1.0 and 1 would be two texts of one number.

    >>> encode_canonical({"b": 1, "a": "é"}).decode()
    '{"a":"é","b":1}'
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from detente.codec.refusal import Refused, refuse

LARGEST_INTEGER = 2**53 - 1  # RFC 8785 numbers are IEEE doubles; beyond this an integer has neighbours
DEEPEST = 64  # a fixed limit, so that no verdict depends on how much stack a reader has left
_WRITE_AGAIN = "Write it again as canonical JSON (RFC 8785), without what is named here."

_SURROGATE = re.compile("[\ud800-\udfff]")
_MANY_DIGITS = b"0" * 16  # integers within 53 bits have as many at most
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"0" * 9)
_encoder = msgspec.json.Encoder(order="sorted")
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


def _fault(value: object, depth: int = 0) -> str | None:
    """The first departure from the profile, in words, or None. Raises `Refused` with code `json.too_deep`."""
    # Loops without generators, because every field of every act comes through here.
    if isinstance(value, str):
        # RFC 8785 sec. 3.2.2.2: a lone surrogate has no UTF-8 form.
        return "a lone surrogate" if not value.isascii() and _SURROGATE.search(value) else None
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return "an integer beyond 53 bits" if abs(value) > LARGEST_INTEGER else None
    if isinstance(value, float):
        return "a number that is not an integer"
    if depth == DEEPEST:
        raise _too_deep()
    if isinstance(value, dict):
        for key in value:
            if not (isinstance(key, str) and key.isascii()):
                return "a key that is not ASCII"
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return f"a value of type {type(value).__name__}"
    for item in value:
        fault = _fault(item, depth + 1)
        if fault:
            return fault
    return None


def _too_deep() -> Refused:
    return refuse(
        "json.too_deep", f"The JSON is nested more than {DEEPEST} deep.", "RFC 8259 sec. 9", _WRITE_AGAIN
    )


def encode_canonical(value: object) -> bytes:
    """`value` (plain JSON types or msgspec Structs) in canonical form.

    Raises `Refused` with code `json.outside_profile` or `json.too_deep`.
    """
    try:
        plain = msgspec.to_builtins(value)
    except RecursionError as error:
        raise _too_deep() from error
    return _encode_plain(plain)


def _encode_plain(plain: object) -> bytes:
    fault = _fault(plain)
    if fault:
        raise refuse("json.outside_profile", f"The value holds {fault}.", "RFC 8785 sec. 3", _WRITE_AGAIN)
    return _encoder.encode(plain)


def decode_canonical(raw: bytes) -> Any:
    """The value that `raw` is the canonical form of.

    Duplicate keys, spaces, other orders and other spellings all fail the same test: encoded again, the
    bytes differ. Raises `Refused` with code `json.malformed`, `json.too_deep`,
    `json.outside_profile` or `json.not_canonical`.
    """
    try:
        value = _decoder.decode(raw)
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refuse(
            "json.malformed", f"The bytes are not JSON: {error}.", "RFC 8259", _WRITE_AGAIN
        ) from error
    if _encode_plain(value) != raw:
        raise refuse(
            "json.not_canonical",
            "The JSON is not in canonical form (sorted keys, no spaces, no duplicates).",
            "RFC 8785 sec. 3",
            "Encode it again in canonical form before signing.",
        )
    return value


def is_canonical(raw: bytes, value: object) -> bool:
    """Whether `raw` is the canonical form of the typed `value` already decoded from it (the fast path).

    A type admits integers of any size: see `check_integers`.
    """
    return _encoder.encode(value) == raw


def check_integers(raw: bytes) -> None:
    """That `raw`, read on the fast path, holds no integer that another reader would round to a neighbour.

    Raises `Refused` with code `json.outside_profile`, or as `decode_canonical` does.
    """
    # Six times faster than a pattern, and asked of every act.
    if _MANY_DIGITS in raw.translate(_DIGITS_ALIKE):
        decode_canonical(raw)
