"""How values of several parts stand in a line of minutes: lists, pairs, versions acted on, answers in chambers."""

from __future__ import annotations

import re
from typing import Any, Final

from detente.codec.refusal import refuse
from detente.interchange.minutes.forms import SUBJECT_PATTERN, Around, Form
from detente.interchange.minutes.references import read_edition, read_leaf, write_edition, write_leaf


def write_on(value: tuple[str, str], around: Around) -> str:
    """The version acted on: `edition 3` of the act's own instrument, else `#12`, else `rules #9`."""
    subject, leaf = value
    if subject != (around.beside.get("instrument") or "rules"):
        return f"{subject} {write_leaf(leaf, around.references)}"
    number = write_edition(leaf, around.references, around.beside)
    return f"edition {number}" if number.isdecimal() else number


def read_on(text: str, around: Around) -> tuple[str, str]:
    own = str(around.beside.get("instrument") or "rules")
    subject, _, name = text.partition(" ")
    if re.fullmatch(SUBJECT_PATTERN, subject) and name and not name.isdecimal():
        return subject, read_edition(name, around.references, {"instrument": subject})
    return own, read_edition(text, around.references, around.beside)


ON: Final = Form(".+", write_on, read_on)


def _write_answers(value: tuple[tuple[str, int, str], ...], around: Around) -> str:
    """Acts of chambers, each as `#1 of mediators-A`."""
    origin = around.references.state.process.origin if around.references.state.process else ""
    for log, index, leaf in value:
        place = around.references.position(leaf)
        if place is None or (f"{origin}/{place[0]}", place[1]) != (log, index):
            return ""
    return ", ".join(write_leaf(leaf, around.references) for _log, _index, leaf in value)


def _read_answers(text: str, around: Around) -> tuple[tuple[str, int, str], ...]:
    answers = []
    for name in items(text):
        leaf = read_leaf(name, around.references, around.beside)
        chamber, index = around.references.position(leaf) or ("", 0)
        answers.append((f"{around.references.state.convened.origin}/{chamber}", index, leaf))
    return tuple(answers)


ANSWERS: Final = Form(".+", _write_answers, _read_answers)


def items(text: str) -> list[str]:
    """The items of a list: `A, B and C`."""
    return [item for item in re.split(r",\s+and\s+|,\s*|\s+and\s+", text) if item]


def list_of(item: Form) -> Form:
    listed = rf"(?:{item.pattern})(?:, (?:{item.pattern}))*(?:,? and (?:{item.pattern}))?"

    def read(text: str, around: Around) -> tuple[Any, ...]:
        return () if text == "none" else tuple(item.read(part, around) for part in items(text))

    def write(value: tuple[Any, ...], around: Around) -> str:
        return ", ".join(item.write(part, around) for part in value) or "none"

    return Form(rf"none|{listed}|\[.*\]", write, read)


def pair_of(first: Form, second: Form, between: str) -> Form:
    """`en authentic`, `withdrew B`; the second may be nothing: `broke off`."""

    def write(value: tuple[Any, Any], around: Around) -> str:
        right = second.write(value[1], around)
        return first.write(value[0], around) + (between + right if right else "")

    def read(text: str, around: Around) -> tuple[Any, Any]:
        found = re.fullmatch(rf"({first.pattern})(?:{between}\s*(.*))?", text)
        if found is None:
            first.read(text.partition(" ")[0], around)  # says what it can be, where that is what is wrong
            raise refuse("minutes.value", f"“{text}” is not a pair.", instead="Write it like en authentic.")
        # The second part is the last group, whatever groups the first one's pattern has.
        return first.read(found[1], around), second.read(found[found.re.groups] or "", around)

    return Form(".+", write, read)


def list_of_tuples(item: Form, separator: str) -> Form:
    def write(value: tuple[Any, ...], around: Around) -> str:
        return f"{separator} ".join(item.write(part, around) for part in value) or "none"

    def read(text: str, around: Around) -> tuple[Any, ...]:
        parts = [] if text == "none" else [p.strip() for p in text.split(separator)]
        return tuple(item.read(part, around) for part in parts)

    return Form(".+", write, read)
