"""Dates as sources write them: read where they can mean one thing only.

| written | read |
|---|---|
| `2009-02-20`, `2009/2/20`, `20090220`, a time after it passed over | that day |
| `20 Feb 2009`, `20-February-09`, `February 20, 2009` | that day |
| `20.2.2009` | day first, as where dots are used |
| `20/2/2009`, `20-2-2009` | by the file: once a number above 12 has shown which is the day; else in neither way |
| `2009-02`, `Feb 2009`; `2009` | the month; the year |

Two digits of a year are those of 1969 to 2068 (POSIX `strptime`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, Literal, NamedTuple

Order = Literal["", "day first", "month first"]

_LONGEST: Final = 100
"""Characters of a date, with a time after it: what was read is remembered, and a line can be a thousand times as long."""
_TIME: Final = r"(?:(?:T|\s+)\d.*)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-.]*([a-z]{3,9})[\s\-.,]*(\d{4}|\d{2})", re.I)
_NAMED_FIRST: Final = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I)
_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_NAMED_MONTH: Final = re.compile(r"([a-z]{3,9})\.?[\s\-]+(\d{4})", re.I)
_YEAR: Final = re.compile(r"(\d{4})")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


class Span(NamedTuple):
    """The days that a date means, and how precise it is in itself."""

    first: date
    last: date
    precision: str = "day"


class Either(NamedTuple):
    """The two days that a date can mean."""

    day_first: date
    month_first: date


def read_date(text: str) -> Span | Either | None:
    """What the text can mean; None where it is no date.

    >>> read_date("3/4/2010")
    Either(day_first=datetime.date(2010, 4, 3), month_first=datetime.date(2010, 3, 4))
    """
    text = text.strip()
    return _read_date(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=65_536)
def _read_date(text: str) -> Span | Either | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(text):
        return _day(*found.groups())
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found)
    if found := _NAMED.fullmatch(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _NAMED_FIRST.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    if found := _MONTH.fullmatch(text):
        return _whole_month(found[1], found[2])
    if found := _NAMED_MONTH.fullmatch(text):
        return _whole_month(found[2], _month(found[1]))
    if (found := _YEAR.fullmatch(text)) and int(found[1]) > 0:
        return Span(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31), "year")
    return None


def _day(year: str, month: str, day: str) -> Span | None:
    try:
        found = date(_whole_year(year), int(month), int(day))
    except ValueError:
        return None
    return Span(found, found)


def _whole_year(year: str) -> int:
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number <= 68 else 1900)


def _year_last(found: re.Match[str]) -> Span | Either | None:
    day_first = _day(found[4], found[3], found[1])
    month_first = None if found[2] == "." else _day(found[4], found[1], found[3])
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    return Either(day_first.first, month_first.first)


def _month(name: str) -> str:
    """Its number; "0" for what is no month."""
    return str(next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())), 0))


def _whole_month(year: str, month: str) -> Span | None:
    first = _day(year, month, "1")
    if first is None:
        return None
    return Span(
        first.first, first.first.replace(day=monthrange(first.first.year, first.first.month)[1]), "month"
    )


class DateOrder:
    """Whether 3/4/2010 is in March or in April, as the other dates of the file show.

    given: what whoever imports it says. texts: every date of the file, read only if it is asked for.
    """

    def __init__(self, given: Order, texts: Callable[[], Iterator[str]]) -> None:
        self._given, self._texts = given, texts

    @cached_property
    def shown(self) -> Order:
        """ "" where no date of the file shows it, or some show the one and some the other."""
        if self._given:
            return self._given
        orders = {order for text in self._texts() if (order := _order_shown(text))}
        return orders.pop() if len(orders) == 1 else ""

    def span(self, date_read: Either) -> Span | None:
        """The one meaning; None where the file does not show it."""
        if not self.shown:
            return None
        found = date_read.day_first if self.shown == "day first" else date_read.month_first
        return Span(found, found)


def _order_shown(text: str) -> Order:
    found = _YEAR_LAST.fullmatch(text.strip())
    if found is None or found[2] == "." or isinstance(read_date(text), Either | None):
        return ""
    first, second = int(found[1]), int(found[3])
    return "day first" if first > 12 else "month first" if second > 12 else ""
