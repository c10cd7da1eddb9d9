"""Pasted texts: preamble, articles, paragraphs and points are found, every word stays, and what comes out can be read."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.provisions.plain_text import format_text, parse_text
from detente.provisions.recognition import recognised
from tests.provisions.data import vclt_articles

PASTED = """UNDERSTANDING ON THE HARBOUR ROAD

The Sides,
Recalling their earlier talks,
Have agreed as follows:

ARTICLE 1 – Purpose
The road stays open.

Article 2
Commission
1. A commission is set up.
2. It meets each month and:
(a) hears complaints;
(b) visits the road, including
the bridges on it;
   (i) by day;
   (ii) by night;
(c) reports.
The commission decides by consensus.

Art. 3: Entry into force
1) This understanding enters into force upon signature.
1) It ends after a year.

Annex I
1. A map.
"""
READ = """Preamble 1 UNDERSTANDING ON THE HARBOUR ROAD
Preamble 2 The Sides,
Preamble 3 Recalling their earlier talks,
Preamble 4 Have agreed as follows:

Article 1. Purpose
1 The road stays open.

Article 2. Commission
2(1) A commission is set up.
2(2) It meets each month and:
2(2)(a) hears complaints;
2(2)(b) visits the road, including the bridges on it;
2(2)(b)(i) by day;
2(2)(b)(ii) by night;
2(2)(c) reports. The commission decides by consensus.

Article 3. Entry into force
3(1) This understanding enters into force upon signature.
3(2) It ends after a year.

Annex I(1) A map.
"""


def test_a_text_as_it_is_laid_out_gets_its_numbers() -> None:
    read = recognised(PASTED)
    assert [line for line in read.splitlines() if line] == [line for line in READ.splitlines() if line]
    assert len(parse_text(read)) == 17


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("1. The road stays open.\n2. It is kept.", ["1 The road stays open.", "2 It is kept."]),
        ("1.1 One.\n1.2 Two.", ["1(1) One.", "1(2) Two."]),
        ("Article 1\n(1) One:\n- first;\n- second.", ["1(1) One:", "1(1)(a) first;", "1(1)(b) second."]),
        ("Article 4\n(h) eight;\n(i) nine;\n(j) ten.", ["4(h) eight;", "4(i) nine;", "4(j) ten."]),
        ("Article 5\nFirst.\n\nSecond.", ["5(1) First.", "5(2) Second."]),
        ("Article 6\nEach Side:\n1. one;\n2. two.", ["6, chapeau Each Side:", "6(1) one;", "6(2) two."]),
        ("Article 7\nEach Side:\n\n(a) one;\n\n(b) two,\n\nas it sees fit.",
         ["7 Each Side:", "7(a) one;", "7(b) two,", "7, closing words as it sees fit."]),
        ("Article 8 of the Charter applies.", ["Preamble 1 Article 8 of the Charter applies."]),
        ("**Article 9. Costs**\n\n1\\. Each bears its own.", ["Article 9. Costs", "9(1) Each bears its own."]),
        ("", []),
    ],
)  # fmt: skip
def test_how_lines_are_read(pasted: str, read: list[str]) -> None:
    assert recognised(pasted).split("\n")[:-1] == read


LINES = st.lists(
    st.builds(
        lambda head, words: f"{head}{words}",
        st.sampled_from(
            ["Article 1\n", "Article 2. Scope\n", "1. ", "(2) ", "(a) ", "b) ", "(i) ", "- ", "", "\n", "Annex\n"]
        ),
        st.text(st.sampled_from("abc éλ,;.[]"), min_size=1, max_size=30),
    ),
    max_size=12,
)  # fmt: skip


def words_of(text: str) -> Counter[str]:
    marks = {"article", "annex", "preamble", "chapeau", "closing", "words", "scope"}
    return Counter(word for word in re.findall(r"[^\W\d_]{2,}", text.lower()) if word not in marks)


@given(LINES)
def test_no_word_is_lost_or_made(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert words_of(recognised(text)) == words_of(text)


def test_numbers_in_full_as_pages_print_them_are_read_beside_others() -> None:
    """What was copied from a page, with a line put in by hand, is no plain form any more."""
    pasted = "Preamble\nThe Sides,\nArticle 1. Quay\n1(1) It is open.\n1(2) Each Side:\n(a) keeps it;\n1(2)(b) says so.\n"
    pasted += "Article 2. Lights\n2(a) The north.\n(b) The south.\n2-1(1) No article."
    read = recognised(pasted)
    assert read.splitlines() == [
        "Preamble 1 The Sides,", "", "Article 1. Quay", "1(1) It is open.", "1(2) Each Side:", "1(2)(a) keeps it;",
        "1(2)(b) says so.", "", "Article 2. Lights", "2(a) The north.", "2(b) The south.", "2-1(1) No article.",
    ]  # fmt: skip
    assert recognised(read) == read


def test_the_plain_form_of_a_recognised_text_is_read_as_the_same() -> None:
    provisions = parse_text(recognised(PASTED))
    assert parse_text(format_text(provisions)) == provisions


def test_real_treaties_are_read_article_by_article() -> None:
    articles = vclt_articles()
    pasted = "\n\n".join(
        f"Article {n}\n{one['title_en']}\n{one['content_en']}" for n, one in enumerate(articles, 1)
    )
    read = recognised(pasted)
    try:
        provisions = parse_text(read)
    except Refused as refused:
        pytest.fail(str(refused))
    assert {p.id.partition("__")[0] for p in provisions} == {f"art_{n}" for n in range(1, len(articles) + 1)}
    assert words_of(read) == words_of(pasted)
