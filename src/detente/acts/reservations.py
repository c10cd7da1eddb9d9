"""Reservations: make one, confirm it, withdraw it; and an interpretive declaration, apart.

Rules (VCLT art. 2(1)(d), 19-23; ILC Guide to Practice, 2011). A reservation is one side's own statement, beside the
text and never part of it. It is made before the side's consent, on a text without open brackets, unless the text
excludes reservations (19(a)); the record does not judge whether it fits the object of the text (19(c)). Made at a
signature with approval pending, it is confirmed by the principal before consent, or lapses (23(2)). Powers to sign
carry it (Guide 2.1.3); beyond them it waits for the principal (8). It is withdrawn at any time, without anybody's
leave (22(1)). An interpretive declaration says how a side understands the text, at any time (Guide 1.2, 2.4.4); one
on which its author makes consent depend is a reservation (1.4). How others answer: `reservation_answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.mandates import Authority, weigh
from detente.acts.subjects import (
    absent_from,
    changed,
    confirmed_keys,
    edition_of,
    missing_edition,
    missing_instrument,
    not_a_side_of,
    own_side,
    side_of,
    unconfirmed_principal,
    with_instrument,
)  # fmt: skip
from detente.codec.identifier import Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets, unconsolidated
from detente.state.instrument import Edition, Instrument, Reservation
from detente.state.records import Person, State, in_order
from detente.state.reservations import consented_to, status_of


class MakeReservation(Clear, frozen=True, kw_only=True, tag="make_reservation"):
    """provisions: those whose effect it excludes or changes; none where it is about the whole text."""

    instrument: SubjectId
    provisions: tuple[ProvisionId, ...] = ()


class StatedWords(Hidden, frozen=True, kw_only=True):
    """text: the reservation, comment or declaration itself."""

    text: str | None = None


class OnReservation(Clear, frozen=True, kw_only=True):
    instrument: SubjectId
    reservation: Leaf


class ConfirmReservation(OnReservation, frozen=True, kw_only=True, tag="confirm_reservation"):
    pass


class WithdrawReservation(OnReservation, frozen=True, kw_only=True, tag="withdraw_reservation"):
    pass


class DeclareInterpretation(Clear, frozen=True, kw_only=True, tag="declare_interpretation"):
    instrument: SubjectId
    edition: Leaf
    provisions: tuple[ProvisionId, ...] = ()


def own_text(state: State, act: Act[Any]) -> tuple[Refusal, ...]:
    name = act.clear.instrument
    return refusals(missing_instrument(state, name), not_a_side_of(state, name, side_of(state, act.author)))


def _strange(edition: Edition, provisions: tuple[str, ...]) -> Refusal | None:
    unknown = absent_from(edition, provisions)
    if not unknown:
        return None
    return Refusal("reservation.provision", f"Edition {edition.number} holds no such provision: {unknown}.",
                   instead="Name provisions of that edition, or none for the whole text.")  # fmt: skip


def _too_late(instrument: Instrument, side: str | None) -> Refusal | None:
    if side not in consented_to(instrument):
        return None
    return Refusal("reservation.late", f"{side} has consented to this text; a reservation comes before consent.",
                   "VCLT art. 2(1)(d), 19; ILC Guide 2.3",
                   "An interpretive declaration can be made at any time.")  # fmt: skip


def _still_drafted(instrument: Instrument) -> Refusal | None:
    brackets = (*open_brackets(instrument), *unconsolidated(instrument))
    waiting = ", ".join(number_of(b.provision, full=True) for b in brackets)
    if instrument.edition is not None and not waiting:
        return None
    where = f"at {waiting}" if waiting else "and has no edition yet"
    return Refusal("reservation.drafting", f"The text is still being negotiated {where}.", "VCLT art. 2(1)(d)",
                   "While it is, reserve the provision or propose another text of it.")  # fmt: skip


def examine_make(state: State, act: Act[MakeReservation]) -> tuple[Refusal, ...]:
    instrument = state.instruments.get(act.clear.instrument)
    if instrument is None:
        return own_text(state, act)
    return (
        *own_text(state, act),
        *refusals(
            Refusal("reservation.excluded", "This text takes no reservations.", "VCLT art. 19(a)",
                    "An interpretive declaration is possible; so is asking for other words while it is negotiated.")
            if instrument.reservation_rule == "excluded"
            else None,
            _too_late(instrument, side_of(state, act.author)) or _still_drafted(instrument),
            _strange(instrument.edition, act.clear.provisions) if instrument.edition else None,
            unconfirmed_principal(state, act),
        ),
    )  # fmt: skip


def powers_to_reserve(state: State, author: str, instrument: str) -> Authority:
    """A reservation is carried by the powers under which one signs, ad referendum or in full."""
    found = weigh(state, author, "sign", instrument, "definitive")
    ad_referendum = weigh(state, author, "sign_ad_referendum", instrument, "ad_referendum")
    return ad_referendum if not found.authorised and ad_referendum.authorised else found


def evolve_make(state: State, act: Act[MakeReservation]) -> State:
    instrument, why = state.instruments[act.clear.instrument], ""
    assert instrument.edition is not None
    powers = powers_to_reserve(state, act.author, instrument.id)
    why = "" if powers.authorised else powers.why
    made = Reservation(
        act.leaf, state.size, own_side(state, act), act.author, instrument.edition.leaf, act.clear.provisions, why
    )  # fmt: skip
    return with_reservation(state, instrument, made)


def with_reservation(state: State, instrument: Instrument, reservation: Reservation) -> State:
    reservations = instrument.reservations.set(reservation.leaf, reservation)
    return with_instrument(state, replace(instrument, reservations=reservations))


def named(state: State, act: Act[Any]) -> Reservation | None:
    instrument = state.instruments.get(act.clear.instrument)
    return instrument.reservations.get(act.clear.reservation) if instrument else None


def unknown_reservation(state: State, act: Act[Any]) -> tuple[Refusal, ...]:
    return refusals(
        missing_instrument(state, act.clear.instrument),
        Refusal("reservation.unknown", "The record holds no such reservation to this text.",
                instead="Name the act that made it.")
        if act.clear.instrument in state.instruments and named(state, act) is None
        else None,
    )  # fmt: skip


_GONE = {
    "withdrawn": "The reservation is withdrawn.",
    "earlier edition": "The reservation was to an earlier edition, and fell with it.",
    "lapsed": "The reservation lapsed: its side consented without confirming it.",
}


def gone(state: State, act: Act[Any]) -> Refusal | None:
    reservation = named(state, act)
    why = _GONE.get(status_of(state.instruments[act.clear.instrument], reservation)) if reservation else None
    if why is None:
        return None
    return Refusal("reservation.gone", why, "VCLT art. 22-23",
                   "Nothing stands that could be answered; a comment is still possible.")  # fmt: skip


def own_or_other(state: State, act: Act[Any], *, wanted: bool) -> Refusal | None:
    """A side confirms and withdraws its own reservation; it answers others'."""
    reservation = named(state, act)
    if reservation is None or (reservation.side == side_of(state, act.author)) is wanted:
        return None
    instead = (
        "Another side's reservation can be accepted or objected to." if wanted else "It can be withdrawn."
    )
    return Refusal("reservation.own", f"The reservation is {reservation.side}'s.", "VCLT art. 20-23", instead)


