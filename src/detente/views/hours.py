"""Time by agenda item, derived from the minutes of a session.

While a session is open its hours run. They are reckoned to the last instant that the record speaks of, and beside
each is the instant from which a clock would have to count to show as much: a browser goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class HourBar:
    label: Annotated[str, "1 Use of territory; Off the agenda; Breaks"]
    minutes: Annotated[int, "length of the bar"]
    duration: Annotated[str, "5 h 12"]
    share: Annotated[str, "of the whole: 35 %"]
    hatched: Annotated[bool, "true for time off the agenda and breaks"] = False
    running_from: Annotated[str, "instant from which it counts while it runs; empty: it does not"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    total: Annotated[str, "quiet words beside the head: 14 h 48 so far; No agenda in the record"]
    bars: Annotated[tuple[HourBar, ...], "in agenda order, then off the agenda, then breaks; may be empty"]
    longest: Annotated[int, "minutes that fill the width of a bar; at least 1"]
    note: Annotated[str, "source: From the minutes of session 2, opened 27 Oct 10:00."]
    empty: Annotated[str, "with no bar: why, and what would fill it"] = ""
    running_from: Annotated[str, "instant from which the total counts while it runs; empty: it does not"] = ""
    as_of: Annotated[Moment | None, "up to when the hours are reckoned while they run; or none"] = None
