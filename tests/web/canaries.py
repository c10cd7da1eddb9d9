"""Canaries: words that nobody would write, planted in hidden fields, and found again in whatever dress they leave.

A canary is letters and digits only. Escaping for HTML, JSON, an address or a calendar leaves it as it is, unless every
sign is escaped; so what remains to be undone is packing (base64 at each alignment, base64url, hex, gzip), escaping of
every sign, folded lines and tags between its letters.
"""

from __future__ import annotations

import base64
import gzip
import html
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Final
from urllib.parse import unquote_to_bytes

MARK: Final = "qcanary"
"""With what every canary begins, so that one look finds them all."""
UNIQUE: Final = 12
DEEPEST: Final = 4
"""Layers that are undone: a disclosure in a copy is base64url of JSON that may hold an age file in base64url."""

_CANARY: Final = re.compile(rf"{MARK}[0-9a-f]{{{UNIQUE}}}".encode(), re.IGNORECASE)


def canary(*where: object) -> str:
    """The canary of a place: the same in every run."""
    return MARK + sha256("/".join(map(str, where)).encode()).hexdigest()[:UNIQUE]


def canaries_in(data: bytes) -> set[str]:
    """Every canary that somebody could read out of these bytes."""
    return {found.decode().lower() for layer in _layers(data, DEEPEST) for found in _CANARY.findall(layer)}


def _in_base64(text: bytes) -> list[bytes]:
    """What a text looks like in base64, beginning at each of the three places in a group."""
    dressed = []
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + text + b"\0" * 3)
        dressed.append(packed[-(-before * 8 // 6) : (before + len(text)) * 8 // 6])
    return dressed


_ONCE: Final = _in_base64(MARK.encode())
_TWICE: Final = [twice for once in _ONCE for twice in _in_base64(once)]
"""As where a file in base64url stands in a disclosure in base64url."""
_MARKS: Final = re.compile(b"|".join(map(re.escape, (*_ONCE, *_TWICE))))
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{8,}")
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_HEX: Final = re.compile(MARK.encode().hex().encode() + rb"[0-9a-f]*", re.IGNORECASE)


def _layers(data: bytes, deep: int) -> Iterator[bytes]:
    yield data
    if deep == DEEPEST:
        for laid_out in _laid_out(data):
            if laid_out != data:
                yield from _layers(laid_out, deep - 1)
    if deep:
        for inner in _packed(data):
            yield from _layers(inner, deep - 1)


def _laid_out(data: bytes) -> Iterator[bytes]:
    """The same without lines and tags, and with every sign that stands for another put back."""
    joined = re.sub(rb"\r?\n[ \t]?|\0", b"", data)  # a NUL in each letter: UTF-16
    yield joined
    yield re.sub(rb"<[^>]*>", b"", joined)
    if b"&#" in data:
        yield html.unescape(data.decode("utf-8", "replace")).encode()
    if b"%" in data:
        yield unquote_to_bytes(data)
    if b"\\u00" in data:
        yield re.sub(rb"\\u00([0-9a-fA-F]{2})", lambda sign: bytes.fromhex(sign[1].decode()), data)


def _packed(data: bytes) -> Iterator[bytes]:
    for run in _BASE64.findall(data.translate(_STANDARD)):
        if _MARKS.search(run):
            for start in range(4):
                yield _from_base64(run[start:])
    for run in _HEX.findall(data):
        yield bytes.fromhex(run[: len(run) // 2 * 2].decode())
    if data.startswith(b"\x1f\x8b"):
        with suppress(EOFError, zlib.error, OSError):
            yield gzip.decompress(data)
    if data.startswith((b"x\x01", b"x\x9c", b"x\xda")):
        with suppress(zlib.error):
            yield zlib.decompress(data)


def _from_base64(run: bytes) -> bytes:
    return base64.b64decode(run + b"A" * (-len(run) % 4))
