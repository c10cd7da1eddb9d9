"""Times in the zone that the process chose, in UTC, and lengths of time. Nothing here asks what time it is.

A zone is an IANA name (`Europe/Istanbul`); one that this machine does not know is answered in UTC, and said so.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from detente.codec.instant import unix_from_instant
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _

_MONTHS: Final = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"),
    N_("Nov"), N_("Dec"),
)  # fmt: skip
_LONG_MONTHS: Final = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
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


def zone_words(zone: Zone) -> str:
    """
    >>> zone_words(zone_named("Europe/Istanbul")), zone_words(zone_named(None))
    ('Istanbul time', 'UTC')
    """
    return "UTC" if zone.city == "UTC" else _("{city} time", city=zone.city)


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
    return _("{day} {month}", day=day.day, month=_(_MONTHS[day.month - 1]))


def long_day(unix: int, zone: Zone) -> str:
    """
    >>> long_day(1761608160, zone_named("Europe/Istanbul"))
    '28 October 2025'
    """
    day = _local(unix, zone)
    return _("{day} {month} {year}", day=day.day, month=_(_LONG_MONTHS[day.month - 1]), year=day.year)


def month_words(month: str) -> str:
    """
    >>> month_words("2026-11")
    'November 2026'
    """
    return _("{month} {year}", month=_(_LONG_MONTHS[int(month[5:]) - 1]), year=month[:4])


def short_moment(unix: int, zone: Zone) -> str:
    """
    >>> short_moment(1761608160, zone_named("Europe/Istanbul"))
    '28 Oct 02:36'
    """
    return _("{day} {time}", day=short_day(unix, zone), time=clock_time(unix, zone))


def full_moment(unix: int, zone: Zone) -> str:
    """
    >>> full_moment(1761608160, zone_named("Europe/Istanbul"))
    '28 Oct 2025, 02:36'
    """
    day, time = _local(unix, zone), clock_time(unix, zone)
    month = _(_MONTHS[day.month - 1])
    return _("{day} {month} {year}, {time}", day=day.day, month=month, year=day.year, time=time)


def utc_moment(unix: int) -> str:
    """
    >>> utc_moment(1761608160)
    '27 Oct 2025, 23:36 UTC'
    """
    return _("{moment} UTC", moment=full_moment(unix, zone_named(None)))


def zoned_moment(unix: int, zone: Zone) -> str:
    """
    >>> zoned_moment(1761608160, zone_named("Europe/Istanbul"))
    '02:36 Istanbul time, 28 October'
    """
    local, time = _local(unix, zone), clock_time(unix, zone)
    day = _("{day} {month}", day=local.day, month=_(_LONG_MONTHS[local.month - 1]))
    return _("{time} {zone}, {day}", time=time, zone=zone_words(zone), day=day)


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
        return _("less than a minute")
    if minutes >= 2 * 1440:
        return ngettext("{count} day", "{count} days", minutes // 1440)
    if minutes >= 60 and minutes % 60:
        return hours_and_minutes(minutes)
    if minutes >= 60:
        return ngettext("{count} hour", "{count} hours", minutes // 60)
    return ngettext("{count} minute", "{count} minutes", minutes)


def numbered_month(month: int) -> str:
    """A month by its number, counted from the year 0.

    >>> numbered_month(24316)
    'May 2026'
    """
    return month_words(f"{month // 12:04}-{month % 12 + 1:02}")


def hours_and_minutes(minutes: int) -> str:
    """
    >>> hours_and_minutes(102), hours_and_minutes(1080)
    ('1 h 42 min', '18 h 00 min')
    """
    return _("{hours} h {minutes} min", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def time_left(now: str, until: str) -> str:
    """How long from one instant to another, or that the second has passed; empty where `now` is not known.

    >>> time_left("2025-10-27T21:48:00Z", "2025-10-27T23:30:00Z")
    '1 h 42 min left'
    """
    if not now:
        return ""
    seconds = unix_from_instant(until) - unix_from_instant(now)
    return _("{time} left", time=span_words(seconds)) if seconds > 0 else _("this time has passed")
