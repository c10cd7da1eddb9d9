"""Who may see what: which logs and which hidden fields a person may load.

A view's parameters admit only the `Visible...` types made here, so content that was not disclosed cannot
reach a page. Two rules:
- a log is read by its audience: the main log by the participants, and by the public if the convening act says
  so; a chamber by its people;
- a hidden field is read by those whom the act's `aud` names, and by nobody outside the log's audience.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct

from detente.acts.act import MEDIATION, Act, Kind
from detente.codec.refusal import Refusal
from detente.procedure.chambers import audience_of, chamber_names
from detente.state.records import Chamber, Person, State


class Viewer(Struct, frozen=True):
    """Who looks. person: the participant's id, or None for the public."""

    person: str | None = None


class VisibleAct(Struct, frozen=True):
    """One act as a viewer may see it. opened: the hidden fields that the viewer may read; sealed: whether some
    hidden field is not for the viewer; readers: who may read it, as audience names."""

    index: int
    act: Act[Any]
    kind: Kind
    opened: Mapping[str, Any]
    sealed: bool
    readers: tuple[str, ...]
    chamber: str = ""


class VisibleState(Struct, frozen=True):
    """The main state: ids, leaves and grades, which everybody who may read the log may know."""

    state: State
    viewer: Viewer


class VisibleChamber(Struct, frozen=True):
    """A chamber's state, for those who belong to it."""

    chamber: Chamber
    viewer: Viewer


class DraftField(Struct, frozen=True):
    """One field of a form. form: how it is written ("person", "provision", "words", ...); options: where it is one
    of a few; value: what the viewer has given; kept: whether it is sealed, and never leaves the author's browser; aside:
    whether it can be left out and is not what the act is there to say; offered: whether its value came with what led to
    the form."""

    name: str
    form: str
    required: bool
    value: str = ""
    options: tuple[str, ...] = ()
    kept: bool = False
    aside: bool = False
    offered: bool = False


class VisibleDraft(Struct, frozen=True):
    """An act that the viewer has drafted and not signed. fields: of its form; act: as it would stand next, None while
    it cannot be read; after: the main state after it, None where it would not stand; refusals: why not; recognised:
    whether a text was given as it is laid out, and its structure found."""

    kind: Kind
    chamber: str
    fields: tuple[DraftField, ...]
    refusals: tuple[Refusal, ...]
    act: VisibleAct | None = None
    after: VisibleState | None = None
    recognised: bool = False


def _participant(state: State, viewer: Viewer) -> Person | None:
    person = state.people.get(viewer.person) if viewer.person else None
    return person if person is not None and person.left is None else None


def may_read_log(state: State, viewer: Viewer, chamber: str = "") -> bool:
    """Whether the viewer belongs to the audience of the main log, or of `chamber`."""
    person = _participant(state, viewer)
    if chamber:
        return person is not None and person.id in audience_of(state, chamber)
    if person is not None:
        return True
    return state.process is not None and state.process.open_to_public


def readable_chambers(state: State, viewer: Viewer) -> tuple[str, ...]:
    """The chambers whose fold the viewer may load."""
    if state.process is None:
        return ()
    return tuple(n for n in chamber_names(state.process.sides) if may_read_log(state, viewer, n))


def may_open(state: State, viewer: Viewer, audience: tuple[str, ...], author: str, chamber: str = "") -> bool:
    """Whether the viewer may read the hidden fields of an act by `author` for `audience`."""
    if not may_read_log(state, viewer, chamber):
        return False
    if "all" in audience:
        return True
    person = _participant(state, viewer)
    if person is None:
        return False
    mediates = person.role in MEDIATION and "M" in audience
    return person.id == author or person.id in audience or person.side in audience or mediates


def visible_chamber(main: State, chamber: Chamber, viewer: Viewer) -> VisibleChamber | None:
    return VisibleChamber(chamber, viewer) if may_read_log(main, viewer, chamber.name) else None


def visible_act(
    state: State,
    viewer: Viewer,
    index: int,
    act: Act[Any],
    kind: Kind,
    opened: Mapping[str, Any],
    chamber: str = "",
) -> VisibleAct | None:
    """The act with what the viewer may open of `opened`, or None where the viewer may not read this log."""
    if not may_read_log(state, viewer, chamber):
        return None
    readable = may_open(state, viewer, act.clear.aud, act.author, chamber)
    return VisibleAct(
        index, act, kind, opened if readable else {}, bool(opened) and not readable, act.clear.aud, chamber
    )


class VisibleRecord(Protocol):
    """A record as one viewer may see it, as of one moment: all that a view may ask.

    Implemented by the depositary over its store. Indices count from 0; `as_of` acts are shown of `size`.
    """

    @property
    def visible(self) -> VisibleState:
        """The main state after `as_of` acts."""
        ...

    @property
    def as_of(self) -> int: ...

    @property
    def size(self) -> int: ...

    def state_at(self, size: int) -> VisibleState:
        """The main state after `size` acts (at most `as_of`)."""
        ...

    def act(self, index: int) -> VisibleAct | None:
        """One act of the main log, or None from `as_of` on."""
        ...

    def acts(self, start: int, stop: int) -> tuple[VisibleAct, ...]:
        """The acts of [start, stop) below `as_of`, in order."""
        ...

    def find(
        self, limit: int, *, before: int | None = None, author: str | None = None, kind: str | None = None
    ) -> tuple[VisibleAct, ...]:
        """The last `limit` acts with this author and kind, newest first, from before an index."""
        ...

    def opened(self, leaf: str) -> Mapping[str, Any]:
        """The hidden fields of the act with this leaf that the viewer may read, by name; empty if none."""
        ...

    def index_of(self, leaf: str) -> int | None:
        """The index in the main log of the act with this leaf."""
        ...

    def chambers(self) -> tuple[VisibleChamber, ...]:
        """The chambers that the viewer belongs to; none where an earlier moment is shown."""
        ...

    def chamber_acts(self, chamber: str) -> tuple[VisibleAct, ...]:
        """The acts of a chamber that the viewer belongs to, in order."""
        ...


class VisibleLog(Struct, frozen=True):
    """The log itself: what anybody may know of it. root: 32 bytes; checkpoint: the signed note; cosigned: the
    latest note with cosignatures; cosigners: (name, size, Unix seconds) of each one's latest cosignature, size 0
    where it has signed nothing; quorum: how many the record asks for; stamp: (authority, size, Unix seconds) of the first
    time stamp on the largest checkpoint that has one; late: (leaf of the naming act, size, Unix seconds) of each cosigner
    named after convening, in their order."""

    origin: str
    size: int
    root: bytes
    checkpoint: bytes
    cosigned: bytes
    cosigners: tuple[tuple[str, int, int], ...]
    quorum: int
    stamp: tuple[str, int, int] | None = None
    late: tuple[tuple[str, int, int], ...] = ()
