"""Reports by month as columns, and by spot as a map: everything placed, so that a template only draws it.

Lengths along a figure are percentages of its width or height, so that its words keep their size on every screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    start: Annotated[str, "where it stands, percent of the width"]
    top: Annotated[str, "how far its head is from the top, percent of the height"]
    tall: Annotated[str, "its height, percent"]
    words: Annotated[str, "read aloud and shown on hover: May 2026: 12"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    at: Annotated[str, "percent of the width, or of the height"]
    label: Annotated[str, "2024; 12°"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    name: Annotated[str, "what is counted: All places; the name of one"]
    total: Annotated[str, "1,848"]
    most: Annotated[str, "the highest column of the figures side by side: 41"]
    thick: Annotated[str, "width of a column, percent"]
    columns: Annotated[tuple[Column, ...], "months with reports, in order"]
    years: Annotated[tuple[Tick, ...], "where a year begins"]
    agreed: Annotated[
        str, "where the date stands before and after which months are compared, percent; or empty"
    ]
    words: Annotated[str, "the figure read aloud"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    across: Annotated[str, "percent of the width"]
    down: Annotated[str, "percent of the height"]
    wide: Annotated[str, "radius of all reports there, percent"]
    inner: Annotated[str, "radius of the candidates among them, percent; or empty"]
    words: Annotated[str, "12 reports, 3 of them candidates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMap:
    spots: Annotated[tuple[Spot, ...], "the larger first, so that none hides another"]
    outline: Annotated[str, "path of the commitment's area in a square of 1,000 by 1,000; or empty"]
    base: Annotated[str, "path of approved lines under it, in the same square; or empty"]
    meridians: Annotated[tuple[Tick, ...], "lines of longitude"]
    parallels: Annotated[tuple[Tick, ...], "lines of latitude"]
    words: Annotated[str, "the map read aloud"]
