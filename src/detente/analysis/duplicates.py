"""Which reports of different acts are likely of one incident: proposed with a score, for a person to decide.

Compared are reports whose days are at most one apart and whose places are at most `within` kilometres; where one has no
coordinates, whose place has the same name. A report that runs over more than a week is compared with none: it would be
near everything. So that not every pair is looked at, reports meet by day and by cubes of the globe of that size, or by
name.

The score is the sum of four parts, each from 0 to 1, where a report says nothing one half:

| part | weight | is |
|---|---|---|
| place | 0.4 | 1 at no distance, 0 at `within` |
| day | 0.2 | 1 where the days meet, a half where they are one apart |
| actors | 0.25 | words that both have, by those of the one with fewer |
| deaths | 0.15 | 1 where the ranges meet, else the smaller number by the larger |
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
from msgspec import Struct

from detente.analysis.batches import readable, typed
from detente.procedure.reckoned import Report as Told

WITHIN: Final = 25.0
"""Kilometres."""
LEAST: Final = 0.7
"""The score from which a pair is proposed."""
LONGEST: Final = 6
"""Days between the first and the last of a report that is compared."""
_RADIUS: Final = 6371.0088
"""Kilometres: the earth's, in the mean (IUGG)."""


class Report(Struct, frozen=True, order=True):
    """batch: place among the files that were given, from 0; row: in its file, from 0; id: the source's own. A single
    report has the batch -1 for the first that was given, -2 for the second, and its leaf as id."""

    batch: int
    row: int
    id: str


class Likely(Struct, frozen=True):
    """Two reports that may be of one incident. km: between them, None where one has no coordinates; days: apart; actors,
    deaths: their parts of the score."""

    one: Report
    another: Report
    score: float
    km: float | None
    days: int
    actors: float
    deaths: float


def likely_duplicates(
    batches: Sequence[Path], single: Sequence[Told] = (), *,
    within: float = WITHIN, least: float = LEAST, memory: str = "1GB",
) -> list[Likely]:  # fmt: skip
    """The pairs with at least this score, the highest first; only reports of different acts. single: reports by acts of
    their own. Raises `Refused` with code `incidents.file`."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory, "threads": 2, "autoinstall_known_extensions": "false",
    }  # fmt: skip
    with duckdb.connect(config=config) as database:
        database.execute(_SINGLE)
        if single:
            rows = [_row(number, told) for number, told in enumerate(single)]
            database.executemany(f"INSERT INTO single VALUES ({', '.join('?' * len(rows[0]))})", rows)
        how = {"longest": LONGEST, "km": within}
        database.execute(f"CREATE TABLE report AS {_REPORTS.format(batch='batch', told='single')}", how)
        told = typed("read_parquet($file, file_row_number = true)", "file_row_number")
        from_file = _REPORTS.format(batch="$batch", told=f"({told})")
        with readable():
            for at, path in enumerate(batches):
                database.execute(f"INSERT INTO report {from_file}", {"batch": at, "file": str(path), **how})
        found = database.execute(_PAIRS, {"km": within, "least": least}).fetchall()
    return [
        Likely(
            Report(*pair[:3]), Report(*pair[3:]), round(score, 3), km and round(km, 1), days, actors, deaths
        )
        for *pair, score, km, days, actors, deaths in found
    ]


def _row(number: int, told: Told) -> tuple[Any, ...]:
    last = told.date_to or told.date_from
    return (-1 - number, 0, told.leaf, told.date_from, last, told.lat, told.lon, told.place, list(told.actors),
            told.deaths, told.deaths, told.deaths)  # fmt: skip


_SINGLE: Final = """
    CREATE TABLE single (batch INTEGER, file_row_number INTEGER, id VARCHAR, date_from DATE, date_to DATE, lat DOUBLE,
        lon DOUBLE, place VARCHAR, actors VARCHAR[], deaths_low INTEGER, deaths_best INTEGER, deaths_high INTEGER)"""
_REPORTS: Final = rf"""
    WITH told AS (
        SELECT * REPLACE (CASE WHEN lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180 THEN lat END AS lat,
                          CASE WHEN lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180 THEN lon END AS lon)
        FROM {{told}})
    SELECT {{batch}}::INTEGER AS batch, file_row_number::INTEGER AS row, id, date_from, date_to, lat, lon,
           lower(trim(place)) AS place,
           list_distinct(regexp_extract_all(
               regexp_replace(lower(array_to_string(actors, ' ')), '\b(the|and|forces)\b', '', 'g'),
               '[\p{{{{L}}}}]{{{{3,}}}}')) AS words,
           coalesce(deaths_low, deaths_best, deaths_high) AS low, coalesce(deaths_high, deaths_best, deaths_low) AS high,
           floor({_RADIUS} * cos(radians(lat)) * cos(radians(lon)) / $km)::INTEGER AS x,
           floor({_RADIUS} * cos(radians(lat)) * sin(radians(lon)) / $km)::INTEGER AS y,
           floor({_RADIUS} * sin(radians(lat)) / $km)::INTEGER AS z
    FROM told
    WHERE date_to - date_from <= $longest
