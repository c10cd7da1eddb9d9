"""How the cost of a whole frontier grows with issues, options and parties, as three small charts in one SVG."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from math import log10
from pathlib import Path
from typing import Any, Final

from benchmarks.packages import Shape, median, run

ISSUES: Final = [
    (issues, [Shape(issues, 12, 2), Shape(issues, 12, 3)]) for issues in (10, 20, 30, 40, 50, 60)
]
OPTIONS: Final = [
    (options, [Shape(30, options, 2), Shape(30, options, 3)]) for options in (2, 5, 10, 15, 20, 25)
]
PARTIES: Final = [(parties, [Shape(40, 5, parties)]) for parties in (2, 3, 4, 5, 6)]
LOW, HIGH = 0.001, 10.0
"""Seconds at the foot and the head of each chart; each step is ten times the one below."""
WIDTH, HEIGHT = 250, 200
_STYLE: Final = """text{font:12px system-ui,sans-serif;fill:#333}.faint{stroke:#ddd}.axis{stroke:#888}
.two{stroke:#1f5fa8;fill:#1f5fa8}.three{stroke:#a8551f;fill:#a8551f}polyline{fill:none!important;stroke-width:2}
.name{font-weight:600}"""


def chart(runs: int) -> str:
    """Measures, each shape in processes of its own, and draws the medians."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = [
            _panel(at, title, _measured(shapes, runs, Path(folder)))
            for at, (title, shapes) in enumerate(
                (
                    ("issues, of 12 options each", ISSUES),
                    ("options, of 30 issues", OPTIONS),
                    ("parties, 40 issues of 5 options", PARTIES),
                )
            )
        ]
    width = 3 * (WIDTH + 70) + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT + 96}" role="img">'
        "<title>Seconds for a whole frontier, by issues, options and parties</title>"
        f"<style>{_STYLE}</style><rect width='100%' height='100%' fill='#fff'/>"
        f"{''.join(drawn)}"
        f'<text x="50" y="{HEIGHT + 86}">Seconds, each line ten times the one below. Hollow, from four '
        "parties on: samples of the frontier, 64 weights tried.</text></svg>\n"
    )


Measured = list[tuple[int, list[float]]]


def _measured(shapes: Sequence[tuple[int, list[Shape]]], runs: int, folder: Path) -> Measured:
    return [(x, [median(_runs(shape, runs, folder), "seconds") for shape in of]) for x, of in shapes]


def _runs(shape: Shape, runs: int, folder: Path) -> list[dict[str, Any]]:
    return [run(shape, folder) for _ in range(runs)]


def _panel(at: int, title: str, measured: Measured) -> str:
    return f'<g transform="translate({at * (WIDTH + 70) + 50} 30)">{"".join(_drawn(title, measured))}</g>'


def _drawn(title: str, measured: Measured) -> Iterator[str]:
    places = [x for x, _ in measured]
    yield f'<text class="name" x="0" y="-12">{title}</text>'
    seconds = LOW
    while seconds <= HIGH:
        y = _height(seconds)
        yield f'<line class="faint" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>'
        yield f'<text x="-6" y="{y + 4}" text-anchor="end">{seconds:g}</text>'
        seconds = round(seconds * 10, 6)
    for x in places:
        yield f'<text x="{_across(x, places)}" y="{HEIGHT + 18}" text-anchor="middle">{x}</text>'
    if len(measured[0][1]) == 1:
        for x, (took,) in measured:
            fill = {2: 'class="two"', 3: 'class="three"'}.get(x, 'fill="#fff" stroke="#333" stroke-width="2"')
            yield f'<circle cx="{_across(x, places)}" cy="{_height(took)}" r="5" {fill}/>'
        return
    for line, name in enumerate(("two", "three")):
        dots = [(_across(x, places), _height(took[line])) for x, took in measured]
        yield f'<polyline class="{name}" points="{" ".join(f"{x},{y}" for x, y in dots)}"/>'
        x, y = dots[-1]
        yield f'<text x="{x}" y="{y - 10}" text-anchor="end">{name} parties</text>'
        yield from (f'<circle class="{name}" cx="{x}" cy="{y}" r="3"/>' for x, y in dots)


def _across(x: int, places: Sequence[int]) -> float:
    return round(10 + (WIDTH - 20) * (x - places[0]) / (places[-1] - places[0]), 1)


def _height(seconds: float) -> float:
    share = (log10(min(max(seconds, LOW), HIGH)) - log10(LOW)) / (log10(HIGH) - log10(LOW))
    return round(HEIGHT * (1 - share), 1)
