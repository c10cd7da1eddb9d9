"""UCDP Georeferenced Event Dataset (GED), as CSV or GeoJSON, whole or in an extract with fewer columns.

Sources: UCDP GED Codebook, version 23.1: `type_of_violence`, `date_prec`, `best`, `high`, `low`. Where an extract has no
total, the deaths of both sides are added up; they leave out civilians and those of unknown side.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from detente.interchange.incidents.incident import Drawn, Feed, Row

CIVILIANS: Final = "Civilians"
"""What the second side of one-sided violence is called."""
_KINDS: Final = MappingProxyType({"1": "clash", "2": "clash", "3": "violence_against_civilians"})
"""State-based, non-state, and one-sided violence."""
_PRECISIONS: Final = MappingProxyType(
    {"": "", "1": "day", "2": "week", "3": "week", "4": "month", "5": "year", "0": "unknown"}
)
"""2: within two to six days; 5: within more than a month, up to a year."""


def draw(row: Row) -> Drawn:
    return Drawn(
        id=row["id"],
        date_from=row["date_start"],
        date_to=row["date_end"],
        precision=_PRECISIONS.get(row["date_prec"], row["date_prec"]),
        lat=row["latitude"] or row["geometry_lat"],
        lon=row["longitude"] or row["geometry_lon"],
        place=row["where_coordinates"] or row["adm_2"],
        admin1=row["adm_1"],
        country=row["country"],
        kind=_kind(row["type_of_violence"], row["side_b"]),
        actors=tuple(side for side in (row["side_a"], row["side_b"]) if side),
        deaths_low=row["low"],
        deaths_best=row["best"] or _of_both_sides(row),
        deaths_high=row["high"],
        civilians=row["deaths_civilians"],
        text=row["source_headline"] or row["source_article"] or row["source_art"],
    )


def _kind(violence: str, side_b: str) -> str:
    if not violence:
        return "violence_against_civilians" if side_b == CIVILIANS else "clash"
    return _KINDS.get(violence, violence)


def _of_both_sides(row: Row) -> str:
    a, b = row["deaths_a"], row["deaths_b"]
    both = a.isdecimal() and b.isdecimal() and len(a + b) < 18
    return str(int(a) + int(b)) if both else ""


FEED: Final = Feed(
    "UCDP GED",
    frozenset({"id", "date_start", "date_end", "side_a", "side_b"}),
    draw,
    ("date_start", "date_end"),
)
