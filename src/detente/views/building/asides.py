"""Words under the step that they did not take: oral words, steps taken back, set back, beyond a mandate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.state.instrument import Instrument, StepTaken
from detente.state.ladder import Step
from detente.state.records import Minute, Unauthorised
from detente.views.building.sight import Sight, in_words
from detente.views.finality_figure import Aside, QuestionKey
from detente.views.marks import Prose, prose, worded
from detente.wording.counting import capitalised
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _
from detente.wording.moments import span_words
from detente.wording.standing import standing_words

_ORAL: Final = {"oral_assent": N_("Oral yes,"), "oral_withdrawal": N_("Oral: no longer assents,")}
_UNDER: Final[dict[Step, QuestionKey]] = {
    Step.ASSENTED: "adopted", Step.INITIALLED: "authentic", Step.SIGNED_AD_REFERENDUM: "binding",
    Step.SIGNED: "binding", Step.BOUND: "binding",
}  # fmt: skip
_BEYOND: Final[dict[str, QuestionKey]] = {"assent": "adopted", "initial": "authentic"}
_AFTER: Final = {
    Step.ASSENTED: N_("{act}, {time} after it assented"), Step.INITIALLED: N_("{act}, {time} after it initialled"),
    Step.SIGNED_AD_REFERENDUM: N_("{act}, {time} after it signed ad referendum"),
}  # fmt: skip
"""By the step taken back; a signature without referendum cannot be."""
_SIMPLY_AFTER: Final = N_("{act}, {time} after its step")
SHOWN: Final = 4
"""How many of one side's words stand under one question; the timeline has them all."""


def asides(sight: Sight, instrument: Instrument, side: str) -> dict[QuestionKey, tuple[Aside, ...]]:
    """What stands under each question for one side, in the order in which it was done."""
    found: dict[QuestionKey, list[tuple[int, Aside]]] = {}
    for question, index, aside in _every(sight, instrument, side):
        found.setdefault(question, []).append((index, aside))
    return {
        question: tuple(aside for _index, aside in sorted(placed, key=lambda p: p[0])[-SHOWN:])
        for question, placed in found.items()
    }


def _every(sight: Sight, instrument: Instrument, side: str) -> Iterator[tuple[QuestionKey, int, Aside]]:
    for minute in oral_words(sight, instrument, side):
        yield "adopted", minute.index, _oral(sight, minute)
    yield from _taken_back(sight, instrument, side)
    for pending in sight.state.unauthorised.values():
        if pending.instrument == instrument.id and pending.side == side and pending.confirmed is None:
            taken = _UNDER.get(instrument.standing(side).step, "binding")
            under = taken if pending.move == "take_back" else _BEYOND.get(pending.move, "binding")
            yield under, pending.index, _beyond(sight, pending)


def oral_words(sight: Sight, instrument: Instrument, side: str) -> tuple[Minute, ...]:
    """Minuted words of one side for or against the last edition, in order."""
    people = sight.state.people
    minutes = (sight.state.minutes[leaf] for leaf in instrument.spoken)
    return tuple(m for m in minutes if (p := people.get(m.speaker)) is not None and p.side == side)


def confirmed_words(minute: Minute) -> str:
    """How far minuted words are the speaker's own; they take no step either way."""
    if minute.contested is not None:
        return _("Contested by its speaker")
    return _("Confirmed by its speaker") if minute.confirmed is not None else _("Unconfirmed")


def said_at(sight: Sight, minute: Minute) -> str:
    return in_words(sight.instant(minute.said_at, illustrative=sight.is_illustrative(minute.leaf)))


def _oral(sight: Sight, minute: Minute) -> Aside:
    text = worded(
        "{act}, {time}. {confirmation}: no step",
        act=sight.cite(minute.index), time=said_at(sight, minute), confirmation=confirmed_words(minute),
    )  # fmt: skip
    return Aside(head=_(_ORAL[minute.sense]), text=text)


def _taken_back(sight: Sight, instrument: Instrument, side: str) -> Iterator[tuple[QuestionKey, int, Aside]]:
    """Steps taken back, and steps on an edition that another has replaced."""
    edition, before = instrument.edition, None
    for taken in instrument.standing(side).path:
        if taken.step is Step.WITHDRAWN and before is not None:
            yield _UNDER.get(before.step, "binding"), taken.index, _back(sight, taken, before)
        elif taken.step in _UNDER and edition is not None and taken.edition != edition.leaf:
            yield _UNDER[taken.step], taken.index, _set_back(sight, taken)
        before = taken


def _back(sight: Sight, taken: StepTaken, before: StepTaken) -> Aside:
    reason = sight.names.opened(taken.leaf).get("reason")
    when = _back_after(sight, taken, before)
    text = worded("{act}. Reason given: {reason}", act=when, reason=reason) if reason else (
        worded("{act}. No reason given", act=when))  # fmt: skip
    return Aside(head=_("Taken back,"), text=text, signed=True)


def _back_after(sight: Sight, taken: StepTaken, before: StepTaken) -> Prose:
    """The act, and how long after the step it came."""
    act, since = sight.cite(taken.index), time_since(sight, before.index, taken.index)
    return worded(_AFTER.get(before.step, _SIMPLY_AFTER), act=act, time=since) if since else prose(act)


def time_since(sight: Sight, earlier: int, later: int) -> str:
    """The time between two acts, by what their authors state; empty if either cannot be read."""
    first, last = sight.names.act_at(earlier), sight.names.act_at(later)
    if first is None or last is None:
        return ""
    return span_words(max(0, last.act.clear.iat - first.act.clear.iat))


def _set_back(sight: Sight, taken: StepTaken) -> Aside:
    on = sight.names.edition(taken.edition)
    head = _("{step},", step=capitalised(standing_words(taken.step)))
    text = worded("on {edition}, {act}; a later edition stands", edition=on, act=sight.cite(taken.index))
    return Aside(head=head, text=text, signed=True)


def _beyond(sight: Sight, pending: Unauthorised) -> Aside:
    text = worded(
        "{act}: {why}. Without effect unless the principal confirms it",
        act=sight.cite(pending.index), why=translated(pending.why),
    )  # fmt: skip
    return Aside(head=_("Beyond the mandate,"), text=text, signed=True)
