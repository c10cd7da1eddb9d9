"""What the record can say about a public claim. In most cases: nothing, and that is the answer.

"Not in the record" says nothing of whether a claim is true; no answer here moves anybody on a ladder.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from detente.acts.ladder_step import DISPUTED
from detente.codec.instant import unix_from_instant
from detente.state.ladder import Step
from detente.state.phases import Phase
from detente.state.records import State, Statement

Verdict = Literal["not in the record", "consistent with the record", "contradicted by the record"]


class ClaimAnswer(Struct, frozen=True):
    """verdict: one of three; sentence: what the record holds; other: the leaf of a statement that contradicts."""

    predicate: str
    argument: str
    verdict: Verdict
    sentence: str
    contradicted_by: tuple[str, ...] = ()


def answer_claims(state: State, statement: Statement) -> tuple[ClaimAnswer, ...]:
    """Each claim of a registered statement beside what the record holds."""
    return tuple(_answer(state, statement, predicate, argument) for predicate, argument in statement.claims)


def _answer(state: State, statement: Statement, predicate: str, argument: str) -> ClaimAnswer:
    others = _contradicting(state, statement, predicate, argument)
    verdict, sentence = _held(state, predicate, argument)
    return ClaimAnswer(predicate, argument, verdict, sentence, others)


def _contradicting(state: State, statement: Statement, predicate: str, argument: str) -> tuple[str, ...]:
    """Other registered statements that claim another duration of the same talks."""
    if predicate != "duration":
        return ()
    return tuple(
        other.leaf
        for other in state.statements.values()
        if other.leaf != statement.leaf and any(p == "duration" and a != argument for p, a in other.claims)
    )


def _held(state: State, predicate: str, argument: str) -> tuple[Verdict, str]:
    if predicate == "withdrew":
        return _withdrawal(state, argument)
    if predicate == "acknowledged":
        return "not in the record", f"The record holds no acknowledgment by {argument}."
    if predicate == "duration":
        return "not in the record", _length_held(state)
    if predicate == "broke_off":
        if state.phase is Phase.BROKEN_OFF:
            return "consistent with the record", "The convenor has recorded that the talks are broken off."
        return "not in the record", "The record holds no act of the convenor that breaks off the talks."
    return "not in the record", "No signed act in the record supports or contradicts this."


def _withdrawal(state: State, side: str) -> tuple[Verdict, str]:
    standings = [i.standing(side) for i in state.instruments.values()]
    taken_back = (Step.WITHDRAWN, Step.NO_INTENTION)
    # The path, not the step: a later edition sets the step back and erases nothing.
    if any(t.step in taken_back for s in standings for t in s.path) or any(
        DISPUTED in s.flags for s in standings
    ):
        return "consistent with the record", f"The record holds an act by which {side} took back a step."
    if any(s.path for s in standings):
        return (
            "contradicted by the record",
            f"{side} has taken a step and has not taken it back in this record.",
        )
    return (
        "not in the record",
        f"No signed act in the record supports or contradicts this: {side} has taken no step that could be taken back.",
    )


def _length_held(state: State) -> str:
    closed = [(s.opened, s.closed) for s in state.sessions if s.closed]
    seconds = sum(unix_from_instant(end) - unix_from_instant(start) for start, end in closed if end)
    hours, count = f"{seconds / 3600:g}", len(state.sessions)
    if count == 1:
        return (
            f"The record holds 1 session, {hours} hours by the times stated in the minutes; it does not hold the length "
            "of the talks."
        )
    return (
        f"The record holds {count} sessions, {hours} hours by the times stated in the minutes; it does not hold the "
        "length of the talks."
    )
