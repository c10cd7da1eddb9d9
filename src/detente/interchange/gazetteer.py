"""Names of places, old ones too, resolved without a line: from files that the operator gives (docs/specs/gazetteer.md).

A name that belongs to several places is answered with all of them, and never with the likeliest. Names are compared
without marks, case and punctuation; where nothing has the whole name, without a last word such as “province”.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct

from detente.codec.refusal import Refused, refuse

GENERIC: Final = frozenset(
    {
        "province",
        "region",
        "district",
        "city",
        "town",
        "village",
        "prefecture",
        "governorate",
        "state",
        "county",
        "agency",
    }
)
ALIASES: Final = ("name", "place", "from", "until")
"""The columns of a table of aliases: a name, the id of the place that bears or bore it, and the days between which."""
OWN: Final = ("id", "name", "country", "lat", "lon")
"""The columns of a list of places of one's own, such as the sides of a process agree on."""
_FULL: Final = 19
"""Columns of a GeoNames dump of places; four are those of first-order divisions."""
_CLASSES: Final = frozenset({"P", "A"})
"""Populated places and divisions; rivers and hotels have the same names."""

Sort = Literal["country", "division", "place"]


class Place(Struct, frozen=True):
    """id: `geonames:1138958`, or `naturalearth:004`. country: ISO 3166-1 alpha-2, where the file has it. code: of a
    division, as AF.13, or of the one that a place lies in."""

    id: str
    name: str
    sort: Sort
    country: str = ""
    code: str = ""
    lat: float | None = None
    lon: float | None = None


