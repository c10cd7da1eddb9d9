"""Correction of an authentic text: propose, object, correct.

Rules (VCLT art. 79): whoever finds an error in an authentic text notifies it with the words proposed instead and a
period for objection (79(2)); the same for versions that do not say the same (79(3)). Where no side objects in time,
the keeper, or the mediators for it, make the correction, which stands as the procès-verbal. The corrected text takes
the place of the defective one from the beginning (79(4)): the edition stays the same one, authentic, and every step
on it stays. An objection in time ends the matter; one that comes late is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import (
    KEEPERS,
    MEDIATION,
    SIDES,
    TABLE,
    Act,
    Clear,
    Hidden,
    Kind,
    Offer,
    Staleness,
    refusals,
)
from detente.acts.convening import Reason
from detente.acts.subjects import (
    absent_from,
    changed,
    missing_instrument,
    no_such_instant,
    not_a_side_of,
    own_side,
    side_of,
)
from detente.codec.identifier import Leaf, ProvisionId, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.provisions.provision import Provision
from detente.state.answers import is_authentic
from detente.state.instrument import Instrument
from detente.state.records import Correction, Person, State, in_order


class ProposeCorrection(Clear, frozen=True, kw_only=True, tag="propose_correction"):
    """provisions: those in which the error stands. The edition is the one that `on` names."""

    instrument: SubjectId
    provisions: tuple[ProvisionId, ...]
    objections_by: Instant


class ProposedWords(Hidden, frozen=True, kw_only=True):
    """text: the provisions named, as they should read, in the languages that change."""

    text: tuple[Provision, ...] | None = None
    reason: str | None = None


class ObjectToCorrection(Clear, frozen=True, kw_only=True, tag="object_to_correction"):
    correction: Leaf


class Correct(Clear, frozen=True, kw_only=True, tag="correct"):
    correction: Leaf


def _not_authentic(state: State, instrument: Instrument) -> Refusal | None:
    if is_authentic(state, instrument):
        return None
    return Refusal("correction.not_authentic", f"The text of “{instrument.id}” is not authentic.", "VCLT art. 79(1)",
                   "Until it is, and no side has signed it, a mediator can issue another edition.")  # fmt: skip


def examine_propose(state: State, act: Act[ProposeCorrection]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument)
    if instrument is None:
        return refusals(missing_instrument(state, clear.instrument))
    side, edition = side_of(state, act.author), instrument.edition
    absent = absent_from(edition, clear.provisions)
    return refusals(
        not_a_side_of(state, instrument.id, side) if side else None,
        _not_authentic(state, instrument),
        Refusal("correction.provisions", f"The text holds no {absent}." if absent else
                "A correction names the provisions in which the error stands, each once.", "VCLT art. 79",
                "Name provisions of the text. To add one or leave one out, open an instrument that amends it.")
        if edition and (absent or not clear.provisions or len(set(clear.provisions)) != len(clear.provisions))
        else None,
        no_such_instant(clear.objections_by),
        Refusal("correction.past", "The period for objection has passed before it begins.", "VCLT art. 79(2)",
                f"Name an instant after the last time marked, {state.clock.now}.")
        if state.clock.now and clear.objections_by <= state.clock.now
        else None,
        Refusal("correction.no_clock", "No time can be marked in this record, so that no period could end.",
                "VCLT art. 79(2)", "Open an instrument that sets out the correction (79(1)(b)).")
        if not state.convened.quorum
        else None,
    )  # fmt: skip


def evolve_propose(state: State, act: Act[ProposeCorrection]) -> State:
    clear = act.clear
    edition = state.instruments[clear.instrument].edition
    assert edition is not None
    proposed = Correction(
        act.leaf,
        state.size,
        act.author,
        clear.instrument,
        edition.leaf,
        clear.provisions,
        clear.objections_by,
    )
    return _with(state, proposed)


def _with(state: State, correction: Correction) -> State:
    return replace(state, corrections=state.corrections.set(correction.leaf, correction))


def _unknown(correction: Correction | None) -> Refusal | None:
    if correction is not None:
        return None
    return Refusal("correction.unknown", "The record holds no such proposal of a correction.",
                   instead="Name a proposal that stands in the record.")  # fmt: skip


def examine_object(state: State, act: Act[ObjectToCorrection]) -> tuple[Refusal, ...]:
    correction = state.corrections.get(act.clear.correction)
    side = side_of(state, act.author)
    return refusals(
        _unknown(correction),
        not_a_side_of(state, correction.instrument, side) if correction else None,
        Refusal("correction.objected_already", "Your side has objected to this correction already.",
                instead="Propose the words that your side holds to be right.")
        if correction is not None and side in {s for s, _leaf, _late in correction.objections}
        else None,
    )  # fmt: skip


def evolve_object(state: State, act: Act[ObjectToCorrection]) -> State:
    correction = state.corrections[act.clear.correction]
    objection = (own_side(state, act), act.leaf, correction.expired is not None)
    return _with(state, replace(correction, objections=(*correction.objections, objection)))


def examine_correct(state: State, act: Act[Correct]) -> tuple[Refusal, ...]:
    correction = state.corrections.get(act.clear.correction)
    if correction is None:
        return refusals(_unknown(correction))
    opposed = ", ".join(correction.opposed)
    return refusals(
        Refusal("correction.made", "This correction has been made.",
                instead="A further error needs a proposal of its own.") if correction.made is not None else None,
        Refusal("correction.opposed", f"{opposed} objected in time.", "VCLT art. 79(2)(b)",
                "The sides can propose other words, or agree an instrument that sets out the correction (79(1)(b)).")
        if opposed
        else None,
        Refusal("correction.period", f"No time at or after {correction.objections_by} is marked.", "VCLT art. 79(2)",
                "Mark the time once the period for objection is over.") if correction.expired is None else None,
        _text_moved_on(state, correction),
    )  # fmt: skip


def _text_moved_on(state: State, correction: Correction) -> Refusal | None:
    instrument = state.instruments[correction.instrument]
    if instrument.edition is None or instrument.edition.leaf == correction.edition:
        return _not_authentic(state, instrument)
    return Refusal("correction.superseded", "A later edition stands than the one to be corrected.", "VCLT art. 79",
                   "Propose a correction of the edition that stands.")  # fmt: skip


def evolve_correct(state: State, act: Act[Correct]) -> State:
    """79(4): from the beginning. Who acts next on the text names the version with the correction in it."""
    correction = state.corrections[act.clear.correction]
    instrument = state.instruments[correction.instrument]
    last = instrument.editions[-1]
    corrected = replace(last, corrections=(*last.corrections, correction.leaf))
    state = _with(state, replace(correction, made=state.size))
    return changed(state, instrument.id, editions=(*instrument.editions[:-1], corrected), version=act.leaf)


def expire_corrections(state: State) -> State:
    """`state`, whose last act is a mark of time, with the periods for objection that it shows to be over."""
    for correction in state.corrections.values():
        over = correction.objections_by <= state.clock.now and state.clock.size > correction.index
        if over and correction.expired is None:
            state = _with(state, replace(correction, expired=state.size - 1))
    return state


def open_corrections(state: State, instrument: Instrument) -> tuple[Correction, ...]:
    """The proposals on the edition that stands which are neither made nor opposed, in order."""
    leaf = instrument.edition.leaf if instrument.edition else ""
    return tuple(
        c
        for c in in_order(state.corrections.values())
        if c.instrument == instrument.id and c.edition == leaf and c.made is None and not c.opposed
    )


def offers_object(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        for correction in open_corrections(state, instrument):
            objected = {side for side, _leaf, _late in correction.objections}
            if person.side in instrument.sides and person.side not in objected and correction.expired is None:
                yield Offer("object_to_correction", instrument.id, {"correction": correction.leaf})


def offers_correct(state: State, _person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        for correction in open_corrections(state, instrument):
            if correction.expired is not None and is_authentic(state, instrument):
                yield Offer("correct", instrument.id, {"correction": correction.leaf})


KINDS = (
    Kind(ProposeCorrection, ProposedWords, TABLE | KEEPERS, examine_propose, evolve_propose,
         "{author} proposes a correction of {provisions} in {instrument}, objections by {objections_by}",
         "You say that these words are an error. Nothing changes before the period for objection is over.",
         staleness=Staleness.GUARDED),
    Kind(ObjectToCorrection, Reason, SIDES, examine_object, evolve_object,
         "{author} objects to the correction {correction}",
         "In time, your objection keeps the text as it is; it takes no step and undoes none.",
         staleness=Staleness.PROTECTIVE, offers=offers_object),
    Kind(Correct, Hidden, KEEPERS | MEDIATION, examine_correct, evolve_correct,
         "{author} makes the correction {correction}",
         "The corrected words stand from the beginning. Every step on the text stays.", offers=offers_correct),
)  # fmt: skip