def examine_confirm(state: State, act: Act[ConfirmReservation]) -> tuple[Refusal, ...]:
    found = (*own_text(state, act), *unknown_reservation(state, act))
    reservation = named(state, act)
    if found or reservation is None:
        return tuple(dict.fromkeys(found))
    instrument = state.instruments[act.clear.instrument]
    return refusals(
        own_or_other(state, act, wanted=True),
        gone(state, act),
        Refusal("reservation.confirmed", "The reservation needs no confirmation now.", "VCLT art. 23(2)",
                "If it is kept at a signature with approval pending, confirm it between that and consent.")
        if status_of(instrument, reservation) == "made"
        else None,
        unconfirmed_principal(state, act),
    )  # fmt: skip


def evolve_confirm(state: State, act: Act[ConfirmReservation]) -> State:
    instrument, reservation = state.instruments[act.clear.instrument], named(state, act)
    assert reservation is not None
    # VCLT 23(2): it counts as made on the date of its confirmation, and is notified again from there.
    return with_reservation(state, instrument, replace(reservation, confirmed=state.size, notified=None))


def examine_withdraw(state: State, act: Act[WithdrawReservation]) -> tuple[Refusal, ...]:
    found = tuple(dict.fromkeys((*own_text(state, act), *unknown_reservation(state, act))))
    return found or refusals(own_or_other(state, act, wanted=True), gone(state, act))


