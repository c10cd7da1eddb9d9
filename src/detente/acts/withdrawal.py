"""Withdrawal: take back a step, declare no intention to become a party, contest validity.

Rules (VCLT art. 18(a), 42-53, 54-57): possible and visible. The record shows author, time since the step,
edition and the reason if one is given; it never judges and never erases. Once consent stands, a notice is
recorded as "withdrawal notified, effect disputed" and the step stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, SIDES, Act, Clear, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.subjects import (
    changed,
    missing_instrument,
    not_a_side_of,
    own_side,
    side_of,
    with_instrument,
)  # fmt: skip
from detente.codec.identifier import SubjectId
from detente.codec.refusal import Refusal
from detente.state.ladder import LADDER, Move, Outcome, Step, refuse_move
from detente.state.records import Person, Standing, State, StepTaken

DISPUTED = "withdrawal notified, effect disputed"


class TakeBack(Clear, frozen=True, kw_only=True, tag="take_back"):
    instrument: SubjectId


class DeclareNoIntention(Clear, frozen=True, kw_only=True, tag="declare_no_intention"):
    instrument: SubjectId


class ContestValidity(Clear, frozen=True, kw_only=True, tag="contest_validity"):
    instrument: SubjectId


def _examine_move(
    state: State, act: Act[TakeBack] | Act[DeclareNoIntention], move: Move
) -> tuple[Refusal, ...]:
    side = side_of(state, act.author)
    found = refusals(
        missing_instrument(state, act.clear.instrument), not_a_side_of(state, act.clear.instrument, side)
    )
    if found or side is None:
        return found
    instrument = state.instruments[act.clear.instrument]
    step = instrument.standing(side).step
    if LADDER[step][move] is not Outcome.REFUSED:
        return ()
    binds = instrument.consent == "signature"
    return (refuse_move(side, step, move, signature_binds=binds, still_open=instrument.open_to_accession),)


def _evolve_move(state: State, act: Act[TakeBack] | Act[DeclareNoIntention], move: Move) -> State:
    side, instrument = own_side(state, act), state.instruments[act.clear.instrument]
    old = instrument.standing(side)
    outcome = LADDER[old.step][move]
    if isinstance(outcome, Step):
        taken = StepTaken(outcome, old.edition, act.leaf, state.size, act.author, "definitive")
        new = Standing(outcome, old.edition, (*old.path, taken), old.flags)
    else:
        new = replace(old, flags=tuple(dict.fromkeys((*old.flags, DISPUTED))))
    return with_instrument(state, replace(instrument, ladder=instrument.ladder.set(side, new)))


def examine_take_back(state: State, act: Act[TakeBack]) -> tuple[Refusal, ...]:
    return _examine_move(state, act, Move.TAKE_BACK)


def evolve_take_back(state: State, act: Act[TakeBack]) -> State:
    return _evolve_move(state, act, Move.TAKE_BACK)


def examine_no_intention(state: State, act: Act[DeclareNoIntention]) -> tuple[Refusal, ...]:
    return _examine_move(state, act, Move.DECLARE_NO_INTENTION)


def evolve_no_intention(state: State, act: Act[DeclareNoIntention]) -> State:
    return _evolve_move(state, act, Move.DECLARE_NO_INTENTION)


def examine_contest(state: State, act: Act[ContestValidity]) -> tuple[Refusal, ...]:
    return refusals(
        missing_instrument(state, act.clear.instrument),
        not_a_side_of(state, act.clear.instrument, side_of(state, act.author)),
    )


def evolve_contest(state: State, act: Act[ContestValidity]) -> State:
    contested = state.instruments[act.clear.instrument].validity_contested
    entry = (own_side(state, act), act.leaf)
    return changed(state, act.clear.instrument, validity_contested=(*contested, entry))


def offers_take_back(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.instruments.values():
        if person.role in SIDES and person.side in instrument.sides:
            assert person.side is not None
            outcome = LADDER[instrument.standing(person.side).step][Move.TAKE_BACK]
            if outcome is not Outcome.REFUSED:
                yield Offer("take_back", instrument.id, {"instrument": instrument.id})


KINDS = (
    Kind(TakeBack, Reason, SIDES, examine_take_back, evolve_take_back,
         "{author} takes back its step on {instrument}",
         "Your step no longer stands; it stays visible, with the time since and your reason if you give one.",
         staleness=Staleness.PROTECTIVE, offers=offers_take_back),
    Kind(DeclareNoIntention, Reason, PRINCIPALS, examine_no_intention, evolve_no_intention,
         "{author} declares that its side does not intend to become a party to {instrument}",
         "The duty not to defeat the object of the text ends for your side.", staleness=Staleness.PROTECTIVE),
    Kind(ContestValidity, Reason, PRINCIPALS, examine_contest, evolve_contest,
         "{author} contests the validity of {instrument}",
         "Your contest stands beside the ladder; the record does not decide it.",
         staleness=Staleness.PROTECTIVE),
)  # fmt: skip
