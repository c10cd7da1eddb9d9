"""The sessions: hours, agenda, and the minutes with who confirmed them; of a long record a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.provisions.authentic import name_in_english
from detente.state.records import Minute as Minuted
from detente.state.records import Session as Held
from detente.state.records import in_order
from detente.views.building.around import drawn_around
from detente.views.building.hours import (
    hour_words,
    hours,
    known_time,
    minutes_together,
    running_from,
    session_minutes,
)
from detente.views.building.sessions_part import Part, earlier_words, later_words, newest, older, part_of
from detente.views.building.sight import Sight, full_moment, in_words
from detente.views.building.text_history import one_after_another
from detente.views.hours import Hours
from detente.views.marks import ActRef, Glyph, Prose, prose, strong, worded
from detente.views.sessions import AgendaItem, Minute, Session, SessionElsewhere, SessionsPage
from detente.wording.counting import capitalised, in_a_row, language_name, listed, number_word
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

NO_SESSION: Final = N_(
    "No session is in the record. Next: a mediator opens one; minutes can also be entered outside a session."
)
_SENSES: Final = {
    "question": N_("question"), "oral_assent": N_("oral assent"), "oral_withdrawal": N_("oral taking back"),
    "oral_assurance": N_("oral assurance"), "consultation": N_("consultation reported"),
}  # fmt: skip
"""What was done with words, where more than to state them."""
_NEIGHBOURS: Final = 50
"""Sessions on either side that the list of all names."""
_TIMES: Final = 8
"""How many times an item was taken up are named one by one."""


def sessions_page(
    record: VisibleRecord, *, session: int = 0, before: int = 0, viewers: tuple[str, ...] = ()
) -> SessionsPage:
    """session: its number, to begin with it; before: the number of an act, from 1: only what came earlier; 0 for
    neither, which is the newest part."""
    asked = {"session": str(session or ""), "before": str(before or "")}
    sight = Sight(record, viewers, "sessions", asked)
    sessions, minutes = sight.state.sessions, in_order(sight.state.minutes.values())
    part = part_of(sight, session, before)
    whole = part.start == 0 and part.end >= record.as_of
    return SessionsPage(
        headline=_headline(sight),
        running_from=running_from(sight, sessions),
        lead=_lead(minutes),
        sessions=(
            *_outside(sight, part),
            *(_session(sight, sessions[number - 1], part) for number in part.sessions),
        ),
        empty=_empty(sight, session, part),
        every=() if whole else tuple(_elsewhere(sight, part)),
        hours=None if whole or not sessions else hours(sight, sessions),
        older=older(sight, part),
        newest=newest(sight, part),
        shell=drawn_around(sight, _("Sessions")),
    )


def _empty(sight: Sight, session: int, part: Part) -> str:
    if not sight.state.sessions:
        return _(NO_SESSION)
    if session > len(sight.state.sessions):
        return _("No session {number} is in the record; here is the latest.", number=session)
    return "" if part.sessions or part.minutes else _("No session and no words stand before this act.")


def _elsewhere(sight: Sight, part: Part) -> Iterator[SessionElsewhere]:
    """The list of all sessions, as far as they are near: links from elsewhere arrive at those not shown."""
    near = part.sessions[0] if part.sessions else part.older or len(sight.state.sessions)
    for session in sight.state.sessions[max(0, near - _NEIGHBOURS - 1) : near + _NEIGHBOURS]:
        number, anchor = session.number, _anchor(session)
        there = sight.place.asking(session=str(number), before="").address
        here = number in part.sessions
        yield SessionElsewhere(
            text=str(number),
            aloud=_("Session {number}", number=number),
            href=f"#{anchor}" if here else f"{there}#{anchor}",
            anchor="" if here else anchor,
        )


def _anchor(session: Held) -> str:
    return f"session-{session.number}"


def _headline(sight: Sight) -> str:
    sessions = sight.state.sessions
    if not sessions:
        return _("No session is in the record")
    count, time = len(sessions), hour_words(minutes_together(sight, sessions))
    if sessions[-1].closed is None:
        return ngettext("{time} in one session so far", "{time} in {count} sessions so far", count,
                        time=time, count=number_word(count))  # fmt: skip
    return ngettext(
        "{time} in one session", "{time} in {count} sessions", count, time=time, count=number_word(count)
    )


def _lead(minutes: list[Minuted]) -> Prose:
    if not minutes:
        return worded("No words are minuted.")
    awaited = [m for m in minutes if m.confirmed is None and m.contested is None]
    # Not “two minutes”: beside the hours of the sessions that would be read as a time.
    count = ngettext("One entry in the minutes.", "{count} entries in the minutes.", len(minutes),
                     count=capitalised(number_word(len(minutes))))  # fmt: skip
    if len(awaited) == len(minutes):
        return prose(f"{count} ", strong(_("None is confirmed by its speaker.")))
    return prose(f"{count} ", _("{states}.", states=capitalised(listed(_states(minutes, len(awaited))))))


def _states(minutes: list[Minuted], awaited: int) -> Iterator[str]:
    """How many of the minutes are in each state that some are in."""
    if confirmed := sum(m.confirmed is not None for m in minutes):
        yield ngettext("{count} confirmed by its speaker", "{count} confirmed by its speaker", confirmed)
    if contested := sum(m.contested is not None for m in minutes):
        yield ngettext("{count} contested", "{count} contested", contested)
    if awaited:
        yield ngettext("{count} unconfirmed", "{count} unconfirmed", awaited)


def _session(sight: Sight, session: Held, part: Part) -> Session:
    rough = sight.is_illustrative(session.leaf)
    length = hour_words(session_minutes(session, known_time(sight)))
    return Session(
        title=_("Session {number}", number=session.number),
        anchor=_anchor(session),
        state=_("closed after {time}", time=length)
        if session.closed
        else _("open, {time} so far", time=length),
        opened=_opened(sight, session, rough),
        closed=_closed(sight, session.closed, rough) if session.closed else (),
        running_from=running_from(sight, (session,)),
        hours=hours(sight, (session,)),
        agenda=_agenda(sight, session),
        agenda_empty=_(
            "No agenda is in the record. Next: a mediator sets one; time is then counted by its items."
        ),
        minutes=_minutes(sight, part.shown(session.number)),
        minutes_empty=_("No words of this session are minuted."),
        minutes_part=_minutes_part(part, session.number),
        earlier=earlier_words(sight, part, session.number),
        later=later_words(sight, part, session.number),
    )


def _minutes_part(part: Part, session: int | None) -> str:
    """How many of a session's words are here, where not all are."""
    shown, every = len(part.shown(session)), len(part.by_session.get(session, ()))
    if shown == every:
        return ""
    return ngettext("{shown} of {count} entry", "{shown} of {count} entries", every, shown=shown)


