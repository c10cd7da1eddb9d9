"""Reading a closed container line by line: each line in its one place, ending in LF, numbers in their one spelling."""

from __future__ import annotations

from typing import BinaryIO, Final

from msgspec import Struct

from detente.codec.refusal import Refused, refuse

LONGEST_LINE: Final = 2_200_000
"""Bytes: an entry of 65,535 with all its disclosures, under the door's limit of 1 MiB, with room."""
LONGEST_NUMBER: Final = 15
"""Digits of a count of acts or lines."""
MOST_NOTE_LINES: Final = 200


class Line(Struct, frozen=True, gc=False):
    """One line, without its end. number: from 1; raw: all of it; word, rest: what stands before and after the first
    space."""

    number: int
    raw: bytes
    word: str
    rest: bytes


class LineReader:
    """Raises `Refused` with codes `<kind>.*`; each names the line.

    kind: of container, in codes; instead: what whoever reads a broken one can do.
    """

    def __init__(self, file: BinaryIO, kind: str, instead: str) -> None:
        self._file = file
        self.kind, self._instead = kind, instead
        self.line = 0

    def fault(self, code: str, sentence: str) -> Refused:
        return refuse(f"{self.kind}.{code}", f"Line {self.line}: {sentence}", instead=self._instead)

    def raw_line(self) -> bytes:
        self.line += 1
        line = self._file.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise self.fault("truncated", "the file ends inside a line, or a line is too long.")
        return line[:-1]

    def word(self, *words: str) -> Line:
        """The next line, which must begin with one of `words`."""
        raw = self.raw_line()
        word, _, rest = raw.partition(b" ")
        if word.decode("ascii", "replace") not in words:
            raise self.fault("line", f"it should begin with “{'” or “'.join(words)}”.")
        return Line(self.line, raw, word.decode(), rest)

    def plain(self, rest: bytes) -> str:
        """Printable ASCII only: what stands here is shown to a reader, in a terminal too."""
        text = rest.decode("ascii", "replace")
        if not (text.isascii() and text.isprintable()):
            raise self.fault("line", "it holds a character that is not printable ASCII.")
        return text

    def text(self, *words: str) -> str:
        return self.plain(self.word(*words).rest)

    def number(self, text: str) -> int:
        """A count in its one spelling."""
        if len(text) > LONGEST_NUMBER or not text.isdecimal() or str(int(text)) != text:
            raise self.fault("number", f"“{text[:20]}” is not a number in its one spelling.")
        return int(text)

    def act(self) -> bytes:
        """An act as the door takes it: its JWS, and the disclosures that are shown."""
        return self.word("act").rest

    def note(self) -> bytes:
        return self.note_of(self.number(self.text("checkpoint")))

    def note_of(self, lines: int) -> bytes:
        """The signed note in the next `lines` lines."""
        if lines > MOST_NOTE_LINES:
            raise self.fault("number", "a checkpoint does not have so many lines.")
        return b"".join(self.raw_line() + b"\n" for _ in range(lines))

    def rest(self) -> bytes:
        """Everything that has not been read."""
        return self._file.read()

    def at_end(self) -> bool:
        return not self._file.read(1)


def acts_announced(file: BinaryIO, line: int) -> int:
    """How many acts a file says that it holds, on this line from 1, for a progress bar: nothing is checked. 0 where it
    says none. Leaves `file` at its start."""
    file.seek(0)
    last = [file.readline(100) for _ in range(line)][-1]
    file.seek(0)
    word, _, number = last.strip().partition(b" ")
    return int(number) if word == b"acts" and number.isdigit() else 0
