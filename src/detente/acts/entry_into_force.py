"""Entry into force and provisional application.

Rules (VCLT art. 24, 25, 77(1)(f)): a text enters into force when its own condition is met, an instant that the
fold derives from consent and cosigned marks. The keeper's note is declaratory: a late note changes no date.
Provisional application is agreed and ended by the sides' own acts.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.acts.act import KEEPERS, PRINCIPALS, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.subjects import changed, missing_instrument, not_a_side_of, own_side, side_of
from detente.codec.identifier import SubjectId
from detente.codec.refusal import Refusal
from detente.state.answers import is_authentic, is_in_force
from detente.state.records import Person, State


class NoteEntry(Clear, frozen=True, kw_only=True, tag="note_entry"):
    instrument: SubjectId


class ApplyProvisionally(Clear, frozen=True, kw_only=True, tag="apply_provisionally"):
    instrument: SubjectId


class EndProvisionalApplication(Clear, frozen=True, kw_only=True, tag="end_provisional_application"):
    instrument: SubjectId


def examine_note(state: State, act: Act[NoteEntry]) -> tuple[Refusal, ...]:
    instrument = state.instruments.get(act.clear.instrument)
    return refusals(
        missing_instrument(state, act.clear.instrument),
        Refusal("entry.condition_open", "The text's condition for entry into force is not met in the record.",
                "VCLT art. 24", "Mark the time once every consent is in and the date has come.")
        if instrument is not None and not is_in_force(instrument)
        else None,
        Refusal("entry.noted", "The entry into force is noted already.",
                instead="Nothing more is needed: the note stands.")
        if instrument is not None and instrument.noted is not None
        else None,
    )  # fmt: skip


def evolve_note(state: State, act: Act[NoteEntry]) -> State:
    return changed(state, act.clear.instrument, noted=act.leaf)


def _examine_provisional(
    state: State, act: Act[ApplyProvisionally] | Act[EndProvisionalApplication], *, applies: bool
) -> tuple[Refusal, ...]:
    side = side_of(state, act.author)
    instrument = state.instruments.get(act.clear.instrument)
    applied = instrument is not None and side in instrument.provisional
    return refusals(
        missing_instrument(state, act.clear.instrument),
        not_a_side_of(state, act.clear.instrument, side),
        Refusal(
            "entry.provisional",
            "Provisional application stands as you ask already.",
            "VCLT art. 25",
            instead="Nothing needs to be done.",
        )
        if instrument is not None and applied is applies
        else None,
        Refusal(
            "entry.in_force",
            "The text is in force; it is no longer applied provisionally.",
            "VCLT art. 25",
            instead="Nothing needs to be done.",
        )
        if instrument is not None and applies and is_in_force(instrument)
        else None,
        Refusal(
            "entry.not_authentic",
            "Only an authentic text can be applied provisionally.",
            "VCLT art. 25",
            instead="Initial or sign the text first.",
        )
        if instrument is not None and applies and not is_authentic(state, instrument)
        else None,
    )


def examine_apply(state: State, act: Act[ApplyProvisionally]) -> tuple[Refusal, ...]:
    return _examine_provisional(state, act, applies=True)


def evolve_apply(state: State, act: Act[ApplyProvisionally]) -> State:
    sides = state.instruments[act.clear.instrument].provisional
    return changed(state, act.clear.instrument, provisional=(*sides, own_side(state, act)))


def examine_end(state: State, act: Act[EndProvisionalApplication]) -> tuple[Refusal, ...]:
    return _examine_provisional(state, act, applies=False)


def evolve_end(state: State, act: Act[EndProvisionalApplication]) -> State:
    side = own_side(state, act)
    sides = tuple(s for s in state.instruments[act.clear.instrument].provisional if s != side)
    return changed(state, act.clear.instrument, provisional=sides)


def offers_note(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        if person.role in KEEPERS and is_in_force(instrument) and instrument.noted is None:
            yield Offer("note_entry", instrument.id, {"instrument": instrument.id})


def offers_provisional(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        if person.role in PRINCIPALS and person.side in instrument.sides:
            if person.side in instrument.provisional:
                yield Offer("end_provisional_application", instrument.id, {"instrument": instrument.id})
            elif is_authentic(state, instrument) and not is_in_force(instrument):
                yield Offer("apply_provisionally", instrument.id, {"instrument": instrument.id})


KINDS = (
    Kind(NoteEntry, Hidden, KEEPERS, examine_note, evolve_note, "{author} notes the entry into force of {instrument}",
         "You declare what the record already shows; your note changes no date.", offers=offers_note),
    Kind(ApplyProvisionally, Hidden, PRINCIPALS, examine_apply, evolve_apply,
         "{author} applies {instrument} provisionally",
         "Your side applies the text before it is in force, until you end that.", offers=offers_provisional),
    Kind(EndProvisionalApplication, Hidden, PRINCIPALS, examine_end, evolve_end,
         "{author} ends the provisional application of {instrument}",
         "Your side no longer applies the text provisionally.", staleness=Staleness.PROTECTIVE),
)  # fmt: skip
