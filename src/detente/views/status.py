"""What the overview says at a glance, for a terminal and for programs (`detente status`).

    {"process": "...", "size": 48, "instruments": [{"id": "understanding", "title": "...", "edition": 3,
      "adopted": true, "authentic": true, "binding": false, "in_force": false, "ladder": {"A": "R", "B": "R"},
      "missing": [{"whose": "PB", "act": "confirm_signature", "why": "..."}]}],
     "phase": "between sessions", "stands": "Session 1 closed ...", "notice": "Demonstration. ...",
     "turn": {"words": ["Next: ...", "..."],
       "owed": [{"whose": "A", "act": "answer_bridge", "subject": "art_5__para_1", "by": "...", "silence": "..."}]},
     "beside": [{"instrument": "understanding", "words": ["..."], "brackets": ["..."]}], "breaches": ["..."]}

whose: a side's letter, “M” for the mediators, or a person's id; act: a kind of act; edition: null before the first; by:
an instant, or null; beside: of each instrument, what stands beside its ladder and is no step (spoken words, steps taken
back or beyond a mandate, silence that runs, flags), and its open brackets. Words are those of the overview, in the
reader's language, by the code that makes that page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from detente.procedure.disclosure import VisibleLog, VisibleRecord
from detente.procedure.finality import Finality, Missing, finality
from detente.procedure.turn import Turn as Owing
from detente.state.instrument import Instrument
from detente.views.addresses import process_id
from detente.views.brackets import OpenBracket
from detente.views.building.answer import answer
from detente.views.building.answering import address_to_answer
from detente.views.building.around import drawn_around
from detente.views.building.asides import asides
from detente.views.building.notices import notices_running
from detente.views.building.open_brackets import brackets
from detente.views.building.powers import ladder_side
from detente.views.building.sight import Bystander, Sight
from detente.views.building.turn import all_owing, turn
from detente.views.finality_figure import Aside
from detente.views.marks import Prose
from detente.views.overview import Turn
from detente.views.shell import Notice
from detente.wording.language import translated
from detente.wording.moments import full_moment
from detente.wording.names import Names
from detente.wording.standing import NO_INSTRUMENT, answer_sentence, missing_words, standing_words

DISCLAIMER: Final = (
    "The record shows that the required acts were done, not that a court would hold them valid."
)


WIDTH: Final = 80
"""Columns that every terminal has."""
MOST_BRACKETS: Final = 6
"""Open brackets told one by one; the text has them all."""


class InstrumentStatus(Struct, frozen=True):
    """One instrument: the answer as a sentence, the four answers, the ladder, and what is missing in order.

    said: spoken words, what was taken back, and silence, in sentences; beside: by side, what stands beside its step;
    open: how many brackets, or ""; brackets: the first of them, a line each.
    """

    instrument: Instrument
    title: str
    sentence: str
    found: Finality
    missing: tuple[str, ...]
    said: tuple[str, ...]
    beside: dict[str, tuple[str, ...]]
    open: str
    brackets: tuple[str, ...]


class StatusReport(Struct, frozen=True):
    """process: the 26 characters of the origin; size: acts looked at, of `of`; when: the last one's time; stands: the
    phase or session; turn: lines, whose and by when; owed: the same for programs; foot: how times are meant."""

    process: str
    title: str
    size: int
    of: int
    when: str
    notice: str
    phase: str
    stands: str
    turn: tuple[str, ...]
    owed: tuple[Owing, ...]
    breaches: tuple[str, ...]
    instruments: tuple[InstrumentStatus, ...]
    foot: tuple[str, ...]


def status(record: VisibleRecord, *, bystander: bool = False) -> StatusReport:
    """Where a record stands, at the moment that it is shown. bystander: whoever looks is nobody in it, though they read
    it as somebody: the host's operator."""
    sight = Bystander(record, ()) if bystander else Sight(record, ())
    names, state = sight.names, sight.state
    last = record.act(record.as_of - 1)
    instruments = tuple(_instrument(sight, i) for i in names.instruments)
    first = names.instruments[0] if names.instruments else None
    owes = turn(sight, first, instruments[0].found if instruments else None, "", address_to_answer)
    shell = drawn_around(sight, "")  # after the rest: its foot explains the daggers
    around = shell.process
    unknown = (shell.footer.derived,) if state.unknown_from is not None else ()
    return StatusReport(
        process=process_id(state.convened.origin),
        title=f"{names.title}: {names.subtitle}" if names.subtitle else names.title,
        size=record.as_of,
        of=record.size,
        when=full_moment(last.act.clear.iat, names.zone) if last else "",
        notice=_notice_words(around.notice) if around and around.notice else "",
        phase=state.phase.value,
        stands=in_plain(around.phase) if around else "",
        turn=tuple(_turn_lines(sight, owes)),
        owed=tuple(all_owing(sight)),
        breaches=tuple(in_plain(notice) for notice in notices_running(sight)),
        instruments=instruments,
        foot=tuple(line for line in (*unknown, shell.footer.zone, shell.footer.illustrative) if line),
    )


def in_plain(words: Prose) -> str:
    """Words where no link can be followed.

    >>> from detente.views.marks import linked, prose
    >>> in_plain(prose("Asked by the Secretariat, ", linked("#23", "acts/23"), "."))
    'Asked by the Secretariat, #23.'
    """
    return "".join(run.text for run in words)


def _notice_words(notice: Notice) -> str:
    return f"{notice.label} {notice.text}"


