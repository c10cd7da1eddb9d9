"""One incident as a column file holds it, and as a source's row gives it before anything is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, get_args

from msgspec import Struct

from detente.acts.incidents import Category
from detente.interchange.incidents.dates import Order

COLUMNS: Final[Mapping[str, str]] = MappingProxyType({
    "id": "VARCHAR", "source": "VARCHAR", "date_from": "DATE", "date_to": "DATE", "precision": "VARCHAR",
    "lat": "DOUBLE", "lon": "DOUBLE", "place": "VARCHAR", "admin1": "VARCHAR", "country": "VARCHAR",
    "kind": "VARCHAR", "actors": "VARCHAR[]", "deaths_low": "INTEGER", "deaths_best": "INTEGER",
    "deaths_high": "INTEGER", "civilians": "INTEGER", "text": "VARCHAR", "url": "VARCHAR", "gazetteer": "VARCHAR",
    "line": "INTEGER",
})  # fmt: skip
"""The columns of the Parquet file, in their order, with their types as DuckDB calls them."""

KINDS: Final[tuple[str, ...]] = get_args(Category)
PRECISIONS: Final = ("day", "week", "month", "year", "unknown")
"""How far the dates can be off. They are the source's, and never widened here."""


class Row(dict[str, str]):
    """What a source says of one incident, by its own names of columns; nothing where it has no such column."""

    def __missing__(self, name: str) -> str:
        return ""


class Drawn(NamedTuple):
    """The same by our names, still as text. id: None where the source has none for any row. precision, kind: of the
    lists above, or what the source says instead."""

    id: str | None = None
    source: str = ""
    date_from: str = ""
    date_to: str = ""
    precision: str = ""
    lat: str = ""
    lon: str = ""
    place: str = ""
    admin1: str = ""
    country: str = ""
    kind: str = ""
    actors: tuple[str, ...] = ()
    deaths_low: str = ""
    deaths_best: str = ""
    deaths_high: str = ""
    civilians: str = ""
    text: str = ""
    url: str = ""


class Feed(Struct, frozen=True):
    """How one source is read. name: what its rows have as their source; signs: the columns by which it is recognised;
    dates: the columns that hold dates; order: "day first" or "month first" where the source is known to write so;
    header: names of the columns where the file has no line of them."""

    name: str
    signs: frozenset[str]
    draw: Callable[[Row], Drawn]
    dates: tuple[str, ...]
    order: Order = ""
    header: tuple[str, ...] = ()


def listed(*names: str) -> tuple[str, ...]:
    """The names that are there, each once, in their order.

    >>> listed("Harbour", "", "Town; Harbour")
    ('Harbour', 'Town')
    """
    parts = (part.strip() for name in names if name for part in name.replace("|", ";").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
