"""The dates that words state, in three calendars, as days of the Gregorian one.

Months are known by name: Gregorian in the languages below, Hijri and Jalali in Arabic script and in Latin letters. The
Hijri calendar is that of Umm al-Qura (`hijridate`), which sets months by computation; where a month begins by sighting,
a date can fall a day earlier or later, so two dates of which one is Hijri agree within a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

import jdatetime
from hijridate import Hijri
from msgspec import Struct

Calendar = Literal["gregorian", "hijri", "jalali"]

_MONTHS: Final[dict[Calendar, tuple[str, ...]]] = {
    "gregorian": (
        "january|janvier|enero|ocak|يناير|كانون الثاني|ژانویه|جنوری|جنوري",
        "february|février|febrero|şubat|فبراير|شباط|فوریه|فروری|فبروري",
        "march|mars|marzo|mart|مارس|آذار|مارچ",
        "april|avril|abril|nisan|أبريل|نيسان|آوریل|اپریل",
        "may|mai|mayo|mayıs|مايو|أيار|مه|مئی|می",
        "june|juin|junio|haziran|يونيو|حزيران|ژوئن|جون",
        "july|juillet|julio|temmuz|يوليو|تموز|ژوئیه|جولائی|جولای",
        "august|août|agosto|ağustos|أغسطس|آب|اوت|اگست",
        "september|septembre|septiembre|eylül|سبتمبر|أيلول|سپتامبر|ستمبر|سپتمبر",
        "october|octobre|octubre|ekim|أكتوبر|تشرين الأول|اکتبر|اکتوبر",
        "november|novembre|noviembre|kasım|نوفمبر|تشرين الثاني|نوامبر|نومبر",
        "december|décembre|diciembre|aralık|ديسمبر|كانون الأول|دسامبر|دسمبر|ډسمبر",
    ),
    "hijri": (
        "muharram|محرم|محرم الحرام", "safar|صفر", "rabi al-awwal|rabi i|ربيع الأول|ربیع الاول",
        "rabi al-thani|rabi ii|ربيع الثاني|ربيع الآخر|ربیع الثانی", "jumada al-ula|jumada i|جمادى الأولى|جمادی الاول",
        "jumada al-akhirah|jumada ii|جمادى الآخرة|جمادى الثانية|جمادی الثانی", "rajab|رجب", "shaban|sha'ban|شعبان",
        "ramadan|ramazan|رمضان", "shawwal|شوال", "dhu al-qadah|dhu al-qa'dah|ذو القعدة|ذوالقعدہ|ذیقعد",
        "dhu al-hijjah|ذو الحجة|ذوالحجہ|ذی الحجہ",
    ),
    "jalali": (
        "farvardin|hamal|فروردین|حمل", "ordibehesht|sawr|اردیبهشت|ثور|غویی", "khordad|jawza|خرداد|جوزا|غبرګولی",
        "tir|saratan|تیر|سرطان|چنګاښ", "mordad|asad|مرداد|اسد|زمری", "shahrivar|sunbula|شهریور|سنبله|وږی",
        "mehr|mizan|مهر|میزان|تله", "aban|aqrab|آبان|عقرب|لړم", "azar|qaws|آذر|قوس|لیندۍ", "dey|jadi|دی|جدی|مرغومی",
        "bahman|dalw|بهمن|دلو|سلواغه", "esfand|hut|اسفند|حوت|کب",
    ),
}  # fmt: skip
_YEARS: Final[dict[Calendar, range]] = {
    "gregorian": range(1800, 2200), "hijri": range(1343, 1501), "jalali": range(1200, 1500)
}  # fmt: skip
_NAMES: Final[dict[str, tuple[Calendar, int]]] = {
    name: (calendar, month)
    for calendar, months in _MONTHS.items()
    for month, names in enumerate(months, 1)
    for name in names.split("|")
}
_MONTH: Final = "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))
_DAY_FIRST: Final = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?P<month>{_MONTH})(?!\w),?\s*(?:de\s+|del\s+)?"
    r"(?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE
)
_ISO: Final = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_HAN: Final = re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")


class Stated(Struct, frozen=True, order=True):
    """A date as it is written, and the day that it is; calendar: in which it is written."""

    day: date
    calendar: Calendar
    written: str

    def agrees_with(self, other: Stated) -> bool:
        apart = abs((self.day - other.day).days)
        return apart <= (1 if "hijri" in (self.calendar, other.calendar) else 0)


def dates_in(words: str) -> tuple[tuple[Stated, ...], str]:
    """The dates that the words state, and the words without them. A day that no calendar has is no date."""
    found: list[Stated] = []
    rest = words
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO, _HAN):
        for match in pattern.finditer(rest):
            found += _stated(match)
        rest = pattern.sub(lambda match: " " * len(match[0]) if list(_stated(match)) else match[0], rest)
    return tuple(sorted(found)), rest


def _stated(match: re.Match[str]) -> Iterator[Stated]:
    year, day = int(match["year"]), int(match["day"])
    calendar, month = _named(match["month"])
    if year not in _YEARS[calendar]:
        return
    try:
        if calendar == "gregorian":
            yield Stated(date(year, month, day), calendar, match[0])
        elif calendar == "hijri":
            yield Stated(date(*Hijri(year, month, day).to_gregorian().datetuple()), calendar, match[0])
        else:
            yield Stated(jdatetime.date(year, month, day).togregorian(), calendar, match[0])
    except (ValueError, OverflowError):
        return


def _named(written: str) -> tuple[Calendar, int]:
    """Calendar and month of what the pattern takes for a month's name, whose capitals may be Turkish: MAYIS is mayıs."""
    if written.isdecimal():
        return "gregorian", int(written)
    return _NAMES.get(written.lower()) or next(
        of for name, of in _NAMES.items() if re.fullmatch(re.escape(name), written, re.IGNORECASE)
    )
