"""The header of a script: `process LABEL: TITLE`, and what its convening act and its reader need to know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from detente.codec.refusal import refuse
from detente.interchange.minutes.fields import read_field
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.layout import Block, RawField
from detente.interchange.minutes.references import Ledger
from detente.interchange.minutes.schema import Field
from detente.interchange.minutes.statements import Header
from detente.interchange.minutes.times import EPOCH, read_zone
from detente.interchange.minutes.values import form_of

_HEAD: Final = re.compile(r"process ([a-z0-9-]{1,40}): (.+)")
_NOT_FIELDS: Final = ("line", "label", "title")


def _field(name: str, hint: Any) -> Field:
    return Field(name, hint, form_of(hint), False, msgspec.NODEFAULT)


_HINTS: Final[Mapping[str, Any]] = {
    f.name: dict[str, str] if f.name == "names" else f.type
    for f in msgspec.structs.fields(Header)
    if f.name not in _NOT_FIELDS
}


def is_header(head: str) -> bool:
    return head.startswith("process ")


def read_header(block: Block) -> Header:
    """Raises `Refused` with code `minutes.header`, or as the values of its fields do."""
    found = _HEAD.fullmatch(block.head)
    if found is None:
        raise refuse("minutes.header", f"“{block.head}” names no process.",
                     instead="Write it like: process spring-round: Spring round, 2026.")  # fmt: skip
    values = {name: _read(name, raw) for name, raw in block.fields.items()}
    header = Header(line=block.line, label=found[1], title=found[2], **values)
    if header.zone:
        read_zone(header.zone)
    return header


def _read(name: str, raw: RawField) -> Any:
    if name not in _HINTS:
        known = ", ".join(n.replace("_", " ") for n in _HINTS)
        raise refuse("minutes.header", f"A process has no field “{name.replace('_', ' ')}”.",
                     instead=f"Its fields: {known}.")  # fmt: skip
    return read_field(_field(name, _HINTS[name]), raw, _AROUND)


_AROUND: Final = Around(Ledger(), EPOCH, read_zone("UTC"))
