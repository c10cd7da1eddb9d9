"""What a script says, line by line, before anything of it is typed or played."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Literal

from msgspec import Struct, field

from detente.interchange.minutes.layout import RawField


class Header(Struct, frozen=True):
    """`process LABEL: TITLE` and its fields: what the convening act says, and how the file is read.

    zone: IANA name, "" for UTC. cosigners: how many demonstration cosigners; quorum: how many make a mark.
    """

    line: int
    label: str
    title: str
    subtitle: str = ""
    notice: str = ""
    zone: str = ""
    open_to: Literal["members", "public"] = "members"
    sides: tuple[str, ...] = ("A", "B")
    names: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    convenor_title: str = ""
    keeper: str = "K"
    keeper_title: str = ""
    cosigners: int = 2
    quorum: int = 1


class Scripted(Struct, frozen=True):
    """One act as written. time: Unix seconds; given: the phrase's slots and the fields under it, still as text;
    instead: what stands there for fields that nobody writes by hand (`schema.INSTEAD`); chamber: "" for the main log;
    label: what later lines call it."""

    line: int
    time: int
    day: date
    zone: tzinfo
    author: str
    kind: str
    given: Mapping[str, RawField]
    instead: Mapping[str, RawField] = {}
    chamber: str = ""
    illustrative: bool = False
    readers: tuple[str, ...] = ()
    label: str = ""


class Expect(Struct, frozen=True):
    """What must hold after the act above. what: one of `expectations.WHAT`; of: an instrument or label, or "";
    stated: the values, as text."""

    line: int
    what: str
    of: str
    stated: tuple[str, ...]


Statement = Header | Scripted | Expect


class Script(Struct, frozen=True):
    """A whole file. header: None where the file continues a record."""

    header: Header | None
    statements: tuple[Scripted | Expect, ...]
