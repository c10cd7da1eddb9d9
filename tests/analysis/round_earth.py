"""A slow, obvious way to say whether an area holds a point, in whole degrees: what the fast one must equal.

From a point one walks along its meridian to a pole and counts the outlines that are crossed. Where the outline winds
round that pole the walk ends inside, so an even count means inside; otherwise it ends outside, and an odd one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

Point = tuple[int, int]
Corners = list[tuple[int, int]]


def covers(polygons: Sequence[Sequence[Sequence[Sequence[int]]]], point: Point) -> bool:
    """polygons: the coordinates of a GeoJSON MultiPolygon, whole degrees."""
    for outline, *holes in polygons:
        if _where(outline, point) != "outside" and all(_where(hole, point) != "inside" for hole in holes):
            return True
    return False


def _where(ring: Sequence[Sequence[int]], point: Point) -> str:
    corners = _unrolled(ring)
    turn = corners[-1][0] - corners[0][0]
    north = sum(lat for _lon, lat in corners[1:]) >= 0 if turn else True
    lon, lat = point
    if abs(lat) == 90:
        if turn and (lat == 90) == north:
            return "inside"
        return "edge" if any(corner_lat == lat for _lon, corner_lat in corners) else "outside"
    crossed = 0
    for (west, from_lat), (east, to_lat) in pairwise(corners):
        for round_again in range(-1440, 1441, 360):
            here = lon + round_again
            if not min(west, east) <= here <= max(west, east):
                continue
            if west == east:
                if min(from_lat, to_lat) <= lat <= max(from_lat, to_lat):
                    return "edge"
                continue
            meets = from_lat + Fraction(here - west, east - west) * (to_lat - from_lat)
            if meets == lat:
                return "edge"
            is_one_end = here == max(west, east)  # each corner is counted with one of its two lines
            crossed += not is_one_end and (meets > lat if north else meets < lat)
    return "inside" if crossed % 2 == (0 if turn else 1) else "outside"


def _unrolled(ring: Sequence[Sequence[int]]) -> Corners:
    corners = [(ring[0][0], ring[0][1])]
    for (before, _lat), (lon, lat) in pairwise(ring):
        step = lon - before
        while step > 180 and step != 360:
            step -= 360
        while step < -180 and step != -360:
            step += 360
        corners.append((corners[-1][0] + step, lat))
    return corners
