"""Whether a text and its annexes are one instrument: asked before a side accepts it (VCLT 2(1)(a), 9, 10, 33).

An annex is a text linked as an integral part. One that is only proposed, or that one side attaches for itself, is no
part of what the others accept. Asked since edition 2 of the procedure: records convened before keep their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal

from msgspec import Struct

from detente.state.answers import (
    ASSENTED,
    is_adopted,
    lacking_languages,
    open_brackets,
    running_silence,
    silent_sides,
    standing_at,
    unconsolidated,
)
from detente.state.instrument import Instrument
from detente.state.records import State

SINCE_EDITION: Final = 2
"""The first edition of the procedure that asks."""
PART: Final = "integral_part_of"
_NOT_AGREED: Final = ("unilateral", "proposed")

Reason = Literal["no_edition", "bracket", "not_consolidated", "lacks", "sides", "languages", "not_agreed"]
BY_TERMS: Final = ("sides", "languages")
"""Where no other edition of the annex helps: its terms were fixed when it was opened."""


class Apart(Struct, frozen=True):
    """Why an annex is not one text with the instrument. what: places, languages or sides, where the reason has some."""

    part: str
    reason: Reason
    what: tuple[str, ...] = ()


def is_asked(state: State) -> bool:
    return state.convened.edition >= SINCE_EDITION


def is_part(part: Instrument, whole: str) -> bool:
    return (PART, whole) in part.links and dict(part.annexed).get(whole) not in _NOT_AGREED


def parts(state: State, instrument: Instrument) -> tuple[Instrument, ...]:
    """Its annexes and theirs, in the order in which they were opened, nearest first."""
    return _reached(instrument, lambda whole: (i for i in state.texts() if is_part(i, whole.id)))


def wholes(state: State, instrument: Instrument) -> tuple[Instrument, ...]:
    """What it is a part of, directly or through another annex."""
    return _reached(instrument, lambda part: (i for i in state.texts() if is_part(part, i.id)))


def _reached(
    start: Instrument, following: Callable[[Instrument], Iterable[Instrument]]
) -> tuple[Instrument, ...]:
    found = {start.id: start}
    todo = [start]
    for one in todo:  # grows while it is read, until nothing new is reached
        new = [i for i in following(one) if i.id not in found]
        found.update((i.id, i) for i in new)
        todo += new
    return tuple(found.values())[1:]


def apart(state: State, instrument: Instrument) -> tuple[Apart, ...]:
    """Every reason why the annexes are not one text with the instrument, annex by annex."""
    if not is_asked(state):
        return ()
    return tuple(found for part in parts(state, instrument) for found in _reasons(state, instrument, part))


def _reasons(state: State, whole: Instrument, part: Instrument) -> Iterable[Apart]:
    if set(part.sides) != set(whole.sides):
        yield Apart(part.id, "sides", part.sides)
    authentic = part.authentic_languages()
    if set(authentic) != set(whole.authentic_languages()):
        yield Apart(part.id, "languages", authentic)
    if part.edition is None:
        yield Apart(part.id, "no_edition")
        return
    if lacking_languages(part):
        yield Apart(part.id, "lacks", lacking_languages(part))
    if open_brackets(part):
        yield Apart(part.id, "bracket", tuple(b.provision for b in open_brackets(part)))
    elif unconsolidated(part):
        yield Apart(part.id, "not_consolidated", tuple(b.provision for b in unconsolidated(part)))
    elif dict(part.annexed).get(whole.id) == "agreed" and not is_adopted(state, part):
        yield Apart(part.id, "not_agreed")


def accepted_by(instrument: Instrument) -> tuple[str, ...]:
    """The sides whose yes to the last edition stands, or could come by silence while a period runs."""
    yes = standing_at(instrument, ASSENTED) | silent_sides(instrument)
    return tuple(s for s in instrument.sides if s in yes or running_silence(instrument) is not None)
