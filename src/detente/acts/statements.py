"""Public statements: announce one of one's own, join it, register one that was made elsewhere, answer one.

Rules: a statement moves nobody on any ladder, whoever makes it. A claim is a typed predicate over the record
(`state.predicates`), so that what the record can show stands beside what is said; most often it shows nothing either way,
which says nothing of whether a claim is true. A joint statement is one that others join with keys of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from detente.acts.act import TABLE, Act, Clear, Hidden, Kind, Offer, accept, refusals
from detente.acts.subjects import missing_instrument
from detente.codec.identifier import ClaimArgument, Leaf
from detente.codec.refusal import Refusal
from detente.state.predicates import WORDS, Predicate, named
from detente.state.public_record import Article, Statement
from detente.state.records import Person, State, in_order

MOST_CLAIMS: Final = 50
Claims = tuple[tuple[Predicate, ClaimArgument], ...]


class RegisterArticle(Clear, frozen=True, kw_only=True, tag="register_article"):
    """Where statements were read: a press article, a communiqué. What it is called and its digest are hidden."""


class RegisterStatement(Clear, frozen=True, kw_only=True, tag="register_statement"):
    """claims: (predicate, its words), as `state.predicates` has them: ("withdrew", "B"), ("duration", "50"). article:
    leaf of the one that it was read in."""

    claims: Claims
    article: Leaf | None = None


class Announce(Clear, frozen=True, kw_only=True, tag="announce"):
    """claims: what its author's own words say of the record; there may be none."""

    claims: Claims = ()


class JoinStatement(Clear, frozen=True, kw_only=True, tag="join_statement"):
    """statement: leaf of an announcement whose words the author makes theirs too."""

    statement: Leaf


class AnswerStatement(Clear, frozen=True, kw_only=True, tag="answer_statement"):
    statement: Leaf


class StatementText(Hidden, frozen=True, kw_only=True):
    """text: within quotation marks where it is said to be the speaker's own words; speaker: the office that is said to
    have spoken; published: when; source: where it was read."""

    text: str | None = None
    speaker: str | None = None
    published: str | None = None
    source: str | None = None


class ArticleWords(Hidden, frozen=True, kw_only=True):
    """digest: SHA-256 of the file as it was read, base64url, so that whoever keeps it can show that it is the one."""

    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    digest: str | None = None


class Announcement(Hidden, frozen=True, kw_only=True):
    text: str | None = None


def examine_register(state: State, act: Act[RegisterStatement]) -> tuple[Refusal, ...]:
    return refusals(
        Refusal("statement.no_claim", "A registered statement states at least one claim.",
                instead="Use the claim “other” where none of the typed ones fits.")
        if not act.clear.claims
        else None,
        Refusal("statement.article", "The record holds no such article.",
                instead="Register the article first, or leave it out.")
        if act.clear.article is not None and act.clear.article not in state.articles
        else None,
        *_faults(state, act.clear.claims),
    )  # fmt: skip


def evolve_article(state: State, act: Act[RegisterArticle]) -> State:
    article = Article(act.leaf, state.size, act.author)
    return replace(state, articles=state.articles.set(act.leaf, article))


def examine_announce(state: State, act: Act[Announce]) -> tuple[Refusal, ...]:
    return refusals(*_faults(state, act.clear.claims))


def _faults(state: State, claims: Claims) -> Iterator[Refusal | None]:
    if len(claims) > MOST_CLAIMS:
        yield Refusal("statement.claims", f"A statement states at most {MOST_CLAIMS} claims.",
                      instead="Register what remains as another statement.")  # fmt: skip
    for predicate, argument in claims:
        try:
            yield from _unknown(state, named(predicate, argument))
        except ValueError:
            claim = f"{predicate} {argument}".strip()
            yield Refusal("statement.claim", f"The claim “{claim}” is not written as one.",
                          instead=f"Write: {predicate} {WORDS[predicate]}.")  # fmt: skip


