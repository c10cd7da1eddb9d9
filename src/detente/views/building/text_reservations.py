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
from detente.views.marks import Glyph, Prose, prose, strong
from detente.views.text import BesideItem, NoteLine
from detente.wording.counting import listed
from detente.wording.moments import long_day

SEALED: Final = "Its words are not disclosed to you."


def _words(sight: Sight, leaf: str) -> str:
    return str(sight.names.opened(leaf).get("text") or "")


def reservations(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    for r in in_order(instrument.reservations.values()):
        if r.edition == edition.leaf:
            about = f", on {listed(map(sight.names.provision, r.provisions))}" if r.provisions else ""
            yield BesideItem(
                mark=sight.side(r.side),
                head=prose(f"Reservation of {sight.names.delegation(r.side)}, ", sight.cite(r.index), about),
                words=_words(sight, r.leaf) or SEALED,
                lines=(*_reservation_answers(sight, instrument, r), *_comments(sight, r)),
                state=_reservation_state(sight, instrument, r),
            )


def _reservation_answers(sight: Sight, instrument: Instrument, r: Reservation) -> Iterator[NoteLine]:
    if r.withdrawn is not None:
        return
    acts = {**dict(r.accepted), **{side: leaf for side, leaf, _opposes in r.objections}}
    accepted, objected = accepted_by(instrument, r, sight.state.clock.now), objectors(r)
    for side in instrument.sides:
        if side == r.side:
            continue
        cited = (", ", sight.cite_leaf(acts[side])) if side in acts else ()
        glyph, said = _said(sight, instrument, r, side, accepted, objected)
        text = prose(f"{sight.names.delegation(side)}: {said}", *cited)
        yield NoteLine(text=text, mark=sight.side(side), glyph=glyph)


def _said(
    sight: Sight,
    instrument: Instrument,
    r: Reservation,
    side: str,
    accepted: frozenset[str],
    objected: dict[str, bool],
) -> tuple[Glyph, str]:
    if side in accepted:
        express = side in dict(r.accepted)
        return (
            "done",
            "accepted" if express else "no objection within twelve months: taken as accepted (Article 20(5))",
        )
    if side in objected:
        return "gap", f"objected{', and opposes entry into force between the two' if objected[side] else ''}"
    if r.notified is None or len(instrument.sides) == 2:
        return "awaited", "no answer in this record"
    until = twelve_months_after(r.notified)
    day = in_words(sight.instant(until, long_day))
    return (
        "awaited",
        f"no answer in this record; silence counts as acceptance from {day}, or from its consent if later",
    )


def _comments(sight: Sight, r: Reservation) -> Iterator[NoteLine]:
    for person, leaf in r.comments:
        said = _words(sight, leaf) or SEALED
        yield NoteLine(text=prose(f"Comment of {sight.names.speaker(person)}, ", sight.cite_leaf(leaf), f": {said}"),
                       mark=sight.person(person))  # fmt: skip


def _reservation_state(sight: Sight, instrument: Instrument, r: Reservation) -> Prose:
    status = status_of(instrument, r)
    if status == "made":
        every = "It needs the acceptance of every other side before the text binds."
        each = "Each other side accepts or objects for itself."
        return prose(every if needs_every_acceptance(instrument) else each)
    if status == "withdrawn" and r.withdrawn is not None:
        return prose(strong("Withdrawn, "), sight.cite(r.withdrawn))
    unless = "without effect unless the principal confirms it"
    return prose({
        "beyond": f"Beyond its author’s mandate: {r.beyond}. It is {unless} (Article 8).",
        "unconfirmed": f"Made at signature: {unless} before consent (Article 23(2)).",
        "lapsed": "Lapsed: its side consented without confirming it (Article 23(2)).",
        "earlier edition": "It was to this edition, and fell when a later one was issued.",
    }[status])  # fmt: skip


def declarations(sight: Sight, instrument: Instrument, edition: Edition) -> Iterator[BesideItem]:
    for side, leaf in instrument.declarations:
        index = sight.record.index_of(leaf)
        act = sight.names.act_at(index) if index is not None else None
        if act is None or act.act.clear.edition != edition.leaf:
            continue
        about = listed(map(sight.names.provision, act.act.clear.provisions))
        yield BesideItem(
            mark=sight.side(side),
            head=prose(f"Declaration of {sight.names.delegation(side)}, ", sight.cite(act.index),
                       f", on {about}" if about else ""),
            words=_words(sight, leaf) or SEALED,
        )  # fmt: skip
