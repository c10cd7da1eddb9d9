"""Public statements beside what the record holds: most often, that it holds nothing either way."""

from __future__ import annotations

from typing import Final

from detente.procedure.claims import ClaimAnswer, answer_claims
from detente.state.public_record import Statement
from detente.views.building.sight import Sight
from detente.views.marks import ActRef, Glyph, Link, Prose, Run, filled, prose, worded
from detente.views.overview import Claims
from detente.views.public_record import Claim
from detente.wording.claims import claim_words
from detente.wording.counting import capitalised, comma, in_a_row, listed
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _

SHOWN: Final = 12
_ANSWERS: Final[dict[str, tuple[Glyph, str]]] = {
    "not in the record": ("gap", N_("Not in the record")),
    "consistent with the record": ("done", N_("In the record")),
    "contradicted by the record": ("gap", N_("The record holds otherwise")),
    "not answered: it would breach confidence": ("empty", N_("Not answered: confidential")),
}
_MOST_PROOFS: Final = 4


def claims(sight: Sight) -> Claims:
    """Every claim of the newest statements, newest first."""
    statements = newest_first(sight)
    rows = [row for statement in statements[:SHOWN] for row in claim_rows(sight, statement, quoted=True)]
    every = Link(text=_("Public record"), href=sight.place.page("statements").address)
    return Claims(count=_count(sight, statements), rows=tuple(rows), all=every if rows else None)


def newest_first(sight: Sight) -> list[Statement]:
    return sorted(sight.state.statements.values(), key=lambda s: -s.index)


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


def claim_rows(sight: Sight, statement: Statement, *, quoted: bool = False) -> tuple[Claim, ...]:
    """Each claim of a statement beside what the record holds. quoted: a claim that stands alone is shown in the words of
    the statement."""
    answers = answer_claims(sight.state, statement)
    return tuple(_row(sight, statement, answer, quoted=quoted and len(answers) == 1) for answer in answers)


def _row(sight: Sight, statement: Statement, answer: ClaimAnswer, *, quoted: bool) -> Claim:
    opened = sight.names.opened(statement.leaf)
    glyph, verdict = _ANSWERS[answer.verdict]
    return Claim(
        mark=sight.person(statement.by),
        words=_words(sight, opened.get("text"), answer, quoted=quoted),
        source=said_by(sight, statement),
        ref=ActRef(number=statement.index + 1, href=sight.place.act(statement.index + 1).address),
        glyph=glyph,
        answer=_(verdict),
        detail=_detail(sight, statement, answer),
        proofs=tuple(_proofs(sight, answer)),
    )


def said_by(sight: Sight, statement: Statement) -> str:
    """Who is said to have spoken, and when."""
    opened = sight.names.opened(statement.leaf)
    said = [str(opened[name]) for name in ("speaker", "published") if opened.get(name)]
    by = sight.person_or_side(statement.by)
    if statement.own:
        return _("announced by {who}", who=by)
    return in_a_row(said) or _("registered by {who}", who=by)


def _words(sight: Sight, text: str | None, answer: ClaimAnswer, *, quoted: bool) -> str:
    if text and (quoted or answer.predicate == "other"):
        return f"“{text.strip('“”')}”"
    return capitalised(claim_words(answer.predicate, answer.argument, sight.names))


def _proofs(sight: Sight, answer: ClaimAnswer) -> list[Link]:
    """Where what the record holds can be proved alone, for a spokesperson to hand out: not at an earlier moment, for
    proofs are of the record as it stands."""
    if answer.verdict == "not in the record" or not sight.now_shown:
        return []
    return [
        Link(
            text=_("Prove {act} alone", act=f"#{index + 1}"),
            href=sight.place.page(f"acts/{index + 1}/prove").address,
        )
        for index in answer.acts[-_MOST_PROOFS:]
    ]


def _detail(sight: Sight, statement: Statement, answer: ClaimAnswer) -> Prose:
    answered = [worded("Answered: {act}.", act=sight.cite_leaf(leaf)) for _who, leaf in statement.answers]
    sentences = (*_shown(sight, answer), *_contradicted(sight, answer), *answered)
    return (*prose(translated(answer.sentence)), *(run for each in sentences for run in prose(" ", *each)))


def _shown(sight: Sight, answer: ClaimAnswer) -> tuple[Prose, ...]:
    if not answer.acts:
        return ()
    runs = tuple(run for index in answer.acts for run in (Run(text=comma()), sight.cite(index)))[1:]
    return (worded("See {acts}.", acts=runs),)


def _contradicted(sight: Sight, answer: ClaimAnswer) -> tuple[Prose, ...]:
    others = answer.contradicted_by
    if not others:
        return ()
    acts = tuple(run for leaf in others for run in (Run(text=comma()), sight.cite_leaf(leaf)))[1:]
    says = ngettext("{acts} says otherwise.", "{acts} say otherwise.", len(others), acts="{acts}")
    return (filled(says, acts=acts),)