class Name(Struct, frozen=True):
    """A name that a place bears, or bore between two days, inclusive; None for without a beginning or end."""

    text: str
    place: Place
    first: date | None = None
    last: date | None = None

    def holds(self, on: date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


class Gazetteer:
    """Every name of every place that was read."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[str, list[Name]] = defaultdict(list)
        self.places: dict[str, Place] = {}
        for name in names:
            self.add(name)

    def add(self, name: Name) -> None:
        self.places[name.place.id] = name.place
        self._names[folded(name.text)].append(name)

    def resolve(self, text: str, on: date | None = None, country: str = "") -> tuple[Name, ...]:
        """Every place that bears the name: on that day, if one is given, and in that country, if one is.

        One name for each place, by id. None at all where nobody bears it; several where it is ambiguous.
        """
        key = folded(text)
        found = self._matching(key, on, country)
        head, _, last = key.rpartition(" ")
        if not found and head and last in GENERIC:
            found = self._matching(head, on, country)
        return tuple(found[place] for place in sorted(found))

    def _matching(self, key: str, on: date | None, country: str) -> dict[str, Name]:
        """By the place's id; a name without days goes before one with."""
        found: dict[str, Name] = {}
        for name in self._names.get(key, ()):
            if (on is None or name.holds(on)) and country in ("", name.place.country):
                known = found.get(name.place.id)
                if known is None or (name.first, name.last) == (None, None):
                    found[name.place.id] = name
        return found


def folded(text: str) -> str:
    """
    >>> folded("Sant Julià-de-Lòria  (town)")
    'sant julia de loria town'
    """
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    return " ".join(re.findall(r"\w+", plain))


def read_gazetteer(places: Iterable[Path], aliases: Iterable[Path] = ()) -> Gazetteer:
    """Raises `Refused` with code `gazetteer.file`, or `gazetteer.alias` with every alias that cannot be used."""
    found = Gazetteer(name for path in places for name in _names_in(path))
    wrong = []
    for path in aliases:
        for at, read in _aliases(path, found.places):
            if isinstance(read, Name):
                found.add(read)
            else:
                wrong.append(refuse("gazetteer.alias", f"{path.name}, line {at}: {read}",
                                    instead="Mend the line; see docs/specs/gazetteer.md.").refusals[0])  # fmt: skip
    if wrong:
        raise Refused(*wrong)
    return found


def _names_in(path: Path) -> Iterator[Name]:
    try:
        yield from _read_names(path)
    except (ValueError, TypeError, AttributeError, RecursionError, csv.Error) as error:
        raise _no_gazetteer(path) from error


def _read_names(path: Path) -> Iterator[Name]:
    with path.open(encoding="utf-8-sig") as file:
        start = file.read(1)
        file.seek(0)
        if start == "{":
            yield from _countries(path, json.load(file))
            return
        if start == "i":
            yield from _own(path, csv.DictReader(file))
            return
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 4:
                yield from _division(cells)
            elif len(cells) == _FULL:
                yield from _place(cells)
            elif line.strip():
                raise _no_gazetteer(path)


def _own(path: Path, rows: csv.DictReader[str]) -> Iterator[Name]:
    """A list of one's own, each place under every name that has a line with its id; the first is its own."""
    places: dict[str, Place] = {}
    if tuple(rows.fieldnames or ()) != OWN:
        raise _no_gazetteer(path)
    for row in rows:
        lat, lon = _degrees(row["lat"], 90), _degrees(row["lon"], 180)
        if not row["id"] or not folded(row["name"] or "") or (lat is None) != (lon is None):
            raise refuse("gazetteer.file", f"{path.name}, line {rows.line_num}, is no place.",
                         instead="Write id, name, country, and degrees with a decimal point, or neither of the two.",
                         )  # fmt: skip
        place = Place(row["id"], row["name"], "place", row["country"] or "", "", lat, lon)
        yield Name(row["name"], places.setdefault(place.id, place))


def _degrees(text: str, most: int) -> float | None:
    try:
        found = float(text)
    except (TypeError, ValueError):
        return None
    return found if abs(found) <= most else None


def _division(cells: list[str]) -> Iterator[Name]:
    """GeoNames admin1CodesASCII: code, name, name in ASCII, id."""
    code, name, ascii_name, number = cells
    place = Place(f"geonames:{number}", name, "division", code.partition(".")[0], code)
    yield from (Name(text, place) for text in dict.fromkeys((name, ascii_name)))


def _place(cells: list[str]) -> Iterator[Name]:
    """GeoNames, the table `geoname`: id, name, ASCII, others with commas, lat, lon, class, code, country, .., admin1."""
    number, name, ascii_name, others, lat, lon, class_ = cells[:7]
    if class_ not in _CLASSES:
        return
    sort: Sort = "place" if class_ == "P" else "division"
    point = _degrees(lat, 90), _degrees(lon, 180)
    if None in point:
        raise ValueError(f"{number} is nowhere on the earth")
    place = Place(f"geonames:{number}", name, sort, cells[8], f"{cells[8]}.{cells[10]}", *point)
    yield from (Name(text, place) for text in dict.fromkeys((name, ascii_name, *others.split(","))) if text)


def _countries(path: Path, value: Any) -> Iterator[Name]:
    """Natural Earth as TopoJSON: geometries with a name and a number (ISO 3166-1). Their borders are not read."""
    try:
        listed = value["objects"]["countries"]["geometries"]
        named = [(one["properties"]["name"], one.get("id", "")) for one in listed]
    except KeyError as error:
        raise _no_gazetteer(path) from error
    for name, number in named:
        yield Name(name, Place(f"naturalearth:{number or folded(name)}", name, "country"))


def _aliases(path: Path, places: dict[str, Place]) -> Iterator[tuple[int, Name | str]]:
    """Each alias with its line, or what is wrong with it."""
    try:
        yield from _aliases_in(path, places)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _no_gazetteer(path) from error


def _aliases_in(path: Path, places: dict[str, Place]) -> Iterator[tuple[int, Name | str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != ALIASES:
            raise refuse("gazetteer.file", f"{path.name} has not the columns {', '.join(ALIASES)}.",
                         instead="See docs/specs/gazetteer.md.")  # fmt: skip
        for row in rows:
            yield rows.line_num, _alias(row, places)


def _alias(row: dict[str, str | None], places: dict[str, Place]) -> Name | str:
    text, place = row["name"] or "", places.get(row["place"] or "")
    if not folded(text):
        return "It names nothing."
    if place is None:
        return f"No file of places has “{row['place']}”."
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (row["from"], row["until"]))
    except ValueError:
        return "A day is written 1991-12-26."
    if first and last and last < first:
        return "It ends before it begins."
    return Name(text, place, first, last)


def _no_gazetteer(path: Path) -> Refused:
    return refuse("gazetteer.file", f"{path.name} is no file of places that is known here.",
                  instead="Give GeoNames’ divisions or places, Natural Earth’s countries as TopoJSON, or your own list.",
                  )  # fmt: skip
