"""Columns of months and a map of spots, placed. No tiles, and no borders but approved ones: a graticule, the reports, the
area drawn.

The map is a plate carrée whose degrees of longitude are shortened as in the middle of it; it is as wide as 16 to its 10.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from detente.procedure.reckoned import BaseMap, Cell, VisibleIncidents
from detente.views.incident_figures import Column, Columns, IncidentMap, Spot, Tick
from detente.wording.counting import thousands
from detente.wording.language import gettext as _
from detente.wording.language import ngettext
from detente.wording.moments import numbered_month

MOST_MONTHS: Final = 120
MOST_PLACES: Final = 8
_WIDEST: Final = 1.6
_SMALLEST: Final = 0.35
"""Radius, in percent of the map's size."""
_RATIO: Final = 1.6
_MARGIN: Final = 1.12
_STEPS: Final = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 45)
"""Degrees between lines of the graticule."""
_LINES: Final = 6
_GAP: Final = 0.25
"""Of a month's width, between columns."""
_THICKEST: Final = 12.0
"""Percent of the figure: one month alone is a column too, and no wall."""


def columns(
    found: VisibleIncidents, name: str, months: Sequence[int], most: int, agreed: int | None
) -> Columns:
    """The latest `MOST_MONTHS` months. most: what the full height stands for; agreed: a month that is marked."""
    start = max(0, len(months) - MOST_MONTHS)
    shown, first = months[start:], found.first + start
    width = 100 / max(1, len(shown))
    thick = min(width * (1 - _GAP), _THICKEST)
    marked = agreed is not None and first <= agreed < first + len(shown)
    words = ngettext("{name}: {count} report from {first} to {last}", "{name}: {count} reports from {first} to {last}",
                     sum(shown), name=name, count=thousands(sum(shown)), first=numbered_month(first),
                     last=numbered_month(first + len(shown) - 1))  # fmt: skip
    return Columns(
        name=name, total=thousands(sum(shown)), most=thousands(most), thick=_percent(thick),
        years=tuple(_years(first, len(shown)) if len(shown) > 12 else _months(first, len(shown))),
        words=words, agreed=_percent((agreed - first + 0.5) * width) if agreed is not None and marked else "",
        columns=tuple(
            Column(
                start=_percent((n + 0.5) * width - thick / 2), top=_percent(100 - 100 * count / most),
                tall=_percent(100 * count / most),
                words=_("{month}: {count}", month=numbered_month(first + n), count=thousands(count)),
            )
            for n, count in enumerate(shown)
            if count
        ),
    )  # fmt: skip


def _years(first: int, count: int) -> Iterator[Tick]:
    """Each January, or of many those that leave room for their words."""
    every = max(1, math.ceil(count / 12 / 8))
    for n in range(count):
        if (first + n) % 12 == 0 and ((first + n) // 12) % every == 0:
            yield Tick(at=_percent(100 * n / count), label=str((first + n) // 12))


def _months(first: int, count: int) -> Iterator[Tick]:
    """Of less than a year the first month and the one in the middle: more words do not stand beside each other."""
    for n in sorted({0, count // 2}):
        yield Tick(at=_percent(100 * n / count), label=numbered_month(first + n))


class _Frame(NamedTuple):
    """What part of the earth is drawn: its west, its north, and degrees across and down."""

    west: float
    north: float
    across: float
    down: float

    def x(self, lon: float) -> float:
        return 100 * (lon - self.west) / self.across

    def y(self, lat: float) -> float:
        return 100 * (self.north - lat) / self.down


def incident_map(found: VisibleIncidents) -> IncidentMap | None:
    if not found.cells:
        return None
    middle = sum(cell.lon for cell in found.cells) / len(found.cells)
    rings = [_near(ring, middle) for ring in found.outline]
    frame = _frame(found.cells, rings)
    most = max(cell.count for cell in found.cells)
    return IncidentMap(
        spots=tuple(_spot(cell, frame, most) for cell in sorted(found.cells, key=lambda c: -c.count)),
        outline=" ".join(_path(ring, frame) for ring in rings),
        base=" ".join(_base(found.base, frame)) if found.base is not None else "",
        meridians=tuple(
            Tick(at=_percent(frame.x(lon)), label=_degrees(lon))
            for lon in _lines(frame.west, frame.across)
        ),
        parallels=tuple(
            Tick(at=_percent(frame.y(lat)), label=_degrees(lat))
            for lat in _lines(frame.north - frame.down, frame.down)
        ),
        words=ngettext("A map of {count} spot with reports", "A map of {count} spots with reports", len(found.cells)),
    )  # fmt: skip


def _near(ring: Sequence[tuple[float, float]], middle: float) -> list[tuple[float, float]]:
    """The ring, as many turns further east or west as brings it nearest."""
    own = sum(lon for lon, _lat in ring) / len(ring)
    turn = 360 * round((middle - own) / 360)
    return [(lon + turn, lat) for lon, lat in ring]


def _frame(cells: Sequence[Cell], rings: Sequence[Sequence[tuple[float, float]]]) -> _Frame:
    points = [(cell.lon, cell.lat) for cell in cells] + [point for ring in rings for point in ring]
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    squeeze = math.cos(math.radians(min(80.0, abs(north + south) / 2)))
    down = max((north - south) * _MARGIN, (east - west) * squeeze * _MARGIN / _RATIO, 0.5)
    across = down * _RATIO / squeeze
    return _Frame((west + east - across) / 2, (south + north + down) / 2, across, down)


def _spot(cell: Cell, frame: _Frame, most: int) -> Spot:
    words = ngettext("{count} report", "{count} reports", cell.count, count=thousands(cell.count))
    if cell.candidates:
        words = _("{reports}, {count} of them candidates", reports=words, count=thousands(cell.candidates))
    return Spot(
        across=_percent(frame.x(cell.lon)), down=_percent(frame.y(cell.lat)), words=words,
        wide=_radius(cell.count, most), inner=_radius(cell.candidates, most) if cell.candidates else "",
    )  # fmt: skip


def _radius(count: int, most: int) -> str:
    """Its square grows with the count, so that the ink does."""
    return f"{max(_SMALLEST, _WIDEST * math.sqrt(count / most)):.2f}"


def _path(ring: Sequence[tuple[float, float]], frame: _Frame) -> str:
    corners = " L".join(f"{10 * frame.x(lon):.1f} {10 * frame.y(lat):.1f}" for lon, lat in ring)
    return f"M{corners} Z"


def _base(base: BaseMap, frame: _Frame) -> Iterator[str]:
    """Those of the approved lines that come near what is drawn."""
    middle = frame.west + frame.across / 2
    for line in base.lines:
        placed = _near(line, middle)
        lons, lats = [lon for lon, _ in placed], [lat for _, lat in placed]
        beside = max(lons) < frame.west or min(lons) > frame.west + frame.across
        if not beside and min(lats) <= frame.north and max(lats) >= frame.north - frame.down:
            yield "M" + " L".join(f"{10 * frame.x(lon):.1f} {10 * frame.y(lat):.1f}" for lon, lat in placed)


def _lines(start: float, length: float) -> list[float]:
    step = next((step for step in _STEPS if length / step <= _LINES), 60)
    first = math.floor(start / step) + 1
    return [step * n for n in range(first, first + _LINES) if step * n < start + length]


def _degrees(degrees: float) -> str:
    return f"{(degrees + 180) % 360 - 180:g}°" if abs(degrees) > 180 else f"{degrees:g}°"


def _percent(number: float) -> str:
    return f"{number:.2f}"
