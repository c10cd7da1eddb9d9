"""Likely duplicates across batches: proposed with a score that can be checked by hand; blocking loses no pair."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest

from detente.analysis.duplicates import LEAST, WITHIN, likely_duplicates
from tests.interchange.incidents.reading import read

HEAD = "id,date_from,date_to,lat,lon,place,actors,deaths_best"


def batch(folder: Path, name: str, *rows: str) -> Path:
    read(folder, "\n".join([HEAD, *rows]) + "\n")
    return (folder / "out.parquet").rename(folder / f"{name}.parquet")


ONE = "u1,2020-03-02,,5.400,26.500,Obo,Government of Harbour; Front,4"


def score_of(folder: Path, row: str, one: str = ONE) -> Any:
    found = likely_duplicates([batch(folder, "one", one), batch(folder, "another", row)], least=0)
    return (found[0].score, found[0].km, found[0].days) if found else None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a1,2020-03-02,,5.400,26.500,Obo,Front of Harbour,4", (1.0, 0.0, 0)),
        ("a1,2020-03-03,,5.400,26.500,Obo,Front,4", (0.9, 0.0, 1)),
        ("a1,2020-03-01,,5.400,26.500,,,", (0.4 + 0.1 + 0.125 + 0.075, 0.0, 1)),
        ("a1,2020-03-02,,5.400,26.500,Obo,Front,8", (0.85 + 0.15 / 2, 0.0, 0)),
        ("a1,2020-03-02,,5.400,26.500,Obo,Navy,4", (0.75, 0.0, 0)),
        ("a1,2020-02-27,2020-03-02,5.400,26.500,Obo,Front,4", (1.0, 0.0, 0)),
        ("a1,2020-03-02,,,,OBO,Front,4", (0.8, None, 0)),
        ("a1,2020-03-04,,5.400,26.500,Obo,Front,4", None),
        ("a1,2020-03-02,,5.400,26.800,Obo,Front,4", None),
        ("a1,2020-03-01,2020-03-09,5.400,26.500,Obo,Front,4", None),
        ("a1,2020-03-02,,,,Bria,Front,4", None),
    ],
)
def test_the_score_is_the_stated_sum(tmp_path: Path, row: str, expected: Any) -> None:
    found = score_of(tmp_path, row)
    assert (found is None) == (expected is None)
    if expected is not None:
        assert found == (pytest.approx(expected[0], abs=0.001), expected[1], expected[2])


def test_across_the_antimeridian_and_at_a_pole(tmp_path: Path) -> None:
    east, west = "e,2020-03-02,,-17.0,179.99,,Front,1", "w,2020-03-02,,-17.0,-179.99,,Front,1"
    assert score_of(tmp_path, west, east)[1] == pytest.approx(2.1, abs=0.1)
    here, there = "e,2020-03-02,,89.99,0,,Front,1", "w,2020-03-02,,89.99,179,,Front,1"
    assert score_of(tmp_path, there, here)[1] == pytest.approx(2.2, abs=0.1)


def test_only_reports_of_different_batches_meet_the_highest_first(tmp_path: Path) -> None:
    mine = batch(tmp_path, "one", ONE, ONE.replace("u1", "u2"), "u3,2021-01-01,,5.4,26.5,Obo,Front,4")
    theirs = batch(
        tmp_path, "another", "a1,2020-03-03,,5.4,26.5,Obo,Front,4", "a2,2020-03-02,,5.4,26.5,Obo,Front,4"
    )
    found = likely_duplicates([mine, theirs])
    assert [(f.one.id, f.another.id) for f in found] == [
        ("u1", "a2"),
        ("u2", "a2"),
        ("u1", "a1"),
        ("u2", "a1"),
    ]
    assert (found[0].one.batch, found[0].one.row, found[0].another.batch, found[0].another.row) == (
        0,
        0,
        1,
        0,
    )
    assert all(f.score >= LEAST for f in found)
    assert likely_duplicates([mine]) == []


def test_no_pair_is_lost_by_not_looking_at_all(tmp_path: Path) -> None:
    """Against every pair of random reports, looked at one by one."""
    draw = random.Random(5)
    points = {
        side: [
            (draw.randrange(1, 9), 60 + draw.random(), draw.choice((179.6, -179.9)) + draw.random() / 3)
            for _ in range(60)
        ]
        for side in "uv"
    }
    files = [
        batch(tmp_path, side, *(f"{side}{at},2020-03-0{day},,{lat!r},{lon!r},,,"
                                for at, (day, lat, lon) in enumerate(points[side])))
        for side in "uv"
    ]  # fmt: skip
    expected = {
        (f"u{i}", f"v{j}")
        for i, (day, *here) in enumerate(points["u"])
        for j, (other, *there) in enumerate(points["v"])
        if abs(day - other) <= 1 and _km(here, there) <= WITHIN
    }
    assert expected
    assert {(f.one.id, f.another.id) for f in likely_duplicates(files, least=0)} == expected


def _km(here: list[float], there: list[float]) -> float:
    (a, b), (c, d) = (map(math.radians, point) for point in (here, there))
    return 6371.0088 * math.acos(
        min(1, math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d))
    )
