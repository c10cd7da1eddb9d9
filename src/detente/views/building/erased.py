"""What was erased of an act: by whom, on what ground, by which act; and that what was read before cannot be recalled."""

from __future__ import annotations

from collections.abc import Iterator

from detente.procedure.disclosure import VisibleAct
from detente.state.records import Erasure
from detente.views.act import ActField
from detente.views.building.sight import Sight
from detente.views.marks import Prose, worded
from detente.wording.counting import in_a_row, listed
from detente.wording.language import gettext as _
from detente.wording.saying import GROUNDS


def erased(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    for done in _erasures(sight, act):
        said = worded(
            "{parts}, by {person} in act {number}, on the ground of {ground}. The act and its proof stand; what was read "
            "or copied before cannot be recalled.",
            parts=in_a_row(name.replace("_", " ") for name in done.parts) or _("All that it hid"),
            person=sight.names.briefly(done.by),
            number=str(done.index + 1),
            ground=_(GROUNDS[done.ground]),
        )
        yield ActField(label=_("Erased"), value=said)
        yield ActField(label=_("Erased in others’ copies"), value=_confirmed(sight, done))


def _confirmed(sight: Sight, done: Erasure) -> Prose:
    if not done.confirmed:
        return worded("Nobody who keeps a copy has confirmed it yet.")
    return worded(
        "{people} confirmed it; nobody can check that.",
        people=listed(map(sight.names.person, done.confirmed)),
    )


def erased_words(sight: Sight, act: VisibleAct) -> str:
    """In a line: that something of the act was erased; empty where nothing was."""
    done = _erasures(sight, act)
    return (
        _(
            "erased by {person}: {ground}",
            person=sight.names.briefly(done[-1].by),
            ground=_(GROUNDS[done[-1].ground]),
        )
        if done
        else ""
    )


def _erasures(sight: Sight, act: VisibleAct) -> tuple[Erasure, ...]:
    if not act.chamber:
        return sight.state.erasures.get(act.act.leaf, ())
    chambers = (visible.chamber for visible in sight.record.chambers())
    return next((c.erasures.get(act.act.leaf, ()) for c in chambers if c.name == act.chamber), ())
