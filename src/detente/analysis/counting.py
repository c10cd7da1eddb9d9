"""Reports counted as incidents: of those that people take for one (`procedure.sameness`), one counts; all stay listed.

Which one: that whose date is the most exact; of these one that has a point; else the earliest. So an incident is counted
at one place, in one month, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from detente.analysis.areas import Truths
from detente.analysis.batches import Incidents
from detente.procedure.reckoned import Asked, Report
from detente.procedure.sameness import Named

Shared = NDArray[np.int32]
"""Of each report the number that those of its incident share; -1 where it is taken for one with no other."""

_ROWS: Final = np.int64(2**32)
"""More than a batch holds."""


def shared(incidents: Incidents, reports: Sequence[Report], asked: Asked) -> Shared:
    """From what the page asks, by leaf and row, to where those reports stand in the columns."""
    found = np.full(len(incidents.row), -1, dtype=np.int32)
    places = {place: number for number, group in enumerate(asked.together)
              for named in group if (place := _place(named, reports, asked)) is not None}  # fmt: skip
    keys = np.array([batch * _ROWS + row for batch, row in places], dtype=np.int64)
    for at in np.flatnonzero(np.isin(incidents.batch * _ROWS + incidents.row, keys)):
        found[at] = places[int(incidents.batch[at]), int(incidents.row[at])]
    return found


def _place(named: Named, reports: Sequence[Report], asked: Asked) -> tuple[int, int] | None:
    leaf, row = named
    if row is not None:
        return (asked.batches.index(leaf), row) if leaf in asked.batches else None
    return next(((-1, number) for number, report in enumerate(reports) if report.leaf == leaf), None)


def counted_once(incidents: Incidents, share: Shared, counted: Truths) -> Truths:
    """Which of the reports that are counted stand for an incident."""
    found = counted.copy()
    at = np.flatnonzero(counted & (share >= 0))
    width, nowhere = incidents.last - incidents.first, ~np.isfinite(incidents.lat)
    found[at] = firsts(share[at], incidents.undated[at], width[at], nowhere[at])
    return found


def firsts(share: Shared, *worse: NDArray[np.generic]) -> Truths:
    """Which of some reports stand for an incident: those taken for one with no other, and of the others the first of
    each incident. worse: what makes one come later, the weightiest first; then their order."""
    found = share < 0
    among = np.flatnonzero(~found)
    order = among[np.lexsort((among, *(column[among] for column in reversed(worse))))]
    _incident, first = np.unique(share[order], return_index=True)
    found[order[first]] = True
    return found


def set_aside(connection: duckdb.DuckDBPyConnection, incidents: Incidents, again: Truths) -> None:
    """The table `again`: the reports of incidents that another report stands for."""
    connection.execute("CREATE TEMP TABLE again (batch INT2, row INT4)")
    rows = list(zip(incidents.batch[again].tolist(), incidents.row[again].tolist(), strict=True))
    if rows:
        connection.executemany("INSERT INTO again VALUES (?, ?)", rows)
