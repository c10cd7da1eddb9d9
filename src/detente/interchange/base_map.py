"""A base layer for maps: lines that the sides of one process approved, from one GeoJSON file (RFC 7946) of the host's.

Where borders run is what some talks are about, so that maps have none unless the file says who approved them, for which
process, and whose lines they are: its members `process`, `approved_by` and `attribution`, beside those of GeoJSON. The
lines are drawn as they stand; names in the file are not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any, Final

from detente.codec.refusal import Refused, refuse
from detente.procedure.reckoned import BaseMap

LARGEST: Final = 4_000_000
"""Bytes: the world's coasts at a hundred metres would not help a map of a page."""
_SAID: Final = ("process", "approved_by", "attribution")


def read_base_map(path: Path) -> tuple[str, BaseMap]:
    """The process that it is for, and the map. Raises `Refused` with code `base_map.file`."""
    if path.stat().st_size > LARGEST:
        raise _not_one(f"{path.name} is larger than {LARGEST // 1_000_000} MB.")
    raw = path.read_bytes()
    try:
        value = json.loads(raw)
        said = [value.get(name) for name in _SAID]
        lines = tuple(tuple(line) for line in _lines(value) if len(line) > 1)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _not_one(f"{path.name} is no GeoJSON.") from error
    lacking = [
        name
        for name, words in zip(_SAID, said, strict=True)
        if not isinstance(words, str) or not words.strip()
    ]
    if lacking:
        raise _not_one(f"{path.name} does not say its {', '.join(lacking)}.")
    if not lines:
        raise _not_one(f"{path.name} holds no line and no area.")
    process, approved, attribution = said
    return process, BaseMap(approved, attribution, sha256(raw).hexdigest(), lines)


def _lines(value: Any) -> Iterator[list[tuple[float, float]]]:
    """The lines and outlines of a geometry, a feature, or a collection of them."""
    match value:
        case {"type": "FeatureCollection", "features": parts} | {
            "type": "GeometryCollection",
            "geometries": parts,
        }:
            for part in parts:
                yield from _lines(part)
        case {"type": "Feature", "geometry": geometry}:
            yield from _lines(geometry)
        case {"type": "LineString", "coordinates": line}:
            yield _line(line)
        case {"type": "MultiLineString" | "Polygon", "coordinates": lines}:
            yield from map(_line, lines)
        case {"type": "MultiPolygon", "coordinates": polygons}:
            yield from (_line(ring) for rings in polygons for ring in rings)


def _line(positions: Any) -> list[tuple[float, float]]:
    line = [(float(position[0]), float(position[1])) for position in positions]
    if not all(isfinite(lon) and isfinite(lat) and abs(lat) <= 90 for lon, lat in line):
        raise ValueError("beyond the earth")
    return line


def _not_one(why: str) -> Refused:
    return refuse("base_map.file", f"This base map cannot be used. {why}", "RFC 7946",
                  "Give GeoJSON with the members process, approved_by and attribution.")  # fmt: skip
