"""An area on a map as GeoJSON (RFC 7946): a Polygon or a MultiPolygon, longitude before latitude, in degrees (WGS 84).

Checked in plain Python: type, ranges, rings that close and hold at least three places. An area across the antimeridian is
cut there, as RFC 7946 sec. 3.1.9 asks. Whether its lines cross one another is asked where it is drawn.

>>> check_area('{"type": "Polygon", "coordinates": [[[71, 34], [72, 34], [72, 35], [71, 34]]]}')
()
>>> [r.sentence for r in check_area('{"type": "Polygon", "coordinates": [[[71, 34], [72, 34], [72, 95], [71, 34]]]}')]
['The area has a latitude of 95, and none is beyond 90.']
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

import msgspec

from detente.codec.crossing_lines import crossing
from detente.codec.refusal import Refusal, Refused

MOST_POSITIONS: Final = 10_000
_INSTEAD: Final = (
    "Draw the area on the map, paste a GeoJSON geometry of type Polygon or MultiPolygon, or name the place."
)
Position = tuple[float, float]
Polygon = tuple[tuple[Position, ...], ...]
"""The outer ring, then its holes."""


class _Polygon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="Polygon"):
    coordinates: Polygon


class _MultiPolygon(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="MultiPolygon"
):
    coordinates: tuple[Polygon, ...]


_decoder: Final[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(_Polygon | _MultiPolygon)


def is_drawn(area: str) -> bool:
    """Whether the area is meant as a geometry; else it is the name of a place."""
    return area.lstrip().startswith("{")


def polygons_of(area: str) -> tuple[Polygon, ...]:
    """The polygons of an area that `check_area` found nothing against."""
    found = _decoder.decode(area)
    return (found.coordinates,) if isinstance(found, _Polygon) else found.coordinates


def check_area(area: str) -> tuple[Refusal, ...]:
    """What is wrong with a geometry: everything at once, each once. Code `area.malformed`."""
    try:
        polygons = polygons_of(area)
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
        return (_refusal("The area is no Polygon or MultiPolygon of pairs of longitude and latitude."),)
    return tuple(_refusal(sentence) for sentence in dict.fromkeys(_faults(polygons)))


def check_drawing(area: str) -> tuple[Refusal, ...]:
    """The same, for an area that is about to be signed: its lines may not cross either."""
    found = check_area(area)
    if found:
        return found
    try:
        return tuple(_refusal(sentence) for sentence in dict.fromkeys(_crossings(polygons_of(area))))
    except Refused as refused:
        return refused.refusals


def _crossings(polygons: tuple[Polygon, ...]) -> Iterator[str]:
    for rings in polygons:
        where = crossing(rings)
        if where is not None:
            lon, lat = where
            yield (f"Lines of the area cross at longitude and latitude {lon:.6g}, {lat:.6g}, so that nobody can say what "
                   "lies inside.")  # fmt: skip


def _refusal(sentence: str) -> Refusal:
    return Refusal("area.malformed", sentence, "RFC 7946 sec. 3.1", _INSTEAD)


def _faults(polygons: tuple[Polygon, ...]) -> Iterator[str]:
    if not polygons or not all(polygons):
        yield "The area is empty."
    if sum(len(ring) for rings in polygons for ring in rings) > MOST_POSITIONS:
        yield f"The area has more than {MOST_POSITIONS} places."
        return
    for ring in (ring for rings in polygons for ring in rings):
        if len(set(ring)) < 3:
            yield "A ring of the area has fewer than three places."
        elif ring[0] != ring[-1]:
            yield "A ring of the area does not end where it begins."
        for longitude, latitude in ring:
            if not (isfinite(longitude) and abs(longitude) <= 180):
                yield f"The area has a longitude of {longitude:g}, and none is beyond 180."
            if not (isfinite(latitude) and abs(latitude) <= 90):
                yield f"The area has a latitude of {latitude:g}, and none is beyond 90."
