"""What the page is told: counts by place and month, cells of the map, candidates; and reckoned once for each question."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.analysis import reckoning
from detente.analysis.cells import ACROSS, cells
from detente.analysis.reckoning import every_candidate, reckoned
from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Asked, Counted, Report, month_number
from detente.views.building.observance_words import left_out
from tests.analysis.incident_files import incident, written
from tests.views.observed import AREA

COMMITMENT = Counted("drawn", AREA, "2026-01-01T00:00:00Z", None, ("A",))


def rows(first_year: int = 2023) -> list[dict[str, Any]]:
    """Two reports a month in the north for three years and eleven more in the last; one a year in the south."""
    days = [date(first_year + n // 12, n % 12 + 1, day) for n in range(36) for day in (3, 17)]
    made = [incident(n, str(day), lon=20.0, lat=6.0) for n, day in enumerate(days)]
    made += [incident(100 + n, f"{first_year + 2}-12-31", lat=6.0) for n in range(11)]
    made += [
        incident(200 + n, f"{first_year + n}-06-01", admin1="South", kind="clash", lat=40.0) for n in range(3)
    ]
    return sorted(made, key=lambda row: (row["date_from"], row["id"]))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    return (written(tmp_path / "batch.parquet", rows()),)


def test_counts_by_place_and_month(files: tuple[Path, ...]) -> None:
    found = reckoned(Viewer("A"), files, (), Asked(("leaf",)))
    assert (found.total, found.sources, found.first, len(found.months)) == (
        86,
        ("Monitor",),
        month_number("2023-01"),
        36,
    )
    assert [(place.place, place.total) for place in found.places] == [("North", 83), ("South", 3)]
    assert sum(found.months) == 86 and found.months[-1] == 13
    assert found.viewer == Viewer("A")


def test_the_last_whole_month_is_tested_and_a_place_with_too_little_is_named(files: tuple[Path, ...]) -> None:
    found = reckoned(Viewer(), files, (), Asked(("leaf",)))
    assert found.tested == month_number("2025-12")
    assert [(surge.place, surge.count, surge.found) for surge in found.surges] == [("North", 13, True)]
    assert found.too_few == ("South",)
    earlier = reckoned(Viewer(), files, (), Asked(("leaf",), month=month_number("2025-11")))
    assert earlier.tested == month_number("2025-11") and not earlier.surges[0].found
    too_early = reckoned(Viewer(), files, (), Asked(("leaf",), month=month_number("2024-12")))
    assert too_early.tested is None


def test_places_hold_no_months_without_reports_however_far_apart_these_are(tmp_path: Path) -> None:
    """What one row with a year of long ago could cost: every place a list of as many centuries."""
    years = {"North": 1, "South": 2025, "West": 9999}
    made = [incident(n, f"{year:04}-06-01", admin1=place) for n, (place, year) in enumerate(years.items())]
    found = reckoned(Viewer(), (written(tmp_path / "far.parquet", made),), (), Asked(("leaf",)))
    assert len(found.months) == 9_998 * 12 + 1
    assert {place.place: place.counts for place in found.places} == {
        place: ((12 * (year - 1), 1, 1),) for place, year in years.items()
    }
    assert found.places[1].months(12 * 2024 - 1, 12 * 2024 + 2) == [0, 1, 0]


def test_a_month_that_is_not_over_is_not_tested(tmp_path: Path) -> None:
    unfinished = written(
        tmp_path / "some.parquet", [row for row in rows() if row["date_from"] < date(2025, 12, 30)]
    )
    assert reckoned(Viewer(), (unfinished,), (), Asked(("leaf",))).tested == month_number("2025-11")


def test_the_month_of_the_date_is_on_neither_side(files: tuple[Path, ...]) -> None:
    found = reckoned(Viewer(), files, (), Asked(("leaf",), agreed="2024-06-15T00:00:00Z"))
    assert found.change is not None
    assert (found.change.months, found.change.before, found.change.after) == (17, 35, 35)


def test_only_the_kinds_asked_for_are_counted(files: tuple[Path, ...]) -> None:
    found = reckoned(Viewer(), files, (), Asked(("leaf",), kinds=("clash",)))
    assert (found.total, sum(found.months), sum(cell.count for cell in found.cells)) == (3, 3, 3)


def test_candidates_are_those_of_the_commitment_shown_the_latest_first(files: tuple[Path, ...]) -> None:
    asked = Asked(("leaf",), commitments=(COMMITMENT, Counted("other", "South")), picked="drawn", zone="UTC")
    earlier = (Report("early", "2020-01-01", lat=6.0, lon=20.0, kind="attack"),)
    nobody = reckoned(Viewer(), files, earlier, asked)
    assert [(one.leaf, one.met, one.doubtful) for one in nobody.matched] == [("drawn", 0, 0), ("other", 0, 3)]
    begun = Asked(
        ("leaf",), commitments=(Counted("drawn", AREA, "2025-12-01T00:00:00Z"),), picked="drawn", zone="UTC"
    )
    reports = (
        Report("late", "2026-02-01", place="Ford", lat=6.0, lon=20.0, kind="attack", actors=("Group A",)),
    )
    found = reckoned(Viewer(), files, reports, begun)
    assert [(one.report, one.row) for one in found.candidates][:2] == [("late", None), ("leaf", 85)]
    assert {(one.area, one.period) for one in found.candidates} == {("within", "within")}
    assert len(every_candidate(files, reports, begun)) == found.matched[0].met == 14
    assert sum(cell.candidates for cell in found.cells) == 14


def test_names_count_for_the_side_that_owes(files: tuple[Path, ...]) -> None:
    begun = Counted("drawn", "", "2025-12-01T00:00:00Z", None, ("A",))
    for names, expected in ((("A", ("group a",)), 13), (("A", ("Group B",)), 0), (("B", ("Group B",)), 13)):
        found = reckoned(
            Viewer(), files, (), Asked(("leaf",), commitments=(begun,), names=(names,), picked="drawn")
        )
        assert found.matched[0].met == expected


def test_reckoned_once_for_one_question_whoever_asks(
    files: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(("leaf",), zone="UTC")
    first = reckoned(Viewer("A"), files, (), asked)
    monkeypatch.setattr(reckoning, "opened", lambda *_given: pytest.fail("it is reckoned again"))
    again = reckoned(Viewer("B"), files, (), asked)
    assert again.months is first.months and again.viewer == Viewer("B")


def test_reports_before_the_months_that_are_drawn_are_said(tmp_path: Path) -> None:
    long_ago = [incident(900 + n, f"1999-0{n + 1}-01") for n in range(3)]
    file = written(tmp_path / "long.parquet", long_ago + rows())
    found = reckoned(Viewer(), (file,), (), Asked(("leaf",)))
    assert left_out(found).startswith("3 earlier reports")


# --- cells of the map


def test_every_point_is_in_one_cell_near_it() -> None:
    chance = np.random.default_rng(1)
    lon, lat = chance.uniform(10, 14, 5_000), chance.uniform(50, 53, 5_000)
    picked = chance.random(5_000) < 0.3
    made = cells(lon, lat, picked)
    assert sum(cell.count for cell in made) == 5_000 and sum(cell.candidates for cell in made) == picked.sum()
    assert len(made) < 2 * ACROSS**2
    assert all(10 <= cell.lon <= 14 and 50 <= cell.lat <= 53 for cell in made)


def test_points_on_both_sides_of_the_antimeridian_stay_together() -> None:
    made = cells(np.array([179.0, -179.0, -178.0]), np.array([1.0, 2.0, np.nan]), np.zeros(3, dtype=bool))
    assert sorted(cell.lon for cell in made) == [179, 181]


def test_no_points_no_cells() -> None:
    assert cells(np.array([np.nan]), np.array([np.nan]), np.array([False])) == ()
