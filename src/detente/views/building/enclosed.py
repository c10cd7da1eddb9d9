"""What an act rests on, for its author to read first: above its form, and again before they sign. What is sealed opens in
their browser."""

from __future__ import annotations

from collections.abc import Iterator

from detente.procedure.disclosure import VisibleDraft
from detente.views.act import ActField
from detente.views.building.act_fields import sealed_file
from detente.views.building.answered_before_signing import answered_rows
from detente.views.building.asked_in_chambers import question_to_answer
from detente.views.building.sight import Sight
from detente.views.marks import linked, prose, strong, worded
from detente.wording.language import gettext as _
from detente.wording.saying import WHOLE


def enclosed(sight: Sight, draft: VisibleDraft) -> Iterator[ActField]:
    if draft.kind.name == "instruct":
        yield from _question(sight, draft)
    if draft.act is None or draft.refusals:
        for row in answered_rows(sight, draft):  # before signing, they stand among the other rows
            yield ActField(label=row.head, value=row.words)
    elif draft.kind.name == "open_bridge":
        yield from _answers(sight, draft)


def _question(sight: Sight, draft: VisibleDraft) -> Iterator[ActField]:
    """The question of the delegation, for the principal who instructs it."""
    asked = question_to_answer(sight, draft.chamber)
    if asked is None:
        return
    act = linked(sight.names.act(asked.act.leaf), sight.ref(asked).href)
    said = worded("{words}, {act}", words=sight.say(asked, WHOLE), act=act)
    yield ActField(label=_("You are asked"), value=said)
    content = sealed_file(sight, asked)
    if content is not None:
        yield ActField(label=_("What it says"), value=(), content=content)


def _answers(sight: Sight, draft: VisibleDraft) -> Iterator[ActField]:
    """The answers to a bridge, for the mediator who is to say that all are yes."""
    assert draft.act is not None
    for origin, _index, leaf in draft.act.act.clear.answers:
        chamber = origin.rpartition("/")[2]
        answer = next((a for a in sight.record.chamber_acts(chamber) if a.act.leaf == leaf), None)
        if answer is not None:
            said = _("yes") if answer.opened.get("yes") else _("not yes")
            yield ActField(
                label=_("Answer of {side}", side=sight.names.delegation(chamber.rpartition("-")[2])),
                value=prose(strong(said)),
                content=sealed_file(sight, answer),
            )
