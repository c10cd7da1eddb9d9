"""What follows on a notice of breach: a cure, the measure carried out, revocation.

Rules (VCLT art. 54, 57, 60, 65, 67, 68; by analogy where the instrument is no treaty). A measure is carried out by an
act of its own (67), by the principal of the side that gave the notice or within powers that extend to it (67(2)),
once the period has passed without objection (65(2)) or with the consent of every side (54(b), 57(b)). Between two
sides a text that is ended ends for both; of more, one side alone suspends it only between itself and the side in
breach (60(2)(b)), and all the others together end it for that side (60(2)(a)). What protects persons stays owed
(60(5)). A notice is revoked before its measure takes effect (68); a suspension is ended likewise, at any time. A cure
is recorded by the side in breach where a provision of the text lets it, and settles the matter only once the side
that gave notice accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, SIDES, Act, Kind, Offer, Staleness, refusals
from detente.acts.breach import (
    NoticeWords,
    OnNotice,
    gone,
    lacking_powers,
    may_act_on,
    not_in_force_between,
    unknown_notice,
    with_notice,
)
from detente.acts.convening import Reason
from detente.acts.joint_decisions import agreeing, in_play
from detente.acts.ladder_step import place_step
from detente.acts.protection import strange_provisions
from detente.acts.subjects import (
    confirmed_keys,
    own_side,
    side_of,
    unconfirmed_principal,
    with_instrument,
)
from detente.codec.identifier import ProvisionId
from detente.codec.refusal import Refusal
from detente.state.breach import Notice
from detente.state.instrument import Instrument, StepTaken
from detente.state.ladder import LADDER, Move, Outcome, Step
from detente.state.records import Person, State, in_order

SUSPENDED: Final = "operation suspended"
SUSPENDED_IN_PART: Final = "operation suspended in part"
_MOVES: Final = {"suspend": Move.SUSPEND, "terminate": Move.END, "withdraw": Move.END}
"""Measure -> the move on the ladder; a measure short of the treaty itself makes none."""


class RecordCure(OnNotice, frozen=True, kw_only=True, tag="record_cure"):
    """provision: of the text, that lets the side in breach cure it; none where the side that gave notice accepts."""

    provision: ProvisionId | None = None


class CarryOut(OnNotice, frozen=True, kw_only=True, tag="carry_out"):
    pass


class RevokeNotice(OnNotice, frozen=True, kw_only=True, tag="revoke_notice"):
    pass


# --- cure


def examine_cure(state: State, act: Act[RecordCure]) -> tuple[Refusal, ...]:
    notice, side = state.notices.get(act.clear.breach), side_of(state, act.author)
    if notice is None:
        return refusals(unknown_notice(notice))
    provision = act.clear.provision
    edition = state.instruments[notice.instrument].edition
    return refusals(
        Refusal("cure.side", f"A cure is recorded by {notice.of}, or accepted by {notice.by_side}.", "VCLT art. 65",
                "Another side can put its words beside the notice by a joint decision.")
        if side not in (notice.of, notice.by_side)
        else None,
        Refusal("cure.provision", "The side in breach names the provision of the text that lets it cure the breach.",
                instead=f"Name it, or ask {notice.by_side} to accept that the breach is cured.")
        if side == notice.of and provision is None
        else None,
        strange_provisions(edition, (provision,)) if provision else None,
        gone(notice),
        unconfirmed_principal(state, act),
        lacking_powers(state, act, notice.instrument),
    )  # fmt: skip


def evolve_cure(state: State, act: Act[RecordCure]) -> State:
    notice = state.notices[act.clear.breach]
    cures = (*notice.cures, (act.leaf, state.size, own_side(state, act)))
    return with_notice(state, replace(notice, cures=cures))


# --- the measure


def _reached(notice: Notice, instrument: Instrument) -> tuple[str, ...]:
    """The sides for which the text ends: for both of two; of more, for the one that withdraws or is in breach."""
    if len(in_play(instrument)) == 2:
        return (notice.by_side, notice.of)
    return (notice.by_side if notice.measure == "withdraw" else notice.of,)


def in_the_way(state: State, notice: Notice) -> tuple[Refusal, ...]:
    """Why the measure cannot be carried out now, whoever asks."""
    instrument = state.instruments[notice.instrument]
    sides, yes, opposed = frozenset(in_play(instrument)), agreeing(state, notice), ", ".join(notice.opposed)
    agreed, several = yes >= sides, len(sides) > 2 and notice.measure == "terminate"
    return refusals(
        gone(notice) or not_in_force_between(instrument, notice.by_side, notice.of),
        Refusal("measure.opposed", f"{opposed} objected in time.", "VCLT art. 65(3)",
                "Negotiation, enquiry, mediation, conciliation, arbitration and judicial settlement are open "
                "(UN Charter art. 33); so is a joint decision of every side.")
        if opposed and not agreed
        else None,
        Refusal("measure.period", "The period for objection is not shown to be over.", "VCLT art. 65(2)",
                "Mark the time once it is, or agree with every side.")
        if notice.expired is None and not opposed and not agreed
        else None,
        Refusal("measure.others", "Of several sides, one alone does not end the text for another.",
                "VCLT art. 60(2)", "Suspend it between your two sides, or agree with every other side.")
        if several and not yes >= sides - {notice.of}
        else None,
    )  # fmt: skip


def _not_its_side(state: State, act: Act[Any], notice: Notice) -> Refusal | None:
    if side_of(state, act.author) == notice.by_side:
        return None
    return Refusal("measure.side", f"The notice is {notice.by_side}’s.", "VCLT art. 67-68",
                   "Your side can object, reply, or give a notice of its own.")  # fmt: skip


def examine_carry_out(state: State, act: Act[CarryOut]) -> tuple[Refusal, ...]:
    notice = state.notices.get(act.clear.breach)
    if notice is None:
        return refusals(unknown_notice(notice))
    return (
        *refusals(
            _not_its_side(state, act, notice),
            unconfirmed_principal(state, act),
            lacking_powers(state, act, notice.instrument),
        ),
        *in_the_way(state, notice),
    )


def evolve_carry_out(state: State, act: Act[CarryOut]) -> State:
    notice = replace(state.notices[act.clear.breach], carried_out=state.size)
    state = with_notice(state, notice)
    instrument, move = state.instruments[notice.instrument], _MOVES.get(notice.measure)
    assert instrument.edition is not None
    if move is Move.END:
        taken = StepTaken(
            Step.NONE, instrument.edition.leaf, act.leaf, state.size, act.author, "definitive", act.key
        )  # fmt: skip
        for side in _reached(notice, instrument):
            state = place_step(state, state.instruments[instrument.id], side, move, taken)
    return with_suspensions(state, notice.instrument)


def with_suspensions(state: State, name: str) -> State:
    """`state` with what the suspensions in effect put beside each side's step on one instrument."""
    instrument = state.instruments[name]
    running = [
        n for n in in_order(state.notices.values())
        if n.instrument == name and n.measure == "suspend" and n.carried_out is not None and n.revoked is None
    ]  # fmt: skip
    ladder = instrument.ladder
    for side, standing in instrument.ladder.items():
        if LADDER[standing.step][Move.SUSPEND] is not Outcome.SUSPENDED:
            continue
        own = [n for n in running if side in (n.by_side, n.of)]
        beside = () if not own else (SUSPENDED,) if any(not n.affects for n in own) else (SUSPENDED_IN_PART,)
        others = tuple(flag for flag in standing.flags if flag not in (SUSPENDED, SUSPENDED_IN_PART))
        if standing.flags != (*others, *beside):
            ladder = ladder.set(side, replace(standing, flags=(*others, *beside)))
    return with_instrument(state, replace(instrument, ladder=ladder))


