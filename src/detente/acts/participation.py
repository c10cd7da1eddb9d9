"""Participation: who is at the table, in which role, and who speaks for a side.

Rules: a mediator admits; a person leaves by an own act or a mediator's. A contested principal continues until
a decision on credentials (UN General Assembly rules of procedure 27-29, by analogy); a contest holds up what is
not yet in force. Only a State's officers claim powers by office (VCLT art. 7(2)).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from detente.acts.act import ANYONE, MEDIATION, PRINCIPALS, SIDES, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.convening import Reason
from detente.acts.key_authority import SINCE_EDITION
from detente.acts.subjects import missing_person, missing_side
from detente.codec.identifier import PersonId, Side
from detente.codec.refusal import Refusal
from detente.state.records import Person, Role, State, in_order

_OF_A_SIDE: frozenset[str] = SIDES


class Admit(Clear, frozen=True, kw_only=True, tag="admit"):
    """office: the clause of VCLT 7(2) under which the person needs no full powers, for a State's officer."""

    person: PersonId
    role: Role
    side: Side | None = None
    office: Literal["", "7(2)(a)", "7(2)(b)", "7(2)(c)"] = ""


class AdmitHidden(Hidden, frozen=True, kw_only=True):
    title: str | None = None


class Leave(Clear, frozen=True, kw_only=True, tag="leave"):
    person: PersonId


class DesignateHead(Clear, frozen=True, kw_only=True, tag="designate_head"):
    person: PersonId


class ContestRepresentation(Clear, frozen=True, kw_only=True, tag="contest_representation"):
    side: Side


class DecideCredentials(Clear, frozen=True, kw_only=True, tag="decide_credentials"):
    side: Side
    upheld: bool


def examine_admit(state: State, act: Act[Admit]) -> tuple[Refusal, ...]:
    clear = act.clear
    present = state.people.get(clear.person)
    sided = clear.role in _OF_A_SIDE
    mediates = clear.role in MEDIATION
    # Audiences name sides by letter, and the mediators “M”: nobody else may answer to these names.
    foreign = clear.person in state.convened.sides and clear.person != clear.side
    foreign = foreign or (clear.person == "M" and not mediates)
    return refusals(
        Refusal("participation.present", f"{clear.person} is in the record already.",
                instead="Choose another id, or enrol a key for the person.")
        if present is not None and present.left is None
        else None,
        Refusal("participation.id_of_another", f"“{clear.person}” was the id of somebody in another role.",
                instead="Choose another id: what was said of that key was said of that role.")
        if present is not None and _would_change_a_principal(state, present, clear)
        else None,
        Refusal("participation.id", f"“{clear.person}” is the name of an audience that the person does not belong to.",
                instead="Choose another id.")
        if foreign
        else None,
        missing_side(state, clear.side) if sided or clear.side is not None else None,
        Refusal("participation.side", "A mediator belongs to no side.",
                instead="Admit the person without a side.")
        if mediates and clear.side is not None
        else None,
        Refusal("participation.office", "Only a delegate or principal can hold powers by office.", "VCLT art. 7(2)",
                instead="Leave the office out.")
        if clear.office and not sided
        else None,
        Refusal("participation.role", "The keeper is named by the convening act.", "VCLT art. 76",
                instead="Choose another role.")
        if clear.role == "keeper"
        else None,
    )  # fmt: skip


def _would_change_a_principal(state: State, present: Person, clear: Admit) -> bool:
    """Whether somebody who left would come back as a principal, or no longer as one, with the keys of before."""
    return (
        state.convened.edition >= SINCE_EDITION
        and present.left is not None
        and not PRINCIPALS.isdisjoint((present.role, clear.role))
        and (present.role, present.side) != (clear.role, clear.side)
    )


def evolve_admit(state: State, act: Act[Admit]) -> State:
    clear = act.clear
    person = Person(clear.person, clear.role, clear.side, clear.office, act.leaf, state.size)
    return replace(state, people=state.people.set(person.id, person))


