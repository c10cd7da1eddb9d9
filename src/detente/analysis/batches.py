"""Batches of incidents as columns: Parquet files (docs/specs/incidents.md), read where they lie.

That the bytes are those of the act, its digest says; what they claim is their source's claim, and anybody may have
written them: what is not of its column's type is not said. A date or a point that is none leaves its incident in, as one
whose date or place is not known. Where only the week (from Monday), the month or the
year is known, an incident may lie on any of the days of those in which its dates are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, get_args

import duckdb
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.acts.incidents import Category
from detente.codec.refusal import refuse
from detente.procedure.reckoned import Report

KINDS: Final[tuple[str, ...]] = get_args(Category)

_TYPES: Final = {
    "id": "VARCHAR", "source": "VARCHAR", "text": "VARCHAR", "url": "VARCHAR", "date_from": "DATE", "date_to": "DATE",
    "precision": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE", "place": "VARCHAR", "admin1": "VARCHAR",
    "country": "VARCHAR", "kind": "VARCHAR", "actors": "VARCHAR[]", "deaths_low": "INTEGER", "deaths_best": "INTEGER",
    "deaths_high": "INTEGER",
}  # fmt: skip
_TOLD_IN_FILES: Final = """
    SELECT file_index::INT2 AS batch, file_row_number::INT4 AS row, id, coalesce(source, '') AS source, text, url,
           coalesce(date_from, DATE '0001-01-01') AS date_from, coalesce(date_to, DATE '9999-12-31') AS date_to,
           CASE WHEN date_from IS NULL OR date_to IS NULL THEN 'unknown' ELSE precision END AS precision, lat, lon,
           coalesce(place, '') AS place, coalesce(admin1, '') AS admin1, coalesce(country, '') AS country,
           coalesce(kind, '') AS kind, list_filter(coalesce(actors, []), lambda name: name IS NOT NULL) AS actors,
           {gazetteer} AS gazetteer, deaths_best
    FROM ({typed})
    UNION ALL BY NAME"""
_VIEW: Final = """
    CREATE VIEW incidents AS
    WITH told AS (
        {told} SELECT * FROM reports)
    SELECT * REPLACE (CASE WHEN lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180 THEN lon END AS lon,
                      CASE WHEN lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180 THEN lat END AS lat),
           CASE WHEN precision IN ('week', 'month', 'year') THEN date_trunc(precision, date_from)::DATE
                ELSE date_from END AS first_day,
           CASE precision WHEN 'week' THEN (date_trunc('week', date_to) + INTERVAL 6 DAY)::DATE
                          WHEN 'month' THEN last_day(date_to)
                          WHEN 'year' THEN make_date(year(date_to), 12, 31)
                          ELSE date_to END AS last_day
    FROM told"""
_REPORTS: Final = """
    CREATE TEMP TABLE reports (batch INT2, row INT4, id VARCHAR, source VARCHAR, text VARCHAR, url VARCHAR,
        date_from DATE, date_to DATE, precision VARCHAR, lat DOUBLE, lon DOUBLE, place VARCHAR, admin1 VARCHAR,
        country VARCHAR, kind VARCHAR, actors VARCHAR[], gazetteer VARCHAR, deaths_best INTEGER)"""
_TOLD: Final = """
    CREATE TEMP TABLE IF NOT EXISTS {name} AS
    SELECT {columns}, (row_number() OVER ())::INT4 - 1 AS {name}_code FROM (SELECT DISTINCT {columns} FROM incidents)"""
"""What is told again and again, once each: 2,500 lists of actors, not a million."""
_COLUMNS: Final = """
    SELECT batch, row, (first_day - DATE '1970-01-01')::INT4 AS first, (last_day - DATE '1970-01-01')::INT4 AS last,
           precision = 'day' AS exact, precision = 'unknown' AS undated, lon, lat,
           gazetteer <> '' AS by_name, coalesce(list_position({kinds}, kind), 0)::INT2 AS kind, claim_code AS claim,
           spot_code AS spot
    FROM incidents JOIN claim USING (actors) JOIN spot USING (place, admin1, country)
    ORDER BY first, batch, row"""


class Incidents(Struct, frozen=True):
    """Every incident, in the order of its first day; one column an array. batch, row: where it stands; first, last:
    days since 1970, both included; exact: its date is known to the day; undated: not even to the year; lon, lat: NaN
    where there is no point; by_name: the point is a gazetteer's, of its name, or far from that; kind: its place in
    `KINDS`, from 1, or 0; claim: its place in `claims`, the names of the actors as the source claims them; spot: its
    place in `spots`, the names of where it was. Names are `folded`."""

    batch: NDArray[np.int16]
    row: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    exact: NDArray[np.bool_]
    undated: NDArray[np.bool_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    by_name: NDArray[np.bool_]
    kind: NDArray[np.int16]
    claim: NDArray[np.int32]
    spot: NDArray[np.int32]
    claims: tuple[frozenset[str], ...]
    spots: tuple[frozenset[str], ...]


def opened(files: Sequence[Path], reports: Sequence[Report] = ()) -> duckdb.DuckDBPyConnection:
    """A connection with the view `incidents` over the files and the single reports: what they say; `batch`, `row`: where,
    both from 0, a report's batch being -1.

    Raises `Refused`: as `readable`."""
    connection = duckdb.connect(config={"memory_limit": "1GB", "autoinstall_known_extensions": "false"})
    connection.execute(_REPORTS)
    if reports:
        rows = [_row(number, report) for number, report in enumerate(reports)]
        connection.executemany(f"INSERT INTO reports VALUES ({', '.join('?' * len(rows[0]))})", rows)
    with readable():
        connection.execute(_VIEW.format(told=_told(connection, files) if files else ""))
    return connection


@contextmanager
def readable() -> Iterator[None]:
    """Around what looks into files: of some it is seen only when their rows are asked for.

    Raises `Refused` with code `incidents.file` where a file is none of incidents."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise refuse("incidents.file", "A batch is not a Parquet file of incidents.", "docs/specs/incidents.md",
                     "Make it with `detente incidents import`.") from error  # fmt: skip


