"""Everything that the page of observance asks of incidents, reckoned once and kept.

Files are named by their digest and acts do not change, so what was reckoned from the same files for the same question
stands. One question is reckoned at a time: a million incidents take most of a second.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from msgspec.structs import replace

from detente.analysis.areas import Area, area_of
from detente.analysis.batches import KINDS, Incidents, columns, opened, readable
from detente.analysis.cells import cells
from detente.analysis.counting import Shared, counted_once, firsts, set_aside, shared
from detente.analysis.matching import ANSWERS, Candidates, Sought, match
from detente.analysis.months import around, by_month, tested
from detente.codec.geojson import check_area, is_drawn
from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Asked, Candidate, Counted, Matched, Report, VisibleIncidents
from detente.procedure.sameness import Named

LISTED: Final = 20
"""Candidates on the page; the table that can be downloaded has all."""
KEPT: Final = 64
"""Answers."""
_ONE_AT_A_TIME: Final = Lock()
_FOUND: Final = """
    SELECT n, date_from::VARCHAR, date_to::VARCHAR, precision, place, admin1, country, kind, actors, source
    FROM incidents JOIN (SELECT unnest($batches) AS batch, unnest($rows) AS row, unnest($order) AS n) USING (batch, row)
    ORDER BY n"""


def reckoned(
    viewer: Viewer, files: tuple[Path, ...], reports: tuple[Report, ...], asked: Asked
) -> VisibleIncidents:
    """The answers for whoever may read these files and reports. files: of `asked.batches`, in their order.

    Raises `Refused` with code `incidents.file`."""
    with _ONE_AT_A_TIME, readable():
        return replace(_kept(files, reports, asked), viewer=viewer)


@lru_cache(maxsize=KEPT)
def _kept(files: tuple[Path, ...], reports: tuple[Report, ...], asked: Asked) -> VisibleIncidents:
    connection = opened(files, reports)
    incidents = columns(connection)
    found = match(incidents, [_sought(one, asked) for one in asked.commitments], ZoneInfo(asked.zone))
    by_leaf = dict(zip((one.leaf for one in asked.commitments), found, strict=True))
    picked = by_leaf.get(asked.picked)
    share, of_kind = shared(incidents, reports, asked), _of_kind(incidents, asked.kinds)
    once = counted_once(incidents, share, of_kind)
    set_aside(connection, incidents, of_kind & ~once)
    months = by_month(connection, asked.kinds)
    month, surges, too_few = tested(months, asked.month)
    bearing = np.zeros(len(incidents.row), dtype=bool)
    if picked is not None:
        bearing[picked.at] = True
        bearing |= (share >= 0) & np.isin(share, share[picked.at])
    return VisibleIncidents(
        viewer=Viewer(),
        asked=asked,
        total=int(of_kind.sum()),
        again=int((of_kind & ~once).sum()),
        sources=_sources(connection),
        first=months.first,
        months=months.months,
        places=months.places,
        undated=months.undated,
        unmapped=int((once & ~np.isfinite(incidents.lat)).sum()),
        cells=cells(incidents.lon[once], incidents.lat[once], bearing[once]),
        outline=_outline(asked),
        matched=tuple(_matched(leaf, candidates, share) for leaf, candidates in by_leaf.items()),
        candidates=tuple(listed(connection, incidents, picked, asked, reports, LISTED)) if picked else (),
        tested=month,
        surges=surges,
        too_few=too_few,
        change=around(months, asked.agreed, ZoneInfo(asked.zone)) if asked.agreed else None,
    )


def every_candidate(
    files: tuple[Path, ...], reports: tuple[Report, ...], asked: Asked
) -> tuple[Candidate, ...]:
    """All candidates of the picked commitment, the latest first. Raises `Refused` with code `incidents.file`."""
    with _ONE_AT_A_TIME, readable():
        connection = opened(files, reports)
        incidents = columns(connection)
        sought = [_sought(one, asked) for one in asked.commitments if one.leaf == asked.picked]
        found = match(incidents, sought, ZoneInfo(asked.zone))
        return tuple(
            one for of in found for one in listed(connection, incidents, of, asked, reports, len(of.at))
        )


def listed(
    connection: duckdb.DuckDBPyConnection, incidents: Incidents, found: Candidates, asked: Asked,
    reports: tuple[Report, ...], most: int,
) -> Iterator[Candidate]:  # fmt: skip
    """The latest of them, latest first."""
    same_as = {
        one: tuple(other for other in group if other != one) for group in asked.together for one in group
    }
    chosen = np.arange(len(found.at))[::-1][:most]
    at = found.at[chosen]
    batches, rows = incidents.batch[at].tolist(), incidents.row[at].tolist()
    told = connection.execute(
        _FOUND, {"batches": batches, "rows": rows, "order": list(range(len(at)))}
    ).fetchall()
    for n, first, last, precision, place, admin1, country, incident, actors, source in told:
        batch, row, one = batches[n], rows[n], chosen[n]
        named: Named = (reports[row].leaf, None) if batch < 0 else (asked.batches[batch], row)
        kind, actor, area, period = (
            ANSWERS[of[one]] for of in (found.kind, found.actor, found.area, found.period)
        )
        yield Candidate(
            *named, first, last,
            precision or "unknown", ", ".join(dict.fromkeys(filter(None, (place, admin1, country)))), incident,
            tuple(actors), source, kind, actor, area, period,
            same_as.get(named, ()),
        )  # fmt: skip


def _sought(one: Counted, asked: Asked) -> Sought:
    """A commitment that several sides owe counts what is claimed of any of them."""
    area = _drawn(one.area)
    actors = tuple(name for side, names in asked.names if side in one.actors for name in names)
    named = (one.area,) if one.area and area is None else ()
    return Sought(asked.kinds, actors, area, named, one.begins, one.ends)


def _drawn(area: str) -> Area | None:
    """The area where it is a geometry, None where it is the name of a place, or a geometry that no door would take."""
    return area_of(json.loads(area)) if is_drawn(area) and not check_area(area) else None


def _outline(asked: Asked) -> tuple[tuple[tuple[float, float], ...], ...]:
    area = next((_drawn(one.area) for one in asked.commitments if one.leaf == asked.picked), None)
    if area is None:
        return ()
    return tuple(ring.corners for outline, holes in area.polygons for ring in (outline, *holes))


def _matched(leaf: str, found: Candidates, share: Shared) -> Matched:
    """An incident is in doubt where each of its reports is."""
    once = firsts(share[found.at], found.in_doubt)
    doubtful = int((once & found.in_doubt).sum())
    return Matched(leaf, int(once.sum()) - doubtful, doubtful, found.unplaced, int((~once).sum()))


def _of_kind(incidents: Incidents, kinds: tuple[str, ...]) -> Any:
    if not kinds:
        return np.ones(len(incidents.row), dtype=bool)
    return np.isin(incidents.kind, [KINDS.index(kind) + 1 for kind in kinds])


def _sources(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    found = connection.execute("SELECT source FROM incidents GROUP BY source ORDER BY count(*) DESC LIMIT 8")
    return tuple(source for (source,) in found.fetchall() if source)
