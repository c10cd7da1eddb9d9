"""Saying something on a terminal. Much of it was written by others: no character of theirs may steer the terminal, or
show its reader the words in another order."""

from __future__ import annotations

import re
from typing import Final

import click

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
"""Control characters, separators of lines that are not seen as such, and the embeddings and overrides of direction, which
reach beyond the word that they stand in (Unicode UTR 36 sec. 2.10.4). Isolates and marks, as Urdu needs them, stay."""


def say(text: str, *, err: bool = False) -> None:
    click.echo(harmless(text), err=err)


def harmless(text: str) -> str:
    """Without such characters; line ends and tabs stay.

    >>> harmless("Everything checks\\x1b[2J")
    'Everything checks�[2J'
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
