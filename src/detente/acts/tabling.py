"""Tabling: table a text, circulate an edition, receive it, circulate a non-paper.

Rules: a tabled text has an origin (side, mediator, joint) and implies nobody's assent. Receipt is an act of
the person who received; without one a page says "no receipt by X in this record". A non-paper is circulated
by a mediator and signed by the mediator only: nothing in the record can name the side it may have come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec.structs import replace

from detente.acts.act import ANYONE, MEDIATION, TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.subjects import (
    changed,
    edition_of,
    missing_edition,
    missing_instrument,
    missing_person,
    with_instrument,
)  # fmt: skip
from detente.codec.identifier import Leaf, PersonId, SubjectId
from detente.codec.refusal import Refusal
from detente.state.instrument import Edition
from detente.state.records import Person, State, in_order


class TableText(Clear, frozen=True, kw_only=True, tag="table_text"):
    instrument: SubjectId
    origin: Literal["side", "mediator", "joint"]


class TabledText(Hidden, frozen=True, kw_only=True):
    title: str | None = None
    text: str | None = None


class Circulate(Clear, frozen=True, kw_only=True, tag="circulate"):
    instrument: SubjectId
    edition: Leaf
    to: tuple[PersonId, ...]


class Receive(Clear, frozen=True, kw_only=True, tag="receive"):
    instrument: SubjectId
    edition: Leaf


class CirculateNonPaper(Clear, frozen=True, kw_only=True, tag="circulate_non_paper"):
    to: tuple[PersonId, ...]


class NonPaper(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def examine_table(state: State, act: Act[TableText]) -> tuple[Refusal, ...]:
    sided = state.people[act.author].side is not None
    return refusals(
        missing_instrument(state, act.clear.instrument),
        Refusal("tabling.origin", "A side's text comes from a side, a mediator's from a mediator.",
                instead="Name the origin: side, mediator or joint.")
        if (act.clear.origin == "side") is not sided and act.clear.origin != "joint"
        else None,
    )  # fmt: skip


def evolve_table(state: State, act: Act[TableText]) -> State:
    tabled = state.instruments[act.clear.instrument].tabled
    return changed(state, act.clear.instrument, tabled=(*tabled, (act.leaf, act.author)))


def _examine_recipients(state: State, people: tuple[str, ...]) -> tuple[Refusal, ...]:
    return refusals(
        *(missing_person(state, person) for person in people),
        Refusal("tabling.nobody", "The text is circulated to nobody.", instead="Name one recipient or more.")
        if not people
        else None,
    )


def examine_circulate(state: State, act: Act[Circulate]) -> tuple[Refusal, ...]:
    clear = act.clear
    return (
        *refusals(
            missing_instrument(state, clear.instrument),
            missing_edition(state, clear.instrument, clear.edition),
        ),
        *_examine_recipients(state, clear.to),
    )


def _with_edition(state: State, instrument_id: str, edition: Edition) -> State:
    instrument = state.instruments[instrument_id]
    editions = tuple(edition if e.leaf == edition.leaf else e for e in instrument.editions)
    return with_instrument(state, replace(instrument, editions=editions))


def _edition(state: State, act: Act[Any]) -> Edition:
    found = edition_of(state, act.clear.instrument, act.clear.edition)
    assert found is not None
    return found


def evolve_circulate(state: State, act: Act[Circulate]) -> State:
    edition = _edition(state, act)
    circulated = (*edition.circulated, (act.leaf, act.clear.to))
    return _with_edition(state, act.clear.instrument, replace(edition, circulated=circulated))


def examine_receive(state: State, act: Act[Receive]) -> tuple[Refusal, ...]:
    clear = act.clear
    edition = edition_of(state, clear.instrument, clear.edition)
    return refusals(
        missing_instrument(state, clear.instrument),
        missing_edition(state, clear.instrument, clear.edition),
        Refusal(
            "tabling.received",
            "You have given a receipt for this edition already.",
            instead="Nothing more is needed: the receipt stands.",
        )
        if edition is not None and any(person == act.author for person, _leaf in edition.received)
        else None,
    )


def evolve_receive(state: State, act: Act[Receive]) -> State:
    edition = _edition(state, act)
    received = (*edition.received, (act.author, act.leaf))
    return _with_edition(state, act.clear.instrument, replace(edition, received=received))


def examine_non_paper(state: State, act: Act[CirculateNonPaper]) -> tuple[Refusal, ...]:
    return _examine_recipients(state, act.clear.to)


def evolve_non_paper(state: State, _act: Act[CirculateNonPaper]) -> State:
    return state  # off the record in substance: it stands in the log and moves nothing


def offers_receive(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        edition = instrument.edition
        if edition is None or any(who == person.id for who, _leaf in edition.received):
            continue
        if any(person.id in to for _leaf, to in edition.circulated):
            yield Offer("receive", instrument.id, {"instrument": instrument.id, "edition": edition.leaf})


def offers_circulate(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in MEDIATION:
        return
    delegates = tuple(
        p.id for p in in_order(state.people.values()) if p.role == "delegate" and p.left is None
    )
    for instrument in state.texts():
        edition = instrument.edition
        if edition is not None and delegates and not edition.circulated:
            fields = {"instrument": instrument.id, "edition": edition.leaf, "to": delegates}
            yield Offer("circulate", instrument.id, fields)


KINDS = (
    Kind(TableText, TabledText, TABLE, examine_table, evolve_table, "{author} tables a text for {instrument}",
         "Your text is on the table; it is nobody's assent."),
    Kind(Circulate, Hidden, MEDIATION, examine_circulate, evolve_circulate,
         "{author} circulates {instrument}, edition {edition}, to {to}",
         "The recipients are asked for a receipt.", offers=offers_circulate),
    Kind(Receive, Hidden, ANYONE, examine_receive, evolve_receive,
         "{author} receives {instrument}, edition {edition}",
         "You say that you have this text, not what you think of it.", offers=offers_receive),
    Kind(CirculateNonPaper, NonPaper, MEDIATION, examine_non_paper, evolve_non_paper,
         "{author} circulates a non-paper to {to}",
         "You alone sign; the record does not say where the text came from."),
)  # fmt: skip
