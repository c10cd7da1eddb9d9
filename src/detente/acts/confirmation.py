"""Subsequent confirmation of an unauthorised act (VCLT art. 8), by a principal of its side.

Rules: the confirmation names the leaf it confirms. On the ladder it counts from its own index and against the
text then standing, and only while the step itself could be taken; law may date it back, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.ladder_step import examine_step, place_step
from detente.acts.subjects import confirmed_keys, own_side
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.instrument import StepTaken
from detente.state.ladder import Move, Step
from detente.state.phases import PHASES
from detente.state.records import Person, State, in_order


class ConfirmAct(Clear, frozen=True, kw_only=True, tag="confirm_act"):
    """original: the unauthorised step that the principal makes its own."""

    original: Leaf


def examine(state: State, act: Act[ConfirmAct]) -> tuple[Refusal, ...]:
    pending = state.unauthorised.get(act.clear.original)
    if pending is None or pending.confirmed is not None:
        return (Refusal("confirmation.nothing", "No unauthorised act with this leaf awaits confirmation.",
                        "VCLT art. 8",
                        instead="Name an unauthorised act in the record, or take the step yourself."),)  # fmt: skip
    if pending.side != own_side(state, act):
        return (Refusal("confirmation.other_side", "An unauthorised act is confirmed by its own side's principal.",
                        "VCLT art. 8", f"A principal of {pending.side} can confirm it."),)  # fmt: skip
    edition = state.instruments[pending.instrument].edition
    return (
        *refusals(
            Refusal("confirmation.superseded", "The text has a later edition than the one that act was done on.",
                    "VCLT art. 8", "Authorise a step on the edition that now stands.")
            if edition is not None and edition.leaf != pending.edition
            else None,
            _out_of_phase(state, pending.move),
        ),
        *examine_step(state, act, pending.instrument, Move(pending.move)),
    )  # fmt: skip


def _out_of_phase(state: State, kind: str) -> Refusal | None:
    """What the talks do not admit now, no confirmation brings about."""
    admitted = PHASES[kind]
    if state.phase in admitted:
        return None
    return Refusal(
        "phase.closed",
        f"The talks are {state.phase.value}; the act to be confirmed, “{kind}”, is not possible now.",
        instead=f"Possible when the talks are: {', '.join(phase.value for phase in admitted)}.",
    )


def evolve(state: State, act: Act[ConfirmAct]) -> State:
    pending = state.unauthorised[act.clear.original]
    done = replace(pending, confirmed=state.size)
    state = replace(state, unauthorised=state.unauthorised.set(done.leaf, done))
    instrument = state.instruments[pending.instrument]
    taken = StepTaken(
        Step.NONE, pending.edition, act.leaf, state.size, pending.person, pending.terms, act.key
    )
    return place_step(state, instrument, pending.side, Move(pending.move), taken)


def offers(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in PRINCIPALS:
        return
    for key in confirmed_keys(state, person)[:1]:
        for pending in in_order(state.unauthorised.values()):
            if pending.side == person.side and not examine(state, _as_if(state, person, key, pending.leaf)):
                yield Offer("confirm_act", pending.instrument, {"original": pending.leaf})


def _as_if(state: State, person: Person, key: str, leaf: str) -> Act[ConfirmAct]:
    clear = ConfirmAct(
        v=1, proc=state.convened.origin, iat=0, seq=0, prev="", seen=(0, ""), aud=(), sd=(), original=leaf
    )
    return Act(clear, person.id, key, "")


KINDS = (
    Kind(ConfirmAct, Hidden, PRINCIPALS, examine, evolve, "{author} confirms the unauthorised act {original}",
         "The step counts for your side from this act on.", offers=offers),
)  # fmt: skip
