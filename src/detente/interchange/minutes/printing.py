"""Printing: acts as minutes. What was opened for the reader is printed; sealed fields are left out.

The envelope's chain, `seen` and digests are not minutes: they are in the record beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, tzinfo
from typing import Any, Final, Protocol

import msgspec

from detente.acts.act import Act, Kind
from detente.interchange.minutes.fields import INDENT, write_field
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.layout import wrapped
from detente.interchange.minutes.phrases import slots_of, write_phrase
from detente.interchange.minutes.references import References
from detente.interchange.minutes.schema import fields_of
from detente.interchange.minutes.times import day_of, write_line_time

DAGGER: Final = "†"
ILLUSTRATIVE: Final = "illustrative time"


class Printable(Protocol):
    """What is printed; `procedure.disclosure.VisibleAct` is one."""

    @property
    def act(self) -> Act[Any]: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def opened(self) -> Mapping[str, Any]:
        """The hidden fields that the reader may read, as plain JSON values or typed ones."""
        ...

    @property
    def chamber(self) -> str: ...


def usual_audience(chamber: str) -> tuple[str, ...]:
    """Who reads the hidden fields of an act where its author names nobody: the log's own audience."""
    if not chamber:
        return ("all",)
    mediates, side = chamber.startswith("mediators"), chamber.rpartition("-")[2]
    return tuple(name for name in (side if "-" in chamber else "", "M" if mediates else "") if name)


def split_remark(remark: str | None) -> tuple[bool, str | None]:
    """(whether the time is illustrative, the rest of the remark)."""
    if remark == ILLUSTRATIVE:
        return True, None
    if remark is not None and remark.startswith(f"{ILLUSTRATIVE}. "):
        return True, remark.removeprefix(f"{ILLUSTRATIVE}. ") or None
    return False, remark


def join_remark(illustrative: bool, remark: str | None) -> str | None:
    if not illustrative:
        return remark
    return f"{ILLUSTRATIVE}. {remark}" if remark else ILLUSTRATIVE


def print_act(shown: Printable, references: References, day: date, zone: tzinfo = UTC) -> tuple[str, ...]:
    """The lines of one act, the first at the margin. day: the date under which it stands, in `zone`."""
    clear, kind = shown.act.clear, shown.kind
    fields = fields_of(kind.name)
    hidden = msgspec.convert(msgspec.to_builtins(dict(shown.opened)), kind.hidden)
    values = {name: getattr(hidden if field.hidden else clear, name) for name, field in fields.items()}
    illustrative, values["remark"] = split_remark(values["remark"])
    around = Around(references, day, zone, values)
    place = f"in {shown.chamber}: " if shown.chamber else ""
    time = write_line_time(clear.iat, day, zone) + (DAGGER if illustrative else "")
    slots = slots_of(kind.phrase)
    lines = [f"{place}{time} {write_phrase(kind.name, kind.phrase, shown.act.author, values, around)}"]
    for name, field in fields.items():
        if name not in slots and values[name] != field.default:
            lines += write_field(field, values[name], around)
    if clear.aud != usual_audience(shown.chamber):
        lines += wrapped("readers", ", ".join(clear.aud) or "none", INDENT)
    return tuple(lines)


def print_minutes(acts: Iterable[Printable], references: References, zone: tzinfo = UTC) -> str:
    """Acts one after another, each day under its date. The zone's name stands in the convening act."""
    lines: list[str] = []
    last: date | None = None
    for shown in acts:
        day = day_of(shown.act.clear.iat, zone)
        if day != last:
            lines += ["", day.isoformat()] if lines else [day.isoformat()]
            last = day
        lines += print_act(shown, references, day, zone)
    return "\n".join(lines) + "\n"
