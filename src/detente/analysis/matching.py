"""Which incidents may bear on which commitments: candidates, never verdicts.

An incident is a candidate where nothing that is said of it speaks against any of four:

| of the four | met | in doubt | no candidate |
|---|---|---|---|
| kind | `met`: among the kinds that are counted | | another kind |
| actor | `met`: the source claims one of the names that are counted | `unclaimed`: it names nobody | others only |
| area | `within`: its point is in the area or on its edge | `named`: by its name, or at a point in doubt | outside |
| period | `within`: its days are wholly inside | `partly`, `possibly` | wholly outside |

What a commitment does not state is `open`, and excludes nothing. `partly`: the date is exact, and the period begins or
ends in the middle of those days. `possibly`: only the week, month or year is known, and it is not wholly inside; or not
even that, and its days are taken as the source gives them.

A point is in doubt where a gazetteer gave it for the name of the place, or where that lies far from it.

Days are those of the calendar (Gregorian) in the zone of the talks; a period is in instants, its end exclusive. A source
with another calendar is converted when it is imported. What has no point, and whose place the commitment does not name,
cannot be compared with a drawn area: it is no candidate, and is counted beside them as `unplaced`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.analysis.areas import Area, Truths
from detente.analysis.batches import KINDS, Incidents, folded

ANSWERS: Final = ("met", "within", "open", "named", "unclaimed", "partly", "possibly")
"""What the codes of `Candidates` stand for, by their place."""
DOUBTS: Final = frozenset({"named", "unclaimed", "partly", "possibly"})
_CODE: Final = {answer: np.int8(code) for code, answer in enumerate(ANSWERS)}
_EPOCH: Final = date(1970, 1, 1)


class Sought(Struct, frozen=True):
    """What a commitment says of the incidents that bear on it. kinds, actors, places: any of them, none for all;
    actors: names as sources use them; begins, ends: instants, the end exclusive."""

    kinds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    area: Area | None = None
    places: tuple[str, ...] = ()
    begins: str | None = None
    ends: str | None = None


class Candidates(Struct, frozen=True):
    """The candidates of one commitment: positions in `Incidents`, and an answer's code for each of the four.
    unplaced: how many more would be some, had they a place that can be compared."""

    at: NDArray[np.int64]
    kind: NDArray[np.int8]
    actor: NDArray[np.int8]
    area: NDArray[np.int8]
    period: NDArray[np.int8]
    unplaced: int

    @property
    def in_doubt(self) -> Truths:
        """Which of them are so only if something turns out that the source leaves open."""
        doubts = [_CODE[answer] for answer in DOUBTS]
        answers = np.stack([self.kind, self.actor, self.area, self.period])
        return np.asarray(np.isin(answers, doubts).any(axis=0))


class Span(NamedTuple):
    """Days since 1970 that a period touches, and those that are wholly in it; each from, to, included."""

    touched: tuple[int, int]
    whole: tuple[int, int]


def match(incidents: Incidents, sought: Sequence[Sought], zone: ZoneInfo) -> tuple[Candidates, ...]:
    """The candidates of each."""
    latest = np.maximum.accumulate(incidents.last)  # of all so far: before it reaches a period, none does
    told_by = cache(lambda names: _naming(incidents.claims, names))
    spots_of = cache(lambda names: _naming(incidents.spots, names))
    return tuple(_candidates(incidents, latest, one, zone, told_by, spots_of) for one in sought)


def _candidates(
    incidents: Incidents, latest: NDArray[np.int32], sought: Sought, zone: ZoneInfo,
    told_by: Callable[[frozenset[str]], Truths], spots_of: Callable[[frozenset[str]], Truths],
) -> Candidates:  # fmt: skip
    """The tests in the order of what they cost: those on the period's stretch of days, the area last."""
    span = span_of(sought, zone)
    start = int(np.searchsorted(latest, span.touched[0]))
    stop = int(np.searchsorted(incidents.first, span.touched[1], side="right"))
    near = incidents.last[start:stop] >= span.touched[0]
    if sought.kinds:
        near &= np.isin(np.arange(len(KINDS) + 1), _kind_codes(sought))[incidents.kind[start:stop]]
    if sought.actors:
        possible = told_by(folded(sought.actors)) | told_by(frozenset())
        near &= possible[incidents.claim[start:stop]]
    at = start + np.flatnonzero(near)
    area, unplaced = _area(incidents, at, sought, spots_of)
    at, area = at[area >= 0], area[area >= 0]
    return Candidates(
        at=at,
        kind=np.full(len(at), _CODE["met" if sought.kinds else "open"]),
        actor=_actor(incidents, at, sought, told_by),
        area=area,
        period=_period(incidents, at, sought, span),
        unplaced=unplaced,
    )


