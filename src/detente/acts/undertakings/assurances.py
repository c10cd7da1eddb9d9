"""Assurances: a side's word, given by its speaker's own key, on a demand or without one; and its withdrawal.

Rules: only somebody of the side gives its word, and only on a demand put to that side. An assurance is no assent and no
commitment: it becomes one when words of a text take it up so that they can be verified. It can be taken back by the side;
that is visible, and the page does not judge it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.subjects import own_side
from detente.acts.undertakings.demands import missing_demand
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Assurance


class Assure(Clear, frozen=True, kw_only=True, tag="assure"):
    demand: Leaf | None = None


class WithdrawAssurance(Clear, frozen=True, kw_only=True, tag="withdraw_assurance"):
    assurance: Leaf


class AssuranceWords(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def missing_assurance(state: State, leaf: str) -> Refusal | None:
    if leaf in state.assurances:
        return None
    return Refusal("assurance.unknown", "The record holds no such assurance.",
                   instead="Name the act that gives it, or reads it back.")  # fmt: skip


def not_asked(state: State, demand: str | None, side: str | None) -> tuple[Refusal | None, ...]:
    """That the demand stands, and was put to this side. None: an assurance without a demand."""
    if demand is None:
        return ()
    found = state.demands.get(demand)
    return (
        missing_demand(state, demand),
        Refusal("assurance.not_asked", "The demand was put to another side.",
                instead="Leave the demand out, or name one that was put to the side that gives its word.")
        if found is not None and found.of != side
        else None,
    )  # fmt: skip


def examine_assure(state: State, act: Act[Assure]) -> tuple[Refusal, ...]:
    return refusals(*not_asked(state, act.clear.demand, own_side(state, act)))


def evolve_assure(state: State, act: Act[Assure]) -> State:
    side = own_side(state, act)
    given = Assurance(
        act.leaf, state.size, act.author, act.author, side, act.clear.demand, confirmed=state.size
    )
    return with_assurance(state, given)


def with_assurance(state: State, assurance: Assurance) -> State:
    return replace(state, assurances=state.assurances.set(assurance.leaf, assurance))


def is_given(assurance: Assurance) -> bool:
    """Whether its speaker stands by it, as far as the record shows."""
    return assurance.confirmed is not None and assurance.withdrawn is None


def examine_withdraw(state: State, act: Act[WithdrawAssurance]) -> tuple[Refusal, ...]:
    assurance = state.assurances.get(act.clear.assurance)
    if assurance is None:
        return refusals(missing_assurance(state, act.clear.assurance))
    return refusals(
        Refusal("assurance.side", f"This assurance is side {assurance.side}’s.",
                instead="Only the side whose word it is can take it back.")
        if own_side(state, act) != assurance.side
        else None,
        Refusal("assurance.not_given", "There is no word to take back: it was not confirmed, or is taken back already.",
                instead="Words that were only read back are contested by their speaker.")
        if not is_given(assurance)
        else None,
    )  # fmt: skip


def evolve_withdraw(state: State, act: Act[WithdrawAssurance]) -> State:
    return with_assurance(state, replace(state.assurances[act.clear.assurance], withdrawn=state.size))


def offers_assure(state: State, person: Person) -> Iterable[Offer]:
    """On each demand that stands and has no assurance that stands."""
    answered = {a.demand for a in state.assurances.values() if is_given(a)}
    for demand in in_order(state.demands.values()):
        if demand.of == person.side and demand.withdrawn is None and demand.leaf not in answered:
            yield Offer("assure", demand.leaf, {"demand": demand.leaf})


def offers_withdraw(state: State, person: Person) -> Iterable[Offer]:
    for assurance in in_order(state.assurances.values()):
        if assurance.side == person.side and is_given(assurance):
            yield Offer("withdraw_assurance", assurance.leaf, {"assurance": assurance.leaf})


KINDS = (
    Kind(Assure, AssuranceWords, SIDES, examine_assure, evolve_assure, "{author} gives an assurance",
         "Your side’s word stands in the record. It is no assent, and obliges under no text.", offers=offers_assure),
    Kind(WithdrawAssurance, Reason, SIDES, examine_withdraw, evolve_withdraw,
         "{author} withdraws the assurance {assurance}",
         "Taking it back is possible and visible; the assurance stays in the record.",
         staleness=Staleness.PROTECTIVE, offers=offers_withdraw),
)  # fmt: skip
