"""Whether the lines of an area cross one another: one that does goes round some places twice, and nobody can say which it
holds (OGC 06-103r4, sec. 6.1.11: the rings of a polygon are simple, and do not cross).

Lines are straight in longitude and latitude and take the shorter way round, as where areas are compared with places
(`analysis.areas`). Rings that touch at a place or run along each other do not cross.

>>> crossing((((0, 0), (2, 2), (2, 0), (0, 2), (0, 0)),))
(1.0, 1.0)
>>> crossing((((0, 0), (2, 0), (2, 2), (0, 2), (0, 0)),))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from detente.codec.refusal import refuse

Position = tuple[float, float]
Line = tuple[Position, Position]

MOST_COMPARED: Final = 2_000_000
"""Pairs of lines that are looked at: about a second. Areas that people draw need a hundredth of it."""
_NOTHING: Final = 1e-12
"""Square degrees below which a corner lies on a line."""


def crossing(rings: Sequence[Sequence[Position]]) -> Position | None:
    """Where two lines of these rings cross, if any do. Raises `Refused` with code
    `area.malformed` where so many lie beside one another that they are not compared."""
    lines = sorted(
        (line for ring in rings for line in _lines(ring)), key=lambda line: min(line[0][0], line[1][0])
    )
    beside: list[Line] = []
    compared = 0
    for line in lines:
        west = min(line[0][0], line[1][0])
        beside = [other for other in beside if max(other[0][0], other[1][0]) >= west]
        compared += len(beside) + 1
        if compared > MOST_COMPARED:
            raise refuse("area.malformed", "The area is too intricate for its lines to be compared.",
                         instead="Draw it with fewer places.")  # fmt: skip
        for other in beside:
            if (found := _crossing(line, other)) is not None:
                return found
        beside.append(line)
    return None


def _lines(ring: Sequence[Position]) -> Iterator[Line]:
    """Each on the turn of the earth on which the ring before it runs."""
    at = ring[0] if ring else (0.0, 0.0)
    for (lon, _lat), (lon_2, lat_2) in pairwise(ring):
        step = lon_2 - lon
        if abs(step) != 360:
            step -= 360 * round(step / 360)
        there = (at[0] + step, lat_2)
        yield at, there
        at = there


def _crossing(one: Line, another: Line) -> Position | None:
    (a, b), (c, d) = one, another
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return None
    of_c, of_d, of_a, of_b = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if of_c * of_d >= 0 or of_a * of_b >= 0:
        return None
    part = of_a / (of_a - of_b)
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def _side(a: Position, b: Position, point: Position) -> float:
    """On which side of the line from a to b a point lies: more than 0, less, or 0 where it lies on it."""
    found = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    return found if abs(found) > _NOTHING else 0.0
