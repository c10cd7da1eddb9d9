"""A table of one's own: our columns, or a mapping of ours to theirs, written once as TOML (docs/specs/incidents.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec
from msgspec import Struct

from detente.codec.refusal import refuse
from detente.interchange.incidents.incident import COLUMNS, Drawn, Feed, Row, listed

GIVEN: Final = tuple(name for name in COLUMNS if name not in ("gazetteer", "line"))
"""The columns that a source can give: the line is where it stands, and its place is looked up by whoever imports it."""


class ColumnMapping(Struct, frozen=True, forbid_unknown_fields=True):
    """source: what its rows have as their source. columns: theirs by ours, one or several whose words are put together.
    always: what every row has. kinds: ours by their word for it. dates: where they are written day or month first."""

    source: str
    columns: dict[str, str | list[str]]
    always: dict[str, str] = {}
    kinds: dict[str, str] = {}
    dates: Literal["", "day first", "month first"] = ""


def read_mapping(text: str) -> Feed:
    """Raises `Refused` with code `incidents.mapping`."""
    try:
        found = msgspec.convert(tomllib.loads(text), ColumnMapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _no_mapping(f"{error}.") from error
    unknown = sorted((found.columns.keys() | found.always.keys()) - set(GIVEN))
    if unknown:
        raise _no_mapping(f"There is no column {', '.join(unknown)} in the output.")
    if "date_from" not in found.columns:
        raise _no_mapping("It names no column for date_from.")
    theirs = {ours: _names(named) for ours, named in found.columns.items()}
    dates = tuple(name for ours in ("date_from", "date_to") for name in theirs.get(ours, ()))
    signs = frozenset(name for names in theirs.values() for name in names)
    kinds = {theirs.casefold(): ours for theirs, ours in found.kinds.items()}

    def draw(row: Row) -> Drawn:
        said = {
            ours: ", ".join(filter(None, (row[name] for name in names))) for ours, names in theirs.items()
        }
        said |= found.always
        said["kind"] = kinds.get(said.get("kind", "").strip().casefold(), said.get("kind", ""))
        return _drawn(said, listed(*(row[name] for name in theirs.get("actors", ())), said.get("actors", "")))

    return Feed(found.source, signs, draw, dates, found.dates)


def _names(named: str | list[str]) -> tuple[str, ...]:
    return tuple(
        name.strip().casefold().replace(" ", "_") for name in ([named] if isinstance(named, str) else named)
    )


def _no_mapping(why: str) -> Exception:
    return refuse("incidents.mapping", f"The mapping cannot be used. {why}",
                  instead="See docs/specs/incidents.md for one that is whole.")  # fmt: skip


def _drawn(said: Mapping[str, str], actors: tuple[str, ...]) -> Drawn:
    return Drawn(**{name: text for name, text in said.items() if name != "actors"}, actors=actors)


def _draw_own(row: Row) -> Drawn:
    said = {name: row[name] for name in GIVEN if name in row}
    if "lat" not in said and "lon" not in said:
        said |= {"lat": row["geometry_lat"], "lon": row["geometry_lon"]}
    return _drawn(said, listed(said.get("actors", "")))


OWN: Final = Feed("", frozenset({"date_from"}), _draw_own, ("date_from", "date_to"))
"""A table, or the properties of features, with our own names of columns."""


@cache
def shipped() -> tuple[Feed, ...]:
    """The mappings that come with the program."""
    folder = resources.files("detente.interchange.incidents") / "mappings"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    return tuple(read_mapping(file.read_text("utf-8")) for file in files)
