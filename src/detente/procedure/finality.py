"""Is it final? Four questions, each with the acts that are missing and whose they are.

1. Adopted (VCLT 9)?  2. Authentic (10)?  3. Binding (11-16)?  4. In force (24)?  The answers are derived from
the record: they show that the required acts were done, not that a court would hold them valid. No page says
"final" alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from detente.acts.ladder_step import outcome
from detente.acts.mandates import weigh
from detente.procedure.derivation import entry_instant
from detente.provisions.numbering import number_of
from detente.state.answers import (
    ASSENTED,
    CONSENTED,
    INITIALLED,
    SIGNED,
    bound_pairs,
    contested_sides,
    has_ended,
    is_adopted,
    is_adopted_by_steps,
    is_authentic,
    is_binding,
    is_in_force,
    lacking_languages,
    open_brackets,
    open_conditions,
    open_reservations,
    silent_sides,
    standing_at,
    unconsolidated,
)  # fmt: skip
from detente.state.instrument import Edition, Instrument
from detente.state.ladder import Move, Step
from detente.state.one_text import BY_TERMS, Apart, apart, is_asked
from detente.state.records import State, in_order
from detente.state.reservations import needs_every_acceptance

SINCE_EDITION: Final = 3
"""The first edition of the procedure in which the confirmation of a step beyond a mandate is what is missing."""


class Missing(Struct, frozen=True):
    """One act that is not in the record. whose: a side's letter, a person's id, or "M" for the mediators;
    act: the kind; why: one sentence; subject: the provision or person concerned, or ""."""

    whose: str
    act: str
    why: str
    subject: str = ""


class Answer(Struct, frozen=True):
    """The answer to one question: yes from act `since` on, or what is missing, in order."""

    yes: bool
    missing: tuple[Missing, ...] = ()
    since: int | None = None


class Finality(Struct, frozen=True):
    """The four answers on one instrument. `ladder`: side -> step. `bound_pairs`: the pairs of sides between which
    consent stands, whatever a third one lacks."""

    instrument: str
    edition: int | None
    adopted: Answer
    authentic: Answer
    binding: Answer
    in_force: Answer
    ladder: dict[str, Step]
    bound_pairs: tuple[tuple[str, str], ...] = ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Every missing act, in the order in which they fall due, each once."""
        answers = (self.adopted, self.authentic, self.binding, self.in_force)
        return tuple(dict.fromkeys(m for answer in answers for m in answer.missing))


def finality(state: State, instrument_id: str) -> Finality:
    """The four answers on one instrument, as of the acts folded into `state`."""
    instrument = state.instruments[instrument_id]
    edition = instrument.edition
    return Finality(
        instrument=instrument_id,
        edition=edition.number if edition else None,
        adopted=_adopted(state, instrument),
        authentic=_authentic(state, instrument),
        binding=_binding(state, instrument),
        in_force=_in_force(state, instrument),
        ladder={side: instrument.standing(side).step for side in instrument.sides},
        bound_pairs=bound_pairs(state, instrument),
    )


def principals_of(state: State, side: str) -> tuple[str, ...]:
    return tuple(
        p.id
        for p in in_order(state.people.values())
        if p.role == "principal" and p.side == side and p.left is None
    )


def _principal(state: State, side: str) -> str:
    """Whose confirmation is awaited: the side's principal, or the side where none is admitted."""
    return next(iter(principals_of(state, side)), side)


def _since(
    instrument: Instrument, edition: Edition, steps: frozenset[Step], sides: frozenset[str]
) -> int | None:
    """The index of the last of the acts by which `sides` reached one of `steps`."""
    taken = (instrument.standing(side).taken(edition.leaf, steps) for side in sides)
    return max((t.index for t in taken if t is not None), default=None)


def _adopted(state: State, instrument: Instrument) -> Answer:
    edition = instrument.edition
    if edition is None:
        why = "No edition of the text is in the record."
        first = Missing("M", "issue", why)
        return Answer(False, (first, *_missing_assents(state, instrument)))
    if is_adopted(state, instrument):
        return Answer(True, since=_adopted_since(state, instrument, edition))
    return Answer(
        False, (*_missing_before_assent(state, instrument, edition), *_missing_assents(state, instrument))
    )


def _adopted_since(state: State, instrument: Instrument, edition: Edition) -> int | None:
    """The act with which the rule was met: a step, the adoption of the rule itself, or the mark with which silence
    lapsed."""
    silent: frozenset[str] = frozenset()
    lapsed = in_effect = None
    if instrument.silence is not None and not is_adopted_by_steps(state, instrument):
        silent, lapsed = silent_sides(instrument), instrument.silence.lapsed_at
    elif state.rules is not None and instrument.adopted_under is None:
        in_effect = state.rules.in_effect
    steps = _since(instrument, edition, ASSENTED, standing_at(instrument, ASSENTED) - silent)
    return max((index for index in (steps, in_effect, lapsed) if index is not None), default=None)


