"""Demands: what a side asks of another, on which exhibits, and which words would meet it.

Rules: a demand is put to another side, rests on exhibits of the record or on none, and may name one provision. The side
that made it withdraws it; the side asked may decline it, with its reason, and may still give an assurance later. A demand
obliges nobody, and silence answers none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from detente.acts.act import SIDES, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.convening import Reason
from detente.acts.evidence.exhibits import missing_exhibit
from detente.acts.subjects import missing_instrument, missing_side, own_side
from detente.codec.identifier import Leaf, ProvisionId, Side, SubjectId
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Demand


class MakeDemand(Clear, frozen=True, kw_only=True, tag="demand"):
    """of: the side asked. exhibits: leaves of those it rests on. instrument, provision: the words that would meet it."""

    of: Side
    exhibits: tuple[Leaf, ...] = ()
    instrument: SubjectId | None = None
    provision: ProvisionId | None = None


class WithdrawDemand(Clear, frozen=True, kw_only=True, tag="withdraw_demand"):
    demand: Leaf


class DeclineDemand(Clear, frozen=True, kw_only=True, tag="decline_demand"):
    demand: Leaf


class DemandWords(Hidden, frozen=True, kw_only=True):
    title: str | None = None
    text: str | None = None


def missing_demand(state: State, leaf: str) -> Refusal | None:
    """Silent where the demand stands."""
    demand = state.demands.get(leaf)
    if demand is None:
        return Refusal("demand.unknown", "The record holds no such demand.",
                       instead="Name the act that makes it.")  # fmt: skip
    if demand.withdrawn is not None:
        return Refusal("demand.withdrawn", f"This demand was withdrawn in act {demand.withdrawn + 1}.",
                       instead="It asks nothing any more; nothing further is needed.")  # fmt: skip
    return None


def examine_demand(state: State, act: Act[MakeDemand]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument or "")
    known = instrument.edition.provisions if instrument is not None and instrument.edition else ()
    return refusals(
        missing_side(state, clear.of),
        Refusal("demand.own", "A demand is put to another side.", instead="Name the side that is asked.")
        if clear.of == own_side(state, act)
        else None,
        missing_exhibit(state, *clear.exhibits),
        Refusal("demand.twice", "An exhibit is named twice.", instead="Name each once.")
        if len(set(clear.exhibits)) < len(clear.exhibits)
        else None,
        missing_instrument(state, clear.instrument) if clear.instrument else None,
        Refusal("demand.provision", "The words that would meet a demand are named by text and provision together.",
                instead="Name both, or neither.")
        if (clear.instrument is None) != (clear.provision is None)
        else Refusal("demand.no_such_provision", "The last edition of this text has no such provision.",
                     instead="Name a provision of it, or leave the text out.")
        if instrument is not None and clear.provision not in known
        else None,
    )  # fmt: skip


def evolve_demand(state: State, act: Act[MakeDemand]) -> State:
    clear = act.clear
    words = (clear.instrument, clear.provision) if clear.instrument and clear.provision else None
    group = own_side(state, act)
    made = Demand(act.leaf, state.size, act.author, group, clear.of, clear.exhibits, words)
    return _with_demand(state, made)


def _with_demand(state: State, demand: Demand) -> State:
    return replace(state, demands=state.demands.set(demand.leaf, demand))


def _not_your_side(state: State, act: Act[Any], side: str, instead: str) -> Refusal | None:
    if own_side(state, act) == side:
        return None
    return Refusal("demand.side", f"This is for side {side} to say.", instead=instead)


def examine_withdraw(state: State, act: Act[WithdrawDemand]) -> tuple[Refusal, ...]:
    demand = state.demands.get(act.clear.demand)
    return refusals(
        missing_demand(state, act.clear.demand),
        _not_your_side(state, act, demand.group, "The side that was asked can decline it.") if demand else None,
    )  # fmt: skip


def evolve_withdraw(state: State, act: Act[WithdrawDemand]) -> State:
    return _with_demand(state, replace(state.demands[act.clear.demand], withdrawn=state.size))


def examine_decline(state: State, act: Act[DeclineDemand]) -> tuple[Refusal, ...]:
    demand = state.demands.get(act.clear.demand)
    return refusals(
        missing_demand(state, act.clear.demand),
        _not_your_side(state, act, demand.of, "The side that made it can withdraw it.") if demand else None,
        Refusal("demand.declined", "Your side has declined this demand already.",
                instead="An assurance can still be given.")
        if demand is not None and demand.declined is not None
        else None,
    )  # fmt: skip


def evolve_decline(state: State, act: Act[DeclineDemand]) -> State:
    declined = (act.leaf, state.size)
    return _with_demand(state, replace(state.demands[act.clear.demand], declined=declined))


def offers_withdraw(state: State, person: Person) -> Iterable[Offer]:
    for demand in in_order(state.demands.values()):
        if demand.withdrawn is None and demand.group == person.side:
            yield Offer("withdraw_demand", demand.leaf, {"demand": demand.leaf})


def offers_decline(state: State, person: Person) -> Iterable[Offer]:
    for demand in in_order(state.demands.values()):
        if demand.withdrawn is None and demand.declined is None and demand.of == person.side:
            yield Offer("decline_demand", demand.leaf, {"demand": demand.leaf})


KINDS = (
    Kind(MakeDemand, DemandWords, SIDES, examine_demand, evolve_demand, "{author} puts a demand to {of}",
         "The other side is asked for an assurance. It owes none by being asked."),
    Kind(WithdrawDemand, Reason, SIDES, examine_withdraw, evolve_withdraw, "{author} withdraws the demand {demand}",
         "The demand asks nothing any more; it stays in the record.", staleness=Staleness.PROTECTIVE,
         offers=offers_withdraw),
    Kind(DeclineDemand, Reason, SIDES, examine_decline, evolve_decline, "{author} declines the demand {demand}",
         "Your side gives no assurance on this demand. It may still give one later.", offers=offers_decline),
)  # fmt: skip