def _unknown(state: State, words: dict[str, str]) -> Iterator[Refusal | None]:
    """What a claim names that is not in the record: nobody could hold such a claim against it."""
    who = words.get("WHO", words.get("SIDE", "M"))
    if who not in ("M", *state.convened.sides, *state.people):
        yield Refusal("statement.who", f"The record knows no “{who}”.",
                      instead="Name a side's letter, “M” for the mediators, or a participant.")  # fmt: skip
    if "TEXT" in words:
        yield missing_instrument(state, words["TEXT"])
    known = {"EXHIBIT": state.exhibits, "DEMAND": state.demands, "COMMITMENT": state.commitments}
    if any(name in words and words[name] not in acts for name, acts in known.items()):
        yield Refusal("statement.about", "What the claim is about is not in the record.",
                      instead="Name an act of the record by its number, or leave it out.")  # fmt: skip


def evolve_register(state: State, act: Act[RegisterStatement]) -> State:
    clear = act.clear
    return _kept(state, Statement(act.leaf, state.size, act.author, clear.claims, article=clear.article))


def evolve_announce(state: State, act: Act[Announce]) -> State:
    return _kept(state, Statement(act.leaf, state.size, act.author, act.clear.claims, own=True))


def examine_join(state: State, act: Act[JoinStatement]) -> tuple[Refusal, ...]:
    statement = state.statements.get(act.clear.statement)
    if statement is None:
        return (_no_statement(),)
    return refusals(
        Refusal("statement.not_own", "That statement was registered as somebody's; its author does not make it.",
                instead="Join one that is announced, or answer this one.")
        if not statement.own
        else None,
        Refusal("statement.joined", "The author makes this statement already.",
                instead="Announce further words as another statement.")
        if act.author in _makers(statement)
        else None,
    )  # fmt: skip


def evolve_join(state: State, act: Act[JoinStatement]) -> State:
    statement = state.statements[act.clear.statement]
    return _kept(state, replace(statement, joined=(*statement.joined, (act.author, act.leaf))))


def examine_answer(state: State, act: Act[AnswerStatement]) -> tuple[Refusal, ...]:
    return refusals(_no_statement() if act.clear.statement not in state.statements else None)


def evolve_answer(state: State, act: Act[AnswerStatement]) -> State:
    statement = state.statements[act.clear.statement]
    return _kept(state, replace(statement, answers=(*statement.answers, (act.author, act.leaf))))


def offers_answer(state: State, person: Person) -> Iterable[Offer]:
    if person.role in TABLE:
        for statement in in_order(state.statements.values()):
            answered = (who for who, _leaf in statement.answers)
            if person.id not in (*_makers(statement), *answered):
                yield Offer("answer_statement", statement.leaf, {"statement": statement.leaf})


def _makers(statement: Statement) -> tuple[str, ...]:
    return (statement.by, *(who for who, _leaf in statement.joined))


def _no_statement() -> Refusal:
    return Refusal("statement.unknown", "The record holds no such statement.",
                   instead="Name a statement that stands in the record.")  # fmt: skip


def _kept(state: State, statement: Statement) -> State:
    return replace(state, statements=state.statements.set(statement.leaf, statement))


KINDS = (
    Kind(RegisterStatement, StatementText, TABLE, examine_register, evolve_register,
         "{author} registers a public statement",
         "The statement is held beside what the record can show; no step moves."),
    Kind(AnswerStatement, StatementText, TABLE, examine_answer, evolve_answer,
         "{author} answers the statement {statement}",
         "Your answer stands beside the statement.", offers=offers_answer),
    Kind(RegisterArticle, ArticleWords, TABLE, accept, evolve_article,
         "{author} registers an article",
         "That this was published is your word. What it says is not made anybody's by registering it."),
    Kind(Announce, Announcement, TABLE, examine_announce, evolve_announce,
         "{author} announces a public statement",
         "These are your own words to the public, signed. They move no step: nobody assents, signs or is bound by them."),
    Kind(JoinStatement, Hidden, TABLE, examine_join, evolve_join,
         "{author} joins the statement {statement}",
         "You make the words of this statement yours too. They move no step."),
)  # fmt: skip
