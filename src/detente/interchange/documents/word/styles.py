"""What a paragraph's style says of its words: whether it is a heading, and whether it is numbered."""

from __future__ import annotations

import re

from detente.interchange.documents.word.numbers import Numbers, Place, place_in
from detente.interchange.documents.xml import Element, attribute, child, local_name

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_MOST_PARENTS = 20
_NO_HEADING = 9
"""Outline level of the words of a text (ISO/IEC 29500-1, 17.3.1.20)."""


class Styles:
    """Styles by their ids; a style has what it does not say from the one that it is based on."""

    def __init__(self, styles: Element | None) -> None:
        self._styles = {
            attribute(e, "styleId"): e for e in (() if styles is None else styles) if local_name(e) == "style"
        }

    def heading_level(self, properties: Element | None) -> int | None:
        """From 0 for the outermost; None where the paragraph is no heading."""
        if (said := _outline(properties)) is not None:
            return said if said < _NO_HEADING else None
        for style in self._line(properties):
            if found := _HEADING.fullmatch(_said(style, "name")):
                return int(found[1]) - 1
            if _said(style, "name").lower() == "title":
                return 0
            if (said := _outline(child(style, "pPr"))) is not None:
                return said if said < _NO_HEADING else None
        return None

    def place(self, properties: Element | None, numbers: Numbers) -> Place | None:
        """Where the paragraph stands in a list, by its own properties or its style's; None where it is not numbered."""
        found = place_in(properties)
        for style in self._line(properties) if found is None else ():
            name = attribute(style, "styleId")
            if (said := place_in(child(style, "pPr"))) is not None:
                # A style names the list; the level is the one that names the style.
                of = numbers.of_style(name)
                found = Place(said.list, of.level if of is not None else said.level)
                break
        return found if found is not None and found.list not in ("", "0") else None

    def _line(self, properties: Element | None) -> list[Element]:
        """The paragraph's style, and those that it is based on."""
        line: list[Element] = []
        name = _said(properties, "pStyle") or self._default
        while name in self._styles and len(line) < _MOST_PARENTS:
            line.append(self._styles[name])
            name = _said(line[-1], "basedOn")
        return line

    @property
    def _default(self) -> str:
        return next(
            (
                name
                for name, e in self._styles.items()
                if attribute(e, "type") == "paragraph" and attribute(e, "default") in ("1", "true")
            ),
            "",
        )


def _said(e: Element | None, name: str) -> str:
    found = child(e, name)
    return attribute(found, "val") if found is not None else ""


def _outline(properties: Element | None) -> int | None:
    said = _said(properties, "outlineLvl")
    return int(said) if re.fullmatch("[0-9]", said) else None
