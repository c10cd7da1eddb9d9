"""Sequences: that one commitment comes before, after, with, or within days after another, as a side reads a provision.

Rules: an ordering changes no word and binds nobody. It names two commitments that stand, and the provision that is read
so. Each side, and the mediators, order as they read; orderings of different sides are never merged, since two readings
can give two orders, and that is said before anybody adopts the text (`procedure/sequences.py`). Days are given for
`within`, and for nothing else. Whoever ordered, or somebody of the same side, withdraws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.commitments import no_such_provision
from detente.acts.sealing import group_of
from detente.acts.subjects import missing_edition, missing_instrument, not_a_side_of, side_of
from detente.codec.identifier import Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Ordering, Relation

LONGEST: Final = 36_525
"""Days: a hundred years."""


class OrderCommitments(Clear, frozen=True, kw_only=True, tag="order_commitments"):
    """first, second: leaves of commitments. days: for `within`: the first is due at most so long after the second."""

    first: Leaf
    second: Leaf
    relation: Relation
    instrument: SubjectId
    edition: Leaf
    provision: ProvisionId
    days: Annotated[int, Meta(ge=0, le=LONGEST)] | None = None


class OrderingWords(Hidden, frozen=True, kw_only=True):
    """text: the words of the provision that say so, or why they are read so."""

    text: str | None = None


class WithdrawOrdering(Clear, frozen=True, kw_only=True, tag="withdraw_ordering"):
    ordering: Leaf


class WithdrawalReason(Hidden, frozen=True, kw_only=True):
    reason: str | None = None


def standing_orderings(state: State, group: str = "") -> tuple[Ordering, ...]:
    """Those that nobody has withdrawn, and whose commitments both stand, the oldest first. group: whose; "" for all."""
    found = (
        o
        for o in state.orderings.values()
        if o.withdrawn is None
        and group in ("", o.group)
        and all(state.commitments[leaf].stands for leaf in (o.first, o.second))
    )
    return tuple(in_order(found))


def examine_order(state: State, act: Act[OrderCommitments]) -> tuple[Refusal, ...]:
    clear = act.clear
    own, group = side_of(state, act.author), group_of(state, act.author)
    known = [state.commitments.get(leaf) for leaf in (clear.first, clear.second)]
    return refusals(
        missing_instrument(state, clear.instrument),
        not_a_side_of(state, clear.instrument, own) if own else None,
        missing_edition(state, clear.instrument, clear.edition),
        no_such_provision(state, clear),
        Refusal("commitment.unknown", "The record holds no such commitment, or another has taken its place.",
                instead="Name two commitments that stand; draw them first.")
        if any(c is None or not c.stands for c in known)
        else None,
        Refusal("sequence.same", "A commitment is not ordered to itself.", instead="Name two commitments.")
        if clear.first == clear.second
        else None,
        Refusal("sequence.days", "Days are given for “within”, and for nothing else.",
                instead="Give the days, or choose another relation.")
        if (clear.relation == "within") != (clear.days is not None)
        else None,
        Refusal("sequence.present", "Your side has ordered these two so already.",
                instead="Withdraw that ordering first if it is to be read otherwise.")
        if any((o.first, o.second, o.relation) == (clear.first, clear.second, clear.relation)
               for o in standing_orderings(state, group or ""))
        else None,
    )  # fmt: skip


def evolve_order(state: State, act: Act[OrderCommitments]) -> State:
    clear = act.clear
    ordering = Ordering(
        leaf=act.leaf, index=state.size, by=act.author, group=group_of(state, act.author) or "", first=clear.first,
        second=clear.second, relation=clear.relation, instrument=clear.instrument, edition=clear.edition,
        provision=clear.provision, days=clear.days,
    )  # fmt: skip
    return replace(state, orderings=state.orderings.set(act.leaf, ordering))


def examine_withdraw(state: State, act: Act[WithdrawOrdering]) -> tuple[Refusal, ...]:
    found = state.orderings.get(act.clear.ordering)
    if found is None or found.withdrawn is not None:
        return (Refusal("sequence.unknown", "The record holds no such ordering, or it is withdrawn.",
                        instead="Name an ordering that stands."),)  # fmt: skip
    return refusals(
        Refusal("sequence.not_yours", "Another side ordered these commitments so.",
                instead="Order them as your side reads the provision; both stand beside each other.")
        if found.group != group_of(state, act.author)
        else None
    )  # fmt: skip


def evolve_withdraw(state: State, act: Act[WithdrawOrdering]) -> State:
    ordering = replace(state.orderings[act.clear.ordering], withdrawn=state.size)
    return replace(state, orderings=state.orderings.set(ordering.leaf, ordering))


def offers_withdraw(state: State, person: Person) -> Iterable[Offer]:
    for ordering in standing_orderings(state):
        if ordering.group == group_of(state, person.id):
            yield Offer("withdraw_ordering", ordering.leaf, {"ordering": ordering.leaf})


KINDS = (
    Kind(OrderCommitments, OrderingWords, TABLE, examine_order, evolve_order,
         "{author} orders {first} {relation} {second}",
         "Everybody sees in which order you read the commitments, and whether others read another. The text does not "
         "change."),
    Kind(WithdrawOrdering, WithdrawalReason, TABLE, examine_withdraw, evolve_withdraw,
         "{author} withdraws the ordering {ordering}",
         "The ordering is no longer your reading; it stays in the record.", offers=offers_withdraw),
)  # fmt: skip
