"""Sessions and deadlines as a calendar (RFC 5545): sessions in the zone of the talks, deadlines in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final

from icalendar import Calendar, Event

from detente.codec.instant import unix_from_instant
from detente.interchange.atom import printable
from detente.views.feeds import CalendarEntry, SessionsCalendar
from detente.wording.moments import zone_named

MEDIA_TYPE: Final = "text/calendar"
_PRODUCT: Final = "-//detente//sessions and deadlines//EN"


def icalendar(shown: SessionsCalendar, base: str) -> bytes:
    """base: the host's address, without a slash at its end."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", printable(shown.title))
    made.add("x-wr-calname", printable(shown.title))  # what calendars read that do not know RFC 7986
    stamp = _local(shown.stamp, UTC)
    for entry in shown.entries:
        made.add_component(_event(entry, shown, stamp, base))
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def _event(entry: CalendarEntry, shown: SessionsCalendar, stamp: datetime, base: str) -> Event:
    zone = zone_named(shown.zone).tz if entry.end else UTC
    made = Event()
    made.add("uid", f"{entry.key}@{shown.process}")
    made.add("dtstamp", stamp)
    made.add("dtstart", _local(entry.start, zone))
    if entry.end:
        made.add("dtend", _local(entry.end, zone))
    made.add("summary", printable(entry.title))
    for name, text in (("location", entry.place), ("description", entry.note)):
        if text:
            made.add(name, printable(text))
    made.add("url", base + entry.path)
    made.add("transp", "OPAQUE" if entry.end else "TRANSPARENT")  # a deadline takes no time of anybody's day
    return made


def _local(instant: str, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(unix_from_instant(instant), zone)
