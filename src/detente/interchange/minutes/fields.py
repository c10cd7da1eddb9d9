"""Fields under a line: free text, words by language, whole texts, and values that stand in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from detente.codec.canonical_json import encode_canonical
from detente.codec.refusal import Refusal, Refused, refuse
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.layout import Line, RawField, read_fields, wrapped
from detente.interchange.minutes.schema import Field, Texts
from detente.interchange.minutes.values import read_value, write_value
from detente.provisions.plain_text import format_text, parse_text

INDENT: Final = "    "
UNKNOWN: Final = "und"  # BCP 47: undetermined
NONE: Final = "none"
"""How words by language are written of which there are none."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_KEY: Final = re.compile(r"([A-Za-z0-9-]+):(?:\s+(.*))?")
_LINE_OF_TEXT: Final = re.compile(r"^Line (\d+): ")


def _untagged(around: Around) -> str:
    """The language of a text's numbered lines: the first authentic one of its instrument, where that is known."""
    instrument = around.references.state.instruments.get(around.beside.get("instrument") or "")
    return instrument.authentic_languages()[0] if instrument else UNKNOWN


def write_field(field: Field, value: Any, around: Around) -> list[str]:
    """The lines of one field, indented once."""
    if field.hint == Texts:
        block = format_text(value, _untagged(around)).rstrip("\n").split("\n")
        return _guarded(field, value, around, _block(field.words, block))
    if field.hint == dict[str, str]:
        block = [f"{key}: {text}" for key, text in value.items()]
        lines = _block(field.words, block) if block else [f"{INDENT}{field.words}: {NONE}"]
        return _guarded(field, value, around, lines)
    if field.hint is str:
        return _write_text(field, value, around)
    inline = wrapped(field.words, write_value(field.hint, field.form, value, around), INDENT)
    return _guarded(field, value, around, inline)


def _block(name: str, lines: list[str]) -> list[str]:
    return [f"{INDENT}{name}:", *(INDENT * 2 + line if line else "" for line in lines)]


def _write_text(field: Field, text: str, around: Around) -> list[str]:
    inline = wrapped(field.words, text, INDENT)
    if "\n" not in text:
        try:
            return _checked(field, text, around, inline)
        except Refused:
            pass
    return _guarded(field, text, around, _block(field.words, text.split("\n")))


def _guarded(field: Field, value: Any, around: Around, lines: list[str]) -> list[str]:
    """`lines` if they read back as `value`, else the value as canonical JSON."""
    try:
        return _checked(field, value, around, lines)
    except Refused:
        return [f"{INDENT}{field.words}: {encode_canonical(value).decode()}"]


def _checked(field: Field, value: Any, around: Around, lines: list[str]) -> list[str]:
    """`lines`, or `Refused` where they do not read back as `value`."""
    faulty = any(_CONTROL.search(line) for line in lines)
    numbered = [
        Line(n, len(line) - len(line.lstrip(" ")), line.strip(" ")) for n, line in enumerate(lines, 1)
    ]
    if not faulty and all(line == line.rstrip(" \t") for line in lines):
        fields, faults = read_fields(numbered)
        raw = fields.get(field.name)
        if raw is not None and not faults and len(fields) == 1 and read_field(field, raw, around) == value:
            return lines
    raise refuse("minutes.value", "The value has no plain form.")


def read_field(field: Field, raw: RawField, around: Around) -> Any:
    """The typed value of a field as written. Raises `Refused`."""
    if field.hint == dict[str, str] and (raw.block or (raw.text,)) == (NONE,):
        return {}
    if raw.block:
        if field.hint == Texts:
            return _read_provisions(raw, _untagged(around))
        if field.hint == dict[str, str]:
            return _read_words(raw.block)
        if field.hint is str:
            return "\n".join(raw.block)
        raw = RawField(raw.line, " ".join(line.strip() for line in raw.block if line.strip()))
    if not raw.text:
        raise refuse("minutes.value", f"The field “{field.words}” is empty.",
                     instead="Give it a value, or leave the line out.")  # fmt: skip
    return read_value(field.hint, None if field.hint == dict[str, str] else field.form, raw.text, around)


def _read_provisions(raw: RawField, language: str) -> Texts:
    try:
        return parse_text("\n".join(raw.block), language)
    except Refused as refused:
        # The text counts its own lines; people count those of the file.
        raise Refused(*(_moved(r, raw.line) for r in refused.refusals)) from refused


def _moved(refusal: Refusal, by: int) -> Refusal:
    sentence = _LINE_OF_TEXT.sub(lambda found: f"Line {int(found[1]) + by}: ", refusal.sentence)
    return msgspec.structs.replace(refusal, sentence=sentence)


def _read_words(block: tuple[str, ...]) -> dict[str, str]:
    """`ur: words` a line; a line indented further goes on with the one above."""
    found: dict[str, str] = {}
    key = ""
    for line in block:
        match = None if line.startswith(" ") else _KEY.fullmatch(line)
        if match is not None and match[1] not in found:
            key = match[1]
            found[key] = match[2] or ""
        elif key and line.startswith(" "):
            found[key] = f"{found[key]} {line.strip()}".strip()
        elif line:
            raise refuse(
                "minutes.value",
                f"“{line}” is no “key: value”.",
                instead="Write one for each, like A: Harbour.",
            )
    return found


def read_fields_of(
    fields: Mapping[str, Field], given: Mapping[str, RawField], around: Around
) -> tuple[dict[str, Any], list[tuple[int, Refusal]]]:
    """Every given field as its type, and the faults by line. Ids come first: references lean on them."""
    values: dict[str, Any] = {}
    faults: list[tuple[int, Refusal]] = []
    first = ("instrument", "provision")
    for name in sorted(given, key=lambda n: (n not in first, n == "on")):
        beside = around._replace(beside={**around.beside, **values})
        try:
            values[name] = read_field(fields[name], given[name], beside)
        except Refused as refused:
            faults += [(given[name].line, r) for r in refused.refusals]
    return values, faults


__all__ = ["INDENT", "read_field", "read_fields_of", "write_field"]
