"""The four answers for a terminal and for programs (`detente status`).

    {"process": "...", "size": 48, "instruments": [{"id": "understanding", "title": "...", "edition": 3,
      "adopted": true, "authentic": true, "binding": false, "in_force": false, "ladder": {"A": "R", "B": "R"},
      "missing": [{"whose": "PB", "act": "confirm_signature", "why": "..."}]}]}

whose: a side's letter, “M” for the mediators, or a person's id; act: a kind of act; edition: null before the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from detente.procedure.disclosure import VisibleLog, VisibleRecord
from detente.procedure.finality import Finality, Missing, finality
from detente.state.instrument import Instrument
from detente.views.addresses import process_id
from detente.wording.moments import full_moment
from detente.wording.names import Names
from detente.wording.standing import NO_INSTRUMENT, answer_sentence, missing_words, standing_words

DISCLAIMER: Final = (
    "The record shows that the required acts were done, not that a court would hold them valid."
)


class InstrumentStatus(Struct, frozen=True):
    """One instrument: the answer as a sentence, the four answers, the ladder, and what is missing in order."""

    instrument: Instrument
    title: str
    sentence: str
    found: Finality
    missing: tuple[str, ...]


class StatusReport(Struct, frozen=True):
    """process: the 26 characters of the origin; size: acts looked at, of `of`; when: the last one's time."""

    process: str
    title: str
    size: int
    of: int
    when: str
    instruments: tuple[InstrumentStatus, ...]


def status(record: VisibleRecord) -> StatusReport:
    """Where a record stands, at the moment that it is shown."""
    names, state = Names(record), record.visible.state
    last = record.act(record.as_of - 1)
    return StatusReport(
        process=process_id(state.convened.origin),
        title=f"{names.title}: {names.subtitle}" if names.subtitle else names.title,
        size=record.as_of,
        of=record.size,
        when=full_moment(last.act.clear.iat, names.zone) if last else "",
        instruments=tuple(_instrument(names, i) for i in names.instruments),
    )


def _instrument(names: Names, instrument: Instrument) -> InstrumentStatus:
    found = finality(names.state, instrument.id)
    return InstrumentStatus(
        instrument=instrument,
        title=names.instrument_title(instrument.id),
        sentence=answer_sentence(instrument, found, names),
        found=found,
        missing=tuple(_missing(names, instrument, m) for m in found.missing),
    )


def _missing(names: Names, instrument: Instrument, missing: Missing) -> str:
    why = f" ({missing.why.rstrip('.').lower()})" if missing.act == "decide_credentials" else ""
    return f"{names.whose(missing.whose)}: {missing_words(missing, instrument, names)}{why}"


def status_json(record: VisibleRecord) -> dict[str, Any]:
    report = status(record)
    return {
        "process": report.process,
        "size": report.size,
        "instruments": [_as_json(i) for i in report.instruments],
    }


def _as_json(shown: InstrumentStatus) -> dict[str, Any]:
    found = shown.found
    return {
        "id": shown.instrument.id,
        "title": shown.title,
        "edition": found.edition,
        "adopted": found.adopted.yes,
        "authentic": found.authentic.yes,
        "binding": found.binding.yes,
        "in_force": found.in_force.yes,
        "ladder": {side: step.value for side, step in found.ladder.items()},
        "missing": [{"whose": m.whose, "act": m.act, "why": m.why} for m in found.missing],
    }


def status_text(record: VisibleRecord) -> str:
    """The same in lines, without a line end after the last."""
    return "\n".join(_lines(status(record), Names(record)))


def cosigned_text(log: VisibleLog) -> str:
    """How far the process's own policy is met, and by whom not yet, in a line.

    >>> log = VisibleLog("detente/x", 9, b"", b"", b"", (("harbour", 9, 1), ("mill", 7, 1), ("lighthouse", 0, 0)), 2)
    >>> cosigned_text(log)
    'Cosigned: up to the last act by 1 of 3; the process asks for 2. Not yet: mill (2 acts behind), lighthouse (nothing).'
    """
    if not log.cosigners:
        return "Cosigned: by nobody; the convening act names no cosigner."
    count, behind = len(log.cosigners), [c for c in log.cosigners if c[1] < log.size]
    named = ", ".join(
        f"{name} ({_behind(log.size - size) if size else 'nothing'})" for name, size, _time in behind
    )
    said = f"Cosigned: up to the last act by {count - len(behind)} of {count}; the process asks for {log.quorum}."
    return f"{said} Not yet: {named}." if behind else said


def _behind(acts: int) -> str:
    return "1 act behind" if acts == 1 else f"{acts} acts behind"


def _lines(report: StatusReport, names: Names) -> Iterator[str]:
    yield report.title
    at = f"act {report.size} of {report.of}" if report.size < report.of else f"{report.size} acts"
    yield f"{report.process}, {at}, {report.when}"
    if not report.instruments:
        yield ""
        yield f"Is it final? {NO_INSTRUMENT}"
    for shown in report.instruments:
        yield ""
        yield from _instrument_lines(shown, names)
    yield ""
    yield DISCLAIMER


def _instrument_lines(shown: InstrumentStatus, names: Names) -> Iterator[str]:
    edition = f", edition {shown.found.edition}" if shown.found.edition else ""
    yield f"{shown.title}{edition}"
    yield f"Is it final? {shown.sentence}"
    found = shown.found
    four = (
        ("adopted", found.adopted),
        ("authentic", found.authentic),
        ("binding", found.binding),
        ("in force", found.in_force),
    )
    yield "  " + "   ".join(f"{label}: {'yes' if a.yes else 'no'}" for label, a in four)
    for side, step in found.ladder.items():
        yield f"  {side}  {step.value}  {names.side(side)}: {standing_words(step)}"
    if shown.missing:
        yield "  Missing, in order:"
        yield from (f"    {place}. {words}" for place, words in enumerate(shown.missing, 1))
