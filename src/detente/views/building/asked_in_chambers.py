"""What somebody is asked in a chamber that they belong to: nobody outside it learns of it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.procedure.disclosure import VisibleAct
from detente.procedure.turn import Turn
from detente.state.records import Bridge, in_order
from detente.views.building.sight import Sight
from detente.wording.language import gettext as _


def asked_in_chambers(sight: Sight) -> Iterator[Turn]:
    """What the person looking is asked by their own delegation, and as a mediator by the answers to a bridge."""
    yield from _questions(sight)
    yield from _answers_to_open(sight)


def _questions(sight: Sight) -> Iterator[Turn]:
    """The delegation's last question to its principal, in the side's chamber, while no instruction has followed it."""
    person = sight.state.people.get(sight.viewer or "")
    if person is None or person.role != "principal":
        return
    for chamber in sight.record.chambers():
        asked = None
        for act in sight.record.chamber_acts(chamber.chamber.name):
            asked = act if act.kind.name == "refer" else None if act.kind.name == "instruct" else asked
        if asked is not None:
            by = asked.act.clear.reply_by
            yield Turn(person.id, "instruct", asked.act.leaf, by, _("Silence means nothing."), 0)


def question_to_answer(sight: Sight, chamber: str) -> VisibleAct | None:
    """The question that an instruction in this chamber would answer: the last one that none has answered by name."""
    if chamber not in [visible.chamber.name for visible in sight.record.chambers()]:
        return None
    acts = sight.record.chamber_acts(chamber)
    answered = {act.act.clear.referral for act in acts if act.kind.name == "instruct"}
    asked = [act for act in acts if act.kind.name == "refer" and act.act.leaf not in answered]
    return asked[-1] if asked else None


def _answers_to_open(sight: Sight) -> Iterator[Turn]:
    """Bridging proposals that every side has answered, for mediators: nobody else sees that all answers are in."""
    for bridge in in_order(sight.state.bridges.values()):
        sides = sight.state.instruments[bridge.instrument].sides
        if (
            bridge.is_live
            and sight.names.mediates(sight.viewer or "")
            and len(answered(sight, bridge)) == len(sides)
        ):
            silence = _("Unopened answers count as no. Nothing else changes.")
            yield Turn("M", "open_bridge", bridge.provision, bridge.expires, silence, bridge.index)


def answered(sight: Sight, bridge: Bridge) -> list[str]:
    """The sides that have answered, as far as the person looking belongs to the chamber where it would stand."""
    if sight.viewer is None:
        return []
    names = (
        visible.chamber.name for visible in sight.record.chambers() if bridge.leaf in visible.chamber.answers
    )
    return [name.rpartition("-")[2] for name in names]
