"""A drawing withdrawn: one that was drawn wrongly, or from words that a later edition has changed.

Rules: a drawing binds nobody, so before its text is adopted whoever drew it withdraws it alone; the text does not
change. Once the text is adopted others may rely on the drawing: it is withdrawn, or another takes its place, when every
side of the text has said so and whoever drew it, each by an act of its own. It stays in the record, with what was
reported and found on it; nothing new is found, reported or ordered on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.commitments import awaited_to_withdraw
from detente.acts.sealing import group_of
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Commitment


class WithdrawCommitment(Clear, frozen=True, kw_only=True, tag="withdraw_commitment"):
    """commitment: leaf of the drawing."""

    commitment: Leaf


class DrawingReason(Hidden, frozen=True, kw_only=True):
    reason: str | None = None


def half_withdrawn(state: State) -> Iterator[tuple[Commitment, tuple[str, ...]]]:
    """The drawings that somebody wants withdrawn while others have not said so, with who is awaited."""
    for commitment in in_order(state.commitments.values()):
        if commitment.stands and commitment.withdrawal:
            yield commitment, awaited_to_withdraw(state, commitment)


def examine(state: State, act: Act[WithdrawCommitment]) -> tuple[Refusal, ...]:
    found = state.commitments.get(act.clear.commitment)
    if found is None or not found.stands:
        return (Refusal("commitment.unknown", "The record holds no such commitment, or it no longer stands.",
                        instead="Name a commitment that stands."),)  # fmt: skip
    group = group_of(state, act.author)
    said = {one for one, _at in found.withdrawal}
    return refusals(
        Refusal("commitment.withdrawal_said", "Your side has said so already.",
                instead="Wait for the others; until they have said so too, it stands.")
        if group in said
        else None,
        Refusal("commitment.not_yours", "Another side drew this commitment.",
                instead="Leave it: yours stands beside it.")
        if group not in said and group not in awaited_to_withdraw(state, found)
        else None,
    )  # fmt: skip


def evolve(state: State, act: Act[WithdrawCommitment]) -> State:
    found = state.commitments[act.clear.commitment]
    said = replace(found, withdrawal=(*found.withdrawal, (group_of(state, act.author) or "", state.size)))
    if not awaited_to_withdraw(state, said):
        said = replace(said, withdrawn=state.size)
    return replace(state, commitments=state.commitments.set(said.leaf, said))


def offers(state: State, person: Person) -> Iterable[Offer]:
    """To whoever drew one; and, of an adopted text, to each side once another wants it withdrawn."""
    group = group_of(state, person.id)
    for commitment in in_order(state.commitments.values()):
        drawn = group_of(state, commitment.by) == group
        if not commitment.stands or not (drawn or commitment.withdrawal):
            continue
        if group in awaited_to_withdraw(state, commitment):
            yield Offer("withdraw_commitment", commitment.leaf, {"commitment": commitment.leaf})


KINDS = (
    Kind(WithdrawCommitment, DrawingReason, TABLE, examine, evolve,
         "{author} withdraws the commitment {commitment}",
         "The drawing no longer stands: what was reported and found on it stays in the record. The text does not change. "
         "Where the text is adopted, it stands until every side has said so.",
         staleness=Staleness.PROTECTIVE, offers=offers),
)  # fmt: skip
