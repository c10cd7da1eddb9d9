"""Rows placed by name: where a source gives no point, that of the one place in a gazetteer which bears the name.

A name is looked up as of the row's first day, so that an old name finds its place while it held. What else the row says
narrows the answer: its country, its region; and of a place and the divisions of the same name, the place. What is still
several is said and not chosen. A source's own point is never replaced: where it lies far from the place it names, that is
said. A row that was placed by name, or whose point and name are at odds, keeps the place's id, so that whoever matches
knows that its place is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from detente.interchange.gazetteer import Gazetteer, Name, folded
from detente.interchange.incidents.remarks import Note, shown

FAR: Final = 100.0
"""Kilometres between a row's point and the place that it names, from which this is said."""
_NAMED: Final = 3
"""Places of an ambiguous name that are said one by one."""
_RADIUS: Final = 6371.0088
"""Kilometres: the earth's, in the mean (IUGG)."""

Point = tuple[float, float]
"""Degrees north, degrees east."""


class Placed(NamedTuple):
    """A row's point, and the id of the place by whose name it is known or doubted; empty where neither."""

    point: Point | None
    place: str = ""
    notes: tuple[Note, ...] = ()


class Placing:
    """Places the rows of one file."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._found = lru_cache(maxsize=65_536)(self._bearing)

    def row(self, point: Point | None, place: str, admin1: str, country: str, on: date) -> Placed:
        """place, admin1, country: as the source names them, or empty."""
        text = place or admin1
        if not text:
            return Placed(point)
        found = self._found(place, admin1, country, on)
        if point is not None:
            return _compared(point, text, found)
        if not found:
            return Placed(None, "", (Note("incidents.place_unknown", f"No file of places has {shown(text)}.",
                                          "The row has no point."),))  # fmt: skip
        if len(found) > 1:
            return Placed(None, "", (Note("incidents.place_ambiguous", f"{shown(text)} can be {_all(found)}.",
                                          "None was chosen: the row has no point."),))  # fmt: skip
        return _resolved(text, found[0])

    def _bearing(self, place: str, admin1: str, country: str, on: date) -> tuple[Name, ...]:
        """Every place that the row can mean, by its whole name, its part before a comma, or its region's."""
        head = place.partition(",")[0]
        for text in dict.fromkeys(filter(None, (place, head))):
            if found := self._gazetteer.resolve(text, on):
                return self._narrowed(found, admin1, country, on)
        if place or not admin1:
            return ()
        regions = (name for name in self._gazetteer.resolve(admin1, on) if name.place.sort != "place")
        return self._narrowed(regions, "", country, on)

    def _narrowed(self, found: Iterable[Name], admin1: str, country: str, on: date) -> tuple[Name, ...]:
        """Those that agree with what else the row says. A place of which the file does not say the country may."""
        code = self._codes.get(folded(country), "")
        inside = [name for name in found if not code or name.place.country in ("", code)]
        regions = {
            name.place.code for name in self._gazetteer.resolve(admin1, on) if name.place.sort == "division"
        }
        inside = [name for name in inside if name.place.code in regions] or inside
        places = [name for name in inside if name.place.sort == "place"]
        return tuple(places if len(places) == 1 else inside)

    @cached_property
    def _codes(self) -> dict[str, str]:
        """ISO 3166-1 alpha-2 by a country's English name, and by itself."""
        from babel import Locale  # the extra may be missing; who places nothing by name needs none

        names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2}
        return {folded(text): code for code, name in names.items() for text in (name, code)}


def _compared(point: Point, text: str, found: tuple[Name, ...]) -> Placed:
    """The source's own point, and whether it is far from every place that bears the name. Only of places: a division is
    as large as it is."""
    distances = [(_kilometres(point, there), name) for name in found if (there := _point(name)) is not None]
    if not distances or any(name.place.sort != "place" for name in found):
        return Placed(point)
    km, nearest = min(distances, key=lambda one: one[0])
    if km <= FAR:
        return Placed(point)
    lat, lon = point
    turned = abs(lon) <= 90 and _kilometres((lon, lat), _point(nearest) or point) <= FAR
    advice = " With latitude and longitude the other way round it would be near." if turned else ""
    sentence = f"The coordinates are {km:.0f} km from {shown(text)}, {_called(nearest)}."
    note = Note("incidents.place_far", sentence, f"They were kept, and the place is in doubt.{advice}")
    return Placed(point, nearest.place.id, (note,))


def _resolved(text: str, name: Name) -> Placed:
    point = _point(name)
    if point is None:
        done = "The file of places has no point for it: the row has none."
    else:
        what = (
            "Its point was taken" if name.place.sort == "place" else "A point in the middle of it was taken"
        )
        done = f"{what}: {point[0]:g}, {point[1]:g}; the place is in doubt."
    note = Note("incidents.place_resolved", f"{shown(text)} is {_called(name)}.", done)
    return Placed(point, name.place.id, (note,))


def _called(name: Name) -> str:
    """The place, and by which name it was found where that is not its own or not of every day."""
    by = ""
    if name.first or name.last:
        since = f" since {name.first}" if name.first else ""
        until = f" until {name.last}" if name.last else ""
        by = f", by the name that it has borne{since}{until}"
    elif folded(name.text) != folded(name.place.name):
        by = f", by its other name “{name.text}”"
    return f"“{name.place.name}” ({name.place.id}){by}"


def _all(found: tuple[Name, ...]) -> str:
    named = " or ".join(_called(name) for name in found[:_NAMED])
    more = len(found) - _NAMED
    return f"{named}, or one of {more} more" if more > 0 else named


def _point(name: Name) -> Point | None:
    lat, lon = name.place.lat, name.place.lon
    return None if lat is None or lon is None else (lat, lon)


def _kilometres(one: Point, another: Point) -> float:
    """Along the great circle.

    >>> round(_kilometres((0.0, 179.5), (0.0, -179.5)))
    111
    """
    (lat, lon), (lat_2, lon_2) = (tuple(map(radians, point)) for point in (one, another))
    part = sin((lat_2 - lat) / 2) ** 2 + cos(lat) * cos(lat_2) * sin((lon_2 - lon) / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(part)))
