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
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import msgspec

from detente.codec.canonical_json import encode_canonical
from detente.codec.identifier import Leaf, Origin
from detente.codec.refusal import Refused, refuse
from detente.interchange.minutes.compound import ANSWERS, list_of, list_of_tuples, pair_of
from detente.interchange.minutes.forms import NAMED, Around, Form, as_is, choice, whole_number, yes_or_no

_JSON_STRING: Final = r'"(?:[^"\\]|\\.)*"'


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
    for named, form in NAMED:
        if hint == named:
            return form
    origin, args = get_origin(hint), get_args(hint)
    if hint is bool:
        return Form("yes|no", lambda value, _around: "yes" if value else "no", yes_or_no)
    if hint is int or (origin is Annotated and args[0] is int):
        return Form("-?[0-9]+", lambda value, _around: str(value), whole_number)
    if origin is Literal:
        return choice(args)
    if hint is str:
        return as_is(".+")
    if origin is Annotated and args[0] is str:
        return as_is(_token_pattern(args[1:]))
    return _tuple_form(args) if origin is tuple else None


def _tuple_form(args: tuple[Any, ...]) -> Form | None:
    if len(args) != 2 or args[1] is not Ellipsis:
        return None
    inner = get_args(args[0])
    if get_origin(args[0]) is not tuple:
        item = form_of(args[0])
        return list_of(item) if item else None
    if inner == (Origin, int, Leaf):
        return ANSWERS
    first, second = form_of(inner[0]), form_of(inner[1]) if inner[1] is not Ellipsis else None
    if first is None:
        return None
    if second is None:
        return list_of_tuples(list_of(first), ";")
    nested = get_origin(inner[1]) is tuple
    return list_of_tuples(pair_of(first, second, ": " if nested else " "), ";" if nested else ",")


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
                raise refuse(
                    "minutes.value", f"The value is not JSON of its type: {error}.", "RFC 8259"
                ) from error
    try:
        return msgspec.convert(form.read(text, around), hint)
    except msgspec.ValidationError as error:
        raise refuse("minutes.value", f"“{text}” is not a value of this field: {error}.") from error


def inline_pattern(form: Form | None) -> str:
    """What a value looks like inside a phrase, plain or JSON."""
    return rf"{form.pattern}|{_JSON_STRING}" if form else r"[\[{].*[\]}]"
