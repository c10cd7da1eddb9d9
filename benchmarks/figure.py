"""A figure: what was measured, beside the peer or limit measured in the same run, and what is aimed at."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Figure(NamedTuple):
    """value: the median over `runs`, in `unit`; against: what it is held to, and `limit` its median in the same
    run and unit (None where the aim is absolute); aim: what the ratio, or else the value, should be."""

    what: str
    value: float
    unit: str
    runs: int
    against: str = ""
    limit: float | None = None
    aim: str = ""
    met: bool | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.limit if self.limit else None


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_rate(count: int, work: Callable[[], object], runs: int) -> float:
    """Things a second: the median over `runs` of `count` divided by the time of one call."""
    return statistics.median(count / timed(work) for _ in range(runs))


def table(figures: Iterable[Figure]) -> str:
    """The figures as text, one line each."""
    head = (
        "what",
        "median",
        "unit",
        "runs",
        "peer or limit in the same run",
        "its median",
        "ratio",
        "aim",
        "",
    )
    rows = [head, *map(_row, figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    right = (1, 3, 5, 6)

    def line(row: tuple[str, ...]) -> str:
        cells = (c.rjust(widths[i]) if i in right else c.ljust(widths[i]) for i, c in enumerate(row))
        return "  ".join(cells).rstrip()

    return "\n".join((line(rows[0]), "-" * (sum(widths) + 2 * len(widths)), *map(line, rows[1:])))


def _row(figure: Figure) -> tuple[str, ...]:
    met = {None: "", True: "met", False: "MISSED"}[figure.met]
    limit = "" if figure.limit is None else _number(figure.limit)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return (
        figure.what,
        _number(figure.value),
        figure.unit,
        str(figure.runs),
        figure.against,
        limit,
        ratio,
        figure.aim,
        met,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
