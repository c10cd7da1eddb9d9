"""What is said of a row of a source: what is wrong with it, and what was done instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from msgspec import Struct

LONGEST: Final = 40


class Note(NamedTuple):
    """A remark before its line is known. done: what was done, in one sentence; kept_out: that the row is left out."""

    code: str
    sentence: str
    done: str
    kept_out: bool = False


class Remark(Struct, frozen=True):
    """line: of the row's first line in the source file, or the number of its feature, from 1; 0 for the file."""

    line: int
    code: str
    sentence: str
    done: str
    kept_out: bool = False


Say = Callable[[Remark], None]
"""Takes the remarks one by one, so that a file of a million faults needs no memory."""


class Tally:
    """Counts as the file is read. At its end `rows` is `kept` and `kept_out` together."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.rows = self.kept_out = 0
        self.codes: Counter[str] = Counter()

    def remark(self, line: int, note: Note) -> None:
        self.codes[note.code] += 1
        self.kept_out += note.kept_out
        self._say(Remark(line, *note))

    @property
    def kept(self) -> int:
        return self.rows - self.kept_out


def shown(text: str) -> str:
    """What the source says, in quotes, and not at length.

    >>> shown("x" * 100)
    '“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”'
    """
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"


def kept_out(code: str, sentence: str) -> Note:
    return Note(code, sentence, "The row is kept out.", kept_out=True)
