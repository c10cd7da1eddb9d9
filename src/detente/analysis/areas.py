"""Areas on the round earth: which points an area holds, where it crosses the antimeridian or holds a pole.

Source: GeoJSON, RFC 7946, sec. 3.1.6 (polygons) and 3.1.9 (antimeridian). The rules, where that leaves a choice:
- A line from one position to the next is straight in longitude and latitude, and takes the shorter way round; one of
  exactly 360 degrees runs along its parallel all the way.
- A ring that comes back a whole turn further east or west winds round a pole: the one on whose side most of its
  positions lie, and it holds that pole.
- A point on an outline belongs to the area, on a hole's outline too. Where an outline crosses itself, what it goes round
  an odd number of times is inside.

Nothing is cut in two. A ring keeps the longitudes that it runs through, past 180 where it must (170 to 190), and a point
is tried there once for each turn. So no corner is added, and no edge moves by a rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Position = tuple[float, float]

_TURN: Final = 360.0


class Box(NamedTuple):
    """Longitudes within [-180, 180], latitudes within [-90, 90]; the sides belong to it."""

    west: float
    south: float
    east: float
    north: float


class Ring(Struct, frozen=True):
    """One outline. corners: as it runs; region: what it goes round; round: the latitude of the pole that it winds
    round, if any; touched: of those on which it has a corner, where every longitude is the same place."""

    corners: tuple[Position, ...]
    region: shapely.Polygon
    round: float | None
    touched: tuple[float, ...]

    def covers(self, lon: Floats, lat: Floats) -> Truths:
        """Which points are inside or on the outline."""
        found: Truths = self._any_turn(shapely.intersects_xy, lon, lat) | np.isin(lat, self.poles)
        return found

    @property
    def poles(self) -> tuple[float, ...]:
        return self.touched if self.round is None else (self.round, *self.touched)

    def holds(self, lon: Floats, lat: Floats) -> Truths:
        """Which points are inside and not on the outline."""
        inside: Truths = self._any_turn(shapely.contains_xy, lon, lat) & (np.abs(lat) != 90)
        return inside if self.round is None else inside | (lat == self.round)

    def _any_turn(self, test: Any, lon: Floats, lat: Floats) -> Truths:
        found = np.zeros(len(lon), dtype=bool)
        for turn in self.turns():
            found |= test(self.region, lon + turn, lat)
        return found

    def turns(self) -> Iterator[float]:
        """By how many degrees a longitude within [-180, 180] can be moved to come within the region's."""
        if self.round is not None:
            yield 0.0
            return
        west, _south, east, _north = self.region.bounds
        for turn in range(ceil((west - 180) / _TURN), floor((east + 180) / _TURN) + 1):
            yield turn * _TURN


class Area(Struct, frozen=True):
    """What a GeoJSON Polygon or MultiPolygon holds. polygons: the outline of each, and its holes."""

    polygons: tuple[tuple[Ring, tuple[Ring, ...]], ...]

    def covers(self, lon: Floats, lat: Floats) -> Truths:
        """Which points the area holds, its edges included. lon, lat: one-dimensional, finite."""
        found = np.zeros(len(lon), dtype=bool)
        for outline, holes in self.polygons:
            inside = outline.covers(lon, lat)
            for hole in holes:
                inside[inside] = ~hole.holds(lon[inside], lat[inside])
            found |= inside
        return found

    def boxes(self) -> tuple[Box, ...]:
        """Boxes outside which no point of the area lies."""
        return tuple(dict.fromkeys(box for outline, _holes in self.polygons for box in _boxes(outline)))


def area_of(geometry: Any) -> Area | None:
    """The area of a GeoJSON geometry as decoded; None for what is none: a point, a line, words, or an outline that winds
    round more than once."""
    match geometry:
        case {"type": "Polygon", "coordinates": rings}:
            polygons = [rings]
        case {"type": "MultiPolygon", "coordinates": polygons}:
            pass
        case _:
            return None
    made = tuple((_ring(rings[0]), tuple(map(_ring, rings[1:]))) for rings in polygons)
    wound = (
        abs(ring.corners[-1][0] - ring.corners[0][0]) for outline, holes in made for ring in (outline, *holes)
    )
    return Area(made) if max(wound, default=0.0) <= _TURN else None


def _ring(positions: Sequence[Sequence[float]]) -> Ring:
    corners = tuple(_unrolled((float(p[0]), float(p[1])) for p in positions))
    winding = corners[-1][0] - corners[0][0]
    latitudes = [lat for _lon, lat in corners]
    if not winding:
        return _made(corners, corners, None)
    pole = 90.0 if sum(latitudes[1:]) >= 0 else -90.0
    # So many turns that both ends, at which it is joined to the pole, are out of every point's reach.
    longitudes = [lon for lon, _lat in corners]
    reach = 1 + ceil((max(longitudes) - min(longitudes)) / _TURN)
    wound = [(lon + turn * winding, lat) for turn in range(-reach, reach + 1) for lon, lat in corners]
    return _made(corners, [*wound, (wound[-1][0], pole), (wound[0][0], pole)], pole)


def _made(corners: tuple[Position, ...], enclosing: Sequence[Position], pole: float | None) -> Ring:
    region = shapely.Polygon(enclosing)
    shapely.prepare(region)
    touched = {lat for _lon, lat in corners if abs(lat) == 90 and lat != pole}
    return Ring(corners, region, pole, tuple(sorted(touched)))


def _unrolled(positions: Iterable[Position]) -> Iterator[Position]:
    """The same corners, each a step of at most half a turn from the one before."""
    at: float | None = None
    before = 0.0
    for lon, lat in positions:
        step = lon - before
        if at is not None and abs(step) != _TURN:
            step -= _TURN * round(step / _TURN)
        at = lon if at is None else at + step
        before = lon
        yield at, lat


def _boxes(outline: Ring) -> Iterator[Box]:
    west, south, east, north = outline.region.bounds
    for turn in outline.turns():
        yield Box(max(-180.0, west - turn), south, min(180.0, east - turn), north)
    for pole in outline.poles:
        yield Box(-180.0, pole, 180.0, pole)
