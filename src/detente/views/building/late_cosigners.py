"""On the page of the record: who named a cosigner after convening, how far it has signed, and how to add one."""

from __future__ import annotations

from detente.acts.act import MEDIATION
from detente.acts.cosigners import NOT_THE_HOST
from detente.procedure.disclosure import VisibleLog
from detente.state.records import Cosigner, Person
from detente.views.building.sight import Sight, full_moment
from detente.views.marks import Glyph, worded
from detente.views.record import LateCosigner, Witnessing
from detente.wording.language import gettext as _
from detente.wording.language import ngettext


def late_cosigners(sight: Sight, log: VisibleLog) -> tuple[LateCosigner, ...]:
    """Those that are named by the acts shown; how far they have signed is always that of now."""
    known = sight.state.cosigners
    return tuple(_line(sight, log, known[leaf], size, time) for leaf, size, time in log.late if leaf in known)


def late_names(sight: Sight, log: VisibleLog) -> tuple[str, ...]:
    """Those that stand and have signed the last act."""
    known = sight.state.cosigners
    signed = (known[leaf] for leaf, size, _time in log.late if leaf in known and size == log.size)
    return tuple(cosigner.name for cosigner in signed if _stands(sight, cosigner))


def _line(sight: Sight, log: VisibleLog, cosigner: Cosigner, size: int, time: int) -> LateCosigner:
    glyph, state = _standing(sight, cosigner, log.size - size if size else None)
    viewer = sight.state.people.get(sight.viewer or "")
    stands = _stands(sight, cosigner)
    may_drop = stands and viewer is not None and (viewer.id == cosigner.by or viewer.role in MEDIATION)
    number = f"#{cosigner.index + 1}"
    return LateCosigner(
        name=cosigner.name,
        vkey=cosigner.vkey,
        number=number,
        by=worded("{person}, {act}", person=sight.names.speaker(cosigner.by), act=sight.cite(cosigner.index)),
        seen=size,
        signed=sight.moment(time, full_moment) if time else None,
        glyph=glyph,
        state=state,
        own=stands and cosigner.by == sight.viewer,
        drop=sight.place.page("sign", kind="drop_cosigner", cosigner=number).address if may_drop and _acts(sight) else "",
    )  # fmt: skip


def _stands(sight: Sight, cosigner: Cosigner) -> bool:
    return cosigner.ended is None and sight.state.people[cosigner.by].left is None


def _standing(sight: Sight, cosigner: Cosigner, behind: int | None) -> tuple[Glyph, str]:
    if cosigner.ended is not None:
        return "gap", _("Dropped by act #{number}", number=cosigner.ended + 1)
    if not _stands(sight, cosigner):
        return "gap", _("Its person has left")
    if behind is None:
        return "gap", _("No cosignature in the record")
    if not behind:
        return "done", _("Up to date")
    return "awaited", ngettext("{count} act behind", "{count} acts behind", behind)


def witnessing(sight: Sight) -> Witnessing | None:
    if not _acts(sight):
        return None
    return Witnessing(
        process=sight.state.convened.origin,
        person=sight.viewer or "",
        sign=sight.place.page("sign").address,
        machine=sight.place.page("sign", kind="name_cosigner").address,
    )


def _acts(sight: Sight) -> bool:
    """Whether the viewer can sign acts here: a demonstration and an earlier moment are only looked at."""
    person: Person | None = sight.state.people.get(sight.viewer or "")
    takes_part = person is not None and person.left is None and person.role in NOT_THE_HOST
    return takes_part and sight.now_shown and not sight.viewers
