"""From what a source says of one incident to one row of the output, and everything that is to be said of it.

A row is kept out only where it has no date that can be read: without one it can never be held against a period. Whatever
else is wrong is left out or set right, as its remark says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from typing import Any, Final

from detente.interchange.incidents.dates import DateOrder, Either, Span, read_date
from detente.interchange.incidents.incident import KINDS, PRECISIONS, Drawn
from detente.interchange.incidents.numbers import coordinates, count, is_missing
from detente.interchange.incidents.placing import Placing
from detente.interchange.incidents.remarks import Note, kept_out, shown

EARLIEST: Final = 1700
"""Years before it are those of other calendars, such as 1404 of the Solar Hijri one: nobody reports incidents of them."""
LONGEST_TEXT: Final = 10_000
"""Characters that are kept of one field."""
BETWEEN_ACTORS: Final = "\x1f"
_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ABBREVIATED: Final = re.compile(r"(?!\d{4}).*\D\d{2}")
"""A date whose year has two digits at its end."""
_COARSER: Final = {name: at for at, name in enumerate(PRECISIONS)}


class Normaliser:
    """Reads the rows of one file. source: what its rows have as their source, where they do not say themselves; placing:
    where names of places are looked up, if anywhere."""

    def __init__(self, source: str, order: DateOrder, placing: Placing | None = None) -> None:
        self._source, self._order, self._placing = source, order, placing

    def row(self, drawn: Drawn, line: int) -> tuple[tuple[Any, ...] | None, list[Note]]:
        """The values of the columns, in their order, or None for a row that is kept out; and the notes."""
        notes: list[Note] = []
        span = self._span(drawn, notes)
        if span is None:
            return None, notes
        lat, lon, found = coordinates(drawn.lat, drawn.lon)
        notes += found
        text, place, admin1, country = (
            _clean(t, notes) for t in (drawn.text, drawn.place, drawn.admin1, drawn.country)
        )
        resolved = ""
        if self._placing is not None:
            point = None if lat is None or lon is None else (lat, lon)
            placed = self._placing.row(point, place, admin1, country, span.first)
            (lat, lon), resolved = placed.point or (None, None), placed.place
            notes += placed.notes
        if lat is None and not (place or admin1):
            notes.append(Note("incidents.place_missing", "The row has neither coordinates nor the name of a place.",
                              "It is kept, and matches no area."))  # fmt: skip
        low, best, high, civilians = _deaths(drawn, notes)
        values = (
            self._id(drawn.id, line, notes), _clean(drawn.source, notes) or self._source,
            span.first.isoformat(), span.last.isoformat(), _precision(drawn.precision, span, notes),
            lat, lon, place, admin1, country, _kind(drawn.kind, notes),
            _actors(drawn.actors, notes),
            low, best, high, civilians, text, _clean(drawn.url, notes), resolved, line,
        )  # fmt: skip
        return values, notes

    def _id(self, text: str | None, line: int, notes: list[Note]) -> str:
        found = _clean(text or "", notes)
        if not found and text is not None:
            notes.append(Note("incidents.id_missing", "The row has no id.", f"It was given “line-{line}”."))
        return found or f"line-{line}"

    def _span(self, drawn: Drawn, notes: list[Note]) -> Span | None:
        first = self._date(drawn.date_from, notes)
        if first is None:
            return None
        last = self._date(drawn.date_to, notes) if not is_missing(drawn.date_to) else first
        if last is None:
            return None
        precision = max(first.precision, last.precision, key=_COARSER.__getitem__)
        if first.first > last.last and _ABBREVIATED.fullmatch(drawn.date_from.strip()):
            first = Span(_earlier(first.first), _earlier(first.last), first.precision)
            notes.append(Note("incidents.century", f"{shown(drawn.date_from)} would be after its end, {last.last}.",
                              f"It was read as {first.first}."))  # fmt: skip
        if first.first > last.last:
            notes.append(Note("incidents.dates_reversed", f"The row ends on {last.last} and begins on {first.first}.",
                              "The earlier date was taken for the beginning."))  # fmt: skip
            return Span(last.first, first.last, precision)
        return Span(first.first, last.last, precision)

    def _date(self, text: str, notes: list[Note]) -> Span | None:
        if is_missing(text):
            notes.append(kept_out("incidents.date_missing", "The row has no date."))
            return None
        found = read_date(text)
        if found is None:
            notes.append(kept_out("incidents.date", f"{shown(text)} is no date that can be read."))
            return None
        year = found[0].year
        if year < EARLIEST:
            said = f"{shown(text)} seems to be of another calendar: its year is {year}."
            notes.append(kept_out("incidents.calendar", said))
            return None
        span = self._order.span(found) if isinstance(found, Either) else found
        if isinstance(found, Either) and span is None:
            notes.append(kept_out("incidents.date_ambiguous", _two_days(text, found)))
        return span


def _earlier(day: date) -> date:
    """The same day a century before. 1900 had no 29th of February."""
    is_leap_day = (day.year, day.month, day.day) == (2000, 2, 29)
    return day.replace(year=day.year - 100, day=28 if is_leap_day else day.day)


def _two_days(text: str, found: Either) -> str:
    days = " or ".join(_long(day) for day in sorted(found))
    return f"{shown(text)} can be {days}, and the file does not show which."


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _precision(text: str, span: Span, notes: list[Note]) -> str:
    """The coarser of what the source says and what its dates show."""
    said = text.strip().casefold()
    if said and said not in PRECISIONS:
        notes.append(
            Note("incidents.precision", f"{shown(text)} is no precision of dates.", "It is “unknown”.")
        )
        return "unknown"
    return max(said or "day", span.precision, key=_COARSER.__getitem__)


def _kind(text: str, notes: list[Note]) -> str:
    said = text.strip().casefold().replace(" ", "_")
    if said in KINDS:
        return said
    if said:
        notes.append(
            Note("incidents.kind", f"{shown(text)} is no kind of incident known here.", "It is “other”.")
        )
    return "other"


def _deaths(drawn: Drawn, notes: list[Note]) -> tuple[int | None, ...]:
    """deaths_low, deaths_best, deaths_high, civilians."""
    found = []
    for name in ("deaths_low", "deaths_best", "deaths_high", "civilians"):
        number, said = count(getattr(drawn, name), name)
        found.append(number)
        notes += said
    low, best, high, civilians = found
    if low is not None and high is not None and low > high:
        notes.append(Note("incidents.deaths_reversed", f"The least deaths are {low}, the most {high}.",
                          "The smaller number was taken for the least."))  # fmt: skip
        low, high = high, low
    if best is not None and ((low is not None and best < low) or (high is not None and best > high)):
        notes.append(Note("incidents.deaths_apart", f"The best estimate, {best}, is not between the least and the most.",
                          "The three stand as the source has them."))  # fmt: skip
    return low, best, high, civilians


def _actors(names: Iterable[str], notes: list[Note]) -> str:
    """As many of the names as a field holds."""
    cleaned = [_clean(name, notes) for name in names]
    ends = accumulate(map(len, cleaned))
    kept = [name for name, end in zip(cleaned, ends, strict=True) if end <= LONGEST_TEXT]
    every, held = len(cleaned), len(kept)
    if held < every:
        notes.append(Note("incidents.text_cut", f"The names of {every} actors are longer than a field.",
                          f"The first {held} of them were kept."))  # fmt: skip
    return BETWEEN_ACTORS.join(kept)


def _clean(text: str, notes: list[Note]) -> str:
    """In one line, without signs that cannot be written, and not longer than a person would read."""
    if text.isprintable() and len(text) <= LONGEST_TEXT:
        return text.strip()
    if len(text) > LONGEST_TEXT:
        notes.append(Note("incidents.text_cut", f"A field has {len(text)} characters.",
                          f"Its first {LONGEST_TEXT} were kept."))  # fmt: skip
    return _UNREADABLE.sub(" ", text[:LONGEST_TEXT]).strip()