def evolve_withdraw(state: State, act: Act[WithdrawReservation]) -> State:
    instrument, reservation = state.instruments[act.clear.instrument], named(state, act)
    assert reservation is not None
    return with_reservation(state, instrument, replace(reservation, withdrawn=state.size))


def examine_declare(state: State, act: Act[DeclareInterpretation]) -> tuple[Refusal, ...]:
    clear = act.clear
    edition = edition_of(state, clear.instrument, clear.edition)
    return (
        *own_text(state, act),
        *refusals(
            missing_edition(state, clear.instrument, clear.edition),
            _strange(edition, clear.provisions) if edition else None,
        ),
    )


def evolve_declare(state: State, act: Act[DeclareInterpretation]) -> State:
    declarations = state.instruments[act.clear.instrument].declarations
    entry = (own_side(state, act), act.leaf)
    return changed(state, act.clear.instrument, declarations=(*declarations, entry))


# --- offers


def reservations_of(state: State, person: Person) -> Iterator[tuple[Instrument, Reservation]]:
    for instrument in state.texts():
        if person.side in instrument.sides:
            yield from ((instrument, r) for r in in_order(instrument.reservations.values()))


def offers_confirm(state: State, person: Person) -> Iterable[Offer]:
    if confirmed_keys(state, person):
        for instrument, r in reservations_of(state, person):
            if r.side == person.side and status_of(instrument, r) in ("beyond", "unconfirmed"):
                yield Offer(
                    "confirm_reservation", r.leaf, {"instrument": instrument.id, "reservation": r.leaf}
                )


def offers_withdraw(state: State, person: Person) -> Iterable[Offer]:
    for instrument, r in reservations_of(state, person):
        if r.side == person.side and status_of(instrument, r) in ("beyond", "unconfirmed", "made"):
            yield Offer("withdraw_reservation", r.leaf, {"instrument": instrument.id, "reservation": r.leaf})


KINDS = (
    Kind(MakeReservation, StatedWords, SIDES, examine_make, evolve_make, "{author} makes a reservation to {instrument}",
         "Your side would consent only with this reservation. The text stays as it is; the others may accept or object, "
         "and where acceptance is needed nothing binds before it.", staleness=Staleness.GUARDED),
    Kind(ConfirmReservation, Hidden, PRINCIPALS, examine_confirm, evolve_confirm,
         "{author} confirms the reservation {reservation} to {instrument}",
         "Your side's reservation counts as made from this act on.", offers=offers_confirm),
    Kind(WithdrawReservation, Reason, PRINCIPALS, examine_withdraw, evolve_withdraw,
         "{author} withdraws the reservation {reservation} to {instrument}",
         "The text applies to your side as it stands; nobody's leave is needed.",
         staleness=Staleness.PROTECTIVE, offers=offers_withdraw),
    Kind(DeclareInterpretation, StatedWords, SIDES, examine_declare, evolve_declare,
         "{author} makes an interpretive declaration on {instrument}, edition {edition}",
         "You say how your side understands the text. It changes no obligation; if your consent depends on it, make a "
         "reservation instead."),
)  # fmt: skip