def _missing_before_assent(state: State, instrument: Instrument, edition: Edition) -> Iterator[Missing]:
    brackets = open_brackets(instrument)
    for bracket in brackets:
        waiting = [s for s in instrument.sides if all(s not in a.supporters for a in bracket.live())]
        # Each side supports some text, and no text has every side: whoever can still support another one.
        undecided = [s for s in instrument.sides if any(s not in a.supporters for a in bracket.live())]
        holders = tuple(dict.fromkeys(side for side, _leaf in bracket.reserved))
        act = "reserve_provision" if holders else "support_alternative"
        why = (
            f"A reservation stands at {number_of(bracket.provision, full=True)}."
            if holders
            else f"A bracket is open at {number_of(bracket.provision, full=True)}."
        )
        for side in holders or waiting or undecided:
            yield Missing(side, act, why, bracket.provision)
    if brackets or unconsolidated(instrument):
        yield Missing("M", "issue", f"Edition {edition.number + 1}, without brackets, is to be issued.")
    elif is_asked(state) and lacking_languages(instrument):
        yield _missing_language(instrument, edition)
    yield from dict.fromkeys(m for one in apart(state, instrument) for m in _missing_part(state, one))


def _missing_language(instrument: Instrument, edition: Edition) -> Missing:
    lacking = ", ".join(lacking_languages(instrument))
    return Missing("M", "issue", f"Edition {edition.number + 1}, also in {lacking}, is to be issued.")


def _missing_part(state: State, one: Apart) -> Iterator[Missing]:
    """What makes an annex one text with the instrument, and whose it is."""
    part, why = state.instruments[one.part], f"The annex “{one.part}” is not one text with this one yet."
    if one.reason == "not_agreed":
        for side in part.sides:
            if side not in standing_at(part, ASSENTED):
                yield Missing(side, "assent", why, part.id)
    else:
        yield Missing("M", "link_instrument" if one.reason in BY_TERMS else "issue", why, part.id)


def _missing_assents(state: State, instrument: Instrument) -> Iterator[Missing]:
    standing = standing_at(instrument, ASSENTED)
    for side in instrument.sides:
        if side not in standing:
            taken_back = instrument.standing(side).step is Step.WITHDRAWN
            why = "Its assent is taken back." if taken_back else "No assent to this edition is in the record."
            yield _awaiting(state, instrument, side, ASSENTED) or Missing(side, "assent", why)


def _awaiting(state: State, instrument: Instrument, side: str, needed: frozenset[Step]) -> Missing | None:
    """What is missing instead of a step that somebody took beyond their mandate: its principal's confirmation, with
    which it counts as one of those needed (VCLT 8). Records of earlier editions keep the answer of before."""
    edition = instrument.edition
    if edition is None or state.convened.edition < SINCE_EDITION:
        return None
    about = (side, instrument.id, edition.leaf, None)
    for pending in in_order(state.unauthorised.values()):
        same = (pending.side, pending.instrument, pending.edition, pending.confirmed) == about
        if same and outcome(instrument, side, Move(pending.move)) in needed:
            why = "An act beyond its author's mandate awaits the principal."
            return Missing(_principal(state, side), "confirm_act", why, pending.leaf)
    return None


def _authentic(state: State, instrument: Instrument) -> Answer:
    edition = instrument.edition
    signature_only = instrument.authentication == "signature"
    needed = SIGNED if signature_only else INITIALLED
    if edition is not None and is_authentic(state, instrument):
        if instrument.authentication == "adoption":
            return Answer(True, since=_adopted(state, instrument).since)
        return Answer(True, since=_since(instrument, edition, needed, frozenset(instrument.sides)))
    if edition is not None and lacking_languages(instrument):
        return Answer(False, (_missing_language(instrument, edition),))
    if instrument.authentication == "adoption":
        # Adopted by silence alone, the text is fixed by the assents that silence stood for.
        assents = _missing_assents(state, instrument) if is_adopted(state, instrument) else ()
        return Answer(False, tuple(assents))
    have = standing_at(instrument, needed)
    act, why = ("sign", "No signature is in the record.") if signature_only else (
        "initial", "No initials on this edition are in the record.")  # fmt: skip
    lacking = [side for side in instrument.sides if side not in have]
    return Answer(
        False, tuple(_awaiting(state, instrument, s, needed) or Missing(s, act, why) for s in lacking)
    )


