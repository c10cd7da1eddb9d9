"""Lines of an area that cross: found wherever they do, as a slow and obvious way has it, and refused at the door."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codec.crossing_lines import Position, crossing
from detente.codec.geojson import check_drawing
from detente.codec.refusal import Refused

SQUARE = ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))
HOLE = ((1, 1), (3, 1), (3, 3), (1, 3), (1, 1))


@pytest.mark.parametrize(
    ("rings", "where"),
    [
        ((SQUARE,), None),
        ((SQUARE, HOLE), None),
        ((((0, 0), (2, 2), (2, 0), (0, 2), (0, 0)),), (1, 1)),
        ((SQUARE, ((1, 1), (5, 1.5), (3, 3), (1, 1))), (4, 1.375)),
        # A corner on a line, two rings at one corner, and a ring that runs along another, touch.
        ((((0, 0), (4, 0), (4, 4), (2, 0), (0, 4), (0, 0)),), None),
        ((SQUARE, ((0, 0), (2, 1), (1, 2), (0, 0))), None),
        ((SQUARE, ((0, 0), (2, 0), (1, 2), (0, 0))), None),
        # Across the antimeridian the shorter way round, and a ring round a pole.
        ((((170, 0), (-170, 0), (-170, 5), (170, 5), (170, 0)),), None),
        ((((170, 0), (-170, 5), (-170, 0), (170, 5), (170, 0)),), (180, 2.5)),
        ((((-180, 80), (-90, 80), (0, 80), (90, 80), (180, 80), (-180, 80)),), None),
        ((((-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90)),), None),
    ],
)
def test_where_lines_cross(rings: tuple[tuple[Position, ...], ...], where: Position | None) -> None:
    assert crossing(rings) == (pytest.approx(where) if where else None)


def slowly(ring: list[tuple[int, int]]) -> bool:
    """Every pair of lines, in whole numbers and fractions: whether both pass through one place that ends neither."""

    def passes(one: tuple[tuple[int, int], ...], another: tuple[tuple[int, int], ...]) -> bool:
        (ax, ay), (bx, by) = one
        (cx, cy), (dx, dy) = another
        across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
        if not across:
            return False
        s = Fraction((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx), across)
        t = Fraction((cx - ax) * (by - ay) - (cy - ay) * (bx - ax), across)
        return 0 < s < 1 and 0 < t < 1

    return any(passes(one, another) for one, another in combinations(pairwise(ring), 2))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=9))
def test_finds_what_the_slow_way_finds(corners: list[tuple[int, int]]) -> None:
    ring = [*corners, corners[0]]
    assert (crossing((tuple(ring),)) is not None) == slowly(ring)


def test_what_would_take_too_long_is_not_compared() -> None:
    comb = [(170 * (n % 2), n / 100) for n in range(5_000)]
    with pytest.raises(Refused):
        crossing(([*comb, comb[0]],))


def test_the_door_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    bow = '{"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}'
    (refusal,) = check_drawing(bow)
    assert refusal.code == "area.malformed" and "cross" in refusal.sentence and "1, 1" in refusal.sentence
    two = (
        '{"type": "MultiPolygon", "coordinates": [[[[0,0],[2,0],[2,2],[0,0]]], [[[1,0],[3,0],[3,2],[1,0]]]]}'
    )
    assert check_drawing(two) == (), "two parts may lie on one another: both belong to the area"
    assert (
        "fewer than three"
        in check_drawing('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}')[0].sentence
    )
    monkeypatch.setattr("detente.codec.crossing_lines.MOST_COMPARED", 1)
    assert "too intricate" in check_drawing(bow)[0].sentence
