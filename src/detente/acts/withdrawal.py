"""Withdrawal: take back a step, declare no intention to become a party, contest validity.

Rules (VCLT art. 18(a), 42-53, 54-57, 65, 67): possible and visible. The record shows author, time since the
step, edition and the reason if one is given; it never judges and never erases. A delegate takes back what its
mandate would let it do; beyond that the act waits for its principal (8). Once consent stands, a notice is
recorded as "withdrawal notified, effect disputed" and the step stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.acts.act import PRINCIPALS, SIDES, Act, Clear, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.ladder_step import evolve_step, examine_step, within_reach
from detente.acts.subjects import changed, missing_instrument, not_a_side_of, own_side, side_of
from detente.codec.identifier import SubjectId
from detente.codec.refusal import Refusal
from detente.state.ladder import Move
from detente.state.records import Person, State


class TakeBack(Clear, frozen=True, kw_only=True, tag="take_back"):
    instrument: SubjectId


class DeclareNoIntention(Clear, frozen=True, kw_only=True, tag="declare_no_intention"):
    instrument: SubjectId


class ContestValidity(Clear, frozen=True, kw_only=True, tag="contest_validity"):
    instrument: SubjectId


def examine_take_back(state: State, act: Act[TakeBack]) -> tuple[Refusal, ...]:
    return examine_step(state, act, act.clear.instrument, Move.TAKE_BACK)


def evolve_take_back(state: State, act: Act[TakeBack]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.TAKE_BACK, "ad_referendum")


def examine_no_intention(state: State, act: Act[DeclareNoIntention]) -> tuple[Refusal, ...]:
    return examine_step(state, act, act.clear.instrument, Move.DECLARE_NO_INTENTION)


def evolve_no_intention(state: State, act: Act[DeclareNoIntention]) -> State:
    return evolve_step(state, act, act.clear.instrument, Move.DECLARE_NO_INTENTION, "definitive")


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
    if person.role in SIDES:
        for instrument in within_reach(state, person, Move.TAKE_BACK, "ad_referendum"):
            yield Offer("take_back", instrument.id, {"instrument": instrument.id})


def offers_no_intention(state: State, person: Person) -> Iterable[Offer]:
    if person.role in PRINCIPALS:
        for instrument in within_reach(state, person, Move.DECLARE_NO_INTENTION, "definitive"):
            yield Offer("declare_no_intention", instrument.id, {"instrument": instrument.id})


KINDS = (
    Kind(TakeBack, Reason, SIDES, examine_take_back, evolve_take_back,
         "{author} takes back its step on {instrument}",
         "Your step no longer stands; it stays visible, with the time since and your reason if you give one.",
         staleness=Staleness.PROTECTIVE, offers=offers_take_back),
    Kind(DeclareNoIntention, Reason, PRINCIPALS, examine_no_intention, evolve_no_intention,
         "{author} declares that its side does not intend to become a party to {instrument}",
         "The duty not to defeat the object of the text ends for your side.",
         staleness=Staleness.PROTECTIVE, offers=offers_no_intention),
    Kind(ContestValidity, Reason, PRINCIPALS, examine_contest, evolve_contest,
         "{author} contests the validity of {instrument}",
         "Your contest stands beside the ladder; the record does not decide it.",
         staleness=Staleness.PROTECTIVE),
)  # fmt: skip
