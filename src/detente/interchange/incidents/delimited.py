"""From lines to the cells of each row: commas, semicolons, tabs or bars between, and quotes that may not be closed.

A quoted cell may run over several lines (RFC 4180). One that is not closed within `MOST_LINES`, or leaves a row with the
wrong number of cells, costs its first line and not the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from detente.interchange.incidents.lines import Line
from detente.interchange.incidents.remarks import Note, kept_out

DELIMITERS: Final = (",", ";", "\t", "|")
MOST_LINES: Final = 100
_OPEN_QUOTE: Final = kept_out("incidents.quote", "A quote that opens in this line is not closed.")
_STRAY_QUOTE: Final = Note("incidents.quote_stray", "A quote stands where none belongs.",
                           "The cells were read all the same: their number is right.")  # fmt: skip


class Cells(NamedTuple):
    """The cells of the row that begins at `line`; none where it cannot be read, and `notes` says why."""

    line: int
    cells: list[str]
    notes: tuple[Note, ...] = ()


def delimiter_of(header: str) -> str:
    """What stands between the names of the columns.

    >>> delimiter_of('id;"place, or area";lat')
    ';'
    """
    return max(DELIMITERS, key=lambda sign: len(header_cells(header, sign)))


def header_cells(header: str, delimiter: str) -> list[str]:
    """The names in the line of them."""
    return _split(header, delimiter, strict=False)


def rows_of(lines: Iterator[Line], delimiter: str, width: int, *, quoted: bool = True) -> Iterator[Cells]:
    """Every row that is not a blank line, each with `width` cells or none. quoted: whether quotes mean anything."""
    waiting: deque[Line] = deque()
    following = _Following(waiting, lines)
    for line in following:
        if line.note is not None and line.note.kept_out:
            yield Cells(line.number, [], (line.note,))
        elif not line.text or line.text.isspace():
            continue
        elif not quoted or '"' not in line.text:
            yield _fitted(line, line.text.split(delimiter), width)
        else:
            yield _quoted(line, following, delimiter, width)


class _Following:
    """The lines still to come, of which some were looked at before."""

    def __init__(self, waiting: deque[Line], lines: Iterator[Line]) -> None:
        self.waiting, self._lines = waiting, lines

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self.waiting.popleft() if self.waiting else next(self._lines)


def _quoted(first: Line, following: _Following, delimiter: str, width: int) -> Cells:
    gathered, text, quotes = [first], first.text, first.text.count('"')
    while quotes % 2 and len(gathered) < MOST_LINES and (more := next(following, None)) is not None:
        gathered.append(more)
        if more.note is not None and more.note.kept_out:
            break  # its words are lost: no cell runs over it
        text, quotes = f"{text}\n{more.text}", quotes + more.text.count('"')
    cells = _split(text, delimiter, strict=True) if quotes % 2 == 0 else []
    if cells and (len(gathered) == 1 or len(cells) == width):
        found = _fitted(first, cells, width)
        return found._replace(notes=(*found.notes, *(line.note for line in gathered[1:] if line.note)))
    following.waiting.extendleft(reversed(gathered[1:]))
    cells = _split(first.text, delimiter, strict=False)
    if len(cells) == width:
        return Cells(first.number, cells, (*_noted(first), _STRAY_QUOTE))
    return Cells(first.number, [], (*_noted(first), _OPEN_QUOTE))


def _split(text: str, delimiter: str, *, strict: bool) -> list[str]:
    """The cells; none where quotes and cells do not fit together."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=strict), [])
    except csv.Error:
        return []


def _fitted(line: Line, cells: list[str], width: int) -> Cells:
    """The row with exactly `width` cells, empty ones at its end left out."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) != width:
        note = kept_out("incidents.ragged", f"The row has {len(cells)} cells, and the file {width} columns.")
        return Cells(line.number, [], (*_noted(line), note))
    return Cells(line.number, cells, _noted(line))


def _noted(line: Line) -> tuple[Note, ...]:
    return (line.note,) if line.note else ()
