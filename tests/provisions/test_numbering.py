from __future__ import annotations

import pytest
from hypothesis import given

from detente.codec.refusal import Refused
from detente.provisions.numbering import alternative_of, eid_of, is_regular, number_of, ordinal_suffix
from tests.provisions.strategies import EIDS

SAID = [
    ("art_3", "3", "Article 3"),
    ("art_3__para_2", "3(2)", "Article 3(2)"),
    ("art_3__para_2__point_a", "3(2)(a)", "Article 3(2)(a)"),
    ("art_3__para_2__point_a__point_ii", "3(2)(a)(ii)", "Article 3(2)(a)(ii)"),
    ("art_3__point_a", "3(a)", "Article 3(a)"),
    ("art_IV__para_1", "Article IV(1)", "Article IV(1)"),
    ("art_5-bis", "5-bis", "Article 5-bis"),
    ("preamble_4", "Preamble 4", "Preamble 4"),
    ("art_5__para_1__chapeau_1", "5(1), chapeau", "Article 5(1), chapeau"),
    ("art_5__wrapup_1", "5, closing words", "Article 5, closing words"),
    ("annex_I__art_2__para_1", "Annex I, 2(1)", "Annex I, Article 2(1)"),
    ("annex_B__para_2", "Annex B(2)", "Annex B(2)"),
    ("part_1__chp_2", "Part 1, Chapter 2", "Part 1, Chapter 2"),
]


@pytest.mark.parametrize(("eid", "short", "full"), SAID)
def test_numbers_are_said_and_read(eid: str, short: str, full: str) -> None:
    assert number_of(eid) == short
    assert number_of(eid, full=True) == full
    assert eid_of(short) == eid_of(full) == eid


@pytest.mark.parametrize("eid", ["art_3__row_0", "art_3__row_01", "art_3__para_2__note_0"])
def test_rows_and_notes_are_counted_from_one_and_anything_else_is_said_by_its_id(eid: str) -> None:
    assert (is_regular(eid), number_of(eid), eid_of(number_of(eid))) == (False, eid, eid)


@pytest.mark.parametrize(
    "written", ["3.2", "art. 3(2)", "Art 3(2)", "ARTICLE  3(2)", " 3(2) ", "article 3.2"]
)
def test_secretaries_write_in_more_ways_than_one(written: str) -> None:
    assert eid_of(written) == "art_3__para_2"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "3(2",
        "3(2))",
        "3 2",
        "Each",
        "Article",
        "3(2), Annex I",
        "3, 4",
        "chapeau",
        "3(۲)",
        "3;",
        "Annex 1,",
    ],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        eid_of(written)
    assert refused.value.refusals[0].code == "eid.number_unread"
    assert refused.value.refusals[0].instead


@given(EIDS)
def test_every_id_has_one_number_and_every_number_one_id(eid: str) -> None:
    assert eid_of(number_of(eid)) == eid
    assert eid_of(number_of(eid, full=True)) == eid


def test_an_id_that_would_read_as_another_is_shown_as_itself() -> None:
    assert number_of("art_3__point_1") == "art_3__point_1"
    assert not is_regular("art_3__point_1")
    assert is_regular("art_3__para_1")


def test_alternatives_count_in_latin() -> None:
    assert [number_of("art_5__para_1", alternative=n) for n in (1, 2, 3, 4)] == [
        "5(1)",
        "5(1) bis",
        "5(1) ter",
        "5(1) quater",
    ]
    assert ordinal_suffix(20) == "vicies"
    assert ordinal_suffix(21) == "alt. 21"
    with pytest.raises(Refused):
        ordinal_suffix(0)


@pytest.mark.parametrize("n", range(1, 25))
def test_an_alternative_is_read_back(n: int) -> None:
    assert alternative_of(number_of("art_5__para_1", alternative=n)) == ("art_5__para_1", n)
