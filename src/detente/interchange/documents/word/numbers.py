"""The numbers that Word writes before paragraphs by itself (ISO/IEC 29500-1, 17.9): they stand nowhere in the words.

A paragraph names a list and a level, or its style does; the list's levels say how numbers look (`%1.%2`, roman, letters)
and when they begin again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from detente.interchange.documents.xml import Element, attribute, child, local_name

_LEVELS: Final = 9


class _Level(Struct):
    """text: `%1.%2` with the numbers of levels, from 1; restart: the level (from 1) after which it begins again."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    style: str = ""


class Place(Struct, frozen=True):
    """Where a paragraph stands in a list."""

    list: str
    level: int


class Numbers:
    """Counts as a document is read, paragraph by paragraph."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._family: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._starts: dict[tuple[str, int], int] = {}
        self._of_style: dict[str, Place] = {}
        self.unknown_formats: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        families = {
            attribute(e, "abstractNumId"): {
                _depth(attribute(at, "ilvl")): _level(at) for at in e if local_name(at) == "lvl"
            }
            for e in numbering
            if local_name(e) == "abstractNum"
        }
        for e in (e for e in numbering if local_name(e) == "num"):
            name, family = attribute(e, "numId"), _value(e, "abstractNumId")
            levels = dict(families.get(family, {}))
            for override in (o for o in e if local_name(o) == "lvlOverride"):
                at = _depth(attribute(override, "ilvl"))
                if (whole := child(override, "lvl")) is not None:
                    levels[at] = _level(whole)
                if start := _value(override, "startOverride"):
                    self._starts[name, at] = _number(start, 1)
            self._levels[name], self._family[name] = levels, family
            for at, level in levels.items():
                if level.style:
                    self._of_style.setdefault(level.style, Place(name, at))

    def of_style(self, style: str) -> Place | None:
        """The place that a list's level gives to paragraphs of a style."""
        return self._of_style.get(style)

    def next(self, place: Place) -> str:
        """The number shown before the next paragraph at this place; a bullet as `•`; empty where none is shown."""
        levels = self._levels.get(place.list)
        level = levels.get(place.level) if levels else None
        if levels is None or level is None:
            return ""
        counts = self._counts.setdefault(self._family[place.list], [None] * _LEVELS)
        start = self._starts.get((place.list, place.level))
        if start is not None and (place.list, place.level) not in self._begun:
            counts[place.level] = start - 1
        self._begun.add((place.list, place.level))
        before = counts[place.level]
        counts[place.level] = level.start if before is None else before + 1
        for deeper in range(place.level + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and place.level < restart):
                counts[deeper] = None
        return self._shown(levels, level, counts)

    def _shown(self, levels: dict[int, _Level], level: _Level, counts: list[int | None]) -> str:
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return "•"
        shown = level.text
        for at in range(_LEVELS):
            other = levels.get(at, _Level())
            count = counts[at] if counts[at] is not None else other.start
            assert count is not None
            shown = shown.replace(
                f"%{at + 1}", self._written(count, "decimal" if level.legal else other.format)
            )
        return shown.strip()

    def _written(self, count: int, form: str) -> str:
        if form not in _FORMS and form not in ("decimal", "none", "bullet"):
            self.unknown_formats.add(form)
        return _FORMS[form](count) if form in _FORMS else str(count)


def place_in(properties: Element | None) -> Place | None:
    """The place that a paragraph's or a style's properties name; list `0` takes a number away."""
    of = child(properties, "numPr")
    if of is None:
        return None
    return Place(_value(of, "numId"), _depth(_value(of, "ilvl")))


def _level(e: Element) -> _Level:
    restart = _value(e, "lvlRestart")
    legal = child(e, "isLgl")
    return _Level(
        _value(e, "numFmt") or "decimal",
        _value(e, "lvlText"),
        _number(_value(e, "start"), 1),
        legal is not None and attribute(legal, "val") not in ("0", "false"),
        _number(restart, 0) if restart else None,
        _value(e, "pStyle"),
    )


def _value(e: Element, name: str) -> str:
    found = child(e, name)
    return attribute(found, "val") if found is not None else ""


def _depth(text: str) -> int:
    """A level as a file writes it, from 0; there are no deeper ones than the last."""
    return min(_number(text, 0), _LEVELS - 1)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _letters(count: int) -> str:
    """a to z, then aa, bb, as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1_000 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4_000:
        return str(count)
    written = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        times, count = divmod(count, value)
        written += sign * times
    return written


def _ordinal(count: int) -> str:
    teens = count % 100 in (11, 12, 13)
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": lambda count: f"{count:02}",
    "ordinal": _ordinal,
}
