"""Coordinates and counts as sources write them. What cannot be one is left out, and remarked on; the row stays."""

from __future__ import annotations

import math
import re
from typing import Final

from detente.interchange.incidents.remarks import Note, shown

MISSING: Final = frozenset(
    {"", "-", "?", "n/a", "na", "nan", "none", "null", "unknown", "unclear", "-99", "-999"}
)
"""What a source writes where it has nothing to say."""
LARGEST_COUNT: Final = 2**31 - 1
_LONGEST: Final = 60
"""Characters of what can be a number: patterns are not tried on more, which a stranger could make as long as a line."""
_COORDINATE: Final = re.compile(r"([NSEW])?\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW])?", re.I)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[ ,]\d{3})+")
_TWO_WAYS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DECIMAL: Final = re.compile(r"(-?\d{1,10})[.,](\d+)")


def is_missing(text: str) -> bool:
    return not text or text.strip().casefold() in MISSING


def coordinates(lat_text: str, lon_text: str) -> tuple[float | None, float | None, tuple[Note, ...]]:
    """A point on the earth, or none, and what there is to say of it."""
    if is_missing(lat_text) and is_missing(lon_text):
        return None, None, ()
    said = f"{lat_text.strip()}, {lon_text.strip()}"
    (lat, lat_comma), (lon, lon_comma) = _coordinate(lat_text), _coordinate(lon_text)
    if lat is None or lon is None:
        return _nowhere("coordinates", f"{shown(said)} are no two coordinates.")
    notes: tuple[Note, ...] = ()
    if lat_comma or lon_comma:
        notes = (Note("incidents.decimal_comma", f"The coordinates {shown(said)} have decimal commas.",
                      "They were read as decimal points."),)  # fmt: skip
    if lat == 0 and lon == 0:
        return _nowhere("null_island", "The coordinates are 0, 0, which programs write where they know none.")
    if abs(lat) <= 90 and abs(lon) <= 180:
        return lat, lon, notes
    if abs(lat) <= 180 and abs(lon) <= 90:
        swapped = Note("incidents.coordinates_swapped", f"{shown(said)}: no latitude is beyond 90 degrees.",
                       "Latitude and longitude were taken the other way round.")  # fmt: skip
        return lon, lat, (*notes, swapped)
    return _nowhere("coordinates_beyond", f"{shown(said)} are not on the earth.")


def _nowhere(code: str, sentence: str) -> tuple[None, None, tuple[Note]]:
    return None, None, (Note(f"incidents.{code}", sentence, "The coordinates were left out."),)


def _coordinate(text: str) -> tuple[float | None, bool]:
    """Degrees, and whether they had a decimal comma."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None, False
    try:
        found = float(text.replace("_", " "))  # "1_0" is a number to Python alone
    except ValueError:
        read = _COORDINATE.fullmatch(text)
        if read is None or (read[1] and read[3]):
            return None, False
        degrees = float(read[2].replace(",", "."))
        south_or_west = (read[1] or read[3] or "").upper() in ("S", "W")
        return -degrees if south_or_west else degrees, "," in read[2]
    return (found if math.isfinite(found) else None), False


def count(text: str, name: str) -> tuple[int | None, tuple[Note, ...]]:
    """A number of people, or none, and what there is to say of it. name: of its column.

    >>> count("1,240", "deaths_best"), count("", "deaths_best")
    ((1240, ()), (None, ()))
    """
    if text.isdecimal() and len(text) < 10:
        return int(text), ()
    if is_missing(text):
        return None, ()
    said, text = text, text.strip()
    if len(text) > _LONGEST:
        return None, (_left_out("count", f"{shown(said)} in “{name}” is no number."),)
    if _THOUSANDS.fullmatch(text):
        text = re.sub("[ ,]", "", text)
    if _TWO_WAYS.fullmatch(text):
        return None, (_left_out("count", f"{shown(said)} in “{name}” can be thousands or a fraction."),)
    whole = _DECIMAL.fullmatch(text)
    if whole is None and not re.fullmatch(r"[+-]?\d{1,12}", text):
        return None, (_left_out("count", f"{shown(said)} in “{name}” is no number."),)
    number = int(whole[1] if whole else text)
    if number < 0 or text.startswith("-"):
        return None, (_left_out("negative", f"{shown(said)} in “{name}” is less than nobody."),)
    if number > LARGEST_COUNT:
        return None, (_left_out("count", f"{shown(said)} in “{name}” is more than there are people."),)
    if whole and whole[2].strip("0"):
        return number, (Note("incidents.fraction", f"{shown(said)} in “{name}” is no whole number of people.",
                             f"It was read as {number}."),)  # fmt: skip
    return number, ()


def _left_out(code: str, sentence: str) -> Note:
    return Note(f"incidents.{code}", sentence, "The number was left out.")