def _kind_codes(sought: Sought) -> list[int]:
    return [KINDS.index(kind) + 1 for kind in sought.kinds]


def _naming(told: Sequence[frozenset[str]], names: frozenset[str]) -> Truths:
    """Which of what is told has one of the names; with no names: which names nothing."""
    return np.array([bool(one & names) if names else not one for one in told], dtype=bool)


def _actor(
    incidents: Incidents, at: NDArray[np.int64], sought: Sought, told_by: Callable[[frozenset[str]], Truths]
) -> NDArray[np.int8]:
    if not sought.actors:
        return np.full(len(at), _CODE["open"])
    claimed = told_by(folded(sought.actors))[incidents.claim[at]]
    return np.where(claimed, _CODE["met"], _CODE["unclaimed"])


def _area(
    incidents: Incidents, at: NDArray[np.int64], sought: Sought, spots_of: Callable[[frozenset[str]], Truths]
) -> tuple[NDArray[np.int8], int]:
    """An answer's code for each, -1 where it is no candidate; and how many could not be compared."""
    if sought.area is None and not sought.places:
        return np.full(len(at), _CODE["open"]), 0
    found = np.full(len(at), np.int8(-1))
    pointed = np.isfinite(incidents.lat[at]) if sought.area is not None else np.zeros(len(at), dtype=bool)
    if sought.places:
        unsure = ~pointed | incidents.by_name[at]
        found[spots_of(folded(sought.places))[incidents.spot[at]] & unsure] = _CODE["named"]
    unplaced = int((~pointed & (found < 0)).sum()) if sought.area is not None else 0
    if sought.area is not None:
        lon, lat = incidents.lon[at], incidents.lat[at]
        for west, south, east, north in sought.area.boxes():
            near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
            inside = near[sought.area.covers(lon[near], lat[near])]
            found[inside] = np.where(incidents.by_name[at[inside]], _CODE["named"], _CODE["within"])
    return found, unplaced


def _period(incidents: Incidents, at: NDArray[np.int64], sought: Sought, span: Span) -> NDArray[np.int8]:
    if sought.begins is None and sought.ends is None:
        return np.full(len(at), _CODE["open"])
    whole = (incidents.first[at] >= span.whole[0]) & (incidents.last[at] <= span.whole[1])
    edge = np.where(incidents.exact[at], _CODE["partly"], _CODE["possibly"])
    return np.where(whole & ~incidents.undated[at], _CODE["within"], edge)


# --- periods as days


def span_of(sought: Sought, zone: ZoneInfo) -> Span:
    """The days of a period: a day begins at its first instant in the zone, which need not be midnight."""
    first, first_whole = _begin(sought.begins, zone) if sought.begins else (days(date.min), days(date.min))
    after, after_whole = (
        _begin(sought.ends, zone) if sought.ends else (days(date.max) + 1, days(date.max) + 1)
    )
    return Span((first, after_whole - 1), (first_whole, after - 1))


def _begin(instant: str, zone: ZoneInfo) -> tuple[int, int]:
    """The day in which an instant falls, and the first day that begins then or later."""
    moment = datetime.fromisoformat(instant)
    day = moment.astimezone(zone).date()
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    return days(day), days(day) + (midnight < moment)


def days(day: date) -> int:
    """Days since 1970.

    >>> days(date(1970, 1, 2))
    1
    """
    return (day - _EPOCH) // timedelta(days=1)