"""

_PAIRS: Final = f"""
    WITH
    near_days AS (SELECT *, unnest(range(date_from - 1, date_to + INTERVAL 2 DAY, INTERVAL 1 DAY)) AS day FROM report),
    own_days AS (SELECT *, unnest(range(date_from, date_to + INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day FROM report),
    step AS (SELECT unnest([-1, 0, 1]) AS s),
    cube AS (SELECT a.s AS dx, b.s AS dy, c.s AS dz FROM step a, step b, step c),
    met AS (
        SELECT DISTINCT a.batch, a.row, b.batch AS batch_2, b.row AS row_2
        FROM near_days a CROSS JOIN cube
        JOIN own_days b ON a.day = b.day AND a.x + dx = b.x AND a.y + dy = b.y AND a.z + dz = b.z AND a.batch < b.batch
        UNION
        SELECT DISTINCT a.batch, a.row, b.batch, b.row
        FROM near_days a JOIN own_days b ON a.day = b.day AND a.place = b.place AND a.batch < b.batch
        WHERE a.place <> '' AND (a.lat IS NULL OR b.lat IS NULL)
    ),
    measured AS (
        SELECT a.batch, a.row, a.id, b.batch AS batch_2, b.row AS row_2, b.id AS id_2,
               CASE WHEN a.lat IS NOT NULL AND b.lat IS NOT NULL THEN
                   2 * {_RADIUS} * asin(least(1, sqrt(sin(radians(b.lat - a.lat) / 2) ** 2
                   + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2))) END AS km,
               greatest(b.date_from - a.date_to, a.date_from - b.date_to, 0) AS days,
               CASE WHEN len(a.words) = 0 OR len(b.words) = 0 THEN 0.5
                    ELSE len(list_intersect(a.words, b.words)) / least(len(a.words), len(b.words)) END AS actors,
               CASE WHEN a.low IS NULL OR b.low IS NULL THEN 0.5
                    WHEN a.low <= b.high AND b.low <= a.high THEN 1
                    ELSE least(a.high, b.high) / greatest(a.low, b.low) END AS deaths
        FROM met JOIN report a USING (batch, row)
        JOIN report b ON b.batch = met.batch_2 AND b.row = met.row_2
    )
    SELECT batch, row, id, batch_2, row_2, id_2,
           0.4 * coalesce(1 - km / $km, 0.5) + 0.2 * (1 - days / 2) + 0.25 * actors + 0.15 * deaths AS score,
           km, days, actors, deaths
    FROM measured WHERE (km IS NULL OR km <= $km)
    AND score >= $least
    ORDER BY score DESC, batch, row, batch_2, row_2
"""
