"""Areas: edges, holes, many parts, the antimeridian, the poles; and the same as a slow, obvious way on random ones."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.analysis.areas import Area, area_of
from tests.analysis.round_earth import covers


def area(*rings: list[list[float]]) -> Area:
    made = area_of({"type": "Polygon", "coordinates": list(rings)})
    assert made is not None
    return made


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def has(of: Area, lon: float, lat: float) -> bool:
    by_boxes = any(w <= lon <= e and s <= lat <= n for w, s, e, n in of.boxes())
    held = bool(of.covers(np.array([lon], dtype=float), np.array([lat], dtype=float))[0])
    assert by_boxes or not held, "a point that the area holds is outside its boxes"
    return held


def test_edge_and_corner_belong_to_an_area() -> None:
    made = area(square(0, 0, 10, 10))
    assert has(made, 5, 5) and has(made, 10, 5) and has(made, 0, 0)
    assert not has(made, 10.000001, 5)


def test_a_hole_is_outside_and_its_outline_inside() -> None:
    made = area(square(0, 0, 10, 10), square(4, 4, 6, 6))
    assert not has(made, 5, 5)
    assert has(made, 4, 5) and has(made, 3, 5)


def test_many_parts_each_with_its_hole() -> None:
    made = area_of({"type": "MultiPolygon", "coordinates": [
        [square(0, 0, 10, 10), square(4, 4, 6, 6)], [square(4, 4, 5, 5)], [square(50, 0, 60, 10)],
    ]})  # fmt: skip
    assert made is not None
    assert has(made, 4.5, 4.5), "one part stands in the hole of another"
    assert not has(made, 5.5, 5.5) and has(made, 55, 5) and not has(made, 30, 5)


@pytest.mark.parametrize(
    "ring", [square(170, -5, -170, 5), square(170, -5, 190, 5), square(-190, -5, -170, 5)]
)
def test_an_area_across_the_antimeridian(ring: list[list[float]]) -> None:
    made = area(ring, square(178, -1, -178, 1) if ring[1][0] < 0 else square(178, -1, 182, 1))
    assert has(made, 175, 0) and has(made, -175, 0)
    assert has(made, 180, 3) and has(made, -180, 3)
    assert not has(made, 180, 0) and not has(made, -180, 0), "the hole crosses it too"
    assert not has(made, 0, 0) and not has(made, 169, 0) and not has(made, -169, 0)


def test_an_area_that_ends_at_the_antimeridian_holds_it_under_both_its_names() -> None:
    made = area(square(170, -5, 180, 5))
    assert has(made, 180, 0) and has(made, -180, 0)
    assert not has(made, -179, 0)


@pytest.mark.parametrize("pole", [90, -90])
def test_a_ring_round_a_pole_holds_it(pole: int) -> None:
    lat = pole * 2 / 3
    made = area([[lon, lat] for lon in (-180, -90, 0, 90, 180)])
    assert has(made, 12, pole) and has(made, -180, pole) and has(made, 180, lat * 1.2) and has(made, 0, lat)
    assert not has(made, 0, lat * 0.9) and not has(made, 0, -pole)


def test_a_hole_round_a_pole_leaves_a_belt() -> None:
    belt = area([[lon, 60] for lon in (0, 90, 180, -90, 0)], [[lon, 80] for lon in (45, 135, -135, -45, 45)])
    for lon in (-180, -100, 0, 45, 180):
        assert has(belt, lon, 70) and has(belt, lon, 60) and has(belt, lon, 80)
        assert not has(belt, lon, 85) and not has(belt, lon, 90) and not has(belt, lon, 50)


def test_a_corner_at_a_pole_is_the_pole_whatever_its_longitude() -> None:
    made = area([[0, 80], [20, 80], [10, 90], [0, 80]])
    assert has(made, 10, 90) and has(made, -120, 90)


def test_the_whole_earth_drawn_as_a_box() -> None:
    made = area(square(-180, -90, 180, 90))
    assert all(has(made, lon, lat) for lon, lat in [(0, 0), (180, 90), (-180, -90), (179.9, 12)])


TWICE: Final = [[lon, 5 * n] for n, lon in enumerate([0, 120, -120, 0, 120, -120, 0])]


@pytest.mark.parametrize("geometry", [
    None, "Kunar", {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [TWICE]},
])  # fmt: skip
def test_what_is_no_area(geometry: Any) -> None:
    assert area_of(geometry) is None


def rings() -> st.SearchStrategy[list[list[int]]]:
    corner = st.tuples(st.integers(-180, 180), st.one_of(st.integers(-89, 89), st.sampled_from([-90, 90])))
    return st.lists(corner, min_size=3, max_size=6).map(lambda found: [list(c) for c in [*found, found[0]]])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(rings(), min_size=1, max_size=3), min_size=1, max_size=2),
    st.lists(st.tuples(st.integers(-180, 180), st.integers(-90, 90)), min_size=1, max_size=40),
)
def test_holds_what_the_slow_way_says(
    polygons: list[list[list[list[int]]]], points: list[tuple[int, int]]
) -> None:
    for ring in (ring for rings in polygons for ring in rings):
        steps = {abs(a[0] - b[0]) for a, b in pairwise(ring)}
        assume(180 not in steps)  # neither way is the shorter
    made = area_of({"type": "MultiPolygon", "coordinates": polygons})
    assume(made is not None)
    assert made is not None
    on_corners = [(corner[0], corner[1]) for rings in polygons for ring in rings for corner in ring]
    for lon, lat in points + on_corners:
        assert has(made, lon, lat) == covers(polygons, (lon, lat)), (lon, lat)
