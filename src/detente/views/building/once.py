"""What the room asks quietly, each until it is done: before the talks, and of everybody with a key."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.sealing import groups_of
from detente.views.building.sight import Sight
from detente.views.building.waiting import working_keys
from detente.views.signing import Deed
from detente.wording.language import gettext as _


def once(sight: Sight) -> Iterator[Deed]:
    """Enrolment is incomplete until a second key exists, a chamber until it has a key, and a table until somebody sits
    at each side of it and decides for it."""
    if not sight.now_shown:
        return
    if sight.names.mediates(sight.viewer):
        yield from _before_the_talks(sight)
    if len(working_keys(sight, sight.viewer)) == 1:
        yield Deed(
            text=_("Enrol a second key"),
            href=sight.place.page("keys").address,
            detail=_(
                "In another browser, behind a passkey or on the command line: a browser can lose what it keeps."
            ),
        )
    if _is_to_seal(sight):
        yield Deed(
            text=_("Seal your chambers"),
            href=sight.place.page("chambers").address,
            detail=_("Before anything is written there, so that the host cannot read it."),
        )


def _before_the_talks(sight: Sight) -> Iterator[Deed]:
    there = {(person.side, person.role) for person in sight.names.people}
    for side in sight.state.convened.sides:
        name = sight.names.side(side)
        if (side, "delegate") not in there:
            yield Deed(
                text=_("Admit a delegate of {side}", side=name),
                href=sight.place.page("sign", kind="admit", role="delegate", side=side).address,
                detail=_("Who speaks and signs for it at the table."),
            )
        if (side, "principal") not in there:
            yield Deed(
                text=_("Admit the principal of {side}", side=name),
                href=sight.place.page("sign", kind="admit", role="principal", side=side).address,
                detail=_("The capital, board or members that give its delegates their powers, and confirm."),
            )
    if sight.state.rules is None and sight.state.tabled_rules is None:
        yield Deed(
            text=_("Table the rules of procedure"),
            href=sight.place.page("sign", kind="table_rules").address,
            detail=_(
                "Until every side has adopted some, a text needs the consent of every side (Article 9)."
            ),
        )


def _is_to_seal(sight: Sight) -> bool:
    """Whether a chamber of the viewer's own group has no key, and the viewer has one to read with."""
    reads = any(
        k.person == sight.viewer and k.sealing and k.revoked is None for k in sight.state.keys.values()
    )
    own = (c.chamber for c in sight.record.chambers() if len(groups_of(c.chamber.name)) == 1)
    return reads and any(not chamber.epochs for chamber in own)
