"""The acts that are missing, in the order in which they fall due, each with whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from detente.procedure.finality import Answer as Found
from detente.procedure.finality import Missing
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.phases import PHASES, Phase
from detente.state.records import State
from detente.views.building.course import IN_A_SENTENCE, QUESTIONS
from detente.views.building.sight import Sight
from detente.views.overview import MissingAct
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _
from detente.wording.standing import missing_words

_AT_REST: Final[Mapping[Phase, str]] = MappingProxyType({
    Phase.BROKEN_OFF: N_("when the talks are resumed"),
    Phase.CONCLUDED: N_("not possible: the talks are concluded"),
})  # fmt: skip
"""Phase -> what stands beside a missing act that nobody can do in it, as a message."""


def at_rest(state: State, act: str) -> str:
    """Why nobody is awaited for a missing act of this kind now, as a message; "" where it can be done."""
    return "" if state.phase in PHASES.get(act, {}) else _AT_REST.get(state.phase, "")


def is_yours(sight: Sight, whose: str) -> bool:
    """Whether the person looking owes it: a side's acts are its delegates', a person's are their own."""
    person = sight.state.people.get(sight.viewer or "")
    if person is None:
        return False
    if whose in sight.state.convened.sides:
        return person.side == whose and person.role == "delegate"
    return sight.names.mediates(person.id) if whose == "M" else whose == person.id


def whose_words(sight: Sight, whose: str) -> str:
    name = sight.names.whose(whose)
    return _("You, {name}", name=name) if is_yours(sight, whose) else name


def missing_acts(
    sight: Sight, instrument: Instrument, missing: Iterable[Missing], *, after: int = 0, why: str = ""
) -> tuple[MissingAct, ...]:
    """Missing acts with their place in the order; neighbours of one kind share it."""
    found = []
    for place, (_act, group) in enumerate(groupby(missing, lambda m: m.act), after + 1):
        found += [
            MissingAct(
                place=place, mark=sight.whose(m.whose), whose=whose_words(sight, m.whose),
                act=missing_words(m, instrument, sight.names), why=why or _why(sight.state, instrument, m),
                yours=is_yours(sight, m.whose),
            )
            for m in group
        ]  # fmt: skip
    return tuple(found)


def _why(state: State, instrument: Instrument, missing: Missing) -> str:
    """The reason where it is not plain from the act itself; while the talks are at rest, that it has to wait."""
    waits = at_rest(state, missing.act)
    if waits:
        return _(waits)
    taken_back = missing.act == "assent" and instrument.standing(missing.whose).step is Step.WITHDRAWN
    if taken_back:
        return _("its assent is taken back")
    return translated(missing.why).rstrip(".۔").lower() if missing.act == "decide_credentials" else ""


def later_acts(
    sight: Sight, instrument: Instrument, four: tuple[Found, ...], first: int | None, after: int
) -> tuple[MissingAct, ...]:
    if first is None:
        return ()
    found: list[MissingAct] = []
    seen = set(four[first].missing)
    for (key, _label), later in list(zip(QUESTIONS, four, strict=True))[first + 1 :]:
        place = found[-1].place if found else after
        fresh = [m for m in later.missing if m not in seen]
        seen.update(fresh)
        found += missing_acts(sight, instrument, fresh, after=place, why=f"({_(IN_A_SENTENCE[key])})")
    return tuple(found)
