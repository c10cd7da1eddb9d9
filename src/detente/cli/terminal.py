"""Saying something on a terminal. Much of it was written by others: no character of theirs may steer the terminal."""

from __future__ import annotations

import re
from typing import Final

import click

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def say(text: str, *, err: bool = False) -> None:
    click.echo(harmless(text), err=err)


def harmless(text: str) -> str:
    """Without control characters but line ends and tabs.

    >>> harmless("Everything checks\\x1b[2J")
    'Everything checks�[2J'
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
