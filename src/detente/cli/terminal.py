"""Saying something on a terminal. Much of it was written by others: no character of theirs may steer the terminal, show
its reader the words in another order, or begin a line that would be read as the program's own."""

from __future__ import annotations

import re
from typing import Final

import click

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
"""Control characters, separators of lines that are not seen as such, and the embeddings and overrides of direction, which
reach beyond the word that they stand in (Unicode UTR 36 sec. 2.10.4). Isolates and marks, as Urdu needs them, stay."""
_ENDS: Final = re.compile("[\n\t]")
_ISOLATES: Final = re.compile("[\u2066-\u2069]")
_POP: Final = "\N{POP DIRECTIONAL ISOLATE}"


def say(text: str, *, err: bool = False) -> None:
    """In one line, whatever stands in it."""
    click.echo(one_harmless_line(text), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """What was laid out in lines, by one who lets nobody else's words end one."""
    click.echo(harmless(text), err=err)


def one_harmless_line(text: str) -> str:
    """As `harmless`, without line ends and tabs.

    >>> one_harmless_line("Talks\\n  Cosigned   by everybody")
    'Talks�  Cosigned   by everybody'
    """
    return _ENDS.sub("\N{REPLACEMENT CHARACTER}", harmless(text))


def harmless(text: str) -> str:
    """Without such characters; line ends and tabs stay, and isolates in lines in which each is ended.

    >>> harmless("Everything checks\\x1b[2J")
    'Everything checks�[2J'
    """
    lines = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text).split("\n")
    return "\n".join(
        line if _is_even(line) else _ISOLATES.sub("\N{REPLACEMENT CHARACTER}", line) for line in lines
    )


def _is_even(line: str) -> bool:
    """Whether each isolate in a line is ended in it, and none is that was not begun."""
    open_ones = 0
    for sign in _ISOLATES.findall(line):
        open_ones += -1 if sign == _POP else 1
        if open_ones < 0:
            return False
    return open_ones == 0
