"""What every page owes its readers: no “final” alone, no verdict on a side, no leaf for a name."""

from __future__ import annotations

import re

import pytest

from tests.views.istanbul import as_reported, retreat, same_night
from tests.views.played import PlayedRecord
from tests.views.reading import every_page, read_aloud

RECORDS = {
    "as reported": as_reported().record("B"),
    "the question": as_reported().record(None, 22),
    "same night": same_night().record("A"),
    "a bridge": same_night("bridge").record("M"),
    "a retreat": retreat().record("PB"),
}
MAY_SAY_FINAL = re.compile(
    r"is it final\?|final text|final commitment|(whether|is) edition \d is final|is edition \d final\?", re.I
)
JUDGING = re.compile(r"\b(failed|violated|reneged|refused to|did not sign|backed out)\b", re.I)


@pytest.mark.parametrize("name", RECORDS)
def test_the_word_final_never_stands_alone(name: str) -> None:
    for page, shown in every_page(RECORDS[name]).items():
        said = MAY_SAY_FINAL.sub("", read_aloud(shown))
        assert not re.search(r"\bfinal\b", said, re.I), page


@pytest.mark.parametrize("name", RECORDS)
def test_no_page_judges_a_side_in_its_own_words(name: str) -> None:
    for page, shown in every_page(RECORDS[name]).items():
        said = re.sub(r"“[^”]*”", "", read_aloud(shown))
        said = said.replace("Failed to bring about any workable solution", "")  # a minister's words, minuted
        assert not JUDGING.search(said), page


@pytest.mark.parametrize("name", RECORDS)
def test_no_page_shows_an_id_for_a_name(name: str) -> None:
    record: PlayedRecord = RECORDS[name]
    leaves = [m.leaf for m in record.play.history]
    for page, shown in every_page(record).items():
        said = read_aloud(shown)
        assert not [leaf for leaf in leaves if leaf in said], page
        assert "art_5__para_1" not in said, page
