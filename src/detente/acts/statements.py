"""Statements: register a public statement with its claims; answer one.

Rules: a statement moves nobody on any ladder. A claim is a typed predicate over the record; until the record
holds acts of that kind, the answer is that it is not in the record, which says nothing of whether it is true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.codec.identifier import Leaf
from detente.codec.refusal import Refusal
from detente.state.records import Person, State, Statement, in_order

Predicate = Literal["withdrew", "acknowledged", "duration", "broke_off", "other"]


class RegisterStatement(Clear, frozen=True, kw_only=True, tag="register_statement"):
    """claims: (predicate, argument): ("withdrew", side), ("acknowledged", person or side), ("duration", hours as
    digits), ("broke_off", side), ("other", "")."""

    claims: tuple[tuple[Predicate, str], ...]


class StatementText(Hidden, frozen=True, kw_only=True):
    text: str | None = None
    speaker: str | None = None
    published: str | None = None
    source: str | None = None


class AnswerStatement(Clear, frozen=True, kw_only=True, tag="answer_statement"):
    statement: Leaf


def examine_register(_state: State, act: Act[RegisterStatement]) -> tuple[Refusal, ...]:
    return refusals(
        Refusal("statement.no_claim", "A registered statement states at least one claim.",
                instead="Use the claim “other” where none of the typed ones fits.")
        if not act.clear.claims
        else None
    )  # fmt: skip


def evolve_register(state: State, act: Act[RegisterStatement]) -> State:
    statement = Statement(act.leaf, state.size, act.author, act.clear.claims)
    return replace(state, statements=state.statements.set(act.leaf, statement))


def examine_answer(state: State, act: Act[AnswerStatement]) -> tuple[Refusal, ...]:
    return refusals(
        Refusal(
            "statement.unknown",
            "The record holds no such statement.",
            instead="Name a statement that stands in the record.",
        )
        if act.clear.statement not in state.statements
        else None
    )


def evolve_answer(state: State, act: Act[AnswerStatement]) -> State:
    statement = state.statements[act.clear.statement]
    statement = replace(statement, answers=(*statement.answers, (act.author, act.leaf)))
    return replace(state, statements=state.statements.set(statement.leaf, statement))


def offers_answer(state: State, person: Person) -> Iterable[Offer]:
    if person.role in TABLE:
        for statement in in_order(state.statements.values()):
            if statement.by != person.id and all(who != person.id for who, _leaf in statement.answers):
                yield Offer("answer_statement", statement.leaf, {"statement": statement.leaf})


KINDS = (
    Kind(RegisterStatement, StatementText, TABLE, examine_register, evolve_register,
         "{author} registers a public statement",
         "The statement is held beside what the record can show; no step moves."),
    Kind(AnswerStatement, StatementText, TABLE, examine_answer, evolve_answer,
         "{author} answers the statement {statement}",
         "Your answer stands beside the statement.", offers=offers_answer),
)  # fmt: skip
