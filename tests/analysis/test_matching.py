"""Matching: each of the four by itself, zones and edges; and the same as a slow, obvious way on random cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.areas import area_of
from detente.analysis.batches import columns, opened
from detente.analysis.matching import ANSWERS, Candidates, Sought, match
from detente.codec.refusal import Refused
from detente.procedure.reckoned import Report
from tests.analysis.incident_files import BEFORE_GAZETTEERS, incident, written
from tests.analysis.round_earth import covers

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
SQUARE: Final = {"type": "Polygon", "coordinates": [[[15, 5], [25, 5], [25, 15], [15, 15], [15, 5]]]}


@pytest.fixture
def answers(tmp_path: Path) -> Any:
    """The answers for one incident and one commitment: kind, actor, area, period; None where it is no candidate."""

    def asked(sought: Sought, zone: ZoneInfo = ISTANBUL, day: str = "2026-05-10", **said: Any) -> Any:
        file = written(tmp_path / "one.parquet", [incident(0, day, **said)])
        (found,) = match(columns(opened([file])), [sought], zone)
        return in_words(found)[0] if len(found.at) else None

    return asked


def in_words(found: Candidates) -> list[tuple[str, ...]]:
    return [
        tuple(ANSWERS[code] for code in codes)
        for codes in zip(found.kind, found.actor, found.area, found.period, strict=True)
    ]


def test_a_commitment_that_states_nothing_meets_everything_openly(answers: Any) -> None:
    assert answers(Sought()) == ("open", "open", "open", "open")


def test_kind(answers: Any) -> None:
    assert answers(Sought(kinds=("clash", "attack")))[0] == "met"
    assert answers(Sought(kinds=("clash",))) is None
    assert answers(Sought(kinds=("clash",)), kind="other") is None


def test_actor_as_claimed_whatever_its_capitals_and_spaces(answers: Any) -> None:
    sought = Sought(actors=("GROUP  a", "Group B"))
    assert answers(sought)[1] == "met"
    assert answers(sought, actors=["Group C", "group A "])[1] == "met"
    assert answers(sought, actors=["Group C"]) is None
    assert answers(sought, actors=[])[1] == "unclaimed"
    assert answers(sought, actors=None)[1] == "unclaimed"


def test_area_by_point_or_by_name(answers: Any) -> None:
    drawn, named = Sought(area=area_of(SQUARE)), Sought(places=("Ford", "north"))
    both = Sought(area=area_of(SQUARE), places=("Ford",))
    assert answers(drawn)[2] == "within" and answers(drawn, lon=25.0)[2] == "within"
    assert answers(drawn, lon=26.0) is None
    assert answers(named)[2] == "named" and answers(named, place="Elsewhere")[2] == "named"
    assert answers(named, place="Elsewhere", admin1="South") is None
    assert answers(both, lon=26.0) is None, "where there is a point, the drawn area decides"
    assert answers(both, lat=None, lon=None)[2] == "named"
    assert answers(drawn, lat=None, lon=None) is None


def test_a_point_by_name_is_never_certain(answers: Any) -> None:
    drawn, both = Sought(area=area_of(SQUARE)), Sought(area=area_of(SQUARE), places=("Ford",))
    assert answers(drawn, gazetteer="geonames:7")[2] == "named"
    assert answers(drawn, gazetteer="geonames:7", lon=26.0) is None
    assert answers(both, gazetteer="geonames:7", lon=26.0)[2] == "named", (
        "its name counts as much as its point"
    )


def test_files_from_before_rows_were_placed_by_name_are_read_beside_new_ones(tmp_path: Path) -> None:
    old = written(tmp_path / "old.parquet", [incident(0)], BEFORE_GAZETTEERS)
    new = written(tmp_path / "new.parquet", [incident(1, "2026-05-11", gazetteer="geonames:7")])
    assert columns(opened([old])).by_name.tolist() == [False]
    assert columns(opened([old, new])).by_name.tolist() == [False, True]


def test_what_has_no_place_to_compare_is_counted_beside(tmp_path: Path) -> None:
    rows = [
        incident(0),
        incident(1, lat=None, lon=None),
        incident(2, lat=91.0),
        incident(3, kind="clash", lat=None),
    ]
    file = written(tmp_path / "some.parquet", rows)
    (found,) = match(columns(opened([file])), [Sought(kinds=("attack",), area=area_of(SQUARE))], ISTANBUL)
    assert (len(found.at), found.unplaced) == (1, 2)


def test_a_day_belongs_to_the_zone_of_the_talks(answers: Any) -> None:
    """21:00 UTC is midnight in Istanbul: the same instant begins one day there and the last three hours here."""
    sought = Sought(begins="2026-05-09T21:00:00Z", ends="2026-05-10T21:00:00Z")
    assert answers(sought)[3] == "within"
    assert answers(sought, day="2026-05-09") is None and answers(sought, day="2026-05-11") is None
    utc = ZoneInfo("UTC")
    assert answers(sought, utc)[3] == "partly" and answers(sought, utc, day="2026-05-09")[3] == "partly"
    assert answers(sought, ZoneInfo("Pacific/Kiritimati"), day="2026-05-11")[3] == "partly"


def test_a_wide_date_is_possibly_within(answers: Any) -> None:
    sought = Sought(begins="2026-05-09T21:00:00Z")
    month = {"date_from": date(2026, 5, 1), "date_to": date(2026, 5, 1), "precision": "month"}
    assert answers(sought, **month)[3] == "possibly"
    assert answers(Sought(begins="2026-01-01T00:00:00Z"), **month)[3] == "within"
    assert answers(Sought(begins="2026-06-01T00:00:00Z"), **month) is None
    year = Sought(begins="2026-12-31T00:00:00Z")
    assert answers(year, precision="year")[3] == "possibly" and answers(year) is None
    assert answers(sought, date_to=None)[3] == "possibly"
    assert answers(sought, day="2026-06-10", precision="unknown")[3] == "possibly"


def test_a_day_that_has_no_midnight_begins_when_it_begins(answers: Any) -> None:
    """In Beirut clocks go from midnight to one o'clock in the last night of March: the day begins at 22:00 UTC."""
    beirut, sought = ZoneInfo("Asia/Beirut"), Sought(begins="2026-03-28T22:00:00Z")
    assert answers(sought, beirut, day="2026-03-29")[3] == "within"
    assert answers(sought, beirut, day="2026-03-28") is None


