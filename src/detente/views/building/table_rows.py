"""Rows of a table in a text: their cells, each with its head, where the record has a row as one line of words.

The cells of a row are parted by “ | ”. They are taken apart where that is sure, else the row stays a line: where it has
more or fewer cells than the first row of its table, and in a redline in which bars went and bars came, of which nobody
can say which cell became which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from detente.views.text import Cell, Piece, Provision, Wording

_ROW: Final = "__row_"
_BAR: Final = re.compile(r"(?:^| )\|(?: |$)")
"""Between two cells; a piece of a redline may begin or end at it."""


def with_cells(provisions: Iterable[Provision]) -> Iterator[Provision]:
    """The provisions of an article, in order; those that are rows with their cells. The head of a cell is what stands
    over it in the first row of its table, in the same language."""
    heads: dict[tuple[str, str], tuple[str, ...]] = {}
    for provision in provisions:
        table, row, _number = provision.anchor.partition(_ROW)
        if not row:
            yield provision
            continue
        wordings = tuple(_in_cells(shown, heads.get((table, shown.lang), ())) for shown in provision.wordings)
        for shown in wordings:
            heads.setdefault((table, shown.lang), tuple(_words(cell) for cell in shown.cells))
        yield replace(provision, wordings=wordings)


def _in_cells(shown: Wording, heads: Sequence[str]) -> Wording:
    cells = cells_of(shown.pieces)
    if heads and len(heads) != len(cells):
        return shown
    said = heads or ("",) * len(cells)
    return replace(shown, cells=tuple(Cell(head=h, pieces=c) for h, c in zip(said, cells, strict=True)))


def cells_of(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each cell; none where that is not sure, or where there is no bar."""
    parted = {piece.change for piece in pieces if _BAR.search(piece.text)}
    if not parted or {"added", "removed"} <= parted:
        return ()
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *further = _BAR.split(piece.text)
        cells[-1].append(replace(piece, text=first))
        cells += [[replace(piece, text=words)] for words in further]
    return tuple(tuple(piece for piece in cell if piece.text) for cell in cells)


def _words(cell: Cell) -> str:
    return "".join(piece.text for piece in cell.pieces if piece.change != "removed").strip()
