"""Time by agenda item: from one item taken up to the next, as the minutes of the sessions say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.state.records import Session
from detente.views.building.sight import Sight
from detente.views.hours import HourBar, Hours
from detente.wording.counting import listed, number_word
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

_ASIDE = {"off": N_("Off the agenda"), "break": N_("Breaks")}


def hours(sight: Sight, sessions: tuple[Session, ...]) -> Hours:
    """The bars of some sessions together. An open session counts up to the last act's stated time."""
    spent = _spent(sessions, known_time(sight))
    total = minutes_together(sight, sessions)
    if not spent:
        return Hours(total=_none(sessions, total), bars=(), longest=1, note="", empty=_empty(sessions, total))
    open_now = any(s.closed is None for s in sessions)
    runs = _running(sight, sessions)
    item_now = (runs.course[-1][0] if runs.course else "") if runs else None
    return Hours(
        total=_("{time} so far", time=hour_words(total)) if open_now else hour_words(total),
        bars=tuple(
            _bar(sight, item, minutes, total, _counted_from(sight, runs, minutes) if item == item_now else "")
            for item, minutes in _ordered(sight, spent)
        ),
        longest=max(1, *spent.values()),
        note=_source(sight, sessions),
        running_from=_counted_from(sight, runs, total),
        as_of=sight.instant(_end(runs, known_time(sight))) if runs else None,
    )


def running_from(sight: Sight, sessions: tuple[Session, ...]) -> str:
    """The instant from which a clock would have to count to show the hours of these sessions now; "" where none is
    open, or none runs: an earlier moment stands still, and so does a demonstration."""
    return _counted_from(sight, _running(sight, sessions), minutes_together(sight, sessions))


def _running(sight: Sight, sessions: tuple[Session, ...]) -> Session | None:
    """The session whose time runs now."""
    if not sight.now_shown or sight.viewers:
        return None
    return next((s for s in reversed(sessions) if s.closed is None), None)


def _counted_from(sight: Sight, running: Session | None, minutes: int) -> str:
    """The instant from which these minutes lead to where the running session is reckoned to; "" while none runs."""
    if running is None:
        return ""
    return instant_from_unix(unix_from_instant(_end(running, known_time(sight))) - 60 * minutes)


def known_time(sight: Sight) -> str:
    """The latest instant that the record speaks of: its marked clock, or the last act's stated time."""
    last = sight.last_act()
    return max(sight.state.clock.now, instant_from_unix(last.act.clear.iat) if last else "")


def hour_words(minutes: int) -> str:
    """
    >>> hour_words(312)
    '5 h 12'
    """
    return _("{hours} h {minutes}", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def _end(session: Session, now: str) -> str:
    """When it closed; while it is open, the latest time that is known."""
    return session.closed or max(session.course[-1][1] if session.course else session.opened, now)


def session_minutes(session: Session, now: str = "") -> int:
    return (unix_from_instant(_end(session, now)) - unix_from_instant(session.opened)) // 60


def minutes_together(sight: Sight, sessions: Iterable[Session]) -> int:
    """Minutes of these sessions, of which one that is open goes to the latest time that is known."""
    now = known_time(sight)
    return sum(session_minutes(session, now) for session in sessions)


def _seconds(session: Session, now: str) -> Iterator[tuple[str, int]]:
    """(item, seconds); reckoned already for a session that is closed."""
    if session.closed is not None:
        yield from session.spent
        return
    for item, start, stop in session.stretches(_end(session, now)):
        yield item, unix_from_instant(stop) - unix_from_instant(start)


def _spent(sessions: Iterable[Session], now: str) -> dict[str, int]:
    """Minutes by item, of the sessions in which an item was taken up."""
    spent: dict[str, int] = {}
    for session in sessions:
        for item, seconds in _seconds(session, now) if session.course else ():
            if item or seconds:
                spent[item] = spent.get(item, 0) + seconds
    return {item: seconds // 60 for item, seconds in spent.items()}


def _ordered(sight: Sight, spent: dict[str, int]) -> list[tuple[str, int]]:
    agenda = {item: place for place, item in enumerate(sight.state.agenda)}
    order = {"off": 1001, "break": 1002, "": 1000}
    return sorted(spent.items(), key=lambda pair: order.get(pair[0], agenda.get(pair[0], 999)))


def _bar(sight: Sight, item: str, minutes: int, total: int, running_from: str) -> HourBar:
    return HourBar(
        label=_label(sight, item),
        minutes=minutes,
        duration=hour_words(minutes),
        share=f"{round(100 * minutes / total)} %" if total else "",
        hatched=item in _ASIDE or not item,
        running_from=running_from,
    )


def _label(sight: Sight, item: str) -> str:
    if not item:
        return _("Before the first item")
    if item in _ASIDE:
        return _(_ASIDE[item])
    number = sight.names.item_number(item)
    return f"{number} {sight.names.item_titles.get(item) or (item if item != number else '')}".strip()


def _source(sight: Sight, sessions: tuple[Session, ...]) -> str:
    numbers = (
        listed(str(s.number) for s in sessions)
        if len(sessions) < 4
        else _("{first} to {last}", first=sessions[0].number, last=sessions[-1].number)
    )
    return ngettext(
        "From the minutes of session {numbers}. Percentages are of the whole time.",
        "From the minutes of sessions {numbers}. Percentages are of the whole time.",
        len(sessions),
        numbers=numbers,
    )


def _none(sessions: tuple[Session, ...], total: int) -> str:
    return _("No item taken up") if sessions and total else ""


def _empty(sessions: tuple[Session, ...], total: int) -> str:
    if not sessions:
        return _("No session is in the record. Next: a mediator opens one.")
    count, words = len(sessions), number_word(len(sessions))
    if not total:
        return ngettext(
            "The record holds one session and no item taken up, so time by item cannot be derived. Next: a mediator "
            "enters the agenda and the items as they are taken up.",
            "The record holds {count} sessions and no item taken up, so time by item cannot be derived. Next: a "
            "mediator enters the agenda and the items as they are taken up.",
            count,
            count=words,
        )
    return ngettext(
        "The record holds one session of {time} and no item taken up, so time by item cannot be derived. Next: a "
        "mediator enters the agenda and the items as they are taken up.",
        "The record holds {count} sessions of {time} and no item taken up, so time by item cannot be derived. Next: a "
        "mediator enters the agenda and the items as they are taken up.",
        count,
        count=words,
        time=hour_words(total),
    )