def examine_leave(state: State, act: Act[Leave]) -> tuple[Refusal, ...]:
    author = state.people[act.author]
    return refusals(
        missing_person(state, act.clear.person),
        Refusal(
            "participation.leave_other",
            "Only a mediator can record that somebody else has left.",
            instead="Record that you have left yourself, or ask a mediator.",
        )
        if author.role not in MEDIATION and act.clear.person != act.author
        else None,
        Refusal(
            "participation.leave_fixed",
            "The convenor and the keeper stay for as long as the record runs.",
            instead="Conclude the talks, or convene another process.",
        )
        if act.clear.person in (state.convened.convenor, state.convened.keeper)
        else None,
    )


def evolve_leave(state: State, act: Act[Leave]) -> State:
    person = replace(state.people[act.clear.person], left=state.size)
    heads = state.heads
    if person.side is not None and heads.get(person.side) == person.id:
        heads = heads.delete(person.side)
    return replace(state, people=state.people.set(person.id, person), heads=heads)


def examine_head(state: State, act: Act[DesignateHead]) -> tuple[Refusal, ...]:
    person, author = state.people.get(act.clear.person), state.people[act.author]
    return refusals(
        missing_person(state, act.clear.person),
        Refusal("participation.head", "A head of delegation is a delegate of the side that the author acts for.",
                instead="A principal designates its own; a mediator records any side's.")
        if person is not None
        and (person.role != "delegate" or (author.role in PRINCIPALS and author.side != person.side))
        else None,
    )  # fmt: skip


def evolve_head(state: State, act: Act[DesignateHead]) -> State:
    side = state.people[act.clear.person].side
    assert side is not None
    return replace(state, heads=state.heads.set(side, act.clear.person))


def examine_contest(state: State, act: Act[ContestRepresentation]) -> tuple[Refusal, ...]:
    return refusals(missing_side(state, act.clear.side))


def evolve_contest(state: State, act: Act[ContestRepresentation]) -> State:
    return replace(state, contested=state.contested.set(act.clear.side, act.leaf))


def examine_credentials(state: State, act: Act[DecideCredentials]) -> tuple[Refusal, ...]:
    return refusals(
        missing_side(state, act.clear.side),
        Refusal(
            "participation.not_contested",
            f"The representation of {act.clear.side} is not contested.",
            instead="Nothing is to be decided before somebody contests it.",
        )
        if act.clear.side not in state.contested
        else None,
    )


def evolve_credentials(state: State, act: Act[DecideCredentials]) -> State:
    if not act.clear.upheld:
        return state  # the contest stands; who speaks for the side is settled by new admissions
    return replace(state, contested=state.contested.delete(act.clear.side))


def offers_head(state: State, person: Person) -> Iterable[Offer]:
    if person.role in PRINCIPALS and person.side not in state.heads:
        for other in in_order(state.people.values()):
            if other.role == "delegate" and other.side == person.side and other.left is None:
                yield Offer("designate_head", other.id, {"person": other.id})


def offers_credentials(state: State, person: Person) -> Iterable[Offer]:
    if person.role in MEDIATION:
        for side in sorted(state.contested):
            yield Offer("decide_credentials", side, {"side": side, "upheld": True})


KINDS = (
    Kind(Admit, AdmitHidden, MEDIATION, examine_admit, evolve_admit, "{author} admits {person} as {role}",
         "The person joins the record in this role; a key is enrolled apart."),
    Kind(Leave, Reason, ANYONE, examine_leave, evolve_leave, "{author} records that {person} has left",
         "Acts already done stand; the person's later acts are refused."),
    Kind(DesignateHead, Hidden, MEDIATION | PRINCIPALS, examine_head, evolve_head,
         "{author} designates {person} as head of delegation",
         "The person is shown as head; powers come from a mandate, not from this.", offers=offers_head),
    Kind(ContestRepresentation, Reason, SIDES, examine_contest, evolve_contest,
         "{author} contests the representation of {side}",
         "The contest stands beside the steps of that side; nothing becomes binding until it is decided."),
    Kind(DecideCredentials, Reason, MEDIATION, examine_credentials, evolve_credentials,
         "{author} decides on the credentials of {side}",
         "You record the decision reached under the rules of procedure.", offers=offers_credentials),
)  # fmt: skip
