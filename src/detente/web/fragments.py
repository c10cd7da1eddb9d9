"""The part of a page that changes while the record grows, kept for all who would be shown the same.

Two hundred people who follow one record ask for it again at the same moment. A fragment is made from a `Record`
that is opened for one `Viewer`. It is kept for everybody of the same side and role, if nothing in it was read by its
viewer as a person (an act of their own, one addressed to them by name) and nothing asks that person to act; it is then
handed out to whoever of them was not to read more, and is not asked to act. Else it is kept for its viewer alone. The
public is one viewer; a principal and the keeper are always alone.

A fragment says how many acts it shows, and is handed out to whoever has heard of no more. State, and with it who
may read, is a function of the log; which disclosures the store still holds is not: whoever erases some calls
`forget`.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from anyio import to_thread
from msgspec import Struct
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from detente.acts.act import MEDIATION, PRINCIPALS
from detente.depositary.reading import Record, acts_inside
from detente.procedure.disclosure import Viewer, VisibleAct, may_open
from detente.procedure.turn import turns
from detente.state.records import State
from detente.views.pages import Page
from detente.web.rendering import render_fragment
from detente.web.viewer import (
    LONGEST_NUMBER,
    host,
    is_demonstration,
    number_asked,
    origin_of,
    reader_of,
    state_of,
)
from detente.wording.language import spoken

AT_LEAST: Final = "detente-at-least"
"""The header by which a fragment is asked for: the number of acts that it is to show, or more."""
INSIDE: Final = "detente-inside"
"""Likewise, and in an answer: acts in the chambers that the reader belongs to, all together."""
SIZE, VIEWER = "detente-size", "detente-viewer"
"""Headers of a fragment: how many acts it shows; the id of the person who asked, empty for the public."""
MOST_BYTES: Final = 64 * 1024 * 1024
PACKING: Final = 5
"""The level of gzip: a page is packed once for all who are shown it, and they wait for it."""


class Fragment(Struct, frozen=True):
    """size: acts shown; plain, packed: the HTML as it is and under gzip; withheld: (readers, author) of what was
    sealed to its viewer; asked: whose act is awaited (ids of persons, letters of sides); personal: whether its viewer
    reads in it what others of their side and role may not; inside: acts in its viewer's chambers."""

    size: int
    plain: bytes
    packed: bytes
    withheld: frozenset[tuple[tuple[str, ...], str]] = frozenset()
    asked: frozenset[str] = frozenset()
    personal: bool = False
    inside: int = 0

    def is_whole_for(self, state: State, person: str) -> bool:
        """Whether a fragment made for somebody of the same side and role is what this person would be shown."""
        viewer = Viewer(person)
        return person not in self.asked and not any(
            may_open(state, viewer, readers, author) for readers, author in self.withheld
        )


class Group(NamedTuple):
    """People who read the same, but for what is addressed to one of them by name. side: None for no side."""

    side: str | None
    role: str


class Key(NamedTuple):
    """Under what a fragment is kept. address: of the page, with its query; readers: whom it is handed out to;
    language: its tag."""

    origin: str
    address: str
    readers: Viewer | Group
    language: str


class Fragments:
    """The newest fragment of each page and viewer; those longest unused go when they hold too many bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        # Making pages is work for the processor: two at once would only wait for each other.
        self.making = asyncio.Semaphore(1)
        self.reckoning = asyncio.Semaphore(
            1
        )  # those for which incidents are counted, which can take a second
        self.opened: set[str] = set()  # origins of the main logs that this server has folded
        self._most, self._held = most_bytes, 0
        self._kept: OrderedDict[Key, Fragment] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, at_least: int, inside: int = 0) -> Fragment | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.size < at_least or found.inside < inside:
                return None
            self._kept.move_to_end(key)
            return found

    def keep(self, key: Key, fragment: Fragment) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = fragment
            self._held += _weight(key, fragment)
            while self._held > self._most:
                self._drop(next(iter(self._kept)))

    def forget(self, origin: str) -> None:
        """Drop every fragment of a process, or all for “”: something that they show has been erased from the store."""
        with self._lock:
            for key in [key for key in self._kept if origin in ("", key.origin)]:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        dropped = self._kept.pop(key, None)
        if dropped is not None:
            self._held -= _weight(key, dropped)


def _weight(key: Key, fragment: Fragment) -> int:
    return len(key.address) + len(fragment.plain) + len(fragment.packed)


class _NotingRecord(Record):
    """A record opened for somebody, which notes what was withheld from them, and what they read as a person."""

    def __init__(self, asking: _Asking) -> None:
        at = number_asked(asking.request, "at")
        super().__init__(host(asking.request), asking.origin, asking.viewer, at)
        self.withheld: set[tuple[tuple[str, ...], str]] = set()
        self.personal = False
        self._group = asking.group

    def _visible(self, *stored: Any) -> VisibleAct | None:
        act = super()._visible(*stored)
        if act is not None and act.sealed:
            self.withheld.add((act.readers, act.act.author))
        elif act is not None and act.opened and self._group is not None:
            named = {"all", self._group.side, "M" if self._group.role in MEDIATION else None}
            self.personal = self.personal or named.isdisjoint(act.readers)
        return act


Build = Callable[[Record], Page]


class _Asking(NamedTuple):
    """One request for a fragment, by somebody who may read the record."""

    request: Request
    origin: str
    viewer: Viewer
    state: State
    at_least: int
    inside: int
    group: Group | None

    def find(self, readers: Viewer | Group) -> Fragment | None:
        return self.kept.find(self.key(readers), self.at_least, self.inside)

    @property
    def kept(self) -> Fragments:
        found: Fragments = self.request.app.state.fragments
        return found

    def key(self, readers: Viewer | Group) -> Key:
        return Key(self.origin, str(self.request.url), readers, spoken().tag)


def asks_for_fragment(request: Request) -> bool:
    return _number(request.headers.get(AT_LEAST, "")) >= 0


def _number(text: str) -> int:
    """A number in a header; -1 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else -1


