"""Dates in the forms in which people send them, and those that can mean two days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.interchange.incidents.dates import DateOrder, Either, Span, read_date
from tests.interchange.incidents.reading import read

DAY = date(2009, 2, 20)


@pytest.mark.parametrize(
    "text",
    ["2009-02-20", "2009-2-20", "2009/02/20", "20090220", "2009-02-20T00:00:00", "2009-02-20 00:00:00.000", "20.2.2009",
     "20/2/2009", "2/20/2009", "20-02-09", "20 Feb 2009", "20 February 2009", "20-Feb-09", "February 20, 2009",
     "Feb 20 2009", "20th february 2009", " 2009-02-20 ", "٢٠٠٩-٠٢-٢٠"],
)  # fmt: skip
def test_one_day_in_many_forms(text: str) -> None:
    assert read_date(text) == Span(DAY, DAY)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month"),
     ("Dec 2012", date(2012, 12, 1), date(2012, 12, 31), "month"),
     ("2012", date(2012, 1, 1), date(2012, 12, 31), "year")],
)  # fmt: skip
def test_a_month_or_a_year_is_all_its_days(text: str, first: date, last: date, precision: str) -> None:
    assert read_date(text) == Span(first, last, precision)


@pytest.mark.parametrize(
    "text", ["", "soon", "2009-02-30", "31/31/2009", "30 Fig 2009", "0000", "13.13.2009", "1/2", "2009-13"]
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_a_date_that_can_mean_two_days_is_read_in_neither_way() -> None:
    assert read_date("3/4/2010") == Either(date(2010, 4, 3), date(2010, 3, 4))
    assert read_date("4/4/2010") == Span(date(2010, 4, 4), date(2010, 4, 4))
    assert read_date("3.4.2010") == Span(date(2010, 4, 3), date(2010, 4, 3))


@pytest.mark.parametrize(
    ("others", "shown"),
    [(["13/4/2010"], "day first"), (["4/13/2010"], "month first"), (["13/4/2010", "4/13/2010"], ""), (["1/2/2010"], ""),
     (["2010-04-13"], ""), ([], "")],
)  # fmt: skip
def test_the_file_shows_which_number_is_the_day(others: list[str], shown: str) -> None:
    assert DateOrder("", lambda: iter(others)).shown == shown
    assert DateOrder("month first", lambda: iter(others)).shown == "month first"


def table(*dates: str) -> str:
    return "id,date_from,place\n" + "".join(f"{at},{text},The ford\n" for at, text in enumerate(dates))


def test_dates_after_the_ambiguous_one_decide_too(tmp_path: Path) -> None:
    found = read(tmp_path, table("3/4/2010", "4/4/2010", "25/4/2010"))
    assert [row["date_from"].isoformat() for row in found.rows] == ["2010-04-03", "2010-04-04", "2010-04-25"]
    assert not found.remarks


def test_a_file_that_shows_nothing_or_both_keeps_out_what_it_cannot_say(tmp_path: Path) -> None:
    found = read(tmp_path, table("3/4/2010", "4/4/2010"))
    assert found.said() == ["2 date_ambiguous"]
    assert "4 March 2010 or 3 April 2010" in found.remarks[0].sentence
    found = read(tmp_path, table("3/4/2010", "25/4/2010", "4/25/2010"))
    assert found.said() == ["2 date_ambiguous"]
    assert read(tmp_path, table("3/4/2010"), order="month first").rows[0]["date_from"] == date(2010, 3, 4)
