"""From the record to the page of what is said in public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from detente.acts.act import TABLE
from detente.acts.sealing import MEDIATORS, group_of
from detente.procedure.claims import ClaimAnswer, Verdict, answer_claims
from detente.procedure.disclosure import VisibleRecord
from detente.state.predicates import denied
from detente.state.public_record import Statement
from detente.views.building.around import drawn_around
from detente.views.building.claims import claim_rows, newest_first, said_by
from detente.views.building.sight import Sight
from detente.views.marks import ActRef, Link, Prose, prose, worded
from detente.views.public_record import Answered, Claim, Opposed, PublicRecordPage, StatementShown
from detente.wording.counting import listed
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

A_PAGE: Final = 25
"""Statements shown at a time."""
_QUOTES: Final = ("“", "«", "„", '"', "『", "「")


def public_record_page(
    record: VisibleRecord, *, before: int = 0, viewers: tuple[str, ...] = ()
) -> PublicRecordPage:
    """before: number of the act before whose statements those shown stand; 0 for the newest."""
    sight = Sight(record, viewers, "statements", {"before": str(before or "")})
    every = newest_first(sight)
    left = [s for s in every if not before or s.index + 1 < before]
    shown, rest = left[:A_PAGE], left[A_PAGE:]
    older = sight.place.page("statements", before=str(shown[-1].index + 1)).address if rest else ""
    verdicts = Counter(a.verdict for s in every for a in answer_claims(sight.state, s))
    return PublicRecordPage(
        headline=_headline(verdicts, len(every)),
        lead=_lead(sight, verdicts, any(s.claims for s in every)),
        opposed=() if before else tuple(_opposed(sight, every)),
        statements=tuple(_shown(sight, statement) for statement in shown),
        older=Link(text=_("Earlier statements"), href=older) if rest else None,
        empty=_("No public statement is in the record. Anybody at the table can announce one, or register one that was "
                "made elsewhere; each claim then stands here beside what the record holds."),
        announce=_to_act(sight, "announce", _("Announce something")),
        read=_to_read(sight),
        shell=drawn_around(sight, _("Public record")),
    )  # fmt: skip


def _headline(verdicts: Counter[Verdict], statements: int) -> str:
    if not statements:
        return _("Nothing public is in the record")
    claims = verdicts.total()
    if not claims:
        return _("No claim is made in public")
    held = verdicts["consistent with the record"]
    if not held:
        return ngettext(
            "The record does not hold the one claim made in public",
            "The record holds none of the {count} claims made in public",
            claims,
        )
    if held == claims:
        return ngettext(
            "The record holds the one claim made in public",
            "The record holds all {count} claims made in public",
            claims,
        )
    return _("The record holds {held} of the {claims} claims made in public", held=held, claims=claims)


def _lead(sight: Sight, verdicts: Counter[Verdict], any_claim: bool) -> Prose:
    if not any_claim:
        return worded("What is said in public moves no step.")
    otherwise = verdicts["contradicted by the record"]
    means = _(
        "“Not in the record” says nothing of whether it is true: only that no signed act up to act {acts} shows it.",
        acts=sight.record.as_of,
    )
    if not otherwise:
        return prose(means)
    counted = ngettext(
        "The record holds otherwise than {count} claim.",
        "The record holds otherwise than {count} claims.",
        otherwise,
    )
    return prose(f"{counted} {means}")


def _shown(sight: Sight, statement: Statement) -> StatementShown:
    opened = sight.names.opened(statement.leaf)
    text = str(opened.get("text") or "")
    return StatementShown(
        id=f"act-{statement.index + 1}",
        mark=sight.person(statement.by),
        how=_how(sight, statement),
        speaker="" if statement.own else said_by(sight, statement),
        words=text,
        quoted=statement.own or text.startswith(_QUOTES),
        source=_source(sight, statement),
        claims=claim_rows(sight, statement),
        answers=tuple(_answered(sight, who, leaf) for who, leaf in statement.answers),
        silent=_silent(sight, statement),
        invited=_invited(sight, statement),
    )


def _how(sight: Sight, statement: Statement) -> Prose:
    who, act = sight.person_or_side(statement.by), sight.cited(statement.index)
    if not statement.own:
        return worded("Registered by {who}, {act}", who=who, act=act)
    if not statement.joined:
        return worded("Announced by {who}, {act}", who=who, act=act)
    others = listed(dict.fromkeys(sight.person_or_side(person) for person, _leaf in statement.joined))
    return worded("Announced by {who}, {act}; joined by {others}", who=who, act=act, others=others)


def _source(sight: Sight, statement: Statement) -> str:
    source = sight.names.opened(statement.leaf).get("source")
    if source or statement.article is None:
        return str(source or "")
    article = sight.names.opened(statement.article)
    return ", ".join(str(article[name]) for name in ("source", "title", "published") if article.get(name))


def _answered(sight: Sight, who: str, leaf: str) -> Answered:
    index = sight.record.index_of(leaf)
    number = 0 if index is None else index + 1
    return Answered(
        mark=sight.person(who),
        name=sight.person_or_side(who),
        words=str(sight.names.opened(leaf).get("text") or ""),
        ref=ActRef(number=number, href=sight.place.act(number).address),
    )


def _silent(sight: Sight, statement: Statement) -> str:
    """Who of those at the table has said nothing to it, neither by making it nor by answering: each side, and the
    mediators, who are invited to answer as they are."""
    heard = _heard(sight, statement)
    others = [group for group in (*sight.state.convened.sides, MEDIATORS) if group not in heard]
    if not others:
        return ""
    return _("Not answered by {sides}.", sides=listed(map(sight.names.author_side, others)))


def _heard(sight: Sight, statement: Statement) -> set[str | None]:
    """The sides, and the mediators, of whom somebody makes the statement or has answered it."""
    spoke = {statement.by, *(w for w, _l in statement.joined), *(w for w, _l in statement.answers)}
    return {group_of(sight.state, person) for person in spoke}


def _invited(sight: Sight, statement: Statement) -> Link | None:
    """The same for all of one side: what one of them has answered is answered."""
    viewer = sight.viewer
    group = group_of(sight.state, viewer) if viewer in sight.state.people and viewer else None
    if group in _heard(sight, statement):
        return None
    return _to_act(sight, "answer_statement", _("Answer it"), statement=f"#{statement.index + 1}")


def _may_act(sight: Sight) -> bool:
    """Not in a demonstration: whoever looks as somebody else there holds no key of theirs."""
    person = sight.state.people.get(sight.viewer or "")
    return person is not None and person.role in TABLE and not sight.viewers and sight.now_shown


def _to_act(sight: Sight, kind: str, text: str, **fields: str) -> Link | None:
    if not _may_act(sight):
        return None
    return Link(text=text, href=sight.place.page("sign", kind=kind, **fields).address)


def _to_read(sight: Sight) -> Link | None:
    if not _may_act(sight):
        return None
    return Link(text=_("Read an article"), href=sight.place.page("statements/read").address)


def _opposed(sight: Sight, statements: list[Statement]) -> Iterator[Opposed]:
    """Each pair of claims that cannot both be true, once."""
    by_leaf = {s.leaf: s for s in statements}
    for statement in statements:
        rows = claim_rows(sight, statement, quoted=True)
        for row, answer in zip(rows, answer_claims(sight.state, statement), strict=True):
            for leaf in answer.contradicted_by:
                other = by_leaf[leaf]
                if other.index < statement.index:
                    yield Opposed(first=_against(sight, other, statement, answer), second=row)


def _against(sight: Sight, other: Statement, statement: Statement, claimed: ClaimAnswer) -> Claim:
    """The claim of the other statement that cannot be true together with one of `statement`: the one of the same words
    where it denies it, and the first where they give different numbers."""
    answers = zip(claim_rows(sight, other, quoted=True), answer_claims(sight.state, other), strict=True)
    opposed = [
        (row, denied(a.argument)[1])
        for row, a in answers
        if a.predicate == claimed.predicate and statement.leaf in a.contradicted_by
    ]
    _no, words = denied(claimed.argument)
    return next((row for row, other_words in opposed if other_words == words), opposed[0][0])
