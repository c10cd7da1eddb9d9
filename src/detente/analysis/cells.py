"""Points gathered into the cells of a honeycomb, so that a map of a million reports is one that can be looked at."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.analysis.areas import Floats, Truths
from detente.procedure.reckoned import Cell

ACROSS: Final = 40
"""Cells from west to east."""
_HALF_HEIGHT: Final = 3**0.5 / 2


def cells(lon: Floats, lat: Floats, picked: Truths) -> tuple[Cell, ...]:
    """One for each cell that holds a point, where its points are on average. picked: which points are candidates.
    Longitudes go on past 180 where the points lie on both sides of the antimeridian."""
    pointed = np.isfinite(lat)
    lon, lat, picked = lon[pointed], lat[pointed], picked[pointed]
    if not len(lon):
        return ()
    lon = _in_one_stretch(lon)
    squeeze = float(np.cos(np.radians(np.clip(lat.mean(), -80, 80))))
    size = max(np.ptp(lon) * squeeze, np.ptp(lat), 0.1) / ACROSS
    column, row = _cell((lon - lon.min()) * squeeze / size, (lat - lat.min()) / size)
    _, cell, count = np.unique(column * 100_000 + row, return_inverse=True, return_counts=True)
    sums = [np.bincount(cell, weights=values) for values in (lon, lat, picked)]
    return tuple(
        Cell(float(x / n), float(y / n), int(n), int(of))
        for x, y, of, n in zip(sums[0], sums[1], sums[2], count, strict=True)
    )


def _in_one_stretch(lon: Floats) -> Floats:
    """The longitudes from the far side of the widest gap on: what lies west of it goes round once more."""
    degrees = np.unique(np.floor(lon))
    gaps = np.diff(np.append(degrees, degrees[0] + 360))
    widest = int(gaps.argmax())
    if widest == len(degrees) - 1:
        return lon
    return np.where(lon < degrees[widest] + 1, lon + 360, lon)


def _cell(x: Floats, y: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Column and row of the hexagon of width 1 whose middle is nearest: rows stand apart by half its side's height, and
    every other one is moved by half."""
    row = y / _HALF_HEIGHT
    even = 2 * np.round(row / 2)
    odd = 2 * np.floor(row / 2) + 1
    to_even = (x - np.round(x)) ** 2 + ((row - even) * _HALF_HEIGHT) ** 2
    to_odd = (x - np.floor(x) - 0.5) ** 2 + ((row - odd) * _HALF_HEIGHT) ** 2
    nearer = to_even <= to_odd
    column = np.where(nearer, 2 * np.round(x), 2 * np.floor(x) + 1)
    return column.astype(np.int64), np.where(nearer, even, odd).astype(np.int64)
