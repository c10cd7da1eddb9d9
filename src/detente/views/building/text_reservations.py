"""Reservations and interpretive declarations beside a text: whose, on what, and what the others answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.state.instrument import Edition, Instrument, Reservation
from detente.state.records import in_order
from detente.state.reservations import (
    accepted_by,
    needs_every_acceptance,
    objectors,
    status_of,
    twelve_months_after,
)  # fmt: skip
from detente.views.building.sight import Sight, in_words
from detente.views.marks import Glyph, Prose, strong, worded
from detente.views.text import BesideItem, NoteLine
from detente.wording.counting import listed
from detente.wording.language import N_, translated
from detente.wording.language import gettext as _
from detente.wording.moments import long_day

SEALED: Final = N_("Its words are not disclosed to you.")
_WITHOUT_EFFECT: Final = {
    "beyond": N_(
        "Beyond its author’s mandate: {why}. It is without effect unless the principal confirms it (Article 8)."
    ),
    "unconfirmed": N_(
        "Made at signature: without effect unless the principal confirms it before consent (Article 23(2))."
    ),
    "lapsed": N_("Lapsed: its side consented without confirming it (Article 23(2))."),
    "earlier edition": N_("It was to this edition, and fell when a later one was issued."),
}


def _words(sight: Sight, leaf: str) -> str:
    return str(sight.names.opened(leaf).get("text") or "")


def reservations(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    for r in in_order(instrument.reservations.values()):
        if r.edition == edition.leaf:
            yield BesideItem(
                mark=sight.side(r.side),
                head=_head_of_reservation(sight, r),
                words=_words(sight, r.leaf) or _(SEALED),
                lines=(*_reservation_answers(sight, instrument, r), *_comments(sight, r)),
                state=_reservation_state(sight, instrument, r),
            )


def _head_of_reservation(sight: Sight, r: Reservation) -> Prose:
    who, act, about = (
        sight.names.delegation(r.side),
        sight.cite(r.index),
        map(sight.names.provision, r.provisions),
    )
    if not r.provisions:
        return worded("Reservation of {who}, {act}", who=who, act=act)
    return worded("Reservation of {who}, {act}, on {provisions}", who=who, act=act, provisions=listed(about))


def _reservation_answers(sight: Sight, instrument: Instrument, r: Reservation) -> Iterator[NoteLine]:
    if r.withdrawn is not None:
        return
    accepted = accepted_by(instrument, r, sight.state.clock.now)
    for side in instrument.sides:
        if side != r.side:
            glyph, text = _answer(sight, instrument, r, side, silent=side in accepted)
            yield NoteLine(text=text, mark=sight.side(side), glyph=glyph)


def _answer(
    sight: Sight, instrument: Instrument, r: Reservation, side: str, *, silent: bool
) -> tuple[Glyph, Prose]:
    """silent: whether a side that said nothing is taken to have accepted."""
    who, express, objected = sight.names.delegation(side), dict(r.accepted), objectors(r)
    if side in express:
        return "done", worded("{who}: accepted, {act}", who=who, act=sight.cite_leaf(express[side]))
    if silent:
        return "done", worded(
            "{who}: no objection within twelve months: taken as accepted (Article 20(5))", who=who
        )
    if side in objected:
        return "gap", _objection(sight, r, side)
    if r.notified is None or len(instrument.sides) == 2:
        return "awaited", worded("{who}: no answer in this record", who=who)
    day = in_words(sight.instant(twelve_months_after(r.notified), long_day))
    return "awaited", worded(
        "{who}: no answer in this record; silence counts as acceptance from {day}, or from its consent if later",
        who=who, day=day,
    )  # fmt: skip


def _objection(sight: Sight, r: Reservation, side: str) -> Prose:
    leaf, opposes = next((leaf, opposes) for whose, leaf, opposes in reversed(r.objections) if whose == side)
    who, act = sight.names.delegation(side), sight.cite_leaf(leaf)
    if not opposes:
        return worded("{who}: objected, {act}", who=who, act=act)
    return worded("{who}: objected, and opposes entry into force between the two, {act}", who=who, act=act)


def _comments(sight: Sight, r: Reservation) -> Iterator[NoteLine]:
    for person, leaf in r.comments:
        text = worded("Comment of {who}, {act}: {words}", who=sight.names.speaker(person),
                      act=sight.cite_leaf(leaf), words=_words(sight, leaf) or _(SEALED))  # fmt: skip
        yield NoteLine(text=text, mark=sight.person(person))


def _reservation_state(sight: Sight, instrument: Instrument, r: Reservation) -> Prose:
    status = status_of(instrument, r)
    if status == "made":
        if needs_every_acceptance(instrument):
            return worded("It needs the acceptance of every other side before the text binds.")
        return worded("Each other side accepts or objects for itself.")
    if status == "withdrawn" and r.withdrawn is not None:
        withdrawn = strong(_("Withdrawn,"))
        return worded("{withdrawn} {act}", withdrawn=withdrawn, act=sight.cite(r.withdrawn))
    return worded(_WITHOUT_EFFECT[status], why=translated(r.beyond))


def declarations(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    for side, leaf in instrument.declarations:
        index = sight.record.index_of(leaf)
        act = sight.names.act_at(index) if index is not None else None
        if act is None or act.act.clear.edition != edition.leaf:
            continue
        who, cited = sight.names.delegation(side), sight.cite(act.index)
        about = listed(map(sight.names.provision, act.act.clear.provisions))
        head = worded("Declaration of {who}, {act}", who=who, act=cited)
        if about:
            head = worded(
                "Declaration of {who}, {act}, on {provisions}", who=who, act=cited, provisions=about
            )
        yield BesideItem(mark=sight.side(side), head=head, words=_words(sight, leaf) or _(SEALED))