# --- revocation


def examine_revoke(state: State, act: Act[RevokeNotice]) -> tuple[Refusal, ...]:
    notice = state.notices.get(act.clear.breach)
    if notice is None:
        return refusals(unknown_notice(notice))
    suspended = notice.measure == "suspend" and notice.carried_out is not None and notice.revoked is None
    return refusals(
        _not_its_side(state, act, notice),
        None if suspended else gone(notice),
        unconfirmed_principal(state, act),
        lacking_powers(state, act, notice.instrument),
    )


def evolve_revoke(state: State, act: Act[RevokeNotice]) -> State:
    notice = replace(state.notices[act.clear.breach], revoked=state.size)
    return with_suspensions(with_notice(state, notice), notice.instrument)


def _open_to(state: State, person: Person) -> Iterable[Notice]:
    """The notices on which a person may act for the side that gave them."""
    if person.role in PRINCIPALS and not confirmed_keys(state, person):
        return ()
    return (n for n in in_order(state.notices.values()) if may_act_on(state, person, n))


def offers_carry_out(state: State, person: Person) -> Iterable[Offer]:
    for notice in _open_to(state, person):
        if not in_the_way(state, notice):
            yield Offer("carry_out", notice.leaf, {"breach": notice.leaf})


def offers_revoke(state: State, person: Person) -> Iterable[Offer]:
    for notice in _open_to(state, person):
        if notice.stands:
            yield Offer("revoke_notice", notice.leaf, {"breach": notice.leaf})


KINDS = (
    Kind(RecordCure, NoticeWords, SIDES, examine_cure, evolve_cure,
         "{author} records a cure of the breach notified in {breach}",
         "Where your side gave the notice, you accept that the breach is cured, and the notice falls. Otherwise you say "
         "so under the text, and the other side may accept it."),
    Kind(CarryOut, NoticeWords, SIDES, examine_carry_out, evolve_carry_out,
         "{author} carries out the measure notified in {breach}",
         "The measure takes effect for your side. What protects persons stays owed (VCLT art. 60(5)).",
         offers=offers_carry_out),
    Kind(RevokeNotice, Reason, SIDES, examine_revoke, evolve_revoke, "{author} revokes the notice {breach}",
         "The notice falls. Where the operation of the text is suspended by it, the text operates again.",
         staleness=Staleness.PROTECTIVE, offers=offers_revoke),
)  # fmt: skip