def test_several_batches_are_told_apart(tmp_path: Path) -> None:
    first = written(tmp_path / "a.parquet", [incident(0, "2026-05-12"), incident(1)])
    second = written(tmp_path / "b.parquet", [incident(0, "2026-05-11")])
    read = columns(opened([first, second]))
    assert list(zip(read.batch, read.row, strict=True)) == [(0, 1), (1, 0), (0, 0)]


def test_reports_by_acts_of_their_own_are_matched_beside_batches(tmp_path: Path) -> None:
    reports = [
        Report("leaf", "2026-05-10", lat=6.0, lon=16.0, kind="attack", actors=("group a",)),
        Report("other"),
    ]
    sought = Sought(("attack",), ("Group A",), area_of(SQUARE), begins="2026-05-01T00:00:00Z")
    for files in ([], [written(tmp_path / "a.parquet", [incident(0)])]):
        read = columns(opened(files, reports))
        (found,) = match(read, [sought], ISTANBUL)
        assert [(read.batch[at], read.row[at]) for at in found.at] == [(-1, 0), (0, 0)][: 1 + len(files)]


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    other.write_bytes(b"PAR1 no")
    with pytest.raises(Refused) as caught:
        opened([other])
    assert caught.value.refusals[0].code == "incidents.file"


# --- against the slow way


def slowly(row: dict[str, Any], sought: Sought, polygons: Any, zone: ZoneInfo) -> tuple[str, ...] | None:
    """The table at the head of `matching`, word by word."""
    if sought.kinds and row["kind"] not in sought.kinds:
        return None
    kind = "met" if sought.kinds else "open"
    actor = "open"
    if sought.actors:
        names = {name.casefold() for name in row["actors"]}
        if names and not names & {name.casefold() for name in sought.actors}:
            return None
        actor = "met" if names else "unclaimed"
    area = "open"
    if polygons is not None and row["lat"] is not None:
        if not covers(polygons, (int(row["lon"]), int(row["lat"]))):
            return None
        area = "within"
    elif polygons is not None or sought.places:
        if not {row["place"].casefold(), row["admin1"].casefold()} & {
            name.casefold() for name in sought.places
        }:
            return None
        area = "named"
    return period(row, sought, zone, (kind, actor, area))


