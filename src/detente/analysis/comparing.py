"""Pairs of reports for a person to decide on: likely of one incident, and nobody has said yet whether they are.

One question is answered at a time: each may take a gigabyte.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import duckdb

from detente.analysis.batches import opened, readable
from detente.analysis.duplicates import Likely, likely_duplicates
from detente.analysis.duplicates import Report as Place
from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Alike, Asked, Report, Shown, VisiblePairs
from detente.procedure.sameness import Decided, Named, pair

LIMIT: Final = 100_000
"""Reports that are compared for a page: about a second. More are compared on the command line."""
LISTED: Final = 20
KEPT: Final = 16
"""Answers."""
_ONE_AT_A_TIME: Final = Lock()
_SHOWN: Final = """
    SELECT n, date_from::VARCHAR, date_to::VARCHAR, place, admin1, country, kind, actors, deaths_best, source, text
    FROM incidents JOIN (SELECT unnest($batches) AS batch, unnest($rows) AS row, unnest($order) AS n) USING (batch, row)
    ORDER BY n"""


def compared(
    viewer: Viewer, files: tuple[Path, ...], reports: tuple[Report, ...], asked: Asked, known: Decided
) -> VisiblePairs:
    """For whoever may read these files and reports. Raises `Refused` with code `incidents.file`."""
    with _ONE_AT_A_TIME, readable():
        return _compared(viewer, files, reports, asked, known)


def _compared(
    viewer: Viewer, files: tuple[Path, ...], reports: tuple[Report, ...], asked: Asked, known: Decided
) -> VisiblePairs:
    connection = opened(files, reports)
    (total,) = connection.execute("SELECT count(*) FROM incidents").fetchone() or (0,)
    if total > LIMIT:
        return VisiblePairs(viewer, total=total, limit=LIMIT, known=known)
    together = {named: number for number, group in enumerate(known.together) for named in group}
    open_pairs = []
    for likely in _likely(files, reports):
        one, another = (_named(place, asked, reports) for place in (likely.one, likely.another))
        is_known = pair(one, another) in known.answered
        if not is_known and (one not in together or together[one] != together.get(another)):
            open_pairs.append(likely)
    pairs = tuple(_side_by_side(connection, open_pairs[:LISTED], asked, reports))
    return VisiblePairs(viewer, pairs, len(open_pairs) - len(pairs), total, LIMIT, known=known)


@lru_cache(maxsize=KEPT)
def _likely(files: tuple[Path, ...], reports: tuple[Report, ...]) -> tuple[Likely, ...]:
    """Single reports without a date are compared with none."""
    dated = {number: report for number, report in enumerate(reports) if report.date_from}
    numbers = list(dated)
    found = likely_duplicates(files, list(dated.values()))
    return tuple(
        Likely(_own(one.one, numbers), _own(one.another, numbers), one.score, one.km, one.days, one.actors, one.deaths)
        for one in found
    )  # fmt: skip


def _own(place: Place, numbers: Sequence[int]) -> Place:
    """The same report by its number among all of them."""
    return place if place.batch >= 0 else Place(-1, numbers[-1 - place.batch], place.id)


def _named(place: Place, asked: Asked, reports: tuple[Report, ...]) -> Named:
    return (reports[place.row].leaf, None) if place.batch < 0 else (asked.batches[place.batch], place.row)


def _side_by_side(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[Likely], asked: Asked, reports: tuple[Report, ...]
) -> list[Alike]:
    places = [place for likely in pairs for place in (likely.one, likely.another)]
    told = connection.execute(
        _SHOWN,
        {
            "batches": [place.batch for place in places],
            "rows": [place.row for place in places],
            "order": list(range(len(places))),
        },
    ).fetchall()
    shown = [
        Shown(*_named(places[n], asked, reports), first, last, ", ".join(dict.fromkeys(filter(None, where))), kind,
              tuple(actors), deaths, source, text or "")
        for n, first, last, *where, kind, actors, deaths, source, text in told
    ]  # fmt: skip
    return [
        Alike(shown[2 * n], shown[2 * n + 1], likely.score, likely.km, likely.days)
        for n, likely in enumerate(pairs)
    ]
