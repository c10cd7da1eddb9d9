"""Challenge: dispute an exhibit on a ground, and withdraw that again.

Rules: any side and the mediators challenge what others presented or described, also after they acknowledged it: both
stand. A challenge decides nothing. Whoever made it, or somebody of the same group, withdraws it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, Offer, Staleness, refusals
from detente.acts.evidence.exhibits import missing_exhibit, with_exhibit
from detente.acts.sealing import group_of
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Challenge, Exhibit, Ground


class ChallengeExhibit(Clear, frozen=True, kw_only=True, tag="challenge_exhibit"):
    exhibit: Leaf
    ground: Ground


class WithdrawChallenge(Clear, frozen=True, kw_only=True, tag="withdraw_challenge"):
    challenge: Leaf


class Grounds(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def standing_challenges(exhibit: Exhibit) -> tuple[Challenge, ...]:
    return tuple(challenge for challenge in exhibit.challenged if challenge.withdrawn is None)


def _challenged(state: State, leaf: str) -> tuple[Exhibit, Challenge] | None:
    every = ((exhibit, c) for exhibit in state.exhibits.values() for c in exhibit.challenged)
    return next((found for found in every if found[1].leaf == leaf), None)


def examine_challenge(state: State, act: Act[ChallengeExhibit]) -> tuple[Refusal, ...]:
    exhibit, group = state.exhibits.get(act.clear.exhibit), group_of(state, act.author)
    return refusals(
        missing_exhibit(state, act.clear.exhibit),
        Refusal("evidence.own", "An exhibit is not challenged by those who presented it.",
                instead="Put a correction beside your own words, or describe it anew.")
        if exhibit is not None and group == group_of(state, exhibit.by)
        else None,
    )  # fmt: skip


def evolve_challenge(state: State, act: Act[ChallengeExhibit]) -> State:
    exhibit, group = state.exhibits[act.clear.exhibit], group_of(state, act.author)
    assert group is not None  # the roles of the kind: mediators, and people of a side
    made = Challenge(act.leaf, state.size, act.author, group, act.clear.ground)
    return with_exhibit(state, replace(exhibit, challenged=(*exhibit.challenged, made)))


def examine_withdraw(state: State, act: Act[WithdrawChallenge]) -> tuple[Refusal, ...]:
    found = _challenged(state, act.clear.challenge)
    if found is None:
        return (Refusal("evidence.challenge", "The record holds no such challenge.",
                        instead="Name the act that challenges an exhibit."),)  # fmt: skip
    _exhibit, challenge = found
    return refusals(
        Refusal("evidence.not_yours", "Somebody else made this challenge.",
                instead="Whoever made it, or somebody of the same side, can withdraw it.")
        if group_of(state, act.author) != challenge.group
        else None,
        Refusal("evidence.withdrawn", "This challenge is withdrawn already.",
                instead="Nothing further is needed.")
        if challenge.withdrawn is not None
        else None,
    )  # fmt: skip


def evolve_withdraw(state: State, act: Act[WithdrawChallenge]) -> State:
    found = _challenged(state, act.clear.challenge)
    assert found is not None
    exhibit, challenge = found
    every = (replace(c, withdrawn=state.size) if c.leaf == challenge.leaf else c for c in exhibit.challenged)
    return with_exhibit(state, replace(exhibit, challenged=tuple(every)))


def offers_withdraw(state: State, person: Person) -> Iterable[Offer]:
    group = group_of(state, person.id)
    for exhibit in in_order(state.exhibits.values()):
        for challenge in standing_challenges(exhibit):
            if challenge.group == group:
                yield Offer("withdraw_challenge", challenge.leaf, {"challenge": challenge.leaf})


KINDS = (
    Kind(ChallengeExhibit, Grounds, TABLE, examine_challenge, evolve_challenge,
         "{author} challenges the exhibit {exhibit} on {ground}",
         "Your challenge stands beside what others say of it; it decides nothing."),
    Kind(WithdrawChallenge, Grounds, TABLE, examine_withdraw, evolve_withdraw,
         "{author} withdraws the challenge {challenge}",
         "The challenge stays in the record as withdrawn; this acknowledges nothing.",
         staleness=Staleness.PROTECTIVE, offers=offers_withdraw),
)  # fmt: skip