def typed(files: str, *more: str) -> str:
    """What the files say in the columns of a batch, each of its own type or not at all. files: a table of SQL; more: of
    its other columns those that are wanted."""
    columns = [f"TRY_CAST({name} AS {kind}) AS {name}" for name, kind in _TYPES.items()]
    return f"SELECT {', '.join((*columns, *more))} FROM {files}"


def _told(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> str:
    """What the files say. Those that were written before rows were placed by name say nothing of that."""
    listed = f"[{', '.join(_quoted(str(file)) for file in files)}]"
    named = connection.execute(
        f"SELECT count(*) FROM parquet_schema({listed}) WHERE name = 'gazetteer'"
    ).fetchone()
    gazetteer = ("gazetteer",) if named and named[0] else ()
    told = typed(f"read_parquet({listed}, union_by_name = true)", "file_index", "file_row_number", *gazetteer)
    return _TOLD_IN_FILES.format(
        typed=told, gazetteer="coalesce(gazetteer::VARCHAR, '')" if gazetteer else "''"
    )


def _row(number: int, report: Report) -> tuple[Any, ...]:
    first, last = report.date_from or "0001-01-01", report.date_to or report.date_from or "9999-12-31"
    return (
        -1, number, report.leaf, report.source, report.text, "", first, last, "day" if report.date_from else "unknown",
        report.lat, report.lon, report.place, "", "", report.kind, list(report.actors), "",
        report.deaths,
    )  # fmt: skip


def columns(connection: duckdb.DuckDBPyConnection) -> Incidents:
    """What matching reads of `incidents`."""
    connection.execute(_TOLD.format(name="claim", columns="actors"))
    connection.execute(_TOLD.format(name="spot", columns="place, admin1, country"))
    kinds = ", ".join(map(_quoted, KINDS))
    read: dict[str, Any] = connection.execute(_COLUMNS.format(kinds=f"[{kinds}]")).fetchnumpy()
    claims = connection.execute("SELECT actors FROM claim ORDER BY claim_code").fetchall()
    spots = connection.execute("SELECT place, admin1, country FROM spot ORDER BY spot_code").fetchall()
    for name in ("lon", "lat"):
        read[name] = np.ma.filled(read[name], np.nan)
    return Incidents(
        **{name: np.asarray(column) for name, column in read.items()},
        claims=tuple(folded(actors) for (actors,) in claims),
        spots=tuple(map(folded, spots)),
    )


def folded(names: Iterable[str]) -> frozenset[str]:
    """Names as they are compared: without regard to capitals, to spaces, or to how an accent is encoded.

    >>> sorted(folded(["  Kandahar  City", "KUNAR", ""]))
    ['kandahar city', 'kunar']
    """
    spelt = (" ".join(unicodedata.normalize("NFC", name).casefold().split()) for name in names)
    return frozenset(name for name in spelt if name)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
