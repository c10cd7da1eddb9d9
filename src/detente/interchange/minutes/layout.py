"""How a script is laid out: lines at the margin, and under each its indented `field: value` lines.

- A line at the margin that begins with `#` is a comment.
- `field: value` goes on in lines indented further: they are joined by one space.
- `field:` alone opens a block: the lines indented further keep their line ends and their own indentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from detente.codec.refusal import Refusal

_FIELD: Final = re.compile(r"([a-z][a-z _-]*?):(?:[ \t]+(.*))?")
_WIDTH: Final = 96


def at_line(line: int, refusal: Refusal) -> Refusal:
    """The same, said of a line; what names its line already is left."""
    if refusal.sentence.startswith("Line "):
        return refusal
    return replace(refusal, sentence=f"Line {line}: {refusal.sentence}")


class RawField(NamedTuple):
    """A field as written. line: its line, from 1; text: the value on one line; block: the lines of a block."""

    line: int
    text: str
    block: tuple[str, ...] = ()


class Block(NamedTuple):
    """A line at the margin and the fields under it, by name with underscores."""

    line: int
    head: str
    fields: Mapping[str, RawField]


class Line(NamedTuple):
    number: int
    indent: int
    text: str


def _lines(script: str) -> Iterator[Line]:
    for number, raw in enumerate(script.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        text = raw.rstrip(" \t")
        if not text.startswith("#"):
            text = text.replace("\t", "    ") if text[:1] in "\t " else text
            yield Line(number, len(text) - len(text.lstrip(" ")), text.strip(" "))


def _groups(script: str) -> Iterator[list[Line]]:
    """Each line at the margin with the indented and blank lines after it."""
    group: list[Line] = []
    for line in _lines(script):
        if line.indent == 0 and line.text:
            if group:
                yield group
            group = [line]
        elif group or line.text:
            group.append(line)
    if group:
        yield group


def read_layout(script: str) -> tuple[tuple[Block, ...], tuple[tuple[int, Refusal], ...]]:
    """The blocks of a script, and its faults by line: codes `minutes.indentation`, `minutes.field`."""
    blocks: list[Block] = []
    faults: list[tuple[int, Refusal]] = []
    for head, *rest in _groups(script):
        if head.indent:
            faults.append((head.number, Refusal("minutes.indentation", "Nothing stands above this line to belong to.",
                                                instead="Begin it at the margin.")))  # fmt: skip
            continue
        fields, found = read_fields(rest)
        blocks.append(Block(head.number, head.text, fields))
        faults += found
    return tuple(blocks), tuple(faults)


def read_fields(lines: Iterable[Line]) -> tuple[dict[str, RawField], list[tuple[int, Refusal]]]:
    """The fields that indented lines give, and their faults."""
    written = list(lines)
    while written and not written[-1].text:
        written.pop()
    depth = next((line.indent for line in written if line.text), 0)
    fields: dict[str, RawField] = {}
    faults: list[tuple[int, Refusal]] = []
    for own, *below in _by_field(written, depth):
        found = _FIELD.fullmatch(own.text)
        name = re.sub(r"[ -]", "_", found[1]) if found else ""
        if found is None or own.indent != depth:
            faults.append((own.number, Refusal("minutes.field", f"“{own.text}” is no field.",
                                               instead="Write field: value, or indent the line further.")))  # fmt: skip
        elif name in fields:
            faults.append((own.number, Refusal("minutes.field", f"The field “{found[1]}” is given twice.",
                                               instead="Keep one.")))  # fmt: skip
        else:
            fields[name] = _raw(own, found[2] or "", below)
    return fields, faults


def _by_field(lines: list[Line], depth: int) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line.text and line.indent <= depth:
            if group:
                yield group
            group = [line]
        elif group:
            group.append(line)
    if group:
        yield group


def _raw(own: Line, text: str, below: list[Line]) -> RawField:
    while below and not below[-1].text:
        below.pop()
    if text:
        return RawField(own.number, " ".join([text, *(line.text for line in below if line.text)]))
    depth = next((line.indent for line in below if line.text), 0)
    block = tuple(" " * max(line.indent - depth, 0) + line.text for line in below)
    return RawField(own.number, "", block)


def wrapped(name: str, text: str, indent: str) -> list[str]:
    """`name: text` in lines of some 96 characters, broken only where joining by one space gives the text back."""
    lines: list[str] = []
    line = f"{indent}{name}:"
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", text):
        if len(line) + len(word) >= _WIDTH and line.strip(" ") != f"{name}:":
            lines.append(line)
            line = f"{indent}    {word}"
        else:
            line = f"{line} {word}"
    return [*lines, line]