def fragment_of(request: Request, page: Page, record: Record) -> Response:
    """The fragment of a page that was made for this request alone."""
    return _answer(request, _packed(page, str(request.url), record.size), record.viewer)


async def fragment_kept(request: Request, build: Build, *, reckons: bool = False) -> Response:
    """The fragment of a page that speaks of whoever looks only by what they may read and owe, made anew only where none
    that is kept will do. reckons: incidents are counted for it.

    Raises `Refused` as `record_of`.
    """
    asking = await _opened(request)
    fragment = _found(asking)
    if fragment is None:
        async with asking.kept.reckoning if reckons else asking.kept.making:
            fragment = _found(asking)
            if fragment is None:
                limiter = request.app.state.reckoners if reckons else None
                fragment = await to_thread.run_sync(_made, asking, build, limiter=limiter)
    return _answer(request, fragment, asking.viewer)


async def _opened(request: Request) -> _Asking:
    """A log that this server has folded is looked into at once: two hundred threads would wait for one another. A shared
    database may be elsewhere: it is waited for on a thread."""
    if host(request).store.passing is not None:
        return await run_in_threadpool(_asking, request)
    kept: Fragments = request.app.state.fragments
    if origin_of(request) not in kept.opened:
        async with kept.making:
            if origin_of(request) not in kept.opened:
                kept.opened.add((await run_in_threadpool(_asking, request)).origin)
    return _asking(request)


def _asking(request: Request) -> _Asking:
    viewer, origin = reader_of(request), origin_of(request)
    state = state_of(request, origin)
    assert state is not None
    group = _group(state, viewer) if not is_demonstration(request) else None
    at_least = min(int(request.headers[AT_LEAST]), state.size)
    # A number that is larger than the chambers are would have every page made anew.
    asked = _number(request.headers.get(INSIDE, ""))
    inside = min(asked, acts_inside(host(request).store, origin, state, viewer)) if asked > 0 else 0
    return _Asking(request, origin, viewer, state, at_least, inside, group)


def _group(state: State, viewer: Viewer) -> Group | None:
    """With whom somebody shares what they are shown. A principal is asked in their side's chamber, by name."""
    person = state.people.get(viewer.person or "")
    if person is None or person.role in PRINCIPALS or person.id == state.convened.keeper:
        return None
    return Group(person.side, person.role)


def _found(asking: _Asking) -> Fragment | None:
    if asking.group is not None and (shared := asking.find(asking.group)):
        assert asking.viewer.person is not None
        if shared.is_whole_for(asking.state, asking.viewer.person):
            return shared
    return asking.find(asking.viewer)


def _made(asking: _Asking, build: Build) -> Fragment:
    fragment = _drawn(asking, build)
    asking.kept.keep(asking.key(_readers(asking, fragment)), fragment)
    return fragment


def _readers(asking: _Asking, fragment: Fragment) -> Viewer | Group:
    """Whom a fragment that was made for one of them is for."""
    alone = fragment.personal or asking.viewer.person in fragment.asked
    # One that stands already and is not whole for this viewer is whole for others: theirs stays.
    if alone or asking.group is None or asking.find(asking.group):
        return asking.viewer
    return asking.group


def _drawn(asking: _Asking, build: Build) -> Fragment:
    record = _NotingRecord(asking)
    inside = record.inside  # before anything is read: what comes in between is asked for again
    drawn = _packed(build(record), str(asking.request.url), record.size)
    asked = frozenset(turn.whose for turn in turns(record.visible.state))
    return replace(drawn, withheld=frozenset(record.withheld), asked=asked, personal=record.personal,
                   inside=inside)  # fmt: skip


def _packed(page: Page, address: str, size: int) -> Fragment:
    plain = render_fragment(page, address=address).encode()
    return Fragment(size, plain, gzip.compress(plain, PACKING, mtime=0))


def _answer(request: Request, fragment: Fragment, viewer: Viewer) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "cache-control": "private, no-store", "vary": "Accept-Encoding", SIZE: str(fragment.size),
        VIEWER: viewer.person or "", INSIDE: str(fragment.inside), **({"content-encoding": "gzip"} if packed else {}),
    }  # fmt: skip
    return Response(fragment.packed if packed else fragment.plain, headers=headers, media_type="text/html")
