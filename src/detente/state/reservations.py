"""Reservations on an instrument's record: which are made, whose acceptance is awaited, between whom they stand.

Rules. Between two sides a reservation is a proposal to change the text, and needs the other's express acceptance
(ILC Guide to Practice 1.6.1). Where the text says so, it needs every other side's (VCLT 20(2)). Otherwise each
side answers for itself: by accepting (20(4)(a)), or by an objection, which leaves the text in force between the
two unless it says otherwise (20(4)(b)); and the consent that carries a reservation has effect once one other side
that has consented accepts (20(4)(c)). Silence counts as acceptance twelve months after the first time marked
since the reservation was made, or with consent if that comes later (20(5)); never between two sides.
"""

from __future__ import annotations

from typing import Literal

from detente.state.instrument import Instrument, Reservation
from detente.state.ladder import Step

Status = Literal["withdrawn", "earlier edition", "beyond", "unconfirmed", "lapsed", "made"]
_CONSENTED = frozenset((Step.BOUND, Step.IN_FORCE))


def status_of(instrument: Instrument, reservation: Reservation) -> Status:
    """Where a reservation stands. beyond: waits for its author's principal (VCLT 8); unconfirmed: made at a signature
    with approval pending, and to be confirmed before consent (23(2)); lapsed: consent came without that."""
    if reservation.withdrawn is not None:
        return "withdrawn"
    if instrument.edition is None or instrument.edition.leaf != reservation.edition:
        return "earlier edition"
    since, confirmed = _signed_since(instrument, reservation), reservation.confirmed
    waits = since is not None and (confirmed is None or confirmed < since)
    if not waits and (not reservation.beyond or confirmed is not None):
        return "made"
    if instrument.standing(reservation.side).step in _CONSENTED:
        return "lapsed"
    return "unconfirmed" if waits else "beyond"


def _signed_since(instrument: Instrument, reservation: Reservation) -> int | None:
    """The index of the side's signature with approval pending, where the reservation was made at it."""
    found = (
        taken.index
        for taken in instrument.standing(reservation.side).path
        if taken.step is Step.SIGNED and taken.index > reservation.index
    )
    return max(found, default=None)


def needs_every_acceptance(instrument: Instrument) -> bool:
    """VCLT 20(2), where the text says so; ILC Guide 1.6.1 between two sides."""
    return len(instrument.sides) == 2 or instrument.reservation_rule == "accepted_by_all"


def consented_to(instrument: Instrument) -> frozenset[str]:
    """The sides whose consent to be bound stands."""
    return frozenset(s for s in instrument.sides if instrument.standing(s).step in _CONSENTED)


def twelve_months_after(instant: str) -> str:
    """
    >>> twelve_months_after("2027-03-02T09:00:00Z"), twelve_months_after("2028-02-29T09:00:00Z")
    ('2028-03-02T09:00:00Z', '2029-03-01T09:00:00Z')
    """
    following = f"{min(int(instant[:4]) + 1, 9999):04}{instant[4:]}"
    return following.replace("-02-29T", "-03-01T")


def objectors(reservation: Reservation) -> dict[str, bool]:
    """Each objecting side, and whether it opposes entry into force between the two."""
    return {side: opposes for side, _leaf, opposes in reservation.objections}


def accepted_by(instrument: Instrument, reservation: Reservation, now: str) -> frozenset[str]:
    """The sides that have accepted, in words or by twelve months of silence. now: the last time marked."""
    express = frozenset(side for side, _leaf in reservation.accepted)
    notified = reservation.notified
    if notified is None or len(instrument.sides) == 2 or now < twelve_months_after(notified):
        return express
    silent = consented_to(instrument) - {reservation.side, *objectors(reservation)}
    return express | silent


def awaited_acceptances(instrument: Instrument, reservation: Reservation, now: str) -> tuple[str, ...]:
    """The sides whose answer keeps the reservation open, in the instrument's order; none where it is not made."""
    if status_of(instrument, reservation) != "made":
        return ()
    accepted = accepted_by(instrument, reservation, now)
    others = tuple(s for s in instrument.sides if s != reservation.side)
    open_with = tuple(s for s in others if s not in accepted)
    if needs_every_acceptance(instrument):
        return open_with
    silent = tuple(s for s in open_with if s not in objectors(reservation))
    return silent or (() if accepted else others)


def stands_between(instrument: Instrument, first: str, second: str, now: str) -> bool:
    """Whether a reservation of one keeps the text from binding between the two."""
    return any(
        _keeps_apart(instrument, reservation, second if reservation.side == first else first, now)
        for reservation in instrument.reservations.values()
        if reservation.side in (first, second) and status_of(instrument, reservation) == "made"
    )


def _keeps_apart(instrument: Instrument, reservation: Reservation, other: str, now: str) -> bool:
    if needs_every_acceptance(instrument):
        return bool(awaited_acceptances(instrument, reservation, now))
    accepted = accepted_by(instrument, reservation, now)
    if other in accepted:
        return False
    effective = bool(accepted & consented_to(instrument))  # VCLT 20(4)(c)
    return not effective or objectors(reservation).get(other, True)
