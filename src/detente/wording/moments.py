"""Times in the zone that the process chose, in UTC, and lengths of time. Nothing here asks what time it is.

A zone is an IANA name (`Europe/Istanbul`); one that this machine does not know is answered in UTC, and said so.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from detente.codec.instant import unix_from_instant

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Zone(Struct, frozen=True):
    """A time zone and what a page calls it: its city."""

    tz: tzinfo
    city: str


def zone_named(name: str | None) -> Zone:
    """The zone with this IANA name; UTC for none, and for one that is not known here.

    >>> zone_named("Europe/Istanbul").city, zone_named(None).city, zone_named("Atlantis/Nowhere").city
    ('Istanbul', 'UTC', 'UTC')
    """
    if name:
        try:
            return Zone(ZoneInfo(name), name.rpartition("/")[2].replace("_", " "))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    return Zone(UTC, "UTC")


def _local(unix: int, zone: Zone) -> datetime:
    """The local time; UTC's in the last hours that a calendar holds, which some zones count beyond it.

    >>> _local(253402300799, zone_named("Europe/Istanbul")).year
    9999
    """
    try:
        return datetime.fromtimestamp(unix, zone.tz)
    except (OverflowError, ValueError):
        return datetime.fromtimestamp(unix, UTC)


def clock_time(unix: int, zone: Zone) -> str:
    """
    >>> clock_time(1761608160, zone_named("Europe/Istanbul"))
    '02:36'
    """
    return _local(unix, zone).strftime("%H:%M")


def short_day(unix: int, zone: Zone) -> str:
    """
    >>> short_day(1761608160, zone_named("Europe/Istanbul"))
    '28 Oct'
    """
    day = _local(unix, zone)
    return f"{day.day} {_MONTHS[day.month - 1]}"


def long_day(unix: int, zone: Zone) -> str:
    """
    >>> long_day(1761608160, zone_named("Europe/Istanbul"))
    '28 October 2025'
    """
    day = _local(unix, zone)
    return f"{day.day} {_LONG_MONTHS[day.month - 1]} {day.year}"


def short_moment(unix: int, zone: Zone) -> str:
    """
    >>> short_moment(1761608160, zone_named("Europe/Istanbul"))
    '28 Oct 02:36'
    """
    return f"{short_day(unix, zone)} {clock_time(unix, zone)}"


def full_moment(unix: int, zone: Zone) -> str:
    """
    >>> full_moment(1761608160, zone_named("Europe/Istanbul"))
    '28 Oct 2025, 02:36'
    """
    day = _local(unix, zone)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}, {day.strftime('%H:%M')}"


def utc_moment(unix: int) -> str:
    """
    >>> utc_moment(1761608160)
    '27 Oct 2025, 23:36 UTC'
    """
    return f"{full_moment(unix, zone_named(None))} UTC"


def zoned_moment(unix: int, zone: Zone) -> str:
    """
    >>> zoned_moment(1761608160, zone_named("Europe/Istanbul"))
    '02:36 Istanbul time, 28 October'
    """
    day = long_day(unix, zone).rpartition(" ")[0]
    place = "UTC" if zone.city == "UTC" else f"{zone.city} time"
    return f"{clock_time(unix, zone)} {place}, {day}"


def offset(unix: int, zone: Zone) -> str:
    """The zone's distance from UTC at that instant.

    >>> offset(1761608160, zone_named("Asia/Karachi")), offset(1761608160, zone_named("Asia/Kabul"))
    ('UTC+5', 'UTC+4:30')
    """
    distance = _local(unix, zone).utcoffset()
    minutes = int(distance.total_seconds()) // 60 if distance else 0
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def span_words(seconds: int) -> str:
    """A length of time, to the unit that matters.

    >>> span_words(480), span_words(60), span_words(3600 * 5), span_words(86400 * 3), span_words(20)
    ('8 minutes', '1 minute', '5 hours', '3 days', 'less than a minute')
    >>> span_words(5400)
    '1 h 30 min'
    """
    minutes = seconds // 60
    if minutes < 1:
        return "less than a minute"
    if minutes >= 2 * 1440:
        return f"{minutes // 1440} days"
    if minutes >= 60 and minutes % 60:
        return hours_and_minutes(minutes)
    count, unit = (minutes // 60, "hour") if minutes >= 60 else (minutes, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def hours_and_minutes(minutes: int) -> str:
    """
    >>> hours_and_minutes(102), hours_and_minutes(1080)
    ('1 h 42 min', '18 h 00 min')
    """
    return f"{minutes // 60} h {minutes % 60:02} min"


def time_left(now: str, until: str) -> str:
    """How long from one instant to another, or that the second has passed; empty where `now` is not known.

    >>> time_left("2025-10-27T21:48:00Z", "2025-10-27T23:30:00Z")
    '1 h 42 min left'
    """
    if not now:
        return ""
    seconds = unix_from_instant(until) - unix_from_instant(now)
    return f"{span_words(seconds)} left" if seconds > 0 else "this time has passed"