def period(
    row: dict[str, Any], sought: Sought, zone: ZoneInfo, three: tuple[str, ...]
) -> tuple[str, ...] | None:
    if sought.begins is None and sought.ends is None:
        return (*three, "open")
    begins = datetime.fromisoformat(sought.begins) if sought.begins else datetime.min.replace(tzinfo=UTC)
    ends = datetime.fromisoformat(sought.ends) if sought.ends else datetime.max.replace(tzinfo=UTC)
    first, last = row["date_from"], row["date_to"]
    if row["precision"] == "week":
        first, last = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    instants = (
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        for day in (first, last + timedelta(days=1))
    )
    starts, stops = instants
    if stops <= begins or starts >= ends:
        return None
    whole = begins <= starts and stops <= ends and row["precision"] != "unknown"
    return (*three, "within" if whole else "partly" if row["precision"] == "day" else "possibly")


GRID: Final = st.sampled_from([-180, -175, -170, 0, 170, 175, 180])
DAYS: Final = st.dates(date(2026, 1, 1), date(2026, 1, 12))
INSTANTS: Final = st.none() | st.datetimes(
    datetime(2026, 1, 1), datetime(2026, 1, 12), timezones=st.just(UTC)
).map(lambda moment: moment.strftime("%Y-%m-%dT%H:00:00Z"))
NAMES: Final = st.sampled_from(["Ford", "NORTH", "South", "Group A", "group a", "Group B"])


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(DAYS)
    point = draw(st.none() | st.tuples(GRID, st.integers(-2, 2)))
    return incident(
        0, date_from=first, date_to=first + timedelta(days=draw(st.integers(0, 3))),
        precision=draw(st.sampled_from(["day", "week", "unknown"])),
        kind=draw(st.sampled_from(["attack", "clash", "other"])),
        actors=draw(st.lists(NAMES, max_size=2)), place=draw(NAMES), admin1=draw(NAMES),
        lon=None if point is None else float(point[0]), lat=None if point is None else float(point[1]),
    )  # fmt: skip


@st.composite
def commitments(draw: st.DrawFn) -> tuple[Sought, Any]:
    polygons = None
    if draw(st.booleans()):
        west, width, south = draw(GRID), draw(st.sampled_from([5, 10, 170])), draw(st.integers(-2, 1))
        ring = [[west, south], [west + width, south], [west + width, 2], [west, 2], [west, south]]
        polygons = [[ring]]
    sought = Sought(
        kinds=tuple(draw(st.lists(st.sampled_from(["attack", "clash"]), max_size=2))),
        actors=tuple(draw(st.lists(NAMES, max_size=2))),
        area=area_of({"type": "MultiPolygon", "coordinates": polygons}) if polygons else None,
        places=tuple(draw(st.lists(NAMES, max_size=2))), begins=draw(INSTANTS), ends=draw(INSTANTS),
    )  # fmt: skip
    return sought, polygons


@settings(max_examples=60, deadline=None)
@given(
    st.lists(rows(), min_size=1, max_size=12), st.lists(commitments(), min_size=1, max_size=4),
    st.sampled_from(["Europe/Istanbul", "UTC", "America/St_Johns", "Pacific/Kiritimati"]),
)  # fmt: skip
def test_finds_what_the_slow_way_finds(
    incidents: list[dict[str, Any]], sought: Sequence[tuple[Sought, Any]], zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    with TemporaryDirectory() as folder:
        read = columns(opened([written(Path(folder) / "some.parquet", incidents)]))
    found = match(read, [one for one, _polygons in sought], zone)
    for (one, polygons), candidates in zip(sought, found, strict=True):
        expected = {
            n: answer
            for n, row in enumerate(incidents)
            if (answer := slowly(row, one, polygons, zone)) is not None
        }
        by_row = read.row[candidates.at].tolist()
        assert dict(zip(by_row, in_words(candidates), strict=True)) == expected
        doubtful = {n for n, a in expected.items() if {"named", "unclaimed", "partly", "possibly"} & set(a)}
        assert {by_row[n] for n in candidates.in_doubt.nonzero()[0]} == doubtful
