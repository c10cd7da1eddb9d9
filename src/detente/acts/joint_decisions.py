"""Joint decisions: what the sides of an instrument decide together, as in a joint commission.

Rules. One side proposes the words and the others agree to them, each by an act of its own. The decision is taken once
those who agreed are enough: as the rules of procedure say, or by default every side. That a measure on a breach be
carried out is agreed by every side for which the text has not ended, through its principal (VCLT art. 54(b), 57(b)).
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.acts.act import PRINCIPALS, SIDES, Act, Clear, Kind, refusals
from detente.acts.breach import NoticeWords, unknown_notice
from detente.acts.subjects import missing_instrument, not_a_side_of, own_side, side_of
from detente.codec.identifier import Leaf, SubjectId
from detente.codec.refusal import Refusal
from detente.state.breach import Decision, Notice
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.records import State


class DecideJointly(Clear, frozen=True, kw_only=True, tag="decide_jointly"):
    """breach: the notice whose measure the decision agrees to. joins: the act that proposed the words agreed to."""

    instrument: SubjectId
    breach: Leaf | None = None
    joins: Leaf | None = None


def in_play(instrument: Instrument) -> tuple[str, ...]:
    """The sides for which the text has not ended."""
    return tuple(s for s in instrument.sides if instrument.standing(s).step is not Step.ENDED)


def _needed(state: State, decision: Decision) -> bool:
    """Whether those who agreed are enough: every side for a measure, else as the rules of procedure say."""
    sides = in_play(state.instruments[decision.instrument])
    yes = frozenset(side for _leaf, _at, side in decision.agreed)
    if decision.notice is None:
        return state.adoption_rule().met_by(yes, sides)
    return yes.union({state.notices[decision.notice].by_side}).issuperset(sides)


def examine_decide(state: State, act: Act[DecideJointly]) -> tuple[Refusal, ...]:
    clear, side = act.clear, side_of(state, act.author)
    notice = state.notices.get(clear.breach or "")
    return refusals(
        missing_instrument(state, clear.instrument),
        not_a_side_of(state, clear.instrument, side),
        unknown_notice(notice) if clear.breach else None,
        Refusal("decision.other", "The notice is of a breach of another instrument.",
                instead=f"Decide on “{notice.instrument}”.")
        if notice is not None and notice.instrument != clear.instrument
        else None,
        Refusal("decision.principal", "A measure on a breach is agreed by the principals of the sides.",
                "VCLT art. 54(b), 57(b)", "Ask the principal.")
        if clear.breach and state.people[act.author].role not in PRINCIPALS
        else None,
        _cannot_join(state, act) if clear.joins else None,
    )  # fmt: skip


def _cannot_join(state: State, act: Act[DecideJointly]) -> Refusal | None:
    clear = act.clear
    decision = state.decisions.get(clear.joins or "")
    if decision is None or (decision.instrument, decision.notice) != (clear.instrument, clear.breach):
        return Refusal("decision.unknown", "The record holds no such proposal of a decision on this.",
                       instead="Name the act that proposed it, with its instrument and its notice.")  # fmt: skip
    if side_of(state, act.author) in {side for _leaf, _at, side in decision.agreed}:
        return Refusal("decision.joined", "Your side has agreed to this decision already.",
                       instead="It is taken once the others have.")  # fmt: skip
    return None


def evolve_decide(state: State, act: Act[DecideJointly]) -> State:
    clear, agreed = act.clear, (act.leaf, state.size, own_side(state, act))
    decision = state.decisions.get(clear.joins or "")
    if decision is None:
        decision = Decision(act.leaf, state.size, act.author, clear.instrument, (agreed,), clear.breach)
    else:
        decision = replace(decision, agreed=(*decision.agreed, agreed))
    if decision.taken is None and _needed(state, decision):
        decision = replace(decision, taken=state.size)
    return replace(state, decisions=state.decisions.set(decision.leaf, decision))


def agreeing(state: State, notice: Notice) -> frozenset[str]:
    """The sides that agree to the measure of a notice: the one that gave it, and those of joint decisions on it."""
    joint = (d.agreed for d in state.decisions.values() if d.notice == notice.leaf)
    return frozenset({notice.by_side, *(side for agreed in joint for _leaf, _at, side in agreed)})


KINDS = (
    Kind(DecideJointly, NoticeWords, SIDES, examine_decide, evolve_decide, "{author} decides jointly on {instrument}",
         "The decision is taken once every side, or as many as the rules ask for, has agreed by an act of its own."),
)  # fmt: skip
