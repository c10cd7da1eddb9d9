"""Bridging: a mediator's proposal on an open bracket, answered in sealed chambers.

Rules: without prejudice; it expires. Each side answers in its chamber with the mediators, sealed; the outcome stands
in the main log only if every answer is yes, and cites them. The mediators read the answers, and open them to nobody
unless all are yes, so that no side learns who said no. The bridge then counts as an alternative that every side supports.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, Act, Clear, Hidden, Kind, Log, Offer, refusals
from detente.acts.bracketing import AlternativeText, check_headings
from detente.acts.sealing import Sealed
from detente.acts.subjects import missing_instrument, no_such_instant, own_side, with_instrument
from detente.codec.identifier import Leaf, Origin, ProvisionId, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal
from detente.state.answers import open_brackets
from detente.state.instrument import Alternative, Bracket
from detente.state.records import Bridge, Chamber, Person, State

LAST_INSTANT: Final = "9999-12-31T23:59:59Z"


class ProposeBridge(Clear, frozen=True, kw_only=True, tag="propose_bridge"):
    instrument: SubjectId
    provision: ProvisionId
    expires: Instant


class AnswerBridge(Clear, frozen=True, kw_only=True, tag="answer_bridge"):
    bridge: Leaf


class OpenBridge(Clear, frozen=True, kw_only=True, tag="open_bridge"):
    """answers: (origin of the chamber, index, leaf) of each side's yes."""

    bridge: Leaf
    answers: tuple[tuple[Origin, int, Leaf], ...]


class Answer(Sealed, frozen=True, kw_only=True):
    """yes: sealed like the reason: no rule reads it, and the host does not."""

    yes: bool | None = None
    reason: str | None = None


def answer_chamber(origin: str, side: str) -> str:
    """The chamber in which `side` answers: the mediators with that side."""
    return f"{origin}/mediators-{side}"


def _closed(bridge: Bridge | None) -> Refusal | None:
    if bridge is None:
        return Refusal(
            "bridge.unknown",
            "The record holds no such proposal.",
            instead="Name a proposal that stands in the main log.",
        )
    if bridge.opened is not None:
        return Refusal(
            "bridge.opened",
            "This proposal is settled already.",
            instead="Issue the edition that takes its text up.",
        )
    if bridge.lapsed is not None:
        return Refusal("bridge.lapsed", f"This proposal lapsed at {bridge.expires}.",
                       instead="A mediator can propose another.")  # fmt: skip
    return None


def examine_propose(state: State, act: Act[ProposeBridge]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument)
    bracket = instrument.brackets.get(clear.provision) if instrument else None
    return refusals(
        missing_instrument(state, clear.instrument),
        Refusal("bridge.no_bracket", "A bridge spans an open bracket, and none is open at this provision.",
                instead="Circulate a non-paper, or table a text.")
        if instrument is not None and (bracket is None or not bracket.is_open(instrument.sides))
        else None,
        Refusal("bridge.expired", "The proposal would have lapsed before it is made.",
                instead="Name an instant after the last time marked.")
        if state.clock.now and clear.expires <= state.clock.now
        else None,
        no_such_instant(clear.expires),
    )  # fmt: skip


def evolve_propose(state: State, act: Act[ProposeBridge]) -> State:
    clear = act.clear
    bridge = Bridge(act.leaf, state.size, clear.instrument, clear.provision, clear.expires)
    return replace(state, bridges=state.bridges.set(act.leaf, bridge))


def examine_answer(chamber: Chamber, act: Act[AnswerBridge]) -> tuple[Refusal, ...]:
    main = chamber.main
    bridge = main.bridges.get(act.clear.bridge)
    side = own_side(main, act)
    return refusals(
        _closed(bridge),
        Refusal(
            "bridge.answered",
            "Your side has answered this proposal already.",
            instead="The first answer stands; a mediator can make another proposal.",
        )
        if act.clear.bridge in chamber.answers
        else None,
        Refusal(
            "bridge.side",
            "Your side does not negotiate this text.",
            instead="Only its negotiating sides answer.",
        )
        if bridge is not None and side not in main.instruments[bridge.instrument].sides
        else None,
    )


def evolve_answer(chamber: Chamber, act: Act[AnswerBridge]) -> Chamber:
    answer = (act.leaf, act.author)
    return replace(chamber, answers=chamber.answers.set(act.clear.bridge, answer))


def examine_open(state: State, act: Act[OpenBridge]) -> tuple[Refusal, ...]:
    bridge = state.bridges.get(act.clear.bridge)
    if bridge is None:
        return refusals(_closed(bridge))
    instrument = state.instruments[bridge.instrument]
    bracket = instrument.brackets.get(bridge.provision)
    needed = {answer_chamber(state.convened.origin, side) for side in instrument.sides}
    cited = [origin for origin, _index, _leaf in act.clear.answers]
    return refusals(
        _closed(bridge),
        Refusal("bridge.answers", "The outcome cites one yes from each side's chamber, and nothing else.",
                instead="Wait until every side has answered yes; otherwise the proposal lapses unopened.")
        if set(cited) != needed or len(cited) != len(needed)
        else None,
        Refusal("bridge.no_bracket", "The bracket that this proposal spanned is no longer open.",
                instead="Issue the next edition, or propose another bridge where a bracket is open.")
        if bracket is None or not bracket.is_open(instrument.sides)
        else None,
    )  # fmt: skip


def evolve_open(state: State, act: Act[OpenBridge]) -> State:
    bridge = replace(state.bridges[act.clear.bridge], opened=state.size)
    state = replace(state, bridges=state.bridges.set(bridge.leaf, bridge))
    instrument = state.instruments[bridge.instrument]
    bracket = instrument.brackets.get(bridge.provision, Bracket(bridge.provision))
    agreed = Alternative(bridge.leaf, state.size, "M", frozenset(instrument.sides))
    bracket = replace(bracket, alternatives=(*bracket.alternatives, agreed))
    brackets = instrument.brackets.set(bridge.provision, bracket)
    return with_instrument(state, replace(instrument, brackets=brackets))


def offers_propose(state: State, person: Person) -> Iterable[Offer]:
    if person.role not in MEDIATION or state.clock.now >= LAST_INSTANT:
        return
    for instrument in state.texts():
        for bracket in open_brackets(instrument):
            fields = {"instrument": instrument.id, "provision": bracket.provision, "expires": LAST_INSTANT}
            yield Offer("propose_bridge", bracket.provision, fields)


KINDS = (
    Kind(ProposeBridge, AlternativeText, MEDIATION, examine_propose, evolve_propose,
         "{author} proposes a bridge on {provision} of {instrument}, until {expires}",
         "Each side answers under seal; nothing opens unless every answer is yes.", offers=offers_propose,
         content=check_headings),
    Kind(AnswerBridge, Answer, SIDES, examine_answer, evolve_answer, "{author} answers the bridge {bridge}",
         "Your answer stays sealed with the mediators unless every answer is yes.",
         where=frozenset({Log.MEDIATORS_AND_SIDE})),
    Kind(OpenBridge, Hidden, MEDIATION, examine_open, evolve_open, "{author} opens the answers to the bridge {bridge}",
         "Every side has said yes; the bridge closes the bracket, provisionally."),
)  # fmt: skip
