"""Values in one line of minutes: text <-> value, chosen by the field's type in the kind's Struct.

| type | written |
|---|---|
| ids | as they are |
| `Instant` | `10:00`, `2025-10-28 10:00` |
| `Leaf`, `KeyId` | `#14`, `@name`, `edition 3`; the key's person |
| `ProvisionId` | `3(2)` |
| bool, Literal | `yes`, `ad referendum` |
| tuples | `A, B`; `en authentic, ur official`; `3(2): #44, #46; 5(1): #45` |

What has no plain form, or whose plain form would read back as something else, is canonical JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from detente.codec.canonical_json import encode_canonical
from detente.codec.identifier import KeyId, Leaf, Origin, PersonId, ProvisionId, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refused, refuse
from detente.interchange.minutes.references import (
    LEAF_PATTERN, References, read_edition, read_key, read_leaf, write_edition, write_key, write_leaf,
)  # fmt: skip
from detente.interchange.minutes.times import TIME_PATTERN, read_time, write_time
from detente.provisions.numbering import LEADING_NUMBER, eid_of, number_of

PERSON_PATTERN: Final = r"[A-Z][A-Za-z0-9]{0,15}(?:\.[a-z0-9]{1,16})?"
_JSON_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_SUBJECT: Final = r"[a-z][a-z0-9-]{0,39}"


class Around(NamedTuple):
    """What a value may lean on: the record so far, the line's day and zone, the act's other fields."""

    references: References
    day: date
    zone: tzinfo
    beside: Mapping[str, Any] = {}


class Form(NamedTuple):
    """How values of one type stand in a line. pattern: what the text looks like, as a regular expression."""

    pattern: str
    write: Callable[[Any, Around], str]
    read: Callable[[str, Around], Any]


def _as_is(pattern: str) -> Form:
    return Form(pattern, lambda value, _around: str(value), lambda text, _around: text)


def _yes_or_no(text: str, _around: Around) -> bool:
    if text not in ("yes", "no"):
        raise refuse("minutes.value", f"“{text}” is neither yes nor no.", instead="Write yes or no.")
    return text == "yes"


def _whole_number(text: str, _around: Around) -> int:
    if not re.fullmatch(r"-?[0-9]{1,16}", text):
        raise refuse("minutes.value", f"“{text}” is not a whole number.", instead="Write it in digits.")
    return int(text)


def _choice(options: tuple[str, ...]) -> Form:
    words = {option.replace("_", " "): option for option in options}

    def read(text: str, _around: Around) -> str:
        found = words.get(text.replace("_", " "))
        if found is None:
            raise refuse("minutes.value", f"“{text}” is none of the possible values.",
                         instead=f"Write one of: {', '.join(w for w in words if w)}.")  # fmt: skip
        return found

    spellings = sorted({*words, *options}, key=len, reverse=True)
    return Form("|".join(map(re.escape, spellings)), lambda value, _around: str(value).replace("_", " "), read)


_LEAF: Final = Form(
    LEAF_PATTERN,
    lambda value, around: write_leaf(value, around.references),
    lambda text, around: read_leaf(text, around.references, around.beside),
)
EDITION: Final = Form(
    f"(?:edition )?[0-9]+|{LEAF_PATTERN}",
    lambda value, around: write_edition(value, around.references, around.beside),
    lambda text, around: read_edition(text, around.references, around.beside),
)
_NAMED: Final[tuple[tuple[Any, Form], ...]] = (
    (PersonId, _as_is(PERSON_PATTERN)),
    (Side, _as_is("[A-Z]")),
    (SubjectId, _as_is(_SUBJECT)),
    (Leaf, _LEAF),
    (KeyId, Form(f"{PERSON_PATTERN}|[A-Za-z0-9_-]{{43}}",
                 lambda value, around: write_key(value, around.references),
                 lambda text, around: read_key(text, around.references))),
    (Instant, Form(TIME_PATTERN,
                   lambda value, around: write_time(value, around.day, around.zone),
                   lambda text, around: read_time(text, around.day, around.zone))),
    (ProvisionId, Form(LEADING_NUMBER.pattern,
                       lambda value, _around: number_of(value), lambda text, _around: eid_of(text))),
)  # fmt: skip


def write_on(value: tuple[str, str], around: Around) -> str:
    """The version acted on: `edition 3` of the act's own instrument, else `#12`, else `rules #9`."""
    subject, leaf = value
    if subject != around.beside.get("instrument", "rules"):
        return f"{subject} {write_leaf(leaf, around.references)}"
    number = write_edition(leaf, around.references, around.beside)
    return f"edition {number}" if number.isdecimal() else number


def read_on(text: str, around: Around) -> tuple[str, str]:
    own = str(around.beside.get("instrument", "rules"))
    subject, _, name = text.partition(" ")
    if re.fullmatch(rf"{_SUBJECT}", subject) and name and not name.isdecimal():
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
    for name in _split(text):
        leaf = read_leaf(name, around.references, around.beside)
        chamber, index = around.references.position(leaf) or ("", 0)
        answers.append((f"{around.references.state.convened.origin}/{chamber}", index, leaf))
    return tuple(answers)


_ANSWERS: Final = Form(".+", _write_answers, _read_answers)


