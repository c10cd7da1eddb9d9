"""Times as minutes write them: `10:00` on the day of the line, `2025-10-28 10:00` on another, in the file's zone.

An instant that a local time cannot say (an hour that the clocks repeat) is written in UTC: `2025-10-28T07:00:00Z`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from detente.codec.instant import INSTANT_PATTERN, instant_from_unix, unix_from_instant
from detente.codec.refusal import Refused, refuse

EPOCH: Final = date(1970, 1, 1)
_UTC_FORM: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_LOCAL_FORM: Final = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2} )?[0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
TIME_PATTERN: Final = f"{_UTC_FORM}|{_LOCAL_FORM}"
LINE_TIME_PATTERN: Final = f"{TIME_PATTERN}|second -?[0-9]{{1,1000}}"
_LOCAL = re.compile(r"(?:(\d{4}-\d{2}-\d{2}) )?(\d{2}:\d{2}(?::\d{2})?)")


def read_zone(name: str) -> tzinfo:
    """The zone with this IANA name. Raises `Refused` with code `minutes.zone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise refuse("minutes.zone", f"“{name}” is no time zone known here.", "IANA time zones",
                     "Write it like Europe/Istanbul, or leave it out for UTC.") from error  # fmt: skip


def day_of(unix: int, zone: tzinfo) -> date:
    """The day in `zone` under which a time is minuted; the epoch's for a time that no calendar holds."""
    try:
        return datetime.fromtimestamp(unix, zone).date()
    except (OverflowError, ValueError, OSError):
        return EPOCH


def read_time(text: str, day: date, zone: tzinfo) -> str:
    """The instant that `text` names on `day` in `zone`. Raises `Refused` with code `minutes.time`."""
    if re.match(INSTANT_PATTERN, text):
        return text
    found = _LOCAL.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        on = date.fromisoformat(found[1]) if found[1] else day
        local = datetime.combine(on, time.fromisoformat(found[2]), zone)
        return instant_from_unix(int(local.timestamp()))
    except (ValueError, OverflowError) as error:
        raise refuse("minutes.time", f"“{text}” is not a time.", "ISO 8601",
                     "Write 10:00, 2025-10-28 10:00 or 2025-10-28T07:00:00Z.") from error  # fmt: skip


def write_time(instant: str, day: date, zone: tzinfo) -> str:
    """`instant` in the shortest form that reads back as the same instant."""
    try:
        local = datetime.fromtimestamp(unix_from_instant(instant), zone)
        plain = local.strftime("%H:%M:%S" if local.second else "%H:%M")
        if local.date() != day:
            plain = f"{local.date().isoformat()} {plain}"
        return plain if read_time(plain, day, zone) == instant else instant
    except (Refused, OverflowError, ValueError, OSError):
        return instant


def read_line_time(text: str, day: date, zone: tzinfo) -> int:
    """The Unix seconds at the head of a line. Raises `Refused` with code `minutes.time`."""
    if text.startswith("second "):
        return int(text.removeprefix("second "))
    return unix_from_instant(read_time(text, day, zone))


def write_line_time(unix: int, day: date, zone: tzinfo) -> str:
    earliest, latest = (
        -62135596800,
        253402300799,
    )  # the years 1 to 9999, which are all that a calendar here holds
    if not earliest + 86400 <= unix <= latest - 86400:
        return f"second {unix}"
    plain = write_time(instant_of(unix), day, zone)
    try:
        return plain if read_line_time(plain, day, zone) == unix else f"second {unix}"
    except Refused:
        return f"second {unix}"


def instant_of(unix: int) -> str:
    """The instant of `unix`, with four digits in the year where a platform would write fewer."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=unix)
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%SZ}"
