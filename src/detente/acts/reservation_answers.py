"""Answers to reservations: accept, object, comment.

Rules (VCLT art. 20, 22-23; ILC Guide to Practice, 2011). Acceptance and objection are the principals'. An acceptance
is not taken back (Guide 2.8.13). An objection leaves the text in force between the two sides unless it opposes that
in so many words (20(4)(b)); it can be narrowed, or given up by accepting (2.7.5, 2.7.9), and not widened. Neither
needs confirming when the reservation is confirmed later (23(3)). A comment is anybody's and has no effect. What
answers do to consent is in `state/reservations.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from detente.acts.act import ANYONE, PRINCIPALS, Act, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.reservations import (
    OnReservation,
    StatedWords,
    gone,
    named,
    own_or_other,
    own_text,
    reservations_of,
    unknown_reservation,
    with_reservation,
)
from detente.acts.subjects import (
    confirmed_keys,
    own_side,
    side_of,
    unconfirmed_principal,
    with_instrument,
)
from detente.codec.refusal import Refusal
from detente.state.instrument import Instrument, Reservation
from detente.state.records import Person, State
from detente.state.reservations import accepted_by, objectors, status_of


class AcceptReservation(OnReservation, frozen=True, kw_only=True, tag="accept_reservation"):
    pass


class ObjectToReservation(OnReservation, frozen=True, kw_only=True, tag="object_to_reservation"):
    """opposes_entry: the text is not to enter into force between the two sides (VCLT 20(4)(b))."""

    opposes_entry: bool = False


class CommentOnReservation(OnReservation, frozen=True, kw_only=True, tag="comment_on_reservation"):
    pass


def _answerable(state: State, act: Act[Any]) -> tuple[Refusal, ...]:
    found = tuple(dict.fromkeys((*own_text(state, act), *unknown_reservation(state, act))))
    reservation = named(state, act)
    if found or reservation is None:
        return found
    instrument = state.instruments[act.clear.instrument]
    accepted = side_of(state, act.author) in accepted_by(instrument, reservation, state.clock.now)
    return refusals(
        own_or_other(state, act, wanted=False),
        gone(state, act),
        Refusal("reservation.accepted",
                "Your side has accepted this reservation, in words or by twelve months of silence.",
                "VCLT art. 20(5); ILC Guide 2.8.13", "A comment is still possible.")
        if accepted
        else None,
    )  # fmt: skip


def examine_accept(state: State, act: Act[AcceptReservation]) -> tuple[Refusal, ...]:
    return (*_answerable(state, act), *refusals(unconfirmed_principal(state, act)))


def evolve_accept(state: State, act: Act[AcceptReservation]) -> State:
    instrument, reservation = state.instruments[act.clear.instrument], named(state, act)
    assert reservation is not None
    side = own_side(state, act)
    kept = tuple(o for o in reservation.objections if o[0] != side)
    accepted = (*reservation.accepted, (side, act.leaf))
    return with_reservation(state, instrument, replace(reservation, accepted=accepted, objections=kept))


_OBJECTED = Refusal("reservation.objected", "Your side's objection stands already; it can only be narrowed.",
                    "ILC Guide 2.7.9", "Accept the reservation, or object without opposing entry into force."
                    )  # fmt: skip


def examine_object(state: State, act: Act[ObjectToReservation]) -> tuple[Refusal, ...]:
    found, reservation = _answerable(state, act), named(state, act)
    before = objectors(reservation).get(side_of(state, act.author) or "") if reservation else None
    narrower = before is True and not act.clear.opposes_entry
    if before is None or narrower:
        return found
    return (*found, _OBJECTED)


def evolve_object(state: State, act: Act[ObjectToReservation]) -> State:
    instrument, reservation = state.instruments[act.clear.instrument], named(state, act)
    assert reservation is not None
    side = own_side(state, act)
    others = tuple(o for o in reservation.objections if o[0] != side)
    objections = (*others, (side, act.leaf, act.clear.opposes_entry))
    return with_reservation(state, instrument, replace(reservation, objections=objections))


def examine_comment(state: State, act: Act[CommentOnReservation]) -> tuple[Refusal, ...]:
    return unknown_reservation(state, act)


def evolve_comment(state: State, act: Act[CommentOnReservation]) -> State:
    instrument, reservation = state.instruments[act.clear.instrument], named(state, act)
    assert reservation is not None
    comments = (*reservation.comments, (act.author, act.leaf))
    return with_reservation(state, instrument, replace(reservation, comments=comments))


def notify_reservations(state: State) -> State:
    """VCLT 20(5), 23(1): the others are taken to have been notified at the first time marked since it was made."""
    for instrument in state.texts():
        for reservation in instrument.reservations.values():
            made = reservation.index if reservation.confirmed is None else reservation.confirmed
            waits = reservation.notified is None and status_of(instrument, reservation) == "made"
            if waits and state.clock.size > made:
                instrument = _notified(instrument, replace(reservation, notified=state.clock.now))
                state = with_instrument(state, instrument)
    return state


def _notified(instrument: Instrument, reservation: Reservation) -> Instrument:
    return replace(instrument, reservations=instrument.reservations.set(reservation.leaf, reservation))


def _unanswered(state: State, person: Person) -> Iterator[tuple[Instrument, Reservation]]:
    for instrument, r in reservations_of(state, person):
        answered = {*accepted_by(instrument, r, state.clock.now), *objectors(r)}
        if r.side != person.side and person.side not in answered and status_of(instrument, r) == "made":
            yield instrument, r


def offers_accept(state: State, person: Person) -> Iterable[Offer]:
    if confirmed_keys(state, person):
        for instrument, r in _unanswered(state, person):
            yield Offer("accept_reservation", r.leaf, {"instrument": instrument.id, "reservation": r.leaf})


def offers_object(state: State, person: Person) -> Iterable[Offer]:
    for instrument, r in _unanswered(state, person):
        yield Offer("object_to_reservation", r.leaf, {"instrument": instrument.id, "reservation": r.leaf})


KINDS = (
    Kind(AcceptReservation, Hidden, PRINCIPALS, examine_accept, evolve_accept,
         "{author} accepts the reservation {reservation} to {instrument}",
         "The text applies between your two sides as the reservation leaves it. An acceptance is not taken back.",
         offers=offers_accept),
    Kind(ObjectToReservation, Reason, PRINCIPALS, examine_object, evolve_object,
         "{author} objects to the reservation {reservation} to {instrument}",
         "The text still enters into force between your two sides, unless you oppose that here.",
         staleness=Staleness.PROTECTIVE, offers=offers_object),
    Kind(CommentOnReservation, StatedWords, ANYONE, examine_comment, evolve_comment,
         "{author} comments on the reservation {reservation} to {instrument}",
         "Your comment stands beside the reservation; it neither accepts nor objects."),
)  # fmt: skip
