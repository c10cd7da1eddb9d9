from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.refusal import Refused
from detente.provisions.numbering import is_regular
from detente.provisions.plain_text import format_text, parse_text
from detente.provisions.provision import Provision
from tests.provisions.strategies import EIDS, VERSIONS

WRITTEN = """\
Preamble 1 The Sides, wishing for quiet at the border,

Article 3. Use of territory
  ur: علاقے کا استعمال
3(1) Each Side shall prevent the use of territory under its control for attacks against the other Side.
  ps: هر اړخ به مخنیوی کوي.
  ur: ہر فریق روکے گا۔
3(2)
  ur: ہر فریق بتائے گا۔

Article 8. Final clauses
8 This Understanding takes effect on the date in Annex I.

Annex I, Article 1. Dates
"""
READ = (
    Provision("preamble_1", {}, {"en": "The Sides, wishing for quiet at the border,"}),
    Provision("art_3", {"en": "Use of territory", "ur": "علاقے کا استعمال"}, {}),
    Provision(
        "art_3__para_1",
        {},
        {
            "en": "Each Side shall prevent the use of territory under its control for attacks against the other Side.",
            "ps": "هر اړخ به مخنیوی کوي.",
            "ur": "ہر فریق روکے گا۔",
        },
    ),
    Provision("art_3__para_2", {}, {"ur": "ہر فریق بتائے گا۔"}),
    Provision(
        "art_8", {"en": "Final clauses"}, {"en": "This Understanding takes effect on the date in Annex I."}
    ),
    Provision("annex_I__art_1", {"en": "Dates"}, {}),
)


def test_an_edition_reads_and_writes_as_a_secretary_writes_it() -> None:
    assert parse_text(WRITTEN) == READ
    assert format_text(READ) == WRITTEN


def test_wrapped_lines_other_numbers_and_line_ends_mean_the_same() -> None:
    loose = (
        "\ufeffArt. 3. Use of\r\n    territory\r\n  ur: علاقے کا\r\n  استعمال\r\n\r\n\r\n"
        "3.1\r\n\tEach Side\r\n\tshall act.\r\n"
    )
    assert parse_text(loose) == (
        Provision("art_3", {"en": "Use of territory", "ur": "علاقے کا استعمال"}, {}),
        Provision("art_3__para_1", {}, {"en": "Each Side shall act."}),
    )


def test_the_language_without_a_tag_can_be_another() -> None:
    assert parse_text("3(1) Chaque Partie agit.\n  en: Each Side acts.\n", "fr")[0].texts == {
        "fr": "Chaque Partie agit.",
        "en": "Each Side acts.",
    }


PROVISIONS = st.lists(
    st.builds(Provision, EIDS.filter(is_regular), VERSIONS, VERSIONS), max_size=5, unique_by=lambda p: p.id
).map(tuple)


@given(PROVISIONS, st.sampled_from(["en", "ur", "fr"]))
def test_what_is_written_reads_back(provisions: tuple[Provision, ...], language: str) -> None:
    assert parse_text(format_text(provisions, language), language) == provisions


def refusals(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        parse_text(text)
    return [(r.code, r.sentence.partition(":")[0]) for r in refused.value.refusals]


def test_every_bad_line_is_told_at_once_with_its_number() -> None:
    text = """\
3(1) Each Side shall act.
  ur: ہر فریق
  ur: ہر
  ps:
Each Side shall act again.
  and so on

3. Use of territory
3(1 The bracket is open.
3(1) Said twice.
3(2), Annex I The wrong way round.
art_3__point_1 No number can say it.
4 A hidden \u202e turn.
"""
    assert refusals(text) == [
        ("edition.language_twice", "Line 3"),
        ("edition.language_empty", "Line 4"),
        ("edition.line_unread", "Line 5"),
        ("edition.heading_or_text", "Line 8"),
        ("edition.line_unread", "Line 9"),
        ("edition.provision_twice", "Line 10"),
        ("edition.number_unread", "Line 11"),
        ("provision.irregular", "Line 12"),
        ("provision.malformed", "Line 13"),
    ]


def test_a_heading_given_after_other_provisions_is_refused() -> None:
    assert refusals("3 Words.\n4 Other words.\nArticle 3. Heading\n") == [
        ("edition.provision_twice", "Line 3")
    ]


def test_a_text_that_begins_with_an_indented_line_is_refused() -> None:
    assert refusals("  ur: ہر فریق\n3 Words.\n") == [("edition.line_unread", "Line 1")]


@given(st.text(alphabet=st.sampled_from("3(1)a. \n\tArticle:uren[]،۔"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        provisions = parse_text(text)
    except Refused as refused:
        assert refused.refusals
    else:
        assert parse_text(format_text(provisions)) == provisions
