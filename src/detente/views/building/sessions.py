"""The sessions: hours, agenda, and the minutes with who confirmed them."""

from __future__ import annotations

from typing import Final

from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.provisions.authentic import name_in_english
from detente.state.records import Minute as Minuted
from detente.state.records import Session as Held
from detente.views.building.around import drawn_around
from detente.views.building.hours import hour_words, hours, known_time, running_from, session_minutes
from detente.views.building.sight import Sight, full_moment, in_words
from detente.views.hours import Hours
from detente.views.marks import ActRef, Glyph, Prose, prose, strong
from detente.views.sessions import AgendaItem, Minute, Session, SessionsPage
from detente.wording.counting import capitalised, counted_in_words, listed

NO_SESSION: Final = (
    "No session is in the record. Next: a mediator opens one; minutes can also be entered outside a session."
)
_SENSES: Final = {
    "statement": "", "question": "question", "oral_assent": "oral assent", "oral_withdrawal": "oral taking back",
    "oral_assurance": "oral assurance", "consultation": "consultation reported",
}  # fmt: skip


def sessions_page(record: VisibleRecord, *, viewers: tuple[str, ...] = ()) -> SessionsPage:
    sight = Sight(record, viewers, "sessions")
    minutes = sorted(sight.state.minutes.values(), key=lambda m: m.index)
    return SessionsPage(
        headline=_headline(sight),
        running_from=running_from(sight, sight.state.sessions),
        lead=_lead(minutes),
        sessions=(
            *_outside(sight, minutes),
            *(_session(sight, s, minutes) for s in reversed(sight.state.sessions)),
        ),
        empty="" if sight.state.sessions else NO_SESSION,
        shell=drawn_around(sight, "Sessions"),
    )


def _headline(sight: Sight) -> str:
    sessions = sight.state.sessions
    if not sessions:
        return "No session is in the record"
    total = sum(session_minutes(s, known_time(sight)) for s in sessions)
    so_far = " so far" if sessions[-1].closed is None else ""
    return f"{hour_words(total)} in {counted_in_words(len(sessions), 'session')}{so_far}"


def _lead(minutes: list[Minuted]) -> Prose:
    if not minutes:
        return prose("No words are minuted.")
    awaited = [m for m in minutes if m.confirmed is None and m.contested is None]
    # Not “two minutes”: beside the hours of the sessions that would be read as a time.
    count = f"{capitalised(counted_in_words(len(minutes), 'entry', 'entries'))} in the minutes. "
    if len(awaited) == len(minutes):
        return prose(count, strong("None is confirmed by its speaker."))
    states = [
        (sum(m.confirmed is not None for m in minutes), "confirmed by its speaker"),
        (sum(m.contested is not None for m in minutes), "contested"),
        (len(awaited), "unconfirmed"),
    ]
    return prose(count, capitalised(listed(f"{n} {word}" for n, word in states if n)), ".")


def _session(sight: Sight, session: Held, minutes: list[Minuted]) -> Session:
    rough = sight.is_illustrative(session.leaf)
    length = hour_words(session_minutes(session, known_time(sight)))
    own = [m for m in minutes if m.session == session.number]
    return Session(
        title=f"Session {session.number}",
        anchor=f"session-{session.number}",
        state=f"closed after {length}" if session.closed else f"open, {length} so far",
        opened=_opened(sight, session, rough),
        closed=prose(f"Closed {in_words(sight.instant(session.closed, full_moment, illustrative=rough))}")
        if session.closed
        else (),
        running_from=running_from(sight, (session,)),
        hours=hours(sight, (session,)),
        agenda=_agenda(sight, session),
        agenda_empty="No agenda is in the record. Next: a mediator sets one; time is then counted by its items.",
        minutes=_minutes(sight, own),
        minutes_empty="No words of this session are minuted.",
    )


def _outside(sight: Sight, minutes: list[Minuted]) -> tuple[Session, ...]:
    """Minutes entered while no session was open."""
    own = [m for m in minutes if m.session is None]
    if not own:
        return ()
    return (
        Session(
            title="Outside the sessions", anchor="outside", state="", running_from="",
            opened=(), closed=(), agenda=(), minutes_empty="",
            hours=Hours(total="", bars=(), longest=1, note="", empty="Time is counted in sessions only."),
            agenda_empty="An agenda belongs to a session.", minutes=_minutes(sight, own),
        ),
    )  # fmt: skip


def _minutes(sight: Sight, own: list[Minuted]) -> tuple[Minute, ...]:
    return tuple(line for m in own if (line := _minute(sight, m)) is not None)


def _opened(sight: Sight, session: Held, rough: bool) -> Prose:
    when = in_words(sight.instant(session.opened, full_moment, illustrative=rough))
    place = sight.names.opened(session.leaf).get("place")
    return prose(f"Opened {when}", f" in {place}" if place else "", ", ", sight.cite_leaf(session.leaf))


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
    times = [sight.instant(at).shown for taken, at in session.course if taken == item]
    return prose(listed(times) if times else "not taken up")


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
        sealed=f"sealed; readable by {sight.readers(act.readers)}" if act.sealed else "",
        # Interpreted words are minuted in the language of the record, not in the speaker's.
        lang="en" if act.opened.get("interpreter") else tag,
    )


def _manner(sight: Sight, minute: Minuted, act: VisibleAct) -> str:
    language, interpreter = act.opened.get("language"), act.opened.get("interpreter")
    on = sight.names.edition(minute.edition) if minute.edition else ""
    parts = [
        _SENSES.get(minute.sense, minute.sense), f"on {on}" if on else "",
        f"in {name_in_english(language)}" if language else "", f"interpreter: {interpreter}" if interpreter else "",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _state(sight: Sight, minute: Minuted) -> tuple[str, Glyph]:
    if minute.contested is not None:
        return "Contested by the speaker", "gap"
    if minute.confirmed is not None:
        return "Confirmed by the speaker", "done"
    if sight.names.mediates(minute.speaker):
        return "No speaker of a side", "empty"
    return "Unconfirmed", "spoken"


def _detail(sight: Sight, minute: Minuted) -> Prose:
    answered = minute.confirmed if minute.confirmed is not None else minute.contested
    parts: Prose = ()
    if answered is not None:
        parts = sight.cited(answered)
    elif minute.asked is not None:
        parts = prose("asked to confirm, ", *sight.cited(minute.asked), "; silence confirms nothing")
    for leaf in minute.rectified:
        parts = (*parts, *prose("; " if parts else "", "correction beside it, ", sight.cite_leaf(leaf)))
    return parts
