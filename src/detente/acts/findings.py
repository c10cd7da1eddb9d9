"""Findings: what a verifier finds, a colleague's dissent, and what a side answers.

Rules (practice of joint commissions and fact-finding bodies; nothing of it is in the VCLT). A finding answers one
question: whether it happened, who did it, or whether a commitment is kept; who did it is asked only once somebody has
found that it happened. It is made by the verifier whom the commitment names, or where none is named by whoever is
admitted as verifier. The same words by a person of the side that they concern are that side's claim, and never a
finding. A later finding stands beside the earlier, a dissent and an answer beside the finding they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.incidents import Actor
from detente.acts.subjects import own_side, side_of
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.observance import Answer, Confidence, Finding, Question
from detente.state.records import Person, State, in_order
from detente.state.undertakings import Commitment

VERIFIERS: Final = frozenset({"verifier"})
COLLEAGUES: Final = VERIFIERS | {"observer", "guarantor"}
"""Who may sit in a mission or a commission beside the one who finds. A person of a side answers instead."""
_WHOEVER_IS_NAMED: Final = COLLEAGUES | SIDES | MEDIATION
"""A commitment may name anybody of the record as its verifier."""


class Find(Clear, frozen=True, kw_only=True, tag="find"):
    """about: leaf of an incident, of a batch (`row`: the incident's place in it, from 0) or of a commitment. actor: whom
    an attribution names. commitment: the one that an incident bears on."""

    about: Leaf
    question: Question
    answer: Answer
    confidence: Confidence
    row: Annotated[int, Meta(ge=0)] | None = None
    actor: Actor | None = None
    commitment: Leaf | None = None


class FoundHidden(Hidden, frozen=True, kw_only=True):
    """text: what is found; grounds: on what evidence and by what method."""

    text: str | None = None
    grounds: str | None = None


class Dissent(Clear, frozen=True, kw_only=True, tag="dissent"):
    finding: Leaf


class AnswerFinding(Clear, frozen=True, kw_only=True, tag="answer_finding"):
    finding: Leaf


class AboutFinding(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def commitment_of(state: State, find: Find) -> Commitment | None:
    """The commitment that a finding is about, or bears on."""
    return state.commitments.get(find.about if find.question == "observance" else find.commitment or "")


def is_concerned(state: State, find: Find, side: str | None) -> bool:
    """Whether the side is one whose acts are in question: it owes the commitment, or is said to have done it."""
    commitment, incident = commitment_of(state, find), state.incidents.get(find.about)
    named = {actor for _leaf, _at, _by, actor in incident.attributed} if incident else set()
    return side is not None and side in {*(commitment.actors if commitment else ()), find.actor, *named}


def _may_find(state: State, author: str, find: Find) -> bool:
    """Whether it would be a finding: the named verifier's, or where none is named a verifier's."""
    commitment = commitment_of(state, find)
    if commitment is not None and commitment.verifier is not None:
        return author == commitment.verifier
    return state.people[author].role in VERIFIERS


def _wrong_author(state: State, act: Act[Find]) -> Refusal | None:
    if _may_find(state, act.author, act.clear) or is_concerned(state, act.clear, side_of(state, act.author)):
        return None
    commitment = commitment_of(state, act.clear)
    if commitment is not None and commitment.verifier is not None:
        return Refusal("finding.verifier", f"The commitment names {commitment.verifier} as its verifier.",
                       instead="A colleague can dissent from a finding, and a side answer it.")  # fmt: skip
    return Refusal("finding.verifier", "No verifier is named; whoever is admitted as verifier can find.",
                   instead="Assert who did it, report what was done, or answer a finding.")  # fmt: skip


def _unknown_subject(state: State, find: Find) -> Refusal | None:
    if find.question == "observance":
        commitment = state.commitments.get(find.about)
        if commitment is None:
            return Refusal("finding.unknown", "Observance is found of a commitment, and the record holds no such one.",
                           instead="Name a commitment, or find occurrence or attribution of an incident.")  # fmt: skip
        return _gone(commitment)
    if find.about in state.incidents or find.about in state.batches:
        return None
    return Refusal("finding.unknown", "The record holds no such incident, nor a batch of them.",
                   instead="Report the incident first, or name one in the record.")  # fmt: skip


def _gone(commitment: Commitment) -> Refusal | None:
    if commitment.withdrawn is not None:
        return Refusal("finding.withdrawn", f"This commitment was withdrawn by act {commitment.withdrawn + 1}.",
                       instead="Name a commitment that stands.")  # fmt: skip
    if commitment.replaced is None:
        return None
    return Refusal("finding.replaced", f"Another drawing took this one's place by act {commitment.replaced + 1}.",
                   instead="Name the commitment that stands.")  # fmt: skip


def _wrong_commitment(state: State, find: Find) -> Refusal | None:
    if find.commitment is None:
        return None
    if find.question == "observance":
        return Refusal("finding.commitment", "The commitment whose observance is found is named once.",
                       instead="Leave the second out.")  # fmt: skip
    commitment = state.commitments.get(find.commitment)
    if commitment is None:
        return Refusal("finding.commitment", "The record holds no such commitment.",
                       instead="Name one in the record, or none.")  # fmt: skip
    return _gone(commitment)


def _wrong_row(state: State, find: Find) -> Refusal | None:
    batch = state.batches.get(find.about)
    if batch is None and find.row is None:
        return None
    if batch is None:
        return Refusal("finding.row", "Only an incident in a batch has a row.", instead="Leave the row out.")
    if find.row is not None and find.row < batch.rows:
        return None
    return Refusal("finding.row", f"A finding names one incident of the batch, which holds {batch.rows}.",
                   instead=f"Name a row from 0 to {batch.rows - 1}.")  # fmt: skip


def _wrong_actor(state: State, find: Find) -> Refusal | None:
    if find.question != "attribution":
        if find.actor is None:
            return None
        return Refusal("finding.actor", "Only a finding of attribution names an actor.",
                       instead="Find occurrence first, and attribution by an act of its own.")  # fmt: skip
    if find.actor == "other" or find.actor in state.convened.sides:
        return None
    return Refusal("finding.actor", "A finding of attribution says whom it is about.",
                   instead=f"Name a side ({', '.join(state.convened.sides)}) or other.")  # fmt: skip


def has_occurred(state: State, about: str, row: int | None) -> bool:
    """Whether somebody who could has found that it happened."""
    return any(
        f.about == about and f.row == row and f.question == "occurrence" and f.answer == "yes" and not f.claim
        for f in state.findings.values()
    )


def _not_found_yet(state: State, find: Find) -> Refusal | None:
    if find.question != "attribution" or has_occurred(state, find.about, find.row):
        return None
    return Refusal("finding.occurrence", "Nobody has found that it happened; who did it cannot be found before that.",
                   instead="Find occurrence first. Until then anybody can assert who did it.")  # fmt: skip


def examine_find(state: State, act: Act[Find]) -> tuple[Refusal, ...]:
    find = act.clear
    return refusals(
        _unknown_subject(state, find),
        _wrong_commitment(state, find),
        _wrong_row(state, find),
        _wrong_actor(state, find),
        _not_found_yet(state, find),
        _wrong_author(state, act),
    )


def evolve_find(state: State, act: Act[Find]) -> State:
    find = act.clear
    commitment = commitment_of(state, find)
    found = Finding(
        act.leaf, state.size, act.author, find.about, find.question, find.answer, find.confidence, find.row,
        find.actor or "", commitment.leaf if commitment else None,
        claim=is_concerned(state, find, side_of(state, act.author)),
    )  # fmt: skip
    return _with(state, found)


def _with(state: State, finding: Finding) -> State:
    return replace(state, findings=state.findings.set(finding.leaf, finding))


def _unknown(finding: Finding | None) -> Refusal | None:
    if finding is not None:
        return None
    return Refusal("finding.unknown", "The record holds no such finding.",
                   instead="Name a finding in the record.")  # fmt: skip


def examine_dissent(state: State, act: Act[Dissent]) -> tuple[Refusal, ...]:
    finding = state.findings.get(act.clear.finding)
    if finding is None:
        return refusals(_unknown(finding))
    dissenters = {author for _leaf, _at, author in finding.dissents}
    return refusals(
        Refusal("finding.own", "Whoever made a finding does not dissent from it.",
                instead="Find again: the later finding stands beside the earlier.")
        if finding.by == act.author
        else None,
        Refusal("finding.claim", "These are a side's own words about itself, and no finding.",
                instead="Make a finding of your own.")
        if finding.claim
        else None,
        Refusal("finding.dissented", "You have dissented from this finding already.",
                instead="Make a finding of your own.")
        if act.author in dissenters
        else None,
    )  # fmt: skip


def evolve_dissent(state: State, act: Act[Dissent]) -> State:
    finding = state.findings[act.clear.finding]
    dissents = (*finding.dissents, (act.leaf, state.size, act.author))
    return _with(state, replace(finding, dissents=dissents))


def examine_answer(state: State, act: Act[AnswerFinding]) -> tuple[Refusal, ...]:
    return refusals(_unknown(state.findings.get(act.clear.finding)))


def evolve_answer(state: State, act: Act[AnswerFinding]) -> State:
    finding = state.findings[act.clear.finding]
    answers = (*finding.answers, (act.leaf, state.size, act.author, own_side(state, act)))
    return _with(state, replace(finding, answers=answers))


def offers_answer(state: State, person: Person) -> Iterable[Offer]:
    """To each side, the findings on what it owes or is said to have done, while it has not answered."""
    for finding in in_order(state.findings.values()):
        commitment = state.commitments.get(finding.commitment or "")
        concerned = {finding.actor, *(commitment.actors if commitment else ())}
        answered = {group for _leaf, _at, _by, group in finding.answers}
        if person.side in concerned - answered and not finding.claim:
            yield Offer("answer_finding", finding.leaf, {"finding": finding.leaf})


KINDS = (
    Kind(Find, FoundHidden, _WHOEVER_IS_NAMED, examine_find, evolve_find,
         "{author} finds {question} of {about}: {answer}, with {confidence} confidence",
         "You put your finding beside what others report. A later one of yours stands beside it and erases nothing.",
         variant="question"),
    Kind(Dissent, AboutFinding, COLLEAGUES, examine_dissent, evolve_dissent,
         "{author} dissents from the finding {finding}",
         "Your dissent stands beside the finding, with your words."),
    Kind(AnswerFinding, AboutFinding, SIDES, examine_answer, evolve_answer, "{author} answers the finding {finding}",
         "Your side's words stand beside the finding; they change nothing in it.", offers=offers_answer),
)  # fmt: skip
