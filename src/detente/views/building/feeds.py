"""From a visible record to what is followed elsewhere: its newest acts, its sessions, its deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.procedure.disclosure import VisibleRecord
from detente.procedure.turn import Turn, turns
from detente.state.instrument import Instrument
from detente.state.records import Session, in_order
from detente.views.addresses import process_id
from detente.views.building.hours import known_time
from detente.views.building.lines import Lines
from detente.views.building.missing import whose_words
from detente.views.building.sight import Sight
from detente.views.building.turn import text_of, what_is_owed
from detente.views.feeds import ActsFeed, CalendarEntry, FeedEntry, SessionsCalendar
from detente.wording.language import gettext as _
from detente.wording.language import translated

NEWEST: Final = 50
_NEVER: Final = "9999-"
"""The year of a period that does not end."""


def acts_feed(record: VisibleRecord) -> ActsFeed:
    """The newest acts of the main log, as their reader may see them."""
    sight = Sight(record, ())
    lines = Lines(sight)
    entries = []
    for act in reversed(record.acts(max(0, record.as_of - NEWEST), record.as_of)):
        line = lines.line(act)
        note = "; ".join(part for part in (line.effect, line.sealed) if part)
        entries.append(
            FeedEntry(line.sentence, note, line.ref.href, act.act.leaf, line.mark.name, act.act.clear.iat)
        )
    updated = max((entry.at for entry in entries), default=0)
    return ActsFeed(_title(sight), sight.place.page().address, updated, tuple(entries))


def sessions_calendar(record: VisibleRecord) -> SessionsCalendar:
    """Sessions held and open, and every instant by which the main log asks for something or ends something."""
    sight = Sight(record, ())
    entries = (
        *(_session(sight, s) for s in sight.state.sessions),
        *_asked(sight), *_referrals(sight), *_mandates(sight), *_entries_into_force(sight),
    )  # fmt: skip
    return SessionsCalendar(
        title=_title(sight),
        process=process_id(record.visible.state.convened.origin),
        zone=str(sight.names.zone.tz),
        stamp=known_time(sight),
        entries=tuple(entry for entry in entries if not entry.start.startswith(_NEVER)),
    )


def _title(sight: Sight) -> str:
    return f"{sight.names.title}: {sight.names.subtitle}" if sight.names.subtitle else sight.names.title


def _session(sight: Sight, session: Session) -> CalendarEntry:
    """One that is open ends, for now, with the last instant that the record speaks of."""
    end = session.closed or max(session.opened, known_time(sight))
    return CalendarEntry(
        key=f"session-{session.number}",
        title=_session_title(sight, session),
        start=session.opened,
        end=end,
        path=f"{sight.place.page('sessions', session=str(session.number)).address}#session-{session.number}",
        place=sight.names.opened(session.leaf).get("place") or "",
        note="" if session.closed else _("Open: it ends with its closing act."),
    )


def _session_title(sight: Sight, session: Session) -> str:
    if session.closed:
        return _("Session {number}, {title}", number=session.number, title=sight.names.title)
    return _("Session {number} (open), {title}", number=session.number, title=sight.names.title)


def _asked(sight: Sight) -> Iterator[CalendarEntry]:
    """Whatever is owed by an instant: answers to a proposal, and any other turn that has an end."""
    for owing in turns(sight.state):
        if owing.by is not None:
            yield _owed(sight, owing, owing.by)


def _owed(sight: Sight, owing: Turn, by: str) -> CalendarEntry:
    what = what_is_owed(sight, text_of(sight, owing), owing)
    return CalendarEntry(
        key=f"{owing.act}-{owing.since}-{owing.whose}-{owing.subject}",
        title=_("Due: {whose}: {act}", whose=whose_words(sight, owing.whose), act=what),
        start=by,
        end="",
        path=sight.place.page().address,
        note=translated(owing.silence),
    )


def _referrals(sight: Sight) -> Iterator[CalendarEntry]:
    for referral in in_order(sight.state.referrals.values()):
        if referral.reply_by is not None:
            yield CalendarEntry(
                key=f"referral-{referral.index}",
                title=_(
                    "Reply due: the principal of {delegation}",
                    delegation=sight.names.delegation(referral.side),
                ),
                start=referral.reply_by,
                end="",
                path=sight.place.act(referral.index + 1).address,
                note=_("Silence means nothing."),
            )


def _mandates(sight: Sight) -> Iterator[CalendarEntry]:
    for mandate in in_order(sight.state.mandates.values()):
        if mandate.valid_until is not None and mandate.revoked is None:
            yield CalendarEntry(
                key=f"mandate-{mandate.index}",
                title=_("Powers end: {holder}", holder=sight.names.person(mandate.holder)),
                start=mandate.valid_until,
                end="",
                path=sight.place.page("powers").address,
            )


def _entries_into_force(sight: Sight) -> Iterator[CalendarEntry]:
    for text in sight.names.instruments:
        at, title = _entry_into_force(text, sight.names.instrument_title(text.id))
        if at is not None:
            yield CalendarEntry(
                key=f"in-force-{text.id}",
                title=title,
                start=at,
                end="",
                path=sight.place.page("", instrument=text.id).address,
            )


def _entry_into_force(text: Instrument, called: str) -> tuple[str | None, str]:
    """When, and how the calendar tells it."""
    if text.in_force_since is not None:
        return text.in_force_since, _("In force: {instrument}", instrument=called)
    date = text.entry_date if text.entry == "date" else None
    return date, _(
        "Date set for entry into force, if every consent is there: {instrument}", instrument=called
    )
