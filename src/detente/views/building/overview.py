"""The overview: the answer, whose turn it is, the figure, what is open, spoken and claimed, the last acts."""

from __future__ import annotations

from typing import Final

from detente.procedure.chains import chains
from detente.procedure.disclosure import VisibleRecord
from detente.procedure.finality import finality
from detente.state.answers import is_replaced
from detente.state.instrument import Instrument
from detente.views.building.answer import answer, no_instrument
from detente.views.building.answering import address_to_answer
from detente.views.building.around import drawn_around
from detente.views.building.claims import claims
from detente.views.building.figure import edition_line, figure, short_answers
from detente.views.building.hours import hours
from detente.views.building.lines import Lines, last_acts
from detente.views.building.looked import looked
from detente.views.building.missing import missing_acts
from detente.views.building.open_brackets import brackets, no_brackets
from detente.views.building.sight import Sight
from detente.views.building.text_history import links
from detente.views.building.turn import turn
from detente.views.building.undertakings import gap_words
from detente.views.marks import Link, Prose, prose, worded
from detente.views.overview import OtherInstrument, OverviewPage, Seat
from detente.wording.counting import listed
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.standing import answer_sentence

LAST: Final = 6
_ROLES: Final = {
    "keeper": N_("Keeps the record and marks the time."), "observer": N_("Admitted as observer."),
    "guarantor": N_("Admitted as guarantor."), "witness": N_("Admitted as witness."),
    "interpreter": N_("Admitted as interpreter."), "verifier": N_("Admitted as verifier."),
}  # fmt: skip
"""What those do who are neither of a side nor mediate."""
MOST_OBSERVERS: Final = 6
"""Who are named one by one on the overview; more are told as a number."""
_ADMITTED: Final = N_("Admitted as {role}.")


def overview_page(
    record: VisibleRecord, *, instrument: str = "", now: str = "", viewers: tuple[str, ...] = ()
) -> OverviewPage:
    """Where the talks stand. instrument: the one shown first, else the first opened; now: an instant, for the
    time left; viewers: as whom one may look, in a demonstration."""
    sight = Sight(record, viewers, "", {"instrument": instrument})
    first = _first(sight, instrument)
    found = finality(sight.state, first.id) if first else None
    place = sight.place
    return OverviewPage(
        answer=answer(sight, first, found) if first and found else no_instrument(sight),
        turn=turn(sight, first, found, now, address_to_answer),
        figure=figure(sight, first, found) if first and found else None,
        others=tuple(_other(sight, i) for i in sight.names.instruments if first and i.id != first.id),
        brackets=brackets(sight, first) if first else no_brackets(),
        claims=claims(sight),
        undertakings=_undertakings(sight),
        hours=hours(sight, sight.state.sessions),
        sessions=Link(text=_("Sessions"), href=place.page("sessions").address),
        last_acts=last_acts(Lines(sight), LAST),
        timeline=Link(text=_("Timeline"), href=place.page("timeline").address),
        table=seats(sight),
        powers=Link(text=_("Powers"), href=place.page("powers").address),
        looked=looked(sight, page="overview"),
        shell=drawn_around(sight, _("Overview")),
    )


def _undertakings(sight: Sight) -> Link | None:
    words = gap_words(chains(sight.state))
    return Link(text=words, href=sight.place.page("undertakings").address) if words else None


def _first(sight: Sight, wanted: str) -> Instrument | None:
    order = sight.state.instrument_order
    return sight.state.instruments[wanted if wanted in order else order[0]] if order else None


def _other(sight: Sight, instrument: Instrument) -> OtherInstrument:
    found = finality(sight.state, instrument.id)
    unanswered = next(
        (a for a in (found.adopted, found.authentic, found.binding, found.in_force) if not a.yes), None
    )
    return OtherInstrument(
        title=sight.names.instrument_title(instrument.id),
        href=sight.place.page("", instrument=instrument.id).address,
        edition=edition_line(instrument),
        sentence=answer_sentence(instrument, found, sight.names),
        answers=short_answers(found, sight.state),
        missing=missing_acts(sight, instrument, unanswered.missing[:4])
        if unanswered and not is_replaced(sight.state, instrument)
        else (),
        links=links(sight, instrument),
    )


def seats(sight: Sight) -> tuple[Seat, ...]:
    """The sides, the mediators, then everybody else admitted."""
    sides = tuple(
        Seat(mark=sight.side(side), name=_side_name(sight, side), detail=_side_detail(sight, side))
        for side in sight.state.convened.sides
    )
    mediators = Seat(mark=sight.mediators(), name=_("Mediators"), detail=_mediators(sight))
    return (*sides, mediators, *_others(sight))


def _side_name(sight: Sight, side: str) -> str:
    return f"{sight.names.delegation(side)} ({sight.names.side(side)})"


def _side_detail(sight: Sight, side: str) -> Prose:
    delegates = [
        sight.names.person(p.id) for p in sight.names.people if p.side == side and p.role == "delegate"
    ]
    principal = sight.names.principal_of(side)
    table = _("{people}.", people=listed(delegates)) if delegates else _("No delegate is admitted.")
    decides = _("Principal: {who}.", who=sight.names.briefly(principal)) if principal else (
        _("No principal is admitted."))  # fmt: skip
    return prose(f"{table} {decides}")


def _mediators(sight: Sight) -> Prose:
    people = [p.id for p in sight.names.people if sight.names.mediates(p.id)]
    return worded("{people}.", people=listed(sight.names.person(p) for p in people))


def _others(sight: Sight) -> tuple[Seat, ...]:
    """By name, but for observers where they are many: then how many there are."""
    there = [p for p in sight.names.people if p.side is None and not sight.names.mediates(p.id)]
    observers = [p for p in there if p.role == "observer"]
    crowd = observers if len(observers) > MOST_OBSERVERS else []
    named = tuple(
        Seat(mark=sight.person(p.id), name=sight.names.person(p.id), detail=_role(p.role))
        for p in there
        if p not in crowd
    )
    if not crowd:
        return named
    count = ngettext("{count} observer", "{count} observers", len(crowd))
    return (*named, Seat(mark=sight.person(crowd[0].id), name=count, detail=worded("Admitted as observers.")))


def _role(role: str) -> Prose:
    return worded(_ROLES.get(role, _ADMITTED), role=role)
