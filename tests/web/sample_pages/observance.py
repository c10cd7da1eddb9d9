"""The page of observance: reports of three years at nine places, an area drawn, candidates in doubt or not; and empty."""

from __future__ import annotations

from math import sin

from detente.procedure.disclosure import Viewer
from detente.procedure.reckoned import (
    Asked,
    Candidate,
    Cell,
    Change,
    Matched,
    PlaceCounts,
    Surge,
    VisibleIncidents,
    month_number,
)
from detente.views.building import observance_page as built
from detente.views.observance import ObservancePage
from tests.views.istanbul import same_night
from tests.views.observed import observed

PLACES = ("North", "South", "West", "East", "Old Town", "Upper Valley", "Lower Valley", "The Ford", "")


def observance_page(*, empty: bool = False) -> ObservancePage:
    record = observed(same_night(), "A")
    if empty:
        return built(record, VisibleIncidents(Viewer(), Asked()))
    asked = record.asking(
        kinds=("attack", "shelling"),
        names=(("A", ("Group A", "Government of A")),),
        missing=1,
        agreed="2024-09-15T10:00:00Z",
        disputed=1,
    )
    months = [[round(4 + 4 * sin(n / 5 + place)) for n in range(42)] for place in range(len(PLACES))]
    months[0][-2] = 31
    cells = [
        Cell(18 + 0.4 * x, 4 + 0.4 * y, 1 + (x * y) % 17, (x * y) % 3 if 3 <= x <= 9 else 0)
        for x in range(14) for y in range(12) if (x + 2 * y) % 5
    ]  # fmt: skip
    sure = Candidate(record.batch, 17, "2026-05-10", "2026-05-10", "day", "The Ford, North", "attack", ("Group A",),
                     "Monitor", "met", "met", "within", "within", ((record.batch, 3), (record.batch, 8)))  # fmt: skip
    doubtful = Candidate(record.batch, 4, "2026-04-01", "2026-04-30", "month", "Old Town", "", (), "Gazette", "open",
                         "unclaimed", "named", "possibly")  # fmt: skip
    return built(record, VisibleIncidents(
        Viewer(), asked, total=sum(map(sum, months)) + 12, again=7, sources=("Monitor", "Gazette"),
        first=month_number("2023-01"),
        months=tuple(map(sum, zip(*months, strict=True))),
        places=tuple(
            PlaceCounts(place, tuple((month, count, count) for month, count in enumerate(counts) if count))
            for place, counts in zip(PLACES, months, strict=True)
        ),
        undated=3, unmapped=2, cells=tuple(cells), outline=(((19, 5), (22, 5), (22, 8), (19, 8), (19, 5)),),
        matched=(Matched(record.drawn, 41, 6, 2, 5),), candidates=(sure, doubtful), tested=month_number("2026-05"),
        surges=(Surge("North", 31, 4.1, 0.000002, True), Surge("South", 5, 4.4, 0.41, False)), too_few=PLACES[2:],
        change=Change(20, 410, 300, 0.73, 0.55, 0.96),
    ))  # fmt: skip
