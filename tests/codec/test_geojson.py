"""Areas: what can be drawn is taken, and everything that is wrong is said at once."""

from __future__ import annotations

import json

import pytest

from detente.codec.geojson import MOST_POSITIONS, check_area, is_drawn, polygons_of

RING = [[71, 34], [72, 34], [72, 35], [71, 34]]
HOLE = [[71.6, 34.1], [71.9, 34.1], [71.9, 34.4], [71.6, 34.1]]
ACROSS = [[[[179, 0], [180, 0], [180, 1], [179, 0]]], [[[-180, 0], [-179, 0], [-180, 1], [-180, 0]]]]


def geometry(kind: str, coordinates: object, **more: object) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates, **more})


@pytest.mark.parametrize(
    "area",
    [
        geometry("Polygon", [RING]),
        geometry("Polygon", [RING, HOLE]),
        geometry("MultiPolygon", ACROSS),
        geometry("Polygon", [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]),
    ],
)
def test_an_area_that_can_be_drawn_is_taken(area: str) -> None:
    assert is_drawn(area) and check_area(area) == ()
    assert polygons_of(area)


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("{", "no Polygon"),
        (geometry("Point", [71, 34]), "no Polygon"),
        (geometry("Polygon", [[[71, 34, 900], [72, 34, 900], [72, 35, 900], [71, 34, 900]]]), "no Polygon"),
        (geometry("Polygon", [RING], crs="other"), "no Polygon"),
        (geometry("Polygon", "here"), "no Polygon"),
        (geometry("Polygon", []), "empty"),
        (geometry("MultiPolygon", [[]]), "empty"),
        (geometry("Polygon", [RING[:-1]]), "does not end where it begins"),
        (geometry("Polygon", [[RING[0], RING[1], RING[0]]]), "fewer than three"),
        (geometry("Polygon", [[[34, 171], *RING[1:-1], [34, 171]]]), "latitude of 171"),
        (geometry("Polygon", [[[191, 34], *RING[1:-1], [191, 34]]]), "longitude of 191"),
        ('{"type":"Polygon","coordinates":[[[1e999,34],[72,34],[72,35],[1e999,34]]]}', "no Polygon"),
        (
            geometry("Polygon", [[[n / 100, 0] for n in range(MOST_POSITIONS)] + [[0, 1], [0, 0]]]),
            "more than",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(area: str, said: str) -> None:
    found = check_area(area)
    assert [r.code for r in found] == ["area.malformed"] and said in found[0].sentence and found[0].instead


def test_everything_is_said_at_once() -> None:
    assert len(check_area(geometry("Polygon", [[[200, 100], [72, 34], [72, 35]]]))) == 3


def test_a_name_is_no_geometry() -> None:
    assert not is_drawn("the valley of the river")
