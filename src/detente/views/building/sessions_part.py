"""Which part of a long record one page of the sessions shows: the newest words and sessions before an act.

A session that has minutes stands on every page that shows some of them; one that has none stands where it was opened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from detente.state.records import Minute, Session, in_order
from detente.views.building.sight import Sight
from detente.views.marks import Link
from detente.wording.language import gettext as _
from detente.wording.language import ngettext

MINUTES: Final = 60
SESSIONS: Final = 12
WORDS: Final = 40_000
"""Bytes of words on a page, in UTF-8: with them it stays under the 50 kB of the slow line even where none repeat."""


class Part(Struct, frozen=True):
    """start, end: indices of acts, the second not included; sessions: numbers of those shown, newest first; minutes:
    those shown, in order; by_session: all minutes of the record by session, None for outside the sessions; older: the
    number of the newest session before this part, 0 for only words outside the sessions, None for nothing."""

    start: int
    end: int
    sessions: tuple[int, ...]
    minutes: tuple[Minute, ...]
    by_session: dict[int | None, list[Minute]]
    older: int | None

    def shown(self, session: int | None) -> list[Minute]:
        return [m for m in self.minutes if m.session == session]

    def earlier(self, session: int | None) -> int:
        """How many minutes of the session stand before this part."""
        return sum(m.index < self.start for m in self.by_session.get(session, ()))

    def later(self, session: int | None) -> list[Minute]:
        return [m for m in self.by_session.get(session, ()) if m.index >= self.end]


def part_of(sight: Sight, session: int, before: int) -> Part:
    """session: to begin with, from 1; before: the number of an act, from 1: only what came earlier; 0 for neither."""
    return _Parts(sight).part(session, before)


class _Parts:
    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.minutes: Sequence[Minute] = in_order(sight.state.minutes.values())
        self.by_session: dict[int | None, list[Minute]] = {}
        for minute in self.minutes:
            self.by_session.setdefault(minute.session, []).append(minute)
        self.silent = [s for s in sight.state.sessions if s.number not in self.by_session]

    def part(self, session: int, before: int) -> Part:
        end = self._end(session, before)
        minutes = self._newest(end)
        all_fit = not minutes or minutes[0] is self.minutes[0]
        start = 0 if all_fit else minutes[0].index
        silent = self.silent[self._silent_before(start) : self._silent_before(end)]
        spoken = (m.session for m in minutes if m.session is not None)
        numbers = sorted({*spoken, *(s.number for s in silent)}, reverse=True)
        if len(numbers) > SESSIONS:
            start = self._first_of(numbers[SESSIONS - 1], minutes)
            minutes = [m for m in minutes if m.index >= start]
        return Part(
            start, end, tuple(numbers[:SESSIONS]), tuple(minutes), self.by_session, self._older(start)
        )

    def _end(self, session: int, before: int) -> int:
        acts, sessions = self.sight.record.as_of, self.sight.state.sessions
        if before > 0:
            return min(before - 1, acts)
        if not 0 < session <= len(sessions):
            return acts
        own = self.by_session.get(session)
        return (own[-1].index if own else self._opened(sessions[session - 1])) + 1

    def _opened(self, session: Session) -> int:
        return self.sight.record.index_of(session.leaf) or 0

    def _silent_before(self, index: int) -> int:
        """How many of the sessions without minutes were opened before an act."""
        return bisect_left(self.silent, index, key=self._opened)

    def _newest(self, end: int) -> list[Minute]:
        """As many minutes before an act as a page holds, in order; one at least."""
        last = bisect_left(self.minutes, end, key=lambda m: m.index)
        held = 0
        for first in range(last - 1, max(-1, last - MINUTES - 1), -1):
            held += self._bytes(self.minutes[first])
            if held > WORDS and first < last - 1:
                return list(self.minutes[first + 1 : last])
        return list(self.minutes[max(0, last - MINUTES) : last])

    def _bytes(self, minute: Minute) -> int:
        act = self.sight.names.act_at(minute.index)
        return len((act.opened.get("text") or "").encode()) if act else 0

    def _first_of(self, session: int, minutes: Iterable[Minute]) -> int:
        own = (m.index for m in minutes if m.session == session)
        return next(own, None) or self._opened(self.sight.state.sessions[session - 1])

    def _older(self, start: int) -> int | None:
        minutes = self.minutes[: bisect_left(self.minutes, start, key=lambda m: m.index)]
        silent = self.silent[: self._silent_before(start)]
        if not minutes and not silent:
            return None
        spoken = next((m.session for m in reversed(minutes) if m.session is not None), 0)
        return max(spoken, silent[-1].number if silent else 0)


# --- the ways to the other parts


def older(sight: Sight, part: Part) -> Link | None:
    if part.older is None:
        return None
    if part.older == 0:
        text = _("Earlier words, outside the sessions")
    elif part.older in part.sessions:
        text = _("Earlier in session {number}", number=part.older)
    elif part.older == 1:
        text = _("Session {number}", number=1)
    else:
        text = _("Sessions 1 to {number}", number=part.older)
    return Link(text=text, href=_before(sight, part.start + 1))


def newest(sight: Sight, part: Part) -> Link | None:
    """The way back to the end of the record."""
    if part.end >= sight.record.as_of:
        return None
    return Link(text=_("The latest"), href=sight.place.asking(before="", session="").address)


def earlier_words(sight: Sight, part: Part, session: int | None) -> Link | None:
    count = part.earlier(session)
    if not count:
        return None
    text = ngettext("{count} earlier entry", "{count} earlier entries", count)
    return Link(text=text, href=_before(sight, part.start + 1))


def later_words(sight: Sight, part: Part, session: int | None) -> Link | None:
    """The next page of a session's words, up to where it would end."""
    later = part.later(session)
    if not later:
        return None
    text = ngettext("{count} later entry", "{count} later entries", len(later))
    return Link(text=text, href=_before(sight, later[:MINUTES][-1].index + 2))


def _before(sight: Sight, number: int) -> str:
    return sight.place.asking(before=str(number), session="").address
