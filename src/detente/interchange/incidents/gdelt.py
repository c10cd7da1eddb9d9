"""GDELT event exports, versions 1.0 and 2.0: tab-separated, without a line of names.

Sources: GDELT Event Codebook 1.03 and 2.0; CAMEO 1.1b3 for event codes. What is coded is a sentence in the news: most
rows are no violence, and are kept as `other`. GDELT counts no deaths.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from detente.interchange.incidents.incident import Drawn, Feed, Row, listed

_ACTOR: Final = (
    "code",
    "name",
    "country",
    "group",
    "ethnic",
    "religion1",
    "religion2",
    "type1",
    "type2",
    "type3",
)
_PLACE: Final = ("type", "fullname", "country", "adm1", "lat", "long", "feature")
_PLACE_2: Final = ("type", "fullname", "country", "adm1", "adm2", "lat", "long", "feature")


def _names(place: tuple[str, ...], *last: str) -> tuple[str, ...]:
    return (
        "globaleventid", "day", "month", "year", "fraction",
        *(f"actor1_{name}" for name in _ACTOR), *(f"actor2_{name}" for name in _ACTOR),
        "root", "event", "base_event", "root_event", "quad", "goldstein", "mentions", "sources", "articles", "tone",
        *(f"{whose}geo_{name}" for whose in ("actor1", "actor2", "action") for name in place),
        *last,
    )  # fmt: skip


HEADERS: Final = MappingProxyType({
    len(names): names
    for names in (
        _names(_PLACE, "added"), _names(_PLACE, "added", "sourceurl"), _names(_PLACE_2, "added", "sourceurl"),
    )
})  # fmt: skip
"""Names of the columns by their number: 57 up to March 2013, 58 since, and 61 in version 2.0."""

_KINDS: Final = MappingProxyType({
    "14": "protest", "17": "restriction", "18": "attack", "181": "abduction", "183": "explosion", "19": "clash",
    "191": "restriction", "192": "attack", "194": "shelling", "195": "airstrike", "196": "attack",
    "20": "violence_against_civilians", "204": "attack",
})  # fmt: skip
"""By the longest beginning of a CAMEO code that stands here."""


def draw(row: Row) -> Drawn:
    return Drawn(
        id=row["globaleventid"],
        date_from=row["day"],
        lat=row["actiongeo_lat"],
        lon=row["actiongeo_long"],
        place=row["actiongeo_fullname"],
        admin1=row["actiongeo_adm1"],
        country=row["actiongeo_country"],
        kind=_kind(row["event"]),
        actors=listed(row["actor1_name"], row["actor2_name"]),
        url=row["sourceurl"],
    )


def _kind(code: str) -> str:
    """
    >>> _kind("1951"), _kind("190"), _kind("042")
    ('airstrike', 'clash', 'other')
    """
    return _KINDS.get(code[:3]) or _KINDS.get(code[:2]) or "other"


def feed_of(first_line: str) -> Feed | None:
    """The feed, if the first line of a file is one of GDELT's.

    >>> feed_of("id\\tday") is None
    True
    """
    cells = first_line.split("\t")
    header = HEADERS.get(len(cells))
    if header is None or not cells[0].isdecimal() or not (cells[1].isdecimal() and len(cells[1]) == 8):
        return None
    return Feed("GDELT", frozenset(), draw, ("day",), header=header)
