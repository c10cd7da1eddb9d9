"""Looking up what an act names, with the refusal that says what is missing when it is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, Act
from detente.codec.instant import unix_from_instant
from detente.codec.refusal import Refusal, Refused
from detente.provisions.numbering import number_of
from detente.state.instrument import Edition, Instrument
from detente.state.records import Person, State


def side_of(state: State, author: str) -> str | None:
    """The side for which `author` acts; None for mediators, the keeper and strangers."""
    person = state.people.get(author)
    return person.side if person else None


def confirmed_keys(state: State, person: Person) -> tuple[str, ...]:
    """The ids of the person's working keys whose fingerprint is confirmed, the oldest first."""
    found = sorted(
        (key.enrolled, key_id)
        for key_id, key in state.keys.items()
        if key.person == person.id and key.confirmed is not None and key.revoked is None
    )
    return tuple(key_id for _enrolled, key_id in found)


def unconfirmed_principal(state: State, act: Act[Any]) -> Refusal | None:
    """A principal that acts itself is known by its key: what holds for its mandates holds for its own acts."""
    if state.people[act.author].role not in PRINCIPALS or state.keys[act.key].confirmed is not None:
        return None
    return Refusal("key.unconfirmed", "The fingerprint of this principal's key is not confirmed.",
                   instead="Read its words out to the convenor or to another side, who confirms them.")  # fmt: skip


def missing_instrument(state: State, instrument: str) -> Refusal | None:
    if instrument in state.instruments:
        return None
    known = ", ".join(state.instrument_order) or "none yet"
    return Refusal(
        "instrument.unknown",
        f"The record holds no instrument “{instrument}”.",
        instead=f"Instruments in the record: {known}. A mediator can open another.",
    )


def missing_side(state: State, side: str | None) -> Refusal | None:
    if side is not None and side in state.convened.sides:
        return None
    return Refusal(
        "participation.side",
        f"“{side}” is not a side of this process.",
        instead=f"The sides are {', '.join(state.convened.sides)}.",
    )


def missing_person(state: State, person: str) -> Refusal | None:
    found = state.people.get(person)
    if found is not None and found.left is None:
        return None
    return Refusal(
        "participation.person",
        f"“{person}” is not a participant in this process.",
        instead="A mediator can admit the person first.",
    )


def not_a_side_of(state: State, instrument: str, side: str | None) -> Refusal | None:
    """Whether `side` negotiates `instrument` (VCLT 2(1)(e)). Silent where the instrument is unknown."""
    found = state.instruments.get(instrument)
    if found is None or side in found.sides:
        return None
    return Refusal(
        "instrument.side",
        f"{side or 'The author'} is not a negotiating side of “{instrument}”.",
        "VCLT art. 2(1)(e)",
        f"Its sides are {', '.join(found.sides)}.",
    )


def no_such_instant(*instants: str | None) -> Refusal | None:
    """The first of `instants` that no calendar has (30 February), refused; None stands for one left out."""
    for instant in instants:
        try:
            if instant is not None:
                unix_from_instant(instant)
        except Refused as refused:
            return refused.refusals[0]
    return None


def edition_of(state: State, instrument: str, leaf: str) -> Edition | None:
    found = state.instruments.get(instrument)
    return next((e for e in found.editions if e.leaf == leaf), None) if found else None


def missing_edition(state: State, instrument: str, leaf: str) -> Refusal | None:
    if instrument not in state.instruments or edition_of(state, instrument, leaf):
        return None
    return Refusal(
        "edition.unknown",
        f"No edition of “{instrument}” has this leaf.",
        instead="Name one of the editions in the record.",
    )


def absent_from(edition: Edition | None, provisions: Iterable[str]) -> str:
    """The numbers of those that an edition does not hold; "" where it holds them all."""
    held = frozenset(edition.provisions if edition is not None else ())
    return ", ".join(number_of(provision, full=True) for provision in provisions if provision not in held)


def with_instrument(state: State, instrument: Instrument) -> State:
    return replace(state, instruments=state.instruments.set(instrument.id, instrument))


def changed(state: State, instrument: str, **fields: Any) -> State:
    """`state` with some fields of one instrument changed."""
    return with_instrument(state, replace(state.instruments[instrument], **fields))


def own_side(state: State, act: Act[Any]) -> str:
    """The author's side; examination has already refused authors without one."""
    side = side_of(state, act.author)
    assert side is not None
    return side
