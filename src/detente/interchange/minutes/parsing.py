"""Parsing: a script into statements. All faults come at once, each with its line and what is possible instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, tzinfo
from typing import Final, TypeVar

from detente.codec.refusal import Refusal, Refused, refuse
from detente.interchange.minutes.compound import items
from detente.interchange.minutes.expectations import read_expectation
from detente.interchange.minutes.fields import read_fields_of
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.header import is_header, read_header
from detente.interchange.minutes.layout import Block, RawField, at_line, read_layout
from detente.interchange.minutes.phrases import named_fields, read_phrase
from detente.interchange.minutes.printing import DAGGER
from detente.interchange.minutes.references import LABEL_PATTERN, Ledger
from detente.interchange.minutes.schema import INSTEAD, fields_of
from detente.interchange.minutes.statements import Expect, Header, Script, Scripted
from detente.interchange.minutes.times import EPOCH, LINE_TIME_PATTERN, read_line_time, read_zone

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ACT: Final = re.compile(rf"(?:in ([a-z]+(?:-[A-Z])?): )?({LINE_TIME_PATTERN})({DAGGER}?) (.+)")
_EXTRA: Final = ("readers", "call_it", *INSTEAD)
T = TypeVar("T")


def parse_minutes(script: str, zone: tzinfo | None = None) -> Script:
    """The statements of a script. zone: for a file without a header, else UTC.

    Raises `Refused` with one refusal for each fault, beginning “Line N:”.
    """
    return _Reader(zone or UTC).read(script)


class _Reader:
    """Goes through the blocks in order, keeping the day and every fault."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.day: date | None = None
        self.header: Header | None = None
        self.statements: list[Scripted | Expect] = []
        self.faults: list[tuple[int, Refusal]] = []
        self.labels: set[str] = set()

    def read(self, script: str) -> Script:
        blocks, self.faults[:] = read_layout(script)
        for block in blocks:
            self.block(block)
        if self.faults:
            numbered = sorted(self.faults, key=lambda fault: fault[0])
            raise Refused(*(at_line(line, refusal) for line, refusal in numbered))
        return Script(self.header, tuple(self.statements))

    def tried(self, line: int, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except Refused as refused:
            self.faults += [(line, refusal) for refusal in refused.refusals]
            return None

    def block(self, block: Block) -> None:
        if is_header(block.head):
            self.open(block)
        elif _DATE.fullmatch(block.head):
            self.day = self.tried(block.line, lambda: _read_date(block.head)) or self.day
        elif block.head.startswith("expect "):
            found = self.tried(block.line, lambda: read_expectation(block))
            self.statements += [found] if found else []
        else:
            act = self.tried(block.line, lambda: self.act(block))
            self.statements += [act] if act else []

    def open(self, block: Block) -> None:
        if self.header is not None or self.statements:
            late = Refusal("minutes.header", "The process is named once, before the first act.",
                           instead="Put one process in each file.")  # fmt: skip
            self.faults.append((block.line, late))
            return
        self.header = self.tried(block.line, lambda: read_header(block))
        name = self.header.zone if self.header else ""
        self.zone = (self.tried(block.line, lambda: read_zone(name)) if name else None) or self.zone

    def act(self, block: Block) -> Scripted:
        found = _ACT.fullmatch(block.head)
        if found is None:
            raise refuse("minutes.line", f"“{block.head}” begins with no time.",
                         instead="Write a date, or a time and a sentence: 10:00 M opens the next session.")  # fmt: skip
        if self.day is None and not found[2].startswith("second") and "T" not in found[2]:
            raise refuse(
                "minutes.date", "No date stands above this time.", instead="Write one, like 2025-10-27."
            )
        day = self.day or EPOCH
        matched = read_phrase(found[4])
        given = {slot: RawField(block.line, text) for slot, text in matched.given.items()}
        for name, raw in block.fields.items():
            if name not in _EXTRA:
                self.check_field(matched.kind, name, raw, given)
        instead = {name: raw for name, raw in block.fields.items() if name in INSTEAD}
        for name in instead:
            field, kinds, whose = INSTEAD[name]
            if matched.kind not in kinds:
                raise refuse(
                    "minutes.field", f"Only {whose} takes “{field.words}”.", instead="Leave the field out."
                )
        time = read_line_time(found[2], day, self.zone)
        scripted = Scripted(
            line=block.line, time=time, day=day, zone=self.zone, author=matched.author, kind=matched.kind,
            given=given, instead=instead, chamber=found[1] or "", illustrative=bool(found[3]),
            readers=_readers(block), label=self.label(block),
        )  # fmt: skip
        self.check_values(scripted)
        return scripted

    def check_field(self, kind: str, name: str, raw: RawField, given: dict[str, RawField]) -> None:
        """Keep the field if the kind has it and the sentence does not say it already."""
        words = name.replace("_", " ")
        if name not in fields_of(kind):
            self.faults.append((raw.line, Refusal("minutes.field", f"This act has no field “{words}”.",
                                                  instead=f"Its fields: {', '.join(named_fields(kind))}.")))  # fmt: skip
        elif name in given:
            self.faults.append((raw.line, Refusal("minutes.field", f"The sentence says “{words}” already.",
                                                  instead="Leave the field out.")))  # fmt: skip
        else:
            given[name] = raw

    def label(self, block: Block) -> str:
        """What later lines call the act by."""
        raw = block.fields.get("call_it")
        if raw is None:
            return ""
        if raw.text in self.labels or not re.fullmatch(LABEL_PATTERN, raw.text):
            raise refuse("minutes.label", f"“{raw.text}” cannot be a name for this act, or is another’s.",
                         instead="Use small letters, digits and hyphens, like third-edition, once a file.")  # fmt: skip
        self.labels.add(raw.text)
        return raw.text

    def check_values(self, scripted: Scripted) -> None:
        """The values, as far as they can be read without the record; references are found when it is played."""
        around = Around(Ledger(), scripted.day, scripted.zone)
        _values, faults = read_fields_of(fields_of(scripted.kind), scripted.given, around)
        known = {name: INSTEAD[name][0] for name in scripted.instead}
        faults += read_fields_of(known, scripted.instead, around)[1]
        self.faults += [(line, fault) for line, fault in faults if fault.code != "minutes.reference"]


def _readers(block: Block) -> tuple[str, ...]:
    raw = block.fields.get("readers")
    return tuple(items(raw.text)) if raw else ()


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refuse(
            "minutes.date", f"“{text}” is not a date.", "ISO 8601", "Write it like 2025-10-27."
        ) from error
