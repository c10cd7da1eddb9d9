"""Public statements beside what the record holds: most often, that it holds nothing either way."""

from __future__ import annotations

from typing import Final

from detente.procedure.claims import ClaimAnswer, answer_claims
from detente.state.records import Statement
from detente.views.building.sight import Sight
from detente.views.marks import ActRef, Glyph, Prose, Run, filled, prose, worded
from detente.views.overview import Claim, Claims
from detente.wording.counting import capitalised, comma, in_a_row, listed
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _
from detente.wording.saying import claim_words

SHOWN: Final = 12
_ANSWERS: Final[dict[str, tuple[Glyph, str]]] = {
    "not in the record": ("gap", N_("Not in the record")),
    "consistent with the record": ("done", N_("In the record")),
    "contradicted by the record": ("gap", N_("The record holds otherwise")),
}


def claims(sight: Sight) -> Claims:
    """Every claim of the newest statements, newest first."""
    statements = sorted(sight.state.statements.values(), key=lambda s: -s.index)
    rows = [row for statement in statements[:SHOWN] for row in _rows(sight, statement)]
    return Claims(count=_count(sight, statements), rows=tuple(rows))


def _count(sight: Sight, statements: list[Statement]) -> str:
    if not statements:
        return ""
    by = listed(dict.fromkeys(sight.person_or_side(s.by) for s in statements))
    count = ngettext(
        "{count} statement, registered by {who}",
        "{count} statements, registered by {who}",
        len(statements),
        who=by,
    )
    if len(statements) > SHOWN:
        count = _("{statements}; the newest {shown}", statements=count, shown=SHOWN)
    if any(s.answers for s in statements):
        return count
    return _("{statements}; everybody else at the table is invited to answer", statements=count)


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
        source=in_a_row(said) or _("registered by {who}", who=sight.person_or_side(statement.by)),
        ref=ActRef(number=number, href=sight.place.act(number).address),
        glyph=glyph,
        answer=_(verdict),
        detail=_detail(sight, statement, answer),
    )


def _words(text: str | None, answer: ClaimAnswer, *, alone: bool) -> str:
    claimed = claim_words(answer.predicate, answer.argument)
    if text and (alone or answer.predicate == "other"):
        return f"“{text}”"
    return capitalised(claimed)


def _detail(sight: Sight, statement: Statement, answer: ClaimAnswer) -> Prose:
    answered = [worded("Answered: {act}.", act=sight.cite_leaf(leaf)) for _who, leaf in statement.answers]
    sentences = (*_contradicted(sight, answer), *answered)
    return (*prose(translated(answer.sentence)), *(run for each in sentences for run in prose(" ", *each)))


def _contradicted(sight: Sight, answer: ClaimAnswer) -> tuple[Prose, ...]:
    others = answer.contradicted_by
    if not others:
        return ()
    acts = tuple(run for leaf in others for run in (Run(text=comma()), sight.cite_leaf(leaf)))[1:]
    says = ngettext("{acts} says otherwise.", "{acts} say otherwise.", len(others), acts="{acts}")
    return (filled(says, acts=acts),)
