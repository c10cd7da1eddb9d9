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
from detente.views.marks import Prose, prose, worded
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.moments import span_words

_DISCLAIMER: Final = N_(
    "The record shows that the required acts were done, not that a court would hold them valid."
)


def spoken_words(sight: Sight, instrument: Instrument, found: Finality) -> Prose:
    if found.in_force.yes:
        return worded(_DISCLAIMER)
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
    name, act = sight.names.delegation(side), sight.cite(path[-1].index)
    since = time_since(sight, path[-2].index, path[-1].index) if len(path) > 1 else ""
    reason = sight.names.opened(path[-1].leaf).get("reason")
    took = worded("{side} took its step back, {time} after it was taken ({act}).", side=name, time=since, act=act) if (
        since) else worded("{side} took its step back ({act}).", side=name, act=act)  # fmt: skip
    return prose(
        *took, " ", _("Reason given: {reason}", reason=reason) if reason else _("No reason is given.")
    )


def _spoken(sight: Sight, words: tuple[Minute, ...]) -> Prose:
    last = words[-1]
    speaker, act = sight.names.speaker(last.speaker), sight.cite(last.index)
    yes = [m for m in words if m.sense == "oral_assent"]
    if last.sense == "oral_withdrawal" and yes:
        both = worded(
            "A spoken yes by {speaker} ({yes}) and, {time} later, its taking back ({back}) are minuted.",
            speaker=speaker, yes=sight.cite(yes[-1].index), time=_said_since(yes[-1].said_at, last.said_at), back=act,
        )  # fmt: skip
        return prose(*both, " ", _neither(yes[-1], last))
    if last.sense == "oral_assent":
        one = worded("A spoken yes by {speaker} is minuted ({act}).", speaker=speaker, act=act)
    else:
        one = worded(
            "That an assent no longer holds by {speaker} is minuted ({act}).", speaker=speaker, act=act
        )
    return prose(*one, " ", _only(last))


def _said_since(earlier: str, later: str) -> str:
    return span_words(max(0, unix_from_instant(later) - unix_from_instant(earlier)))


def _neither(first: Minute, second: Minute) -> str:
    confirmed = first.confirmed is not None or second.confirmed is not None
    if confirmed:
        return _("Neither is a step.")
    return _("Neither is confirmed by the speaker; neither is a step.")


def _only(minute: Minute) -> str:
    if minute.confirmed is not None:
        return _("The speaker has confirmed the words; a minute takes no step.")
    if minute.contested is not None:
        return _("The speaker contests the words; a minute takes no step.")
    return _("The speaker has not confirmed the words, and a minute takes no step.")
