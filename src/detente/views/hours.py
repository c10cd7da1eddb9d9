"""Time by agenda item, derived from the minutes of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True, kw_only=True)
class HourBar:
    label: Annotated[str, "1 Use of territory; Off the agenda; Breaks"]
    minutes: Annotated[int, "length of the bar"]
    duration: Annotated[str, "5 h 12"]
    share: Annotated[str, "of the whole: 35 %"]
    hatched: Annotated[bool, "true for time off the agenda and breaks"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    total: Annotated[str, "quiet words beside the head: 14 h 48 so far; No agenda in the record"]
    bars: Annotated[tuple[HourBar, ...], "in agenda order, then off the agenda, then breaks; may be empty"]
    longest: Annotated[int, "minutes that fill the width of a bar; at least 1"]
    note: Annotated[str, "source: From the minutes of session 2, opened 27 Oct 10:00."]
    empty: Annotated[str, "with no bar: why, and what would fill it"] = ""
