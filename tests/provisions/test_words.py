from __future__ import annotations

from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import given

from detente.provisions.words import cut, is_word
from tests.provisions.strategies import TEXTS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Side’s forty-eight hours.", ["The", "Side’s", "forty-eight", "hours"]),
        ("1,000.50 or ۱٬۰۰۰٫۵ of 3(2)(a), 1.", ["1,000.50", "or", "۱٬۰۰۰٫۵", "of", "3(2)(a)", "1"]),
        ("جس فریق کو ۷۲ گھنٹوں۔", ["جس", "فریق", "کو", "۷۲", "گھنٹوں"]),
        ("ک\u0650تاب می\u200cرود", ["ک\u0650تاب", "می\u200cرود"]),
        ('ארה"ב שָׁלוֹם', ['ארה"ב', "שָׁלוֹם"]),
        ('"said" he', ["said", "he"]),
        ("各方應", ["各", "方", "應"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("[joint]A", ["joint", "A"]),
    ],
)
def test_words_of_many_scripts_stay_whole(text: str, words: list[str]) -> None:
    assert [piece for piece in cut(text) if is_word(piece)] == words


def test_a_bracket_stands_alone_even_beside_marks_and_brackets() -> None:
    assert cut("[[\u200fمتن]]") == ("[", "[", "\u200f", "متن", "]", "]")


@given(TEXTS)
def test_pieces_join_to_the_text_and_no_mark_leaves_its_letter(text: str) -> None:
    pieces = cut(text)
    assert "".join(pieces) == text
    for before, piece in pairwise(pieces):
        if category(piece[0])[0] == "M":
            assert before.isspace() or before in "[]"
