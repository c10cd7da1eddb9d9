"""Rows placed by name: which place, by which name, is said line by line; what is ambiguous is not chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.interchange.gazetteer import Gazetteer, read_gazetteer
from detente.interchange.incidents import placing
from tests.interchange.incidents.reading import Read, read

PLACES = """id,name,country,lat,lon
p1,Newport,AF,34.5,69.2
p1,New Harbour,AF,34.5,69.2
p2,Newport,PK,30.0,67.0
p3,Twin,AF,34.0,69.0
p4,Twin,AF,35.0,70.0
p5,Nowhere Yet,AF,,
"""
ALIASES = "name,place,from,until\nOld Harbour,p1,,1991-12-25\n"
HEAD = "id,date_from,lat,lon,place,admin1,country\n"
DIVISIONS = "AF.01\tNorth\tNorth\t901\nAF.02\tSouth\tSouth\t902\n"


def geonames(number: str, name: str, lat: str, lon: str, of: str, code: str) -> str:
    cells = [number, name, name, "", lat, lon, of, "", "AF", "", code, *[""] * 8]
    return "\t".join(cells) + "\n"


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    named = [
        ("11", "Fork", "36.0", "66.0", "P", "01"), ("12", "Fork", "33.0", "65.0", "P", "02"),
        ("13", "Ridge", "35.5", "66.5", "P", "01"), ("14", "Ridge", "35.0", "66.0", "A", "01"),
    ]  # fmt: skip
    files = {
        "own.csv": PLACES,
        "divisions.txt": DIVISIONS,
        "places.txt": "".join(geonames(*place) for place in named),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "aliases.csv").write_text(ALIASES)
    return read_gazetteer([tmp_path / name for name in files], [tmp_path / "aliases.csv"])


def placed(folder: Path, gazetteer: Gazetteer | None, *rows: str) -> Read:
    return read(folder, HEAD + "".join(f"{n},{row}\n" for n, row in enumerate(rows)), gazetteer=gazetteer)


@pytest.mark.parametrize(
    ("row", "code", "point", "place"),
    [
        ("2026-03-01,,,newport,,Afghanistan", "place_resolved", (34.5, 69.2), "p1"),
        ("2026-03-01,,,Newport,,PK", "place_resolved", (30.0, 67.0), "p2"),
        ("2026-03-01,,,Newport town,,Pakistan", "place_resolved", (30.0, 67.0), "p2"),
        ('2026-03-01,,,"Newport, by the river",,Pakistan', "place_resolved", (30.0, 67.0), "p2"),
        ("2026-03-01,,,Newport,,", "place_ambiguous", None, ""),
        ("2026-03-01,,,Twin,,Afghanistan", "place_ambiguous", None, ""),
        ("2026-03-01,,,Fork,,Afghanistan", "place_ambiguous", None, ""),
        ("2026-03-01,,,Fork,South,Afghanistan", "place_resolved", (33.0, 65.0), "geonames:12"),
        ("2026-03-01,,,Ridge,,Afghanistan", "place_resolved", (35.5, 66.5), "geonames:13"),
        ("2026-03-01,,,,Ridge,Afghanistan", "place_resolved", (35.0, 66.0), "geonames:14"),
        ("2026-03-01,,,Nowhere Yet,,", "place_resolved", None, "p5"),
        ("2026-03-01,,,Newport,,Iran", "place_unknown", None, ""),
        ("2026-03-01,,,The ford,,", "place_unknown", None, ""),
        ("1990-03-01,,,Old Harbour,,", "place_resolved", (34.5, 69.2), "p1"),
        ("1992-03-01,,,Old Harbour,,", "place_unknown", None, ""),
        ("2026-03-01,34.6,69.3,Newport,,Afghanistan", None, (34.6, 69.3), ""),
        ("2026-03-01,34.6,69.3,Twin,,Afghanistan", None, (34.6, 69.3), ""),
        ("2026-03-01,20,69.3,Newport,,Afghanistan", "place_far", (20.0, 69.3), "p1"),
        ("2026-03-01,69.2,34.5,Newport,,Afghanistan", "place_far", (69.2, 34.5), "p1"),
        ("2026-03-01,20,69.3,The ford,,Afghanistan", None, (20.0, 69.3), ""),
    ],
)  # fmt: skip
def test_one_row(
    tmp_path: Path,
    gazetteer: Gazetteer,
    row: str,
    code: str | None,
    point: tuple[float, float] | None,
    place: str,
) -> None:
    found = placed(tmp_path, gazetteer, row)
    assert found.said() == ([f"2 {code}"] if code else [])
    assert (found.rows[0]["lat"], found.rows[0]["lon"]) == (point or (None, None))
    assert found.rows[0]["gazetteer"] == place


def test_what_is_said_names_the_entry_and_the_name_that_it_was_found_by(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    found = placed(
        tmp_path, gazetteer, "1990-03-01,,,Old Harbour,,", "2026-03-01,,,New harbour,,", "2026-03-01,,,Twin,,",
        "2026-03-01,69.2,34.5,Newport,,AF",
    )  # fmt: skip
    old, other, twin, turned = (f"{remark.sentence} {remark.done}" for remark in found.remarks)
    assert old == (
        "“Old Harbour” is “Newport” (p1), by the name that it has borne until 1991-12-25. Its point was taken: 34.5, "
        "69.2; the place is in doubt."
    )
    assert "“New harbour” is “Newport” (p1), by its other name “New Harbour”." in other
    assert "“Twin” (p3) or “Twin” (p4). None was chosen" in twin
    assert "other way round it would be near" in turned


def test_without_a_gazetteer_no_name_is_looked_up(tmp_path: Path) -> None:
    found = placed(tmp_path, None, "2026-03-01,,,Newport,,Afghanistan")
    assert found.said() == [] and found.rows[0]["gazetteer"] == ""


def test_distances_go_the_short_way_round() -> None:
    assert placing._kilometres((-17.0, 179.99), (-17.0, -179.99)) < 3
    assert placing._kilometres((89.9, 0.0), (89.9, 180.0)) < 23


@pytest.mark.parametrize("line", [",Ford,AF,1,2", "p9,,AF,1,2", "p9,Ford,AF,91,2", "p9,Ford,AF,1,"])
def test_a_list_of_one_s_own_with_a_line_that_is_no_place_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.csv").write_text(f"{PLACES}{line}\n")
    with pytest.raises(Exception, match="line 8"):
        read_gazetteer([tmp_path / "own.csv"])
