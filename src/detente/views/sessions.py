"""The sessions: hours by agenda item, the agenda, the minutes with who confirmed them.

A long record is shown a part at a time, the newest first, with the way to every other part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.hours import Hours
from detente.views.marks import ActRef, Direction, Glyph, Link, Mark, Moment, Prose
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    number: Annotated[str, "1"]
    title: Annotated[str, "Use of territory"]
    taken_up: Annotated[Prose, "27 Oct 10:20, #21, and 14:05, #35; or: not taken up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """Words minuted. A minute is no instrument and takes no step."""

    time: Annotated[Moment, "when minuted"]
    ref: Annotated[ActRef, "the minute's act"]
    mark: Annotated[Mark, "of the speaker; of the author where the minute names none"]
    speaker: Annotated[str, "Head of Delegation B; or: Secretariat"]
    manner: Annotated[str, "oral, in Pashto, through an interpreter; or empty"]
    words: Annotated[str, "as minuted; empty when sealed to others"]
    state: Annotated[str, "Unconfirmed; Confirmed by the speaker; Contested; No speaker to confirm"]
    glyph: Annotated[
        Glyph, "spoken while unconfirmed, done when confirmed, gap when contested, empty if none"
    ]
    detail: Annotated[Prose, "asked to confirm at 02:36, #15; silence confirms nothing; or empty"]
    sealed: Annotated[str, "sealed; readable by the mediators; or empty"] = ""
    lang: Annotated[str, "language of the words, BCP 47"] = "en"
    direction: Annotated[Direction, "direction of the words"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    title: Annotated[str, "Session 2"]
    anchor: Annotated[str, "its id in the page"]
    state: Annotated[str, "open; closed after 18 h 00"]
    opened: Annotated[Prose, "Opened 27 Oct 2025, 10:00, #20"]
    closed: Annotated[Prose, "Closed 28 Oct 2025, 04:00, #81; or empty"]
    running_from: Annotated[str, "instant from which its state counts while it runs; or empty"]
    hours: Annotated[Hours, "time by item"]
    agenda: Annotated[tuple[AgendaItem, ...], "may be empty: agenda_empty is printed"]
    agenda_empty: Annotated[str, "why there is no agenda, and what would fill it"]
    minutes: Annotated[tuple[Minute, ...], "in order of the session"]
    minutes_empty: Annotated[str, "why there are no minutes, and what would fill it"]
    minutes_part: Annotated[str, "60 of 240 entries; empty where all are here"] = ""
    earlier: Annotated[Link | None, "180 earlier entries of it; none where they are here"] = None
    later: Annotated[Link | None, "60 later entries of it; none where they are here"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionElsewhere:
    """A session in the list of all, where not all are on the page."""

    text: Annotated[str, "its number: 3"]
    aloud: Annotated[str, "Session 3"]
    href: Annotated[str, "the page that shows it"]
    anchor: Annotated[str, "its id in the page, so that a link to it arrives here; empty where it is shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPage:
    shell: Annotated[Shell, "around the page"]
    headline: Annotated[str, "18 h 00 in one session; No session is in the record"]
    lead: Annotated[
        Prose,
        "Two entries in the minutes. None is confirmed by its speaker.",
    ]
    sessions: Annotated[tuple[Session, ...], "of this part, newest first"]
    running_from: Annotated[str, "instant from which the headline counts while it runs; or empty"] = ""
    empty: Annotated[str, "with no session: why, and what would fill it"] = ""
    every: Annotated[tuple[SessionElsewhere, ...], "oldest first; empty where all are on the page"] = ()
    hours: Annotated[Hours | None, "of all sessions; none where all are on the page"] = None
    older: Annotated[Link | None, "Sessions 1 to 3; none where nothing is earlier"] = None
    newest: Annotated[Link | None, "The latest; none where this is the newest part"] = None
