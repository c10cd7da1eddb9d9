"""Where what is owed is answered: the page on which its act is signed, with what it is about filled in; or the room,
where more than one act would answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from detente.acts.act import Offer
from detente.procedure.turn import Turn
from detente.views.building.room import deed_address
from detente.views.building.sight import Sight

Fields = Mapping[str, str] | None
"""Of an act, by the names of its clear fields; None where they are not to be found."""


def address_to_answer(sight: Sight, owing: Turn) -> str:
    """owing: something that the person looking owes."""
    about = _ABOUT.get(owing.act)
    fields = about(sight, owing) if about is not None else None
    if fields is None:
        return sight.place.page("room").address
    return deed_address(sight, owing.act, Offer(owing.act, owing.subject, dict(fields)))


def _minute(_sight: Sight, owing: Turn) -> Fields:
    return {"minute": owing.subject}


def _bridge(sight: Sight, owing: Turn) -> Fields:
    """The proposal that asks: another text can have one on a provision of the same number."""
    asking = (b.leaf for b in sight.state.bridges.values() if b.index == owing.since)
    return next(({"bridge": leaf} for leaf in asking), None)


def _text(sight: Sight, owing: Turn) -> Fields:
    """The edition that stands follows from the record."""
    return {"instrument": owing.subject} if owing.subject in sight.state.instruments else None


def _exhibit(_sight: Sight, owing: Turn) -> Fields:
    return {"exhibit": owing.subject}


def _demand(_sight: Sight, owing: Turn) -> Fields:
    return {"demand": owing.subject}


def _assurance(_sight: Sight, owing: Turn) -> Fields:
    return {"assurance": owing.subject}


def _commitment(_sight: Sight, owing: Turn) -> Fields:
    return {"commitment": owing.subject}


def _nothing(_sight: Sight, _owing: Turn) -> Fields:
    return {}


_ABOUT: Final[Mapping[str, Callable[[Sight, Turn], Fields]]] = MappingProxyType({
    "confirm_minute": _minute, "answer_bridge": _bridge, "open_bridge": _bridge, "receive": _text,
    "instruct": _nothing, "receive_exhibit": _exhibit, "assure": _demand, "confirm_assurance": _assurance,
    "withdraw_commitment": _commitment, "open_instrument": _nothing,
})  # fmt: skip
"""Kind of act -> what it is about, where that act alone answers what is owed. To contest a minute instead is offered on
the page on which it would be confirmed."""
