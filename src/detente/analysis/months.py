"""Reports by place and month, the latest months tested for a surge, and months before and after a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import duckdb
from msgspec import Struct

from detente.analysis.surge import BASELINE, change, surges
from detente.procedure.reckoned import Change, PlaceCounts, Surge

_MONTHS = """
    SELECT coalesce(nullif(admin1, ''), nullif(place, ''), country) AS where_it_was,
           (year(date_from) * 12 + month(date_from) - 1)::INT4 AS month,
           count(*) FILTER (set_aside IS NULL)::INT4, count(*)::INT4
    FROM incidents LEFT JOIN (SELECT *, TRUE AS set_aside FROM again) USING (batch, row)
    WHERE precision IN ('day', 'week', 'month') AND (len($kinds) = 0 OR list_contains($kinds, kind))
    GROUP BY ALL"""
_WIDER = """
    SELECT count(*) FROM incidents ANTI JOIN again USING (batch, row)
    WHERE NOT coalesce(precision IN ('day', 'week', 'month'), FALSE)
      AND (len($kinds) = 0 OR list_contains($kinds, kind))"""
_LATEST = "SELECT max(date_to) FROM incidents WHERE precision IN ('day', 'week', 'month')"


class Months(Struct, frozen=True):
    """Incidents, each once. first: the month of `months[0]` and of each place's; whole: the last month that the reports
    reach to its end; undated: those of which not even the month is known."""

    first: int
    months: tuple[int, ...]
    places: tuple[PlaceCounts, ...]
    whole: int
    undated: int


def by_month(connection: duckdb.DuckDBPyConnection, kinds: Sequence[str]) -> Months:
    """The places with most reports first. A report belongs to the month in which it begins, and to the region that its
    source names, or else to the place. Reads the table `again` (`counting.set_aside`)."""
    asked = {"kinds": list(kinds)}
    rows = connection.execute(_MONTHS, asked).fetchall()
    (undated,) = connection.execute(_WIDER, asked).fetchone() or (0,)
    if not rows:
        return Months(0, (), (), 0, undated)
    first, last = min(row[1] for row in rows), max(row[1] for row in rows)
    months = [0] * (last - first + 1)
    counts: dict[str, list[tuple[int, int, int]]] = {}
    for place, month, incidents, reports in rows:
        months[month - first] += incidents
        counts.setdefault(place, []).append((month - first, incidents, reports))
    places = (PlaceCounts(place, tuple(sorted(of))) for place, of in counts.items())
    (latest,) = connection.execute(_LATEST).fetchone() or (None,)
    return Months(
        first=first,
        months=tuple(months),
        places=tuple(sorted(places, key=lambda one: (-one.total, one.place))),
        whole=min(last, _last_whole(latest)),
        undated=undated,
    )


def _last_whole(day: date) -> int:
    """The last month that a day ends, or that was over before it."""
    month = day.year * 12 + day.month - 1
    tomorrow = date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))
    return month if tomorrow.month != day.month else month - 1


def tested(found: Months, month: int | None) -> tuple[int | None, tuple[Surge, ...], tuple[str, ...]]:
    """The month asked for, or the last whole one: what is tested there, and the places with too few reports. No month
    where the record begins less than `BASELINE` months before it."""
    asked = found.whole if month is None else month
    at = asked - found.first
    if not BASELINE <= at < len(found.months):
        return None, (), ()
    counts = {place.place: place.months(at - BASELINE, at + 1) for place in found.places}
    return asked, *surges(counts)


def around(found: Months, agreed: str, zone: ZoneInfo) -> Change | None:
    """Months before and after the one in which an instant falls; none where too few are in the record."""
    moment = datetime.fromisoformat(agreed).astimezone(zone)
    at = moment.year * 12 + moment.month - 1 - found.first
    if not 0 < at < len(found.months):
        return None
    return change(found.months[:at], found.months[at + 1 : found.whole - found.first + 1])
