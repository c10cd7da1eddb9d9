"""Public statements beside what the record holds: most often, that it holds nothing either way."""

from __future__ import annotations

from typing import Final

from detente.procedure.claims import ClaimAnswer, answer_claims
from detente.state.records import Statement
from detente.views.building.sight import Sight
from detente.views.marks import ActRef, Glyph, Prose, prose
from detente.views.overview import Claim, Claims
from detente.wording.counting import counted, listed
from detente.wording.saying import claim_words

SHOWN: Final = 12
_ANSWERS: Final[dict[str, tuple[Glyph, str]]] = {
    "not in the record": ("gap", "Not in the record"),
    "consistent with the record": ("done", "In the record"),
    "contradicted by the record": ("gap", "The record holds otherwise"),
}


def claims(sight: Sight) -> Claims:
    """Every claim of the newest statements, newest first."""
    statements = sorted(sight.state.statements.values(), key=lambda s: -s.index)
    rows = [row for statement in statements[:SHOWN] for row in _rows(sight, statement)]
    return Claims(count=_count(sight, statements), rows=tuple(rows))


def _count(sight: Sight, statements: list[Statement]) -> str:
    if not statements:
        return ""
    by = dict.fromkeys(sight.person_or_side(s.by) for s in statements)
    count = f"{counted(len(statements), 'statement')}, registered by {listed(by)}"
    if len(statements) > SHOWN:
        count += f"; the newest {SHOWN}"
    return (
        count
        if any(s.answers for s in statements)
        else f"{count}; everybody else at the table is invited to answer"
    )


def _rows(sight: Sight, statement: Statement) -> tuple[Claim, ...]:
    answers = answer_claims(sight.state, statement)
    return tuple(_row(sight, statement, answer, alone=len(answers) == 1) for answer in answers)


def _row(sight: Sight, statement: Statement, answer: ClaimAnswer, *, alone: bool) -> Claim:
    opened = sight.names.opened(statement.leaf)
    glyph, verdict = _ANSWERS[answer.verdict]
    said = [str(opened[name]) for name in ("speaker", "published") if opened.get(name)]
    number = statement.index + 1
    return Claim(
        mark=sight.person(statement.by),
        words=_words(opened.get("text"), answer, alone=alone),
        source=", ".join(said) or f"registered by {sight.person_or_side(statement.by)}",
        ref=ActRef(number=number, href=sight.place.act(number).address),
        glyph=glyph,
        answer=verdict,
        detail=_detail(sight, statement, answer),
    )


def _words(text: str | None, answer: ClaimAnswer, *, alone: bool) -> str:
    claimed = claim_words(answer.predicate, answer.argument)
    if text and (alone or answer.predicate == "other"):
        return f"“{text}”"
    return claimed[:1].upper() + claimed[1:]


def _detail(sight: Sight, statement: Statement, answer: ClaimAnswer) -> Prose:
    others = [part for leaf in answer.contradicted_by for part in (sight.cite_leaf(leaf), ", ")][:-1]
    verb = "say" if len(answer.contradicted_by) > 1 else "says"
    contradicted = [" ", *others, f" {verb} otherwise."] if others else []
    answered = [
        part for _who, leaf in statement.answers for part in (" Answered: ", sight.cite_leaf(leaf), ".")
    ]
    return prose(answer.sentence, *contradicted, *answered)
