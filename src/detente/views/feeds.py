"""What somebody follows without opening a page: the newest acts, and a calendar of sessions and deadlines.

Written out as Atom and iCalendar by `interchange`. Chamber acts are in neither.
"""

from __future__ import annotations

from msgspec import Struct


class FeedEntry(Struct, frozen=True):
    """One act. sentence: in words, as its reader may see it; note: what it changed or who can read the rest, or "";
    path: of its page; leaf: base64url; author: office; at: the time that its author states, Unix seconds."""

    sentence: str
    note: str
    path: str
    leaf: str
    author: str
    at: int


class ActsFeed(Struct, frozen=True):
    """The newest acts of one process, newest first. path: of its overview; updated: Unix seconds."""

    title: str
    path: str
    updated: int
    entries: tuple[FeedEntry, ...]


class CalendarEntry(Struct, frozen=True):
    """A session, or the end of a period. key: tells it from every other of its process, and stays; start, end:
    instants, `end` is "" for what has no length; path: of the page where it stands; place, note: or ""."""

    key: str
    title: str
    start: str
    end: str
    path: str
    place: str = ""
    note: str = ""


class SessionsCalendar(Struct, frozen=True):
    """zone: IANA name of the zone in which sessions are told; stamp: instant up to which the record speaks."""

    title: str
    process: str
    zone: str
    stamp: str
    entries: tuple[CalendarEntry, ...]