def _outside(sight: Sight, part: Part) -> tuple[Session, ...]:
    """Minutes entered while no session was open."""
    own = part.shown(None)
    if not own:
        return ()
    return (
        Session(
            title=_("Outside the sessions"), anchor="outside", state="", running_from="",
            opened=(), closed=(), agenda=(), minutes_empty="",
            hours=Hours(total="", bars=(), longest=1, note="", empty=_("Time is counted in sessions only.")),
            agenda_empty=_("An agenda belongs to a session."), minutes=_minutes(sight, own),
            minutes_part=_minutes_part(part, None), earlier=earlier_words(sight, part, None),
            later=later_words(sight, part, None),
        ),
    )  # fmt: skip


def _minutes(sight: Sight, own: list[Minuted]) -> tuple[Minute, ...]:
    return tuple(line for m in own if (line := _minute(sight, m)) is not None)


def _opened(sight: Sight, session: Held, rough: bool) -> Prose:
    when = in_words(sight.instant(session.opened, full_moment, illustrative=rough))
    place = sight.names.opened(session.leaf).get("place")
    act = sight.cite_leaf(session.leaf)
    if not place:
        return worded("Opened {time}, {act}", time=when, act=act)
    return worded("Opened {time} in {place}, {act}", time=when, place=place, act=act)


def _closed(sight: Sight, closed: str, rough: bool) -> Prose:
    return worded("Closed {time}", time=in_words(sight.instant(closed, full_moment, illustrative=rough)))


def _agenda(sight: Sight, session: Held) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(
            number=str(place),
            title=sight.names.item_titles.get(item) or item,
            taken_up=_taken_up(sight, session, item),
        )
        for place, item in enumerate(sight.state.agenda, 1)
    )


def _taken_up(sight: Sight, session: Held, item: str) -> Prose:
    taken = [at for one, at in session.course if one == item]
    times, more = [sight.instant(at).shown for at in taken[:_TIMES]], len(taken) - _TIMES
    if more > 0:
        return prose(ngettext("{times} and {count} time more", "{times} and {count} times more", more,
                              times=in_a_row(times)))  # fmt: skip
    return prose(listed(times) if times else _("not taken up"))


def _minute(sight: Sight, minute: Minuted) -> Minute | None:
    act = sight.names.act_at(minute.index)
    if act is None:
        return None
    state, glyph = _state(sight, minute)
    language = act.opened.get("language")
    tag = language if language and name_in_english(language) != language else "en"
    return Minute(
        time=sight.instant(minute.said_at, illustrative=sight.act_time(act).illustrative),
        ref=ActRef(number=minute.index + 1, href=sight.place.act(minute.index + 1).address),
        mark=sight.person(minute.speaker),
        speaker=sight.names.person(minute.speaker),
        manner=_manner(sight, minute, act),
        words=act.opened.get("text") or "",
        state=state,
        glyph=glyph,
        detail=_detail(sight, minute),
        sealed=_("sealed; readable by {readers}", readers=sight.readers(act.readers)) if act.sealed else "",
        # Interpreted words are minuted in the language of the record, not in the speaker's.
        lang="en" if act.opened.get("interpreter") else tag,
    )


def _manner(sight: Sight, minute: Minuted, act: VisibleAct) -> str:
    language, interpreter = act.opened.get("language"), act.opened.get("interpreter")
    parts = [
        _(_SENSES.get(minute.sense, "")),
        _("on {edition}", edition=sight.names.edition(minute.edition)) if minute.edition else "",
        _("in {language}", language=language_name(language)) if language else "",
        _("interpreter: {name}", name=interpreter) if interpreter else "",
    ]
    return in_a_row(part for part in parts if part)


def _state(sight: Sight, minute: Minuted) -> tuple[str, Glyph]:
    if minute.contested is not None:
        return _("Contested by the speaker"), "gap"
    if minute.confirmed is not None:
        return _("Confirmed by the speaker"), "done"
    if sight.names.mediates(minute.speaker):
        return _("No speaker of a side"), "empty"
    return _("Unconfirmed"), "spoken"


def _detail(sight: Sight, minute: Minuted) -> Prose:
    answered = minute.confirmed if minute.confirmed is not None else minute.contested
    parts: list[Prose] = []
    if answered is not None:
        parts.append(sight.cited(answered))
    elif minute.asked is not None:
        parts.append(
            worded("asked to confirm, {act}; silence confirms nothing", act=sight.cited(minute.asked))
        )
    parts += [worded("correction beside it, {act}", act=sight.cite_leaf(leaf)) for leaf in minute.rectified]
    return one_after_another(parts) if parts else ()
