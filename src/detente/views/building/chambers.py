"""The sealed chambers of one person: who can open each, and what is to be done about its keys."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from detente.acts.sealing import MEDIATORS, group_of, groups_of, outlived, reading_keys, unboxed
from detente.procedure.chambers import audience_of
from detente.procedure.disclosure import VisibleRecord
from detente.state.records import Chamber
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight
from detente.views.chambers import ChambersPage, Reader, SealedChamber
from detente.views.marks import Link, Prose, worded
from detente.wording.language import gettext as _


def chambers_page(record: VisibleRecord, *, viewers: tuple[str, ...] = ()) -> ChambersPage:
    sight = Sight(record, viewers, "chambers")
    group = group_of(sight.state, sight.viewer) if sight.viewer else None
    chambers = [replace(visible.chamber, main=sight.state) for visible in record.chambers()]
    return ChambersPage(
        process=sight.state.convened.origin,
        group=_named(sight, group) if group else "",
        recovery=_recovery(sight, group),
        recovery_named=group in sight.state.recovery,
        chambers=tuple(_chamber(sight, chamber) for chamber in chambers),
        sign=sight.place.page("sign").address,
        shell=drawn_around(sight, _("Sealed chambers")),
    )


def _named(sight: Sight, group: str) -> str:
    return sight.names.mediators() if group == MEDIATORS else sight.names.side(group)


def _recovery(sight: Sight, group: str | None) -> Prose:
    kept = sight.state.recovery.get(group or "")
    return worded("Named in {act}.", act=sight.cite(kept.index)) if kept else worded("There is none yet.")


def _chamber(sight: Sight, chamber: Chamber) -> SealedChamber:
    deed, words, why = _deed(chamber)
    return SealedChamber(
        name=chamber.name,
        title=sight.chamber(chamber.name),
        sealed=bool(chamber.epochs),
        state=_state(chamber),
        readers=tuple(_readers(sight, chamber)),
        deed=deed,
        deed_words=words,
        why=why,
        acts=Link(text=_("What stands in it"), href=sight.place.page("timeline").address) if chamber.size else None,
    )  # fmt: skip


def _state(chamber: Chamber) -> Prose:
    if not chamber.epochs:
        return worded("Not sealed yet: the host could read what is written here.")
    return worded(
        "Sealed since act {number} of this chamber, key {key} in use. The host cannot open it.",
        number=str(chamber.epochs[0].index + 1),
        key=str(len(chamber.epochs)),
    )


def _deed(chamber: Chamber) -> tuple[str, str, str]:
    """What the chamber's key needs now, on the button, and why."""
    if not chamber.epochs:
        why = _("Make its key, for everybody below who has a key to read with.")
        return "begin", _("Seal this chamber"), why
    if outlived(chamber):
        why = _("Somebody who has left, or a revoked key, can open what is written here.")
        return "change", _("Put a new key in use"), why
    if unboxed(chamber):
        return "share", _("Give them the key"), _("Somebody who belongs here cannot open it yet.")
    return "", "", ""


def _readers(sight: Sight, chamber: Chamber) -> Iterator[Reader]:
    boxed = chamber.epochs[-1].boxed if chamber.epochs else frozenset()
    keys = reading_keys(chamber)
    audience = audience_of(sight.state, chamber.name)
    for person in (p for p in sight.names.people if p.id in audience):
        own = [key_id for key_id, key in keys.items() if key.person == person.id]
        yield _reader(sight.names.person(person.id), len(own), sum(key in boxed for key in own))
    for group in groups_of(chamber.name):
        named = group in sight.state.recovery
        key = _("Recovery key of {group}, on paper", group=_named(sight, group))
        yield _reader(key, int(named), int(group in boxed))


def _reader(who: str, keys: int, given: int) -> Reader:
    if not keys:
        return Reader(who=who, glyph="gap", said=_("no key to read with"))
    if given < keys:
        said = _("not given the key yet") if not given else _("a further key waits")
        return Reader(who=who, glyph="awaited", said=said)
    return Reader(who=who, glyph="done", said=_("can open it"))