def _split(text: str) -> list[str]:
    """The items of a list: `A, B and C`."""
    return [item for item in re.split(r",\s+and\s+|,\s*|\s+and\s+", text) if item]


def _list_of(item: Form) -> Form:
    listed = rf"(?:{item.pattern})(?:, (?:{item.pattern}))*(?:,? and (?:{item.pattern}))?"

    def read(text: str, around: Around) -> tuple[Any, ...]:
        return () if text == "none" else tuple(item.read(part, around) for part in _split(text))

    def write(value: tuple[Any, ...], around: Around) -> str:
        return ", ".join(item.write(part, around) for part in value) or "none"

    return Form(rf"none|{listed}|\[.*\]", write, read)


def _pair_of(first: Form, second: Form, between: str) -> Form:
    """`en authentic`, `withdrew B`; the second may be nothing: `broke off`."""

    def write(value: tuple[Any, Any], around: Around) -> str:
        right = second.write(value[1], around)
        return first.write(value[0], around) + (between + right if right else "")

    def read(text: str, around: Around) -> tuple[Any, Any]:
        found = re.fullmatch(rf"({first.pattern})(?:{between}\s*(.*))?", text)
        if found is None:
            raise refuse("minutes.value", f"“{text}” is not a pair.", instead="Write it like en authentic.")
        # The second part is the last group, whatever groups the first one's pattern has.
        return first.read(found[1], around), second.read(found[found.re.groups] or "", around)

    return Form(".+", write, read)


def _list_of_tuples(item: Form, separator: str) -> Form:
    def write(value: tuple[Any, ...], around: Around) -> str:
        return f"{separator} ".join(item.write(part, around) for part in value) or "none"

    def read(text: str, around: Around) -> tuple[Any, ...]:
        parts = [] if text == "none" else [p.strip() for p in text.split(separator)]
        return tuple(item.read(part, around) for part in parts)

    return Form(".+", write, read)


def plain_type(hint: Any) -> Any:
    """`hint` without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


def _token_pattern(annotations: tuple[Any, ...]) -> str:
    """The pattern of a short text without spaces, from its type, without its anchors."""
    found = next((a.pattern for a in annotations if isinstance(a, msgspec.Meta) and a.pattern), None)
    return re.sub(r"\$(?:\(\?!\\n\))?$", "", found.removeprefix("^")) if found else r"\S+"


@cache
def form_of(hint: Any) -> Form | None:
    """The form of values of this type in a line, or None for what has no such form."""
    hint = plain_type(hint)
    for named, form in _NAMED:
        if hint == named:
            return form
    origin, args = get_origin(hint), get_args(hint)
    if hint is bool:
        return Form("yes|no", lambda value, _around: "yes" if value else "no", _yes_or_no)
    if hint is int or (origin is Annotated and args[0] is int):
        return Form("-?[0-9]+", lambda value, _around: str(value), _whole_number)
    if origin is Literal:
        return _choice(args)
    if hint is str:
        return _as_is(".+")
    if origin is Annotated and args[0] is str:
        return _as_is(_token_pattern(args[1:]))
    return _tuple_form(args) if origin is tuple else None


def _tuple_form(args: tuple[Any, ...]) -> Form | None:
    if len(args) != 2 or args[1] is not Ellipsis:
        return None
    inner = get_args(args[0])
    if get_origin(args[0]) is not tuple:
        item = form_of(args[0])
        return _list_of(item) if item else None
    if inner == (Origin, int, Leaf):
        return _ANSWERS
    first, second = form_of(inner[0]), form_of(inner[1]) if inner[1] is not Ellipsis else None
    if first is None:
        return None
    if second is None:
        return _list_of_tuples(_list_of(first), ";")
    nested = get_origin(inner[1]) is tuple
    return _list_of_tuples(_pair_of(first, second, ": " if nested else " "), ";" if nested else ",")


def write_value(hint: Any, form: Form | None, value: Any, around: Around) -> str:
    """`value` in one line: its plain form if that reads back as the same value, else canonical JSON."""
    if form is not None:
        try:
            plain = form.write(value, around)
            if re.fullmatch(form.pattern, plain) and read_value(hint, form, plain, around) == value:
                return plain
        except Refused:
            pass
    return encode_canonical(value).decode()


def read_value(hint: Any, form: Form | None, text: str, around: Around) -> Any:
    """The value that `text` says. Raises `Refused` with code `minutes.value`, or as references and times do."""
    if text[:1] in ('"', "[", "{") or form is None:
        try:
            return msgspec.json.decode(text, type=hint)
        except (msgspec.MsgspecError, UnicodeEncodeError) as error:
            if form is None:
                raise refuse("minutes.value", f"The value is not JSON of its type: {error}.", "RFC 8259") from error
    try:
        return msgspec.convert(form.read(text, around), hint)
    except msgspec.ValidationError as error:
        raise refuse("minutes.value", f"“{text}” is not a value of this field: {error}.") from error


def inline_pattern(form: Form | None) -> str:
    """What a value looks like inside a phrase, plain or JSON."""
    return rf"{form.pattern}|{_JSON_STRING}" if form else r"[\[{].*[\]}]"