def _binding(state: State, instrument: Instrument) -> Answer:
    edition = instrument.edition
    if edition is not None and is_binding(state, instrument):
        return Answer(True, since=instrument.bound_index)
    if has_ended(instrument):
        return Answer(False)  # nothing is missing: it was in force, and ended
    missing = [m for side in instrument.sides for m in _missing_consent(state, instrument, side)]
    # In the order in which they fall due: every signature before the confirmations.
    order = {"sign_ad_referendum": 0, "sign": 0, "confirm_act": 0, "confirm_signature": 1, "consent": 1}
    missing.sort(key=lambda m: order[m.act])
    return Answer(False, (*missing, *_in_the_way(state, instrument)))


def _missing_acceptances(state: State, instrument: Instrument) -> Iterator[Missing]:
    for reservation, sides in open_reservations(state, instrument):
        why = (
            f"The reservation of {reservation.side} needs the acceptance of every other side."
            if needs_every_acceptance(instrument)
            else f"The reservation of {reservation.side} has not been answered."
        )
        for side in sides:
            yield Missing(_principal(state, side), "accept_reservation", why, reservation.leaf)


def _in_the_way(state: State, instrument: Instrument) -> Iterator[Missing]:
    yield from _missing_acceptances(state, instrument)
    contested = contested_sides(state, instrument)
    for side in contested:
        yield Missing("M", "decide_credentials", f"The representation of {side} is contested.", side)
    for other in open_conditions(state, instrument):
        found = state.instruments[other]
        why = f"This text is conditional on “{other}”, which lacks this."
        for side in found.sides:
            for missing in _missing_consent(state, found, side):
                yield Missing(missing.whose, missing.act, why, other)
        yield from _missing_acceptances(state, found)
        for side in contested_sides(state, found):
            if side not in contested:
                yield Missing("M", "decide_credentials", why, side)


def _missing_consent(state: State, instrument: Instrument, side: str) -> Iterator[Missing]:
    standing = instrument.standing(side)
    on_edition = instrument.edition is not None and standing.edition == instrument.edition.leaf
    step = standing.step if on_edition else Step.NONE
    principal = _principal(state, side)
    if step in CONSENTED or step is Step.ENDED:
        return
    if step is Step.NO_INTENTION:
        yield Missing(principal, "consent", "It has declared that it does not intend to become a party.")
        return
    if instrument.consent == "agreed_means":
        yield Missing(principal, "consent", "Consent by the means agreed is not in the record.")
        return
    signature = step.name.lower()
    if step is not Step.SIGNED and step is not Step.SIGNED_AD_REFERENDUM:
        signature = _signature_within_powers(state, instrument, side)
        definitive = _awaiting(state, instrument, side, SIGNED - {Step.SIGNED_AD_REFERENDUM})
        pending = definitive or _awaiting(state, instrument, side, SIGNED)
        yield pending or Missing(side, signature, "No signature is in the record.")
        signature = "signed" if definitive else "sign_ad_referendum" if pending else signature
    if signature in ("signed_ad_referendum", "sign_ad_referendum"):
        yield Missing(principal, "confirm_signature", "A signature ad referendum awaits its principal.", side)
    if instrument.consent == "ratification":
        yield Missing(principal, "consent", "Ratification, acceptance or approval is not in the record.")


def _signature_within_powers(state: State, instrument: Instrument, side: str) -> str:
    """The signature that some delegate of the side could give alone: a full one, or one ad referendum."""
    delegates = [
        p.id for p in state.people.values() if p.side == side and p.role == "delegate" and p.left is None
    ]
    if any(weigh(state, d, "sign", instrument.id, "definitive").authorised for d in delegates):
        return "sign"
    move = "sign_ad_referendum"
    return (
        move
        if any(weigh(state, d, move, instrument.id, "ad_referendum").authorised for d in delegates)
        else "sign"
    )


def _in_force(state: State, instrument: Instrument) -> Answer:
    if is_in_force(instrument):
        return Answer(True, since=instrument.in_force_index)
    if has_ended(instrument):
        return Answer(False)
    due = entry_instant(instrument)
    if not state.convened.quorum:
        why = "No time can be marked: the record names no cosigner whose word it takes."
    elif instrument.entry == "date" or due is not None:
        why = f"The time is to be marked at or after {due}."
    elif instrument.entry == "delay":
        why = f"The time is to be marked {instrument.entry_delay} days after the last consent."
    else:
        why = "The time is to be marked after the last consent."
    return Answer(False, (Missing(state.convened.keeper, "mark_time", why),))
