"""Reports that people take for one incident: each count has it once, and every report stays listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.analysis.reckoning import every_candidate, reckoned
from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Asked, Counted, Report, VisibleIncidents, month_number
from tests.analysis.incident_files import incident, written
from tests.views.observed import AREA

DRAWN = Counted("drawn", AREA, "2026-01-01T00:00:00Z", None, ("A",))
REPORT = Report("single", "2026-05-10", None, 6.0, 20.0, "North", "attack", ("Group A",))
FOUR = (("single", None), ("one", 0), ("another", 0), ("another", 1))
"""One incident: reported by an act of its own, in one batch, and twice in another."""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    there: dict[str, Any] = {"lat": 6.0, "lon": 20.0}
    one = [incident(0, **there), incident(1, "2026-05-11", **there)]
    another = [
        incident(0, "2026-05-09", date_to=incident(0, "2026-05-31")["date_from"], precision="month", place="Old Ford",
                 admin1="South", kind="clash", lat=None, lon=None, actors=[]),
        incident(1, "2026-06-01", admin1="South", **there),
        incident(2, "2026-06-02", admin1="South", **there),
    ]  # fmt: skip
    return written(tmp_path / "one.parquet", one), written(tmp_path / "another.parquet", another)


def found(files: tuple[Path, Path], **asked: Any) -> VisibleIncidents:
    given: dict[str, Any] = {"picked": "drawn", "commitments": (DRAWN,)}
    return reckoned(Viewer(), files, (REPORT,), Asked(("one", "another"), **given | asked))


def test_without_a_decision_every_report_is_an_incident(files: tuple[Path, Path]) -> None:
    apart = found(files)
    assert (apart.total, apart.again, sum(apart.months)) == (6, 0, 6)
    assert (apart.matched[0].met, apart.matched[0].again) == (5, 0)


def test_once_decided_it_is_counted_once_everywhere(files: tuple[Path, Path]) -> None:
    once = found(files, together=(FOUR,))
    assert (once.total, once.again) == (6, 3)
    assert once.first == month_number("2026-05") and once.months == (2, 1)
    assert {(place.place, place.counts) for place in once.places} == {
        ("North", ((0, 2, 3),)), ("South", ((0, 0, 1), (1, 1, 2))),
    }  # fmt: skip
    assert sum(cell.count for cell in once.cells) == 3 and once.unmapped == 0
    assert (once.matched[0].met, once.matched[0].doubtful, once.matched[0].again) == (3, 0, 2)


def test_it_stands_where_its_most_exact_report_with_a_point_has_it(files: tuple[Path, Path]) -> None:
    two = found(files, together=((("another", 0), ("another", 2)),))
    assert two.months == (3, 2), "the month’s report is less exact than the day’s"


def test_of_the_kinds_that_are_counted_one_is_enough(files: tuple[Path, Path]) -> None:
    clashes = found(files, together=(FOUR,), kinds=("clash",))
    assert (clashes.total, clashes.again, sum(clashes.months)) == (1, 0, 1)


def test_it_is_in_doubt_only_where_each_of_its_reports_is(files: tuple[Path, Path]) -> None:
    asked = {"names": (("A", ("Group A",)),), "commitments": (Counted("drawn", "", None, None, ("A",)),)}
    apart, once = found(files, **asked), found(files, together=(FOUR,), **asked)
    assert (apart.matched[0].met, apart.matched[0].doubtful) == (5, 1)
    assert (once.matched[0].met, once.matched[0].doubtful) == (3, 0)


def test_reports_stay_listed_and_say_with_which_they_are_one(files: tuple[Path, Path]) -> None:
    once = found(files, together=(FOUR,))
    same = {(one.report, one.row): one.same for one in once.candidates}
    assert len(same) == 5
    assert same["one", 0] == (("single", None), ("another", 0), ("another", 1)) and same["one", 1] == ()
    assert len(every_candidate(files, (REPORT,), once.asked)) == 5


def test_reports_that_the_reader_cannot_see_are_not_missed(files: tuple[Path, Path]) -> None:
    hidden = reckoned(Viewer(), files[:1], (), Asked(("one",), together=(FOUR,)))
    assert (hidden.total, hidden.again) == (2, 0)
