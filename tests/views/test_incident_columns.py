"""Reports by month as columns: each figure says which months it shows, and what the line in it marks."""

from __future__ import annotations

import pytest

from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import Asked, VisibleIncidents, month_number
from detente.views.building.incident_figures import columns
from detente.views.building.observance_words import change_words
from detente.views.incident_figures import Columns

APRIL = month_number("2025-04")


def reports(*months: int, agreed: str | None = None) -> VisibleIncidents:
    return VisibleIncidents(Viewer("A"), Asked(agreed=agreed), months=months, first=APRIL)


def drawn(*months: int, agreed: int | None = None) -> Columns:
    return columns(reports(*months), "All places", months, max(months), agreed)


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        ((6,), ["April 2025"]),
        ((6, 1), ["April 2025", "May 2025"]),
        ((1,) * 10, ["April 2025", "September 2025"]),
        ((1,) * 24, ["2026", "2027"]),
    ],
)
def test_a_figure_says_which_months_it_shows(months: tuple[int, ...], labels: list[str]) -> None:
    assert [tick.label for tick in drawn(*months).years] == labels


def test_one_month_alone_is_a_column_in_the_middle() -> None:
    chart = drawn(6)
    assert (chart.thick, chart.columns[0].start) == ("12.00", "44.00")


@pytest.mark.parametrize(
    ("agreed", "at"), [(APRIL - 1, ""), (APRIL, "25.00"), (APRIL + 1, "75.00"), (APRIL + 2, "")]
)
def test_a_date_outside_the_months_shown_is_no_line(agreed: int, at: str) -> None:
    assert drawn(6, 1, agreed=agreed).agreed == at


def test_a_line_is_explained_where_too_few_months_stand_beside_it() -> None:
    said, means = change_words(reports(6, agreed="2025-04-01T06:00:00Z"), "1 April 2025")
    assert said == "The line marks 1 April 2025. Before and after it there are too few months to compare."
    assert not means
    assert change_words(reports(6, agreed="2025-06-01T06:00:00Z"), "1 June 2025") == ("", "")
    assert change_words(reports(6), "") == ("", "")
