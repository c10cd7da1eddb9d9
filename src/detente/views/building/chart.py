"""The record as a line: editions, the stretches for which each answer is yes, and the moments worth a link."""

from __future__ import annotations

from typing import Final

from detente.procedure.finality import finality
from detente.state.instrument import Instrument
from detente.views.building.course import QUESTIONS, Course, answers_of
from detente.views.building.sight import Sight, full_moment
from detente.views.finality_figure import QuestionKey
from detente.views.marks import Choice, Prose, prose, strong
from detente.views.timeline import AnswerBar, EditionTick, RecordChart, Span
from detente.wording.counting import listed
from detente.wording.language import N_
from detente.wording.language import gettext as _

LABELLED: Final = 6
"""Editions that get a label and a link; of more, the newest."""
_MOMENTS: Final[dict[QuestionKey, str]] = {
    "adopted": N_("Adopted"), "authentic": N_("Final text"), "binding": N_("Final commitment"),
    "in_force": N_("In force"),
}  # fmt: skip


def _first(sight: Sight) -> Instrument | None:
    return next(iter(sight.names.instruments), None)


def chart(sight: Sight, courses: tuple[Course, ...]) -> RecordChart | None:
    """The line of the first instrument; none while no instrument is open."""
    instrument = _first(sight)
    if instrument is None:
        return None
    return RecordChart(
        size=sight.record.size,
        at=sight.record.as_of,
        instrument=sight.names.instrument_title(instrument.id),
        editions=_ticks(sight, instrument),
        bars=tuple(_bar(_(label), courses[0].spans(key)) for key, label in QUESTIONS),
    )


def _ticks(sight: Sight, instrument: Instrument) -> tuple[EditionTick, ...]:
    """A label wherever it would not run into the one before."""
    room, last, ticks = max(1, sight.record.size // 16), -sight.record.size, []
    for edition in instrument.editions:
        labelled = edition.index - last >= room
        ticks.append(EditionTick(number=edition.index + 1, label=str(edition.number) if labelled else ""))
        last = edition.index if labelled else last
    return tuple(ticks)


def _bar(label: str, spans: tuple[tuple[int, int], ...]) -> AnswerBar:
    return AnswerBar(
        question=label,
        spans=tuple(Span(start=start + 1, end=end + 1) for start, end in spans),
        words=_("yes {stretches}", stretches=listed(_stretch(start, end) for start, end in spans))
        if spans
        else _("no"),
    )


def _stretch(start: int, end: int) -> str:
    return _("from act {first} to {last}", first=start + 1, last=end + 1)


def summary(sight: Sight) -> Prose:
    """The moment shown, and the four answers at it."""
    last = sight.last_act()
    when = _("{time}.", time=sight.time_words(last, full_moment)) + " " if last else ""
    instrument = _first(sight)
    if instrument is None:
        return prose(when, _("No instrument is open."))
    answers = answers_of(finality(sight.state, instrument.id))
    return prose(when, strong(" ".join(_answered(_(label), answers[key]) for key, label in QUESTIONS)))


def _answered(question: str, yes: bool) -> str:
    return _("{question}: yes.", question=question) if yes else _("{question}: no.", question=question)


def landmarks(sight: Sight, courses: tuple[Course, ...]) -> tuple[Choice, ...]:
    """Moments of the first instrument, in order: editions, the question, each answer reached, now."""
    instrument = _first(sight)
    found: list[tuple[int, str]] = []
    if instrument is not None:
        found += [(e.index, _("Edition {number}", number=e.number)) for e in instrument.editions[-LABELLED:]]
        found += _questions(sight, instrument)
        found += [(t.index, _(_MOMENTS[t.gained[-1]])) for t in courses[0].turnings if t.gained]
        found += [
            (t.index, _("No longer"))
            for t in courses[0].turnings
            if t.lost and not t.by_edition and t.index < sight.state.size
        ]
    at, size = sight.record.as_of, sight.record.size
    place = sight.place.asking(before="")
    moments = tuple(
        Choice(
            text=_("{moment}, #{number}", moment=text, number=index + 1), href=place.as_of(index + 1).address,
            current=at == index + 1 < size,
        )
        for index, text in sorted(found)
        if index + 1 < size
    )  # fmt: skip
    return (
        *moments,
        Choice(text=_("Now, #{number}", number=size), href=place.now.address, current=at == size),
    )


def _questions(sight: Sight, instrument: Instrument) -> list[tuple[int, str]]:
    minutes = sorted(
        m.index
        for m in sight.state.minutes.values()
        if m.sense == "question" and m.instrument == instrument.id
    )
    return [(index, _("Question put")) for index in minutes[-2:]]
