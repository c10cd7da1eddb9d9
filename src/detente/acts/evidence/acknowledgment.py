"""Acknowledgment: a receipt, then how far an exhibit is acknowledged: examined, authentic, accepted.

Rules: those to whom an exhibit is presented, and the mediators, receive and acknowledge it, each person with their own
key and for their group; nobody acknowledges an exhibit of their own group. The grades of one group only go up: what is
no longer held is said by a challenge, beside what was said before. No grade is an assent, and none moves a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.evidence.exhibits import missing_exhibit, with_exhibit
from detente.acts.sealing import MEDIATORS, group_of
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, in_order
from detente.state.undertakings import GRADES, Acknowledgment, Exhibit, Grade


class ReceiveExhibit(Clear, frozen=True, kw_only=True, tag="receive_exhibit"):
    exhibit: Leaf


class AcknowledgeExhibit(Clear, frozen=True, kw_only=True, tag="acknowledge_exhibit"):
    exhibit: Leaf
    grade: Literal["examined", "authentic", "accepted"]


class Acknowledged(Hidden, frozen=True, kw_only=True):
    """shows: what it is accepted as showing."""

    shows: str | None = None
    text: str | None = None


def grade_of(exhibit: Exhibit, group: str) -> int:
    """How far a group has acknowledged it: the place of the grade in `GRADES`, or -1."""
    return max((GRADES.index(a.grade) for a in exhibit.acknowledged if a.group == group), default=-1)


def may_acknowledge(state: State, exhibit: Exhibit, group: str | None) -> bool:
    """Whether it was presented to this group. What is only described was presented to nobody, and anybody may answer."""
    asked = group == MEDIATORS or group in exhibit.to or not exhibit.files
    return asked and group is not None and group != group_of(state, exhibit.by)


def _examine(state: State, exhibit: Exhibit, author: str, grade: Grade) -> tuple[Refusal, ...]:
    group = group_of(state, author)
    return refusals(
        Refusal("evidence.own", "An exhibit is not acknowledged by those who presented it.",
                instead="Those to whom it was presented can acknowledge it.")
        if group == group_of(state, exhibit.by)
        else Refusal("evidence.addressee", "The exhibit was not presented to you.",
                     instead="Whoever presented it can present it again, sealed to you too.")
        if not may_acknowledge(state, exhibit, group)
        else None,
        Refusal("evidence.grade", "Your delegation, or the mediators, have acknowledged it as far as this already.",
                instead="Acknowledge it further; or challenge it, where less is meant by now.")
        if group is not None and grade_of(exhibit, group) >= GRADES.index(grade)
        else None,
    )  # fmt: skip


def examine_receive(state: State, act: Act[ReceiveExhibit]) -> tuple[Refusal, ...]:
    exhibit = state.exhibits.get(act.clear.exhibit)
    if exhibit is None:
        return refusals(missing_exhibit(state, act.clear.exhibit))
    if not exhibit.files:
        return (Refusal("evidence.described", "It is only described: there is no file to receive.",
                        instead="Ask its author to present it."),)  # fmt: skip
    return _examine(state, exhibit, act.author, "received")


def examine_acknowledge(state: State, act: Act[AcknowledgeExhibit]) -> tuple[Refusal, ...]:
    exhibit = state.exhibits.get(act.clear.exhibit)
    if exhibit is None:
        return refusals(missing_exhibit(state, act.clear.exhibit))
    return _examine(state, exhibit, act.author, act.clear.grade)


def evolve_receive(state: State, act: Act[ReceiveExhibit]) -> State:
    return _with_grade(state, act, "received")


def evolve_acknowledge(state: State, act: Act[AcknowledgeExhibit]) -> State:
    return _with_grade(state, act, act.clear.grade)


def _with_grade(state: State, act: Act[Any], grade: Grade) -> State:
    exhibit, group = state.exhibits[act.clear.exhibit], group_of(state, act.author)
    assert group is not None  # the roles of the kinds: mediators, and people of a side
    given = Acknowledgment(act.leaf, state.size, act.author, group, grade)
    return with_exhibit(state, replace(exhibit, acknowledged=(*exhibit.acknowledged, given)))


def unreceived(exhibit: Exhibit) -> tuple[str, ...]:
    """The groups to which it was presented and which have not acknowledged it in any way."""
    return tuple(group for group in exhibit.to if grade_of(exhibit, group) < 0)


def offers_receive(state: State, person: Person) -> Iterable[Offer]:
    group = group_of(state, person.id)
    for exhibit in in_order(state.exhibits.values()):
        if group in unreceived(exhibit):
            yield Offer("receive_exhibit", exhibit.leaf, {"exhibit": exhibit.leaf})


def offers_acknowledge(state: State, person: Person) -> Iterable[Offer]:
    """The next grade of each exhibit that the person's group has received."""
    group = group_of(state, person.id)
    for exhibit in in_order(state.exhibits.values()):
        if group is not None and may_acknowledge(state, exhibit, group):
            following = grade_of(exhibit, group) + 1
            if 0 < following < len(GRADES):
                fields = {"exhibit": exhibit.leaf, "grade": GRADES[following]}
                yield Offer("acknowledge_exhibit", exhibit.leaf, fields)


KINDS = (
    Kind(ReceiveExhibit, Hidden, TABLE, examine_receive, evolve_receive, "{author} receives the exhibit {exhibit}",
         "You confirm that it arrived; this says nothing of what it is or shows.", offers=offers_receive),
    Kind(AcknowledgeExhibit, Acknowledged, TABLE, examine_acknowledge, evolve_acknowledge,
         "{author} acknowledges the exhibit {exhibit} as {grade}",
         "You say how far you acknowledge it, for your delegation. It is no assent, and moves no text.",
         variant="grade", offers=offers_acknowledge),
)  # fmt: skip
