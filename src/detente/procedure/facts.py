"""The facts of a record: what a stranger may ask of its finality, as one sorted map of words.

Each fact has one key (`fact_keys`) and one value, both printable ASCII. A key that is not in the map says that the
record, up to its last act, does not hold the fact. Acts are numbered from 1, as on pages. Nothing hidden is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from detente.procedure.finality import finality
from detente.state.instrument import Instrument, Standing
from detente.state.ladder import Step
from detente.state.records import Mandate, State, in_order

T = TypeVar("T")
Fact = tuple[str, str]


def facts_of(state: State) -> dict[str, str]:
    """Every fact of the record as folded, in the order of their keys. The state must know every act folded."""
    return dict(sorted(_facts(state)))


def _facts(state: State) -> Iterator[Fact]:
    yield "phase", state.phase.value
    if state.clock.index is not None:
        yield "time", f"{state.clock.now} {state.clock.index + 1}"
    if state.rules is not None and state.rules.in_effect is not None:
        yield "rules", str(state.rules.in_effect + 1)
    for irregular in state.irregular:
        yield f"irregular/{irregular.index + 1}", " ".join(irregular.codes)
    yield from _people(state)
    for holder, mandates in _grouped((m.holder, m) for m in in_order(state.mandates.values())):
        yield f"mandates/{holder}", _numbers(m.index for m in mandates)
        for mandate in mandates:
            yield from _mandate(mandate)
    for instrument in state.texts():
        yield from _text(state, instrument)
    yield from _beyond(state)
    yield from _notices(state)


def _people(state: State) -> Iterator[Fact]:
    for person in state.people.values():
        yield f"admitted/{person.id}", f"{person.role} {person.side or '-'} {person.index + 1}"
        if person.left is not None:
            yield f"left/{person.id}", str(person.left + 1)
    for side, head in state.heads.items():
        yield f"head/{side}", head
    for side, leaf in state.contested.items():
        yield f"contested/{side}", leaf
    for key_id, key in state.keys.items():
        yield f"key/{key_id}", f"{key.person} {key.enrolled + 1}"
        if key.confirmed is not None:
            yield f"key-confirmed/{key_id}", str(key.confirmed + 1)
        if key.revoked is not None:
            since = "-" if key.compromised_since is None else str(key.compromised_since + 1)
            yield f"key-revoked/{key_id}", f"{key.revoked + 1} {since}"


def _mandate(mandate: Mandate) -> Iterator[Fact]:
    where = f"{mandate.holder}/{mandate.index + 1}"
    yield f"mandate/{where}", " ".join((
        mandate.principal, ",".join(sorted(mandate.capacities)), ",".join(sorted(mandate.instruments)) or "all",
        mandate.terms, mandate.valid_from or "-", mandate.valid_until or "-",
    ))  # fmt: skip
    if mandate.restrictions:
        yield f"mandate-restricted/{where}", _numbers(r.index for r in mandate.restrictions)
    if mandate.revoked is not None:
        yield f"mandate-revoked/{where}", str(mandate.revoked + 1)


def _text(state: State, instrument: Instrument) -> Iterator[Fact]:
    text, found = instrument.id, finality(state, instrument.id)
    yield f"text/{text}", f"{instrument.index + 1} {','.join(instrument.sides)}"
    if instrument.edition is not None:
        edition = instrument.edition
        yield f"edition/{text}", f"{edition.number} {edition.index + 1} {edition.leaf}"
    for name, answer in (
        ("adopted", found.adopted), ("authentic", found.authentic), ("binding", found.binding),
    ):  # fmt: skip
        if answer.yes:
            yield f"{name}/{text}", _act(answer.since)
    if found.in_force.yes:
        yield f"in-force/{text}", f"{instrument.in_force_since or '-'} {_act(instrument.in_force_index)}"
    for pair in found.bound_pairs:
        yield f"bound/{text}/{'/'.join(sorted(pair))}", "yes"
    for side in instrument.provisional:
        yield f"provisional/{text}/{side}", "yes"
    for side, entries in _grouped(instrument.validity_contested):
        yield f"validity-contested/{text}/{side}", " ".join(entries)
    for side in instrument.ladder:
        yield from _side(f"{text}/{side}", instrument.standing(side))
    reserved = in_order(instrument.reservations.values())
    for side, reservations in _grouped((r.side, r) for r in reserved):
        yield f"reservations/{text}/{side}", _numbers(r.index for r in reservations)
    for reservation in reserved:
        if reservation.withdrawn is not None:
            yield f"reservation-withdrawn/{reservation.index + 1}", str(reservation.withdrawn + 1)


def _side(where: str, standing: Standing) -> Iterator[Fact]:
    if standing.step is not Step.NONE:
        reached = (
            Step.BOUND if standing.step is Step.IN_FORCE else standing.step
        )  # entry into force is no act
        last = max((taken.index for taken in standing.path if taken.step is reached), default=None)
        yield f"step/{where}", f"{standing.step.value} {_act(last)}"
    for step, indices in _grouped((taken.step.value, taken.index) for taken in standing.path):
        yield f"steps/{where}/{step}", _numbers(indices)
    if standing.flags:
        yield f"disputed/{where}", ", ".join(standing.flags)


def _beyond(state: State) -> Iterator[Fact]:
    """What went beyond somebody's powers (VCLT 8), and what corrected a text (79)."""
    beyond = in_order(state.unauthorised.values())
    for where, acts in _grouped((f"{u.instrument}/{u.side}", u.index) for u in beyond):
        yield f"unauthorised/{where}", _numbers(acts)
    for unauthorised in beyond:
        if unauthorised.confirmed is not None:
            yield f"confirmed/{unauthorised.index + 1}", str(unauthorised.confirmed + 1)
    made = [c for c in in_order(state.corrections.values()) if c.made is not None]
    for text, corrections in _grouped((c.instrument, c.made) for c in made):
        yield f"corrections/{text}", _numbers(index for index in corrections if index is not None)


def _notices(state: State) -> Iterator[Fact]:
    """Notices of breach, and what became of each (VCLT 65-68)."""
    notices = in_order(state.notices.values())
    for where, acts in _grouped((f"{n.instrument}/{n.by_side}", n.index) for n in notices):
        yield f"notices/{where}", _numbers(acts)
    for notice in notices:
        if notice.carried_out is not None:
            yield f"notice-carried-out/{notice.index + 1}", str(notice.carried_out + 1)
        if notice.revoked is not None:
            yield f"notice-revoked/{notice.index + 1}", str(notice.revoked + 1)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Iterator[tuple[str, list[T]]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    yield from found.items()


def _numbers(indices: Iterable[int]) -> str:
    return " ".join(str(index + 1) for index in sorted(indices))


def _act(index: int | None) -> str:
    return "-" if index is None else str(index + 1)
