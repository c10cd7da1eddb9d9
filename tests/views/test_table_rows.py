"""Rows of a table: cell under cell in the text and in its redline, each cell with its head where it stands alone."""

from __future__ import annotations

import pytest

from detente.views.building.table_rows import cells_of, with_cells
from detente.views.text import Change, Piece, Provision, Wording


def kept(text: str) -> Piece:
    return Piece(text=text)


def changed(text: str, change: Change) -> Piece:
    return Piece(text=text, change=change)


def row(number: int, *pieces: Piece, lang: str = "en") -> Provision:
    shown = Wording(lang=lang, direction="ltr", pieces=pieces)
    return Provision(number=f"row {number}", anchor=f"annex_I__row_{number}", wordings=(shown,))


def drawn(*provisions: Provision) -> list[list[tuple[str, str]]]:
    """(head, words) of each cell of each provision."""
    return [
        [(cell.head, "".join(piece.text for piece in cell.pieces)) for cell in p.wordings[0].cells]
        for p in with_cells(provisions)
    ]


def test_a_cell_says_what_stands_over_it_in_the_first_row() -> None:
    head, first = row(1, kept("Gauge | Winter")), row(2, kept("Weir | 6.0"))
    assert drawn(head, first) == [[("", "Gauge"), ("", "Winter")], [("Gauge", "Weir"), ("Winter", "6.0")]]


def test_a_row_in_another_language_than_the_first_has_no_heads() -> None:
    assert drawn(row(1, kept("Gauge | Winter")), row(2, kept("Pegel | 6,0"), lang="de"))[1] == [
        ("", "Pegel"), ("", "6,0"),
    ]  # fmt: skip


def test_a_word_that_changed_stays_in_its_cell() -> None:
    pieces = (kept("Weir | "), changed("6.0 ", "removed"), changed("6.5 ", "added"), kept("| 9.0"))
    assert drawn(row(1, *pieces)) == [[("", "Weir"), ("", "6.0 6.5 "), ("", "9.0")]]


def test_a_head_that_changed_is_the_new_one() -> None:
    head = row(1, kept("Gauge | "), changed("Cold season", "removed"), changed("Winter", "added"))
    assert drawn(head, row(2, kept("Weir | 6.0")))[1][1] == ("Winter", "6.0")


@pytest.mark.parametrize("change", ["added", "removed"])
def test_a_row_or_column_that_came_or_went_has_its_cells(change: Change) -> None:
    assert [[piece.text for piece in cell] for cell in cells_of((changed("Weir | 6.0", change),))] == [
        ["Weir"], ["6.0"],
    ]  # fmt: skip
    assert len(cells_of((kept("Weir | 6.0"), changed(" | 9.0", change)))) == 3


def test_nobody_says_which_cell_became_which() -> None:
    assert cells_of((changed("Weir | 6.0", "removed"), changed("Mill | 5.5", "added"))) == ()


def test_a_row_of_other_length_than_the_first_stays_a_line() -> None:
    assert drawn(row(1, kept("Gauge | Winter")), row(2, kept("Weir | 6.0 | 9.0")))[1] == []


def test_an_empty_cell_keeps_its_place() -> None:
    assert drawn(row(1, kept("Weir |  | 9.0"))) == [[("", "Weir"), ("", ""), ("", "9.0")]]


def test_what_is_no_row_has_no_cells() -> None:
    line = Provision(
        number="1", anchor="art_1", wordings=(Wording(lang="en", direction="ltr", pieces=(kept("a | b"),)),)
    )
    assert drawn(line) == [[]]
