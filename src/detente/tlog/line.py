"""What the lines of notes, checkpoints and proofs are made of: standard base64 and decimal numbers.

Both have one spelling for each value; any other spelling gives None, and the caller refuses with a code of
its own.

    >>> encode_base64(b"\\xff\\xfe")
    '//4='
    >>> decode_base64("//4=") == b"\\xff\\xfe"
    True
    >>> decode_base64("//5=") is None  # the unused bits are not zero
    True
    >>> parse_decimal("10"), parse_decimal("010"), parse_decimal("+10")
    (10, None, None)
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import b2a_base64

LARGEST_NUMBER = 2**63 - 1  # sizes, indexes and times; tlog-cosignature sets this bound for times

_NOT_IN_A_LINE = re.compile("[\x00-\x1f\ud800-\udfff]")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def is_line(text: str) -> bool:
    """Whether `text` can stand in one line of a note: no control character, no lone surrogate."""
    return not _NOT_IN_A_LINE.search(text)


def encode_base64(raw: bytes) -> str:
    """Standard base64 with padding (RFC 4648 sec. 4)."""
    return b2a_base64(raw, newline=False).decode()


def decode_base64(text: str) -> bytes | None:
    """The bytes, or None unless `text` is their one encoding."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if encode_base64(raw) == text else None


def decode_hash(text: str) -> bytes | None:
    """The 32 bytes of a SHA-256 hash in base64, or None."""
    raw = decode_base64(text)
    return raw if raw is not None and len(raw) == 32 else None


def parse_decimal(text: str) -> int | None:
    """A number from 0 to `LARGEST_NUMBER` without sign or leading zero, or None."""
    if not _DECIMAL.fullmatch(text):
        return None
    number = int(text)
    return number if number <= LARGEST_NUMBER else None
