"""What a look at a host has found."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Finding(Struct, frozen=True):
    """level: whether it holds; `warn` where the host works and somebody should see to it. about: what was looked at, in a
    word or two; sentence: what was found; instead: what to do, empty where nothing."""

    level: Literal["ok", "warn", "fail"]
    about: str
    sentence: str
    instead: str = ""


def ok(about: str, sentence: str) -> Finding:
    return Finding("ok", about, sentence)


def warn(about: str, sentence: str, instead: str) -> Finding:
    return Finding("warn", about, sentence, instead)


def fail(about: str, sentence: str, instead: str) -> Finding:
    return Finding("fail", about, sentence, instead)


def ago(seconds: float) -> str:
    """How long ago, in the largest unit that fits.

    >>> ago(30), ago(7300), ago(90_000)
    ('30 s', '2 h', '1 d')
    """
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds)} s"
