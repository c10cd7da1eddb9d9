"""Armed Conflict Location and Event Data (ACLED), as CSV.

Sources: ACLED Codebook: `event_type`, `sub_event_type`, `time_precision` (1 the day, 2 the week, 3 the month). A code of
week or month leaves the one date that ACLED gives: how far it can be off, `precision` says.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from detente.interchange.incidents.incident import Drawn, Feed, Row, listed

_BY_TYPE: Final = MappingProxyType({
    "battles": "clash", "explosions/remote violence": "explosion",
    "violence against civilians": "violence_against_civilians", "protests": "protest", "riots": "other",
    "strategic developments": "other",
})  # fmt: skip
_BY_SUB_TYPE: Final = MappingProxyType({
    "air/drone strike": "airstrike", "shelling/artillery/missile attack": "shelling",
    "abduction/forced disappearance": "abduction", "violent demonstration": "protest",
})  # fmt: skip
_PRECISIONS: Final = MappingProxyType({"": "", "1": "day", "2": "week", "3": "month"})


def draw(row: Row) -> Drawn:
    return Drawn(
        id=row["event_id_cnty"],
        date_from=row["event_date"],
        precision=_PRECISIONS.get(row["time_precision"], row["time_precision"]),
        lat=row["latitude"] or row["geometry_lat"],
        lon=row["longitude"] or row["geometry_lon"],
        place=row["location"],
        admin1=row["admin1"],
        country=row["country"],
        kind=_kind(row["event_type"], row["sub_event_type"]),
        actors=listed(*(row[name] for name in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"))),
        deaths_best=row["fatalities"],
        text=row["notes"],
    )


def _kind(event: str, sub_event: str) -> str:
    """The type's own name where it is none of the codebook's, to be remarked on."""
    known = _BY_SUB_TYPE.get(sub_event.strip().casefold())
    return known or _BY_TYPE.get(event.strip().casefold(), event)


FEED: Final = Feed(
    "ACLED", frozenset({"event_id_cnty", "event_date", "event_type", "actor1"}), draw, ("event_date",)
)
