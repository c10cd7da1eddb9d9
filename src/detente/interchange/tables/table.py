"""What a table is: its columns, and where its rows come from.

Rows name acts by their number in the main log, from 1, and only what their reader may read is in them: a row that would
hold nothing but what is hidden from the reader is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from detente.acts.act import MEDIATION
from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.state.records import State
from detente.views.building.sight import Sight

Type = Literal["BIGINT", "BOOLEAN", "DATE", "DOUBLE", "TIMESTAMPTZ", "VARCHAR", "VARCHAR[]"]
"""DuckDB's names. TIMESTAMPTZ is an instant, written as UTC."""
AT_ONCE = 1_000
"""Acts that are held in memory together."""


class Source:
    """A record as one person may see it, from which every table is made."""

    def __init__(self, record: VisibleRecord) -> None:
        self.record = record
        self.sight = Sight(record, ())

    @cached_property
    def state(self) -> State:
        return self.record.visible.state

    def acts(self) -> Iterator[VisibleAct]:
        for start in range(0, self.record.as_of, AT_ONCE):
            yield from self.record.acts(start, start + AT_ONCE)

    def number(self, leaf: str | None) -> int | None:
        """The number of an act, by its leaf."""
        index = self.record.index_of(leaf) if leaf else None
        return None if index is None else index + 1

    def group(self, person: str) -> str:
        """A side's letter, `M` for the mediators and their secretariat, empty for anybody else."""
        found = self.state.people.get(person)
        if found is None:
            return ""
        return found.side or ("M" if found.role in MEDIATION else "")


Rows = Callable[[Source], Iterable[tuple[Any, ...]]]


class Table(Struct, frozen=True):
    """columns: name and type, in order; the values of a row stand in the same order."""

    name: str
    columns: tuple[tuple[str, Type], ...]
    rows: Rows


def number_of(index: int | None) -> int | None:
    """The number of an act, by its index."""
    return None if index is None else index + 1
