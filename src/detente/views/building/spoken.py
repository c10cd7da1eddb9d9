"""The quieter line under the answer: spoken words and what they did not do, steps taken back."""

from __future__ import annotations

from typing import Final

from detente.codec.instant import unix_from_instant
from detente.procedure.finality import Finality
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.records import Minute
from detente.views.building.asides import oral_words, time_since
from detente.views.building.sight import Sight
from detente.views.marks import Prose, prose
from detente.wording.moments import span_words

_DISCLAIMER: Final = (
    "The record shows that the required acts were done, not that a court would hold them valid."
)


def spoken_words(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    if found.in_force.yes:
        return prose(_DISCLAIMER)
    if found.adopted.yes:
        return ()
    taken_back = [side for side in instrument.sides if instrument.standing(side).step is Step.WITHDRAWN]
    if taken_back:
        return _withdrawn(sight, instrument, taken_back[0])
    for side in instrument.sides:
        words = oral_words(sight, instrument, side)
        if words:
            return _spoken(sight, words)
    return ()


def _withdrawn(sight: Sight, instrument: Instrument, side: str) -> Prose:
    path = instrument.standing(side).path
    since = time_since(sight, path[-2].index, path[-1].index) if len(path) > 1 else ""
    after = f", {since} after it was taken" if since else ""
    reason = sight.names.opened(path[-1].leaf).get("reason")
    said = f" Reason given: {reason}" if reason else " No reason is given."
    name = sight.names.delegation(side)
    return prose(f"{name} took its step back", after, " (", sight.cite(path[-1].index), ").", said)


def _spoken(sight: Sight, words: tuple[Minute, ...]) -> Prose:
    last = words[-1]
    speaker = sight.names.speaker(last.speaker)
    yes = [m for m in words if m.sense == "oral_assent"]
    if last.sense == "oral_withdrawal" and yes:
        since = _said_since(yes[-1].said_at, last.said_at)
        return prose(
            f"A spoken yes by {speaker} (", sight.cite(yes[-1].index), f") and, {since} later, ",
            "its taking back (", sight.cite(last.index), ") are minuted. ", _neither(yes[-1], last),
        )  # fmt: skip
    what = "A spoken yes" if last.sense == "oral_assent" else "That an assent no longer holds"
    return prose(f"{what} by {speaker} is minuted (", sight.cite(last.index), "). ", _only(last))


def _said_since(earlier: str, later: str) -> str:
    return span_words(max(0, unix_from_instant(later) - unix_from_instant(earlier)))


def _neither(first: Minute, second: Minute) -> str:
    confirmed = first.confirmed is not None or second.confirmed is not None
    return "Neither is a step." if confirmed else "Neither is confirmed by the speaker; neither is a step."


def _only(minute: Minute) -> str:
    if minute.confirmed is not None:
        return "The speaker has confirmed the words; a minute takes no step."
    if minute.contested is not None:
        return "The speaker contests the words; a minute takes no step."
    return "The speaker has not confirmed the words, and a minute takes no step."