def _turn_lines(sight: Sight, owes: Turn) -> Iterator[str]:
    """Whose turn it is and what for, then by when, and what silence would mean."""
    if owes.yours:
        yield f"{owes.label}: {owes.heading}"
    elif not owes.owed:
        yield f"{owes.label}. {owes.heading}."
    else:  # that it is not their turn is said to somebody who could have one
        yield owes.heading if sight.viewer is None and sight.now_shown else f"{owes.label}. {owes.heading}"
    yield from (f"  {owed.who}: {owed.what}" for owed in owes.owed)
    if owes.deadline is not None:
        left = f" {owes.deadline.left}." if owes.deadline.left else ""
        yield f"  By {owes.deadline.local.shown} ({owes.deadline.utc}).{left}"
    silence = " ".join(part for part in (owes.no_deadline, owes.silence, owes.silence_note) if part)
    yield from (f"  {words}" for words in (silence, in_plain(owes.how), in_plain(owes.note)) if words)


def _instrument(sight: Sight, instrument: Instrument) -> InstrumentStatus:
    names, found = sight.names, finality(sight.state, instrument.id)
    answered, bracketed = answer(sight, instrument, found), brackets(sight, instrument)
    # Of a text in force the page says there what stands under all of this: what the record does not show.
    said = (in_plain(answered.besides) if not found.in_force.yes else "", in_plain(answered.silence))
    return InstrumentStatus(
        instrument=instrument,
        title=names.instrument_title(instrument.id),
        sentence=answer_sentence(instrument, found, names),
        found=found,
        missing=tuple(_missing(names, instrument, m) for m in found.missing),
        said=tuple(words for words in said if words),
        beside={side: tuple(_beside(sight, instrument, side)) for side in instrument.sides},
        open=bracketed.count if bracketed.open else "",
        brackets=tuple(_bracket_lines(bracketed.open)),
    )


def _beside(sight: Sight, instrument: Instrument, side: str) -> Iterator[str]:
    """Flags; then words and acts that are no step of the side, question by question."""
    yield from (f"{flag}." for flag in ladder_side(sight, instrument, side).flags)
    for under in asides(sight, instrument, side).values():
        yield from map(_aside_words, under)


def _aside_words(aside: Aside) -> str:
    return f"{aside.head} {in_plain(aside.text)}."


def _bracket_lines(found: Sequence[OpenBracket]) -> Iterator[str]:
    for bracket in found[:MOST_BRACKETS]:
        since = in_plain(bracket.since)
        yield f"{bracket.heading}, {since}" if since else bracket.heading
        # Of an alternative without prejudice: a bridge, with its time.
        yield from (f"  {a.number}: {a.note}" for a in bracket.alternatives if a.note)
    if len(found) > MOST_BRACKETS:
        yield f"and {len(found) - MOST_BRACKETS} more"


def _missing(names: Names, instrument: Instrument, missing: Missing) -> str:
    why = f" ({missing.why.rstrip('.').lower()})" if missing.act == "decide_credentials" else ""
    return f"{names.whose(missing.whose)}: {missing_words(missing, instrument, names)}{why}"


def status_json(record: VisibleRecord, *, bystander: bool = False) -> dict[str, Any]:
    report = status(record, bystander=bystander)
    return {
        "process": report.process,
        "size": report.size,
        "instruments": [_as_json(i) for i in report.instruments],
        "phase": report.phase,
        "stands": report.stands,
        "notice": report.notice,
        "turn": {
            "words": [line.strip() for line in report.turn],
            "owed": [_owed_json(o) for o in report.owed],
        },
        "beside": [_beside_json(i) for i in report.instruments],
        "breaches": list(report.breaches),
    }


def _owed_json(owing: Owing) -> dict[str, Any]:
    return {
        "whose": owing.whose, "act": owing.act, "subject": owing.subject, "by": owing.by,
        "silence": translated(owing.silence),
    }  # fmt: skip


def _beside_json(shown: InstrumentStatus) -> dict[str, Any]:
    beside = [f"{side}: {words}" for side, lines in shown.beside.items() for words in lines]
    return {
        "instrument": shown.instrument.id,
        "words": [*shown.said, *beside],
        "brackets": [line.strip() for line in shown.brackets],
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


def status_text(record: VisibleRecord, *, bystander: bool = False) -> str:
    """The same in lines, without a line end after the last."""
    report = status(record, bystander=bystander)
    return "\n".join(_lines(report, Names(record)))


def _wrapped(line: str) -> str:
    """Over several lines where one is not wide enough, the further ones set in.

    >>> print(_wrapped("  Kabul: " + "in words " * 10))
      Kabul: in words in words in words in words in words in words in words in words
        in words in words
    """
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


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
    above = (report.notice, report.stands, *report.turn, *report.breaches)
    yield from (_wrapped(line) for line in above if line)
    if not report.instruments:
        yield ""
        yield f"Is it final? {NO_INSTRUMENT}"
    for shown in report.instruments:
        yield ""
        yield from _instrument_lines(shown, names)
    yield ""
    yield from map(_wrapped, (*report.foot, DISCLAIMER))


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
    beside = [f"    {side}: {words}" for side, lines in shown.beside.items() for words in lines]
    if beside:
        yield "  Beside the ladder:"
        yield from map(_wrapped, beside)
    yield from (_wrapped(f"  {words}") for words in shown.said)
    if shown.open:
        yield f"  Open brackets: {shown.open}"
        yield from (_wrapped(f"    {line}") for line in shown.brackets)
    if shown.missing:
        yield "  Missing, in order:"
        yield from (f"    {place}. {words}" for place, words in enumerate(shown.missing, 1))
